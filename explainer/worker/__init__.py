"""The process that derives and draws, so that the window never waits for SymPy or ziamath."""
