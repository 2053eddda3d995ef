"""A whole tree as one SymPy expression, to write its derivative; its numbers never come from here."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping

from explainer.maths.constants import constant_value
from explainer.maths.dual import dual
from explainer.maths.functions import FUNCTIONS
from explainer.maths.rows import Expression, SymPy, total
from explainer.maths.trees import Apply, Name, Number, Tree, walk

# A number of more signs makes powers that SymPy would work out to millions of digits.
_SHORT_NUMBER = 12
# A function with cases stands several times in what it is put into, and again in the derivative of that.
_CASES = 3
LARGEST = 200
_WORKING_DIGITS = 40


def weight(tree: Tree) -> int:
    """Return about how large the composed expression of a tree is."""
    if not isinstance(tree, Apply):
        return 1
    inside = 1 + sum(weight(argument) for argument in tree.arguments)
    if tree.operation in ("max_mean", "max_each") and len(tree.arguments) > 1:
        # No expression says how a tie is shared.
        return inside + LARGEST
    function = FUNCTIONS.get(tree.operation)
    has_cases = function is not None and function.to_kink is not None
    return inside * _CASES if has_cases else inside


def composed(tree: Tree, names: Mapping[str, Expression], sp: SymPy) -> Expression:
    """Return a tree as an expression of other expressions; ask for its `weight` first."""
    if isinstance(tree, Number):
        return number_expression(tree, sp)
    if isinstance(tree, Name):
        return names[tree.name]
    value = constant_value(tree)
    if value is not None and not _is_simple(tree):
        return sp.Float(precise_constant(tree))
    arguments = [composed(argument, names, sp) for argument in tree.arguments]
    if tree.operation in ("max", "min"):
        return _first_best(tree.operation, arguments, sp)
    if tree.operation in FUNCTIONS:
        return FUNCTIONS[tree.operation].build(sp, arguments)
    return _arithmetic(tree, arguments)


def precise_constant(tree: Tree) -> float:
    """Return the value of a tree without variables; its powers may multiply every error of a double."""
    import mpmath

    with mpmath.workdps(_WORKING_DIGITS):
        return float(dual(tree, {}).value)


def _first_best(name: str, values: list[Expression], sp: SymPy) -> Expression:
    """Return the first of the best values as cases: SymPy's own derivative of max would share a tie."""
    no_worse = operator.ge if name == "max" else operator.le
    cases = [
        (value, sp.And(*[no_worse(value, other) for other in values if other is not value]))
        for value in values[:-1]
    ]
    return sp.Piecewise(*cases, (values[-1], True))


def number_expression(tree: Number, sp: SymPy) -> Expression:
    """Return a number as it was typed."""
    if tree.is_constant:
        return {"pi": sp.pi, "e": sp.E}[tree.text]
    # A decimal stays one: 0.5 is shown as it was typed and not as ½.
    return sp.Integer(int(tree.value)) if tree.value.is_integer() else sp.Float(tree.value)


def _is_simple(tree: Tree) -> bool:
    """Tell whether a constant may be left to SymPy: short numbers, at most one power in it."""
    parts = list(walk(tree))
    powers = sum(isinstance(part, Apply) and part.operation == "power" for part in parts)
    short = all(len(part.text) <= _SHORT_NUMBER for part in parts if isinstance(part, Number))
    return short and powers <= 1


def _arithmetic(tree: Apply, arguments: list[Expression]) -> Expression:
    match tree.operation:
        case "sum":
            return total([sign * each for sign, each in zip(tree.signs, arguments, strict=True)])
        case "product":
            return math.prod(arguments[1:], start=arguments[0])
        case "quotient":
            return arguments[0] / arguments[1]
        case "power":
            return arguments[0] ** arguments[1]
    return -arguments[0]
