"""Evaluating SymPy expressions: compiled for doubles, in mpmath where doubles fail, exactly for rounding by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Context, Decimal, localcontext
from typing import Any

from explainer.maths.rows import Expression

# Digits used where a double overflows or comes out as NaN, and before rounding by hand.
PRECISE_DIGITS = 50

CONTEXT = Context(prec=PRECISE_DIGITS)


def compiled(symbols: list[Expression], expression: Any, module: str) -> Callable[..., Any]:
    """Return the expression as a function of its symbols, for the `math` module or mpmath."""
    from sympy import lambdify

    return lambdify(symbols, expression, modules=module, cse=True)  # type: ignore[no-any-return]  # SymPy has no types here


def precisely(
    symbols: list[Expression], expression: Expression, arguments: Sequence[float]
) -> float:
    """Evaluate in mpmath and round to a double, where double arithmetic overflowed on the way."""
    import mpmath

    with mpmath.workdps(PRECISE_DIGITS):
        try:
            result = compiled(symbols, expression, "mpmath")(
                *[mpmath.mpf(argument) for argument in arguments]
            )
        except (ZeroDivisionError, ValueError):
            return math.nan
        # Outside a function's domain mpmath answers with a complex number: there is no real value.
        return float(result) if isinstance(result, mpmath.mpf | int) else math.nan


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
