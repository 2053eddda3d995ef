"""The training view of the window."""
