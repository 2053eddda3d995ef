"""Evaluating SymPy expressions: compiled for doubles, in mpmath where doubles fail, exactly for rounding by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import Any

from explainer.maths.rows import Expression

# Digits used where a double overflows or comes out as NaN, and before rounding by hand.
PRECISE_DIGITS = 50

CONTEXT = Context(prec=PRECISE_DIGITS)


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
    """Evaluate in mpmath and round to a double, where double arithmetic overflowed on the way."""
    import mpmath

    with mpmath.workdps(PRECISE_DIGITS):
        try:
            result = _compiled_precisely(tuple(symbols), expression)(
                *[mpmath.mpf(argument) for argument in arguments]
            )
        except (ZeroDivisionError, ValueError):
            return math.nan
        # Outside a function's domain mpmath answers with a complex number: there is no real value.
        return float(result) if isinstance(result, mpmath.mpf | int) else math.nan


@lru_cache(maxsize=256)
def _compiled_precisely(
    symbols: tuple[Expression, ...], expression: Expression
) -> Callable[..., Any]:
    return compiled(list(symbols), expression, "mpmath")


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
