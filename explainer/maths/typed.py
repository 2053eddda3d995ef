"""A typed formula as operations: one for each node of its tree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.functions import FUNCTIONS
from explainer.maths.operation import Operation, Scalar
from explainer.maths.power import Power
from explainer.maths.printed import POWER, Printed, number
from explainer.maths.product import Product
from explainer.maths.rows import ActivationRow, Expression, SymPy
from explainer.maths.signed_sum import SignedSum
from explainer.maths.trees import Apply, Name, Number, Tree

# Any double is its shortest text of at most 17 digits: a number is shown as it was typed.
_ALL_DIGITS = 17


def operation_of_tree(tree: Apply) -> Operation:
    """Return what one node of a tree computes from its arguments."""
    if tree.operation == "sum":
        return SignedSum(tree.signs)
    exponent = fixed_exponent(tree)
    if exponent is not None:
        return _fixed_power(exponent.text)
    return _operation(tree.operation, len(tree.arguments))


def arguments_of_tree(tree: Apply) -> tuple[Tree, ...]:
    """Return the parts of a node that are nodes themselves: a number in an exponent belongs to the operation."""
    return tree.arguments[:1] if fixed_exponent(tree) is not None else tree.arguments


def fixed_exponent(tree: Apply) -> Number | None:
    """Return the exponent of x^2, None for any other tree."""
    if tree.operation != "power":
        return None
    exponent = tree.arguments[1]
    return exponent if isinstance(exponent, Number) and not exponent.is_constant else None


def formula_of_tree(tree: Tree, names: Mapping[str, Printed], language: str) -> Printed:
    """Print a whole tree as it was typed; a known activation keeps its name."""
    if isinstance(tree, Number):
        return printed_number(tree, language)
    if isinstance(tree, Name):
        return names[tree.name]
    parts = [formula_of_tree(part, names, language) for part in arguments_of_tree(tree)]
    row = ACTIVATIONS.get(tree.operation)
    if row is not None and row.name_latex:
        return called(row, parts[0])
    return operation_of_tree(tree).formula(parts, language)


def printed_number(tree: Number, language: str) -> Printed:
    """Print a number of a formula with all its digits, π and e as such."""
    if tree.is_constant:
        return Printed(*{"pi": ("\\pi", "π"), "e": ("e", "e")}[tree.text])
    return number(tree.value, _ALL_DIGITS, language)


def called(row: ActivationRow, argument: Printed) -> Printed:
    """Print an activation by its own sign: σ(z)."""
    return Printed(
        f"{row.name_latex}\\left({argument.latex}\\right)",
        f"{row.name_text}({argument.text})",
        POWER,
    )


@lru_cache(maxsize=256)
def _fixed_power(exponent: str) -> Operation:
    return Power(exponent)


@lru_cache(maxsize=256)
def _operation(name: str, count: int) -> Operation:
    if name == "product":
        return Product(count)
    if name == "quotient":
        return Scalar(2, lambda sp, x: x[0] / x[1], written_partial=_quotient_partial)
    if name == "power":
        return Scalar(
            2,
            lambda sp, x: x[0] ** x[1],
            stable_partial=_power_partial,
            written_partial=lambda sp, x, result, index: _written_power_partial(sp, x, index),
        )
    if name == "negative":
        return Scalar(
            1, lambda sp, x: -x[0], written_partial=lambda sp, x, result, index: sp.Integer(-1)
        )
    return FUNCTIONS[name].operation(count)


def _quotient_partial(sp: SymPy, x: list[Expression], result: Expression, index: int) -> Expression:
    return 1 / x[1] if index == 0 else -x[0] / x[1] ** 2


def _power_partial(sp: SymPy, x: list[Expression], index: int) -> Expression:
    base, exponent = x
    if index == 0:
        return exponent * base ** (exponent - 1)
    # 0ʸ is 0 for every positive y, though ln 0 is not a number.
    flat = sp.And(sp.Eq(base, 0), exponent > 0)
    return sp.Piecewise((sp.Integer(0), flat), (base**exponent * sp.log(base), True))


def _written_power_partial(sp: SymPy, x: list[Expression], index: int) -> Expression:
    base, exponent = x
    return exponent * base ** (exponent - 1) if index == 0 else base**exponent * sp.log(base)
