"""Deriving single steps of a network. Arguments: the widths of its layers, its activation.

Every step is derived once; those that took longest are derived again several times. Says the milliseconds of the
slowest of them, and of SymPy alone differentiating and printing one neuron, in turn.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import sympy

from explainer.maths import operations
from explainer.pages.narrate import narrate
from explainer.trace.run import trace
from scripts.bench.children.said import say
from scripts.bench.networks import layered, widths_of

_SLOWEST = 12
_ROUNDS = 9


def main() -> None:
    """Find the slowest steps, then measure them."""
    activation = sys.argv[2]
    lesson = layered(widths_of(sys.argv[1]), activation)
    runs = trace(lesson, 1)
    one_neuron = _neuron(activation)

    def derive(step: int) -> None:
        narrate(runs, 0, step, "en", 5)

    steps = range(len(runs[0].summary.steps))
    took = {step: _milliseconds(partial(derive, step)) for step in steps}
    slowest = sorted(took, key=lambda step: -took[step])[:_SLOWEST]
    for _ in range(_ROUNDS):
        say("derivation", max(_milliseconds(partial(derive, step)) for step in slowest))
        say("floor", _milliseconds(partial(_differentiate_and_print, one_neuron)))


def _milliseconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def _neuron(activation: str) -> sympy.Expr:
    w, x, b = sympy.symbols("w x b", real=True)
    return operations.activation(activation).expression([w * x + b])


def _differentiate_and_print(neuron: sympy.Expr) -> None:
    # Without SymPy's memory the work is done anew; the derivations of the next round have to do without it too.
    sympy.core.cache.clear_cache()
    sympy.latex(neuron.diff(sympy.Symbol("w", real=True)))


if __name__ == "__main__":
    main()
