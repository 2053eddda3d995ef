"""Worksheets in the window: their dialog, and values blanked by hand."""
