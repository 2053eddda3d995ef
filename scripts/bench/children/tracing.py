"""Tracing one pass without formulas, warm. Arguments: the widths of the layers, how often.

Says, alternately, the milliseconds of the trace with its steps and of a textbook's loops on the same network.
"""

from __future__ import annotations

import math
import sys
import time

from explainer.trace.run import run_pass
from scripts.bench.children.said import say
from scripts.bench.children.textbook import gradients
from scripts.bench.networks import layered, widths_of


def main() -> None:
    """Trace once to see that both give the same, then measure."""
    widths = widths_of(sys.argv[1])
    lesson = layered(widths, "tanh")
    found = run_pass(lesson, 0, None).summary.gradients
    for name, gradient in gradients(lesson, widths).items():
        if not math.isclose(found[name], gradient, rel_tol=1e-9, abs_tol=1e-15):
            raise ArithmeticError(f"the two gradients of {name} differ")
    for _ in range(int(sys.argv[2])):
        began = time.perf_counter()
        run_pass(lesson, 0, None).summary  # noqa: B018 - made when it is first asked for
        traced = time.perf_counter()
        gradients(lesson, widths)
        say("trace", 1000 * (traced - began))
        say("floor", 1000 * (time.perf_counter() - traced))


if __name__ == "__main__":
    main()
