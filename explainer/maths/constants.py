"""The value of a part of a formula that contains no variable, to refuse 1/0, log(0) and 9^9^9 before anything is computed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from explainer.maths.trees import Apply, Name, Number, Tree

Functions = Mapping[str, Callable[..., float]]
_PLAIN: Functions = {
    "product": lambda *values: math.prod(values),
    "quotient": lambda top, bottom: top / bottom,
    "negative": lambda value: -value,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "max_mean": lambda *values: max(values),
    "max_each": lambda *values: max(values),
    "erf": math.erf,
}


def constant_value(tree: Tree, more: Functions | None = None) -> float | None:
    """Return the value of a tree without variables, NaN or infinity where it has none, None where it has variables.

    None also for functions beyond these few and `more`: they have a value for every argument, and what is made of it
    shows later.
    """
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Name):
        return None
    values = [constant_value(argument, more) for argument in tree.arguments]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return _apply(tree, known, _PLAIN if more is None else {**_PLAIN, **more})


def _apply(tree: Apply, values: Sequence[float], functions: Functions) -> float | None:
    try:
        if tree.operation == "sum":
            return math.fsum(sign * value for sign, value in zip(tree.signs, values, strict=True))
        if tree.operation == "power":
            base, exponent = values
            return math.pow(base, exponent)
        function = functions.get(tree.operation)
        return float(function(*values)) if function else None
    except (ZeroDivisionError, ValueError):
        return math.nan
    except OverflowError:
        return math.inf
