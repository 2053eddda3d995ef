"""Evaluating SymPy expressions: compiled for doubles, in mpmath where doubles fail, exactly for rounding by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Context, Decimal, localcontext
from functools import cache, lru_cache
from typing import Any

from explainer.maths.rows import Expression

# Digits used where a double overflows or comes out as NaN, and before rounding by hand.
PRECISE_DIGITS = 50

CONTEXT = Context(prec=PRECISE_DIGITS)

# Its exponential is far outside the doubles, and so is everything a formula can make of it.
_LARGEST_ARGUMENT = 10**400


def compiled(symbols: list[Expression], expression: Any, module: str) -> Callable[..., Any]:
    """Return the expression as a function of its symbols, for the `math` module or mpmath."""
    from sympy import Piecewise, lambdify

    parts = expression if isinstance(expression, list) else [expression]
    # Common parts stay inside a case distinction: taken out, those of the case that does not hold may overflow.
    shared = not any(part.has(Piecewise) for part in parts)
    return lambdify(symbols, expression, modules=module, cse=shared)  # type: ignore[no-any-return]  # SymPy has no types here


def precisely(
    symbols: list[Expression], expression: Expression, arguments: Sequence[float]
) -> float:
    """Evaluate in mpmath and round to a double, where double arithmetic overflowed on the way; NaN where there is no value."""
    import mpmath

    with mpmath.workdps(PRECISE_DIGITS):
        numbers = [mpmath.mpf(argument) for argument in arguments]
        return float(in_mpmath(_in_mpmath(tuple(symbols), expression), numbers))


def in_mpmath(function: Callable[..., Any], numbers: Sequence[Any]) -> Any:
    """Return a function's value in mpmath, NaN where it has no real one or none that can be computed in reasonable time."""
    import mpmath

    try:
        result = function(*numbers)
    except (ArithmeticError, ValueError):
        return mpmath.nan
    # Outside a function's domain mpmath answers with a complex number: there is no real value.
    return result if isinstance(result, mpmath.mpf | int) else mpmath.nan


@lru_cache(maxsize=256)
def _in_mpmath(symbols: tuple[Expression, ...], expression: Expression) -> Callable[..., Any]:
    from sympy import lambdify

    return lambdify(symbols, expression, modules=[_bounded(), "mpmath"], cse=True)  # type: ignore[no-any-return]  # SymPy has no types here


@cache
def _bounded() -> dict[str, Callable[[Any], Any]]:
    """Return the functions whose time and memory grow with the *size* of their argument: e^(10^(10^9)) would never end."""
    import mpmath

    def bounded(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def apply(argument: Any) -> Any:
            if abs(argument) > _LARGEST_ARGUMENT:
                raise OverflowError
            return function(argument)

        return apply

    names = ("exp", "sin", "cos", "tan", "sinh", "cosh")
    return {name: bounded(getattr(mpmath, name)) for name in names}


def exactly(
    symbols: list[Expression], expression: Expression, arguments: Sequence[Decimal]
) -> Decimal:
    """Evaluate with rational arguments: exact where the result is rational, so that a tie is a tie."""
    import sympy

    exact = {
        symbol: sympy.Rational(str(argument))
        for symbol, argument in zip(symbols, arguments, strict=True)
    }
    result = expression.xreplace(exact)
    if result.is_Rational:
        with localcontext(CONTEXT):
            return Decimal(int(result.p)) / Decimal(int(result.q))
    return Decimal(str(result.evalf(PRECISE_DIGITS)))


def exact_sum(terms: Sequence[Decimal]) -> Decimal:
    """Add decimals without rounding on the way."""
    with localcontext(CONTEXT):
        return sum(terms, Decimal(0))
