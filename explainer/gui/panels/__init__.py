"""The parts of the window, one file each; every panel shows its slice of a frame."""
