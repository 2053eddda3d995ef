"""Deriving every step of a network. Argument: the widths of its layers.

Says how many seconds the trace and the pages of one pass take, formulas written but not drawn. SymPy is imported
before; everything else happens for the first time.
"""

from __future__ import annotations

import sys
import time

import sympy

from explainer.pages.narrate import narrate
from explainer.trace.run import trace
from scripts.bench.children.said import say
from scripts.bench.networks import layered


def main() -> None:
    """Derive, and say how long it took."""
    # What SymPy sets up at its first use is the same for every network.
    sympy.latex(sympy.Symbol("z").diff())
    lesson = layered([int(width) for width in sys.argv[1].split("-")], "sigmoid")
    began = time.process_time()
    runs = trace(lesson, 1)
    for step in range(-1, len(runs[0].summary.steps)):
        narrate(runs, 0, step, "en", 5)
    say("seconds", time.process_time() - began)


if __name__ == "__main__":
    main()
