"""Worksheets: the pages of a lesson with blanks, their keys, and what grades the answers."""
