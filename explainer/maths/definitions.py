"""What each operation of a typed formula is, in mpmath, from its definition: value and partial derivatives.

Numbers are mpmath's, of the precision in force; where there is no real value, or none that can be computed, they are NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from explainer.maths.evaluation import in_mpmath, mpmath_function, raised
from explainer.maths.functions import FUNCTIONS
from explainer.maths.trees import Apply, Number

# An mpmath number; its class is not named here because mpmath is imported when first needed.
Precise = Any


class Definition(NamedTuple):
    """An operation as functions of the list of its arguments."""

    value: Callable[[Sequence[Precise]], Precise]
    slopes: Callable[[Sequence[Precise]], Sequence[Precise]]


def definition_of(tree: Apply) -> Definition:
    """Return the definition of the operation at the root of a tree; all parts of the tree are its arguments."""
    if tree.operation == "sum":
        return _sum(tree.signs)
    return _definition(tree.operation, len(tree.arguments))


def precise_number(tree: Number) -> Precise:
    """Return a number of a formula exactly as it was written, π and e to the last digit."""
    import mpmath

    if tree.is_constant:
        return +{"pi": mpmath.pi, "e": mpmath.e}[tree.text]
    return mpmath.mpf(tree.text)


def _sum(signs: tuple[int, ...]) -> Definition:
    import mpmath

    return Definition(
        lambda x: mpmath.fsum(sign * value for sign, value in zip(signs, x, strict=True)),
        lambda x: [mpmath.mpf(sign) for sign in signs],
    )


@lru_cache(maxsize=256)
def _definition(name: str, count: int) -> Definition:
    import mpmath

    match name:
        case "product":
            return Definition(mpmath.fprod, _products_of_others)
        case "quotient":
            return Definition(
                lambda x: in_mpmath(mpmath.fdiv, x),
                lambda x: [
                    in_mpmath(mpmath.fdiv, [mpmath.mpf(1), x[1]]),
                    in_mpmath(mpmath.fdiv, [-x[0], x[1] ** 2]),
                ],
            )
        case "power":
            return Definition(lambda x: in_mpmath(raised, x), _power_slopes)
        case "negative":
            return Definition(lambda x: -x[0], lambda x: [mpmath.mpf(-1)])
    return _function(name, count)


def _products_of_others(x: Sequence[Precise]) -> Sequence[Precise]:
    """Return, for each factor, the product of those before it times the product of those behind it."""
    import mpmath

    before, behind = [mpmath.mpf(1)], [mpmath.mpf(1)]
    for factor in x[:-1]:
        before.append(before[-1] * factor)
    for factor in reversed(x[1:]):
        behind.append(behind[-1] * factor)
    return [left * right for left, right in zip(before, reversed(behind), strict=True)]


def _power_slopes(x: Sequence[Precise]) -> Sequence[Precise]:
    import mpmath

    base, exponent = x
    by_base = exponent and exponent * in_mpmath(raised, [base, exponent - 1])
    if not base and exponent > 0:
        # 0ʸ is 0 for every positive y, though ln 0 is not a number.
        return [by_base, mpmath.mpf(0)]
    return [by_base, in_mpmath(raised, x) * in_mpmath(mpmath.log, [base])]


def _function(name: str, count: int) -> Definition:
    import sympy

    function = FUNCTIONS[name]
    symbols = tuple(sympy.Symbol(f"x{place:04d}", real=True) for place in range(count))
    formula = function.build(sympy, list(symbols))
    value = mpmath_function(symbols, formula)
    if isinstance(formula, sympy.Max | sympy.Min):
        # Who gets the derivative at a tie is not in the definition.
        return Definition(lambda x: in_mpmath(value, x), function.operation(count).partials)
    slopes = [mpmath_function(symbols, formula.diff(symbol)) for symbol in symbols]
    return Definition(
        lambda x: in_mpmath(value, x), lambda x: [in_mpmath(slope, x) for slope in slopes]
    )
