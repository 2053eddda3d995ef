"""Plots, drawn by Matplotlib: an activation with its derivative, the gradient by layer, the error over its parameters.

A plot is plain data; a chart turns it into pixels for the window, `files` into SVG, PNG and CSV. The look is a palette of
the diagram. Matplotlib is imported when the first plot is drawn, and never by its `pyplot`, which keeps figures alive.
"""
