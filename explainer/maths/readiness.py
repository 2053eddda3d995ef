"""Make the first formula as quick as the others."""


def get_ready() -> None:
    """Import SymPy, and what SymPy itself imports only when it adds for the first time."""
    import sympy

    sympy.Symbol("x") + sympy.Symbol("y")
