"""Value and derivative of a tree in mpmath, node by node: where doubles overflow, and before rounding by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from explainer.maths.evaluation import in_mpmath, mpmath_function, raised
from explainer.maths.functions import FUNCTIONS
from explainer.maths.trees import Apply, Name, Number, Tree

# An mpmath number; its class is not named here because mpmath is imported when first needed.
Precise = Any


class Dual(NamedTuple):
    """A value and its derivative by the one variable; NaN where there is none."""

    value: Precise
    slope: Precise


def dual(tree: Tree, variables: Mapping[str, Dual]) -> Dual:
    """Return value and derivative of a tree in the precision in force."""
    import mpmath

    if isinstance(tree, Name):
        return variables[tree.name]
    if isinstance(tree, Number):
        return Dual(_number(tree), mpmath.mpf(0))
    parts = [dual(argument, variables) for argument in tree.arguments]
    if tree.operation in FUNCTIONS:
        return _function(tree, parts)
    return _arithmetic(tree, parts)


def _number(tree: Number) -> Precise:
    import mpmath

    if tree.is_constant:
        return +{"pi": mpmath.pi, "e": mpmath.e}[tree.text]
    return mpmath.mpf(tree.text)


def _arithmetic(tree: Apply, parts: Sequence[Dual]) -> Dual:
    import mpmath

    match tree.operation:
        case "sum":
            signed = list(zip(tree.signs, parts, strict=True))
            return Dual(
                mpmath.fsum(sign * part.value for sign, part in signed),
                mpmath.fsum(sign * part.slope for sign, part in signed),
            )
        case "product":
            values = [part.value for part in parts]
            others = [mpmath.fprod(values[:at] + values[at + 1 :]) for at in range(len(values))]
            slopes = [part.slope * other for part, other in zip(parts, others, strict=True)]
            return Dual(mpmath.fprod(values), mpmath.fsum(slopes))
        case "quotient":
            return _quotient(*parts)
        case "power":
            return _power(*parts)
    return Dual(-parts[0].value, -parts[0].slope)


def _quotient(top: Dual, bottom: Dual) -> Dual:
    import mpmath

    if not bottom.value:
        return Dual(mpmath.nan, mpmath.nan)
    value = top.value / bottom.value
    return Dual(value, (top.slope - value * bottom.slope) / bottom.value)


def _power(base: Dual, exponent: Dual) -> Dual:
    import mpmath

    value = in_mpmath(raised, [base.value, exponent.value])
    slope = mpmath.mpf(0)
    if base.slope and exponent.value:
        below = in_mpmath(raised, [base.value, exponent.value - 1])
        slope += exponent.value * below * base.slope
    # 0ʸ is 0 for every positive y, though ln 0 is not a number.
    if exponent.slope and (base.value or not exponent.value > 0):
        slope += value * in_mpmath(mpmath.log, [base.value]) * exponent.slope
    return Dual(value, slope)


def _function(tree: Apply, parts: Sequence[Dual]) -> Dual:
    import mpmath

    values = [part.value for part in parts]
    value_of, slopes_of = _compiled(tree.operation, len(parts))
    slopes = slopes_of(values)
    return Dual(
        in_mpmath(value_of, values),
        # What does not move cannot make the sum undefined.
        mpmath.fsum(
            slope * part.slope for slope, part in zip(slopes, parts, strict=True) if part.slope
        ),
    )


@lru_cache(maxsize=256)
def _compiled(
    name: str, count: int
) -> tuple[Callable[..., Precise], Callable[[Sequence[Precise]], Sequence[Precise]]]:
    """Return a function, and all its partial derivatives, from its definition."""
    import sympy

    function = FUNCTIONS[name]
    symbols = [sympy.Symbol(f"x{place:04d}", real=True) for place in range(count)]
    formula = function.build(sympy, symbols)
    value = mpmath_function(tuple(symbols), formula)
    if isinstance(formula, sympy.Max | sympy.Min):
        # Who gets the derivative at a tie is not in the definition.
        return value, function.operation(count).partials
    slopes = [mpmath_function(tuple(symbols), formula.diff(symbol)) for symbol in symbols]
    return value, lambda values: [in_mpmath(slope, values) for slope in slopes]
