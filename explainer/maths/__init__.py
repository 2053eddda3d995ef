"""The mathematics, each operation stated once as a SymPy expression; the only rooms that import SymPy, and only when asked."""
