"""Evaluating SymPy expressions: compiled for doubles, in mpmath where doubles fail, exactly for rounding by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Context, Decimal, localcontext
from functools import cache, lru_cache
from typing import Any

from explainer.maths.rows import Expression

# Digits used where a double overflows or comes out as NaN, and before rounding by hand.
PRECISE_DIGITS = 50

# erfc x takes the error of its argument 2x² times as large.
_LOST_IN_TAILS = 30

CONTEXT = Context(prec=PRECISE_DIGITS)

# Its exponential is far outside the doubles, and so is everything a formula can make of it.
_LARGEST_ARGUMENT = 10**400
_LARGEST_WHOLE_EXPONENT = 2**31
# Beyond it erfc is 0 or 2 as far as anything is told apart here: e^(−10¹²) lies below _LARGEST_MAGNITUDE. mpmath overflows.
_FARTHEST_TAIL = 10**6
# The power of two beyond which nothing is told apart; doubles end at 1024.
_LARGEST_MAGNITUDE = 4000


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
        return float(in_mpmath(mpmath_function(tuple(symbols), expression), numbers))


def in_mpmath(function: Callable[..., Any], numbers: Sequence[Any]) -> Any:
    """Return a function's value in mpmath, NaN where it has no real one or none that can be computed in reasonable time."""
    import mpmath

    try:
        result = function(*numbers)
    except (ArithmeticError, ValueError):
        return mpmath.nan
    # Outside a function's domain mpmath answers with a complex number: there is no real value.
    # A case distinction may answer with a whole number of Python's, whose half would be a double.
    return mpmath.mpf(result) if isinstance(result, mpmath.mpf | int) else mpmath.nan


@lru_cache(maxsize=256)
def mpmath_function(symbols: tuple[Expression, ...], expression: Expression) -> Callable[..., Any]:
    """Return an expression as a function in mpmath that ends soon for every argument; call it through `in_mpmath`."""
    from sympy import lambdify

    return lambdify(symbols, expression, modules=[_bounded(), "mpmath"], cse=True)  # type: ignore[no-any-return]  # SymPy has no types here


def raised(base: Any, exponent: Any) -> Any:
    """Return a power in mpmath; OverflowError for an exponent no double could be."""
    import mpmath

    if abs(exponent) > _LARGEST_ARGUMENT:
        raise OverflowError
    whole = mpmath.isint(exponent) and abs(exponent) < _LARGEST_WHOLE_EXPONENT
    return base ** int(exponent) if whole else mpmath.power(base, exponent)


@cache
def _bounded() -> dict[str, Callable[[Any], Any]]:
    """Return the functions whose time and memory grow with the *size* of their argument: e^(10^(10^9)) would never end."""
    import mpmath

    def bounded(name: str) -> Callable[[Any], Any]:
        function = getattr(mpmath, name)

        def apply(argument: Any) -> Any:
            if abs(argument) <= _LARGEST_ARGUMENT or mpmath.isnan(argument):
                return function(argument)
            if name not in limits:
                raise OverflowError
            return mpmath.inf if argument > 0 else mpmath.mpf(limits[name])

        return apply

    names = ("exp", "expm1", "sin", "cos", "tan", "sinh", "cosh")
    # What they come to far below 0: e^(−z²) is 0 for the largest z of all. Both branches of a case distinction are
    # computed, and what is infinite in one must not take the other along.
    limits = {"exp": 0, "expm1": -1}

    def erfc(argument: Any) -> Any:
        if abs(argument) > _FARTHEST_TAIL:
            return mpmath.mpf(0 if argument > 0 else 2)
        return mpmath.erfc(argument)

    return {"erfc": erfc, **{name: bounded(name) for name in names}}


def exactly(
    symbols: list[Expression], expression: Expression, arguments: Sequence[Decimal]
) -> Decimal:
    """Evaluate with rational arguments: exact where the result is rational, so that a tie is a tie; NaN without a value."""
    import mpmath
    import sympy

    if any(not power.exp.is_number for power in expression.atoms(sympy.Pow)):
        # Ten digits more than are kept: 2³ is 8 here too, and 2 to the millionth stays a number of a few digits.
        with mpmath.workdps(PRECISE_DIGITS + 10):
            numbers = [mpmath.mpf(str(argument)) for argument in arguments]
            return as_decimal(in_mpmath(mpmath_function(tuple(symbols), expression), numbers))
    exact = {
        symbol: sympy.Rational(str(argument))
        for symbol, argument in zip(symbols, arguments, strict=True)
    }
    result = _without_tails(expression.xreplace(exact))
    if result.is_Rational:
        with localcontext(CONTEXT):
            return Decimal(int(result.p)) / Decimal(int(result.q))
    number = result.evalf(PRECISE_DIGITS + _LOST_IN_TAILS)
    # Not mpf(…), which would round it to a double's digits.
    return as_decimal(mpmath.make_mpf(number._mpf_) if number.is_Float else mpmath.nan)


def _without_tails(expression: Expression) -> Expression:
    """Return an expression of numbers with the limit in place of every erfc whose argument is too far for mpmath."""
    import sympy

    def is_far(part: Expression) -> bool:
        if not isinstance(part, sympy.erfc):
            return False
        return bool(part.args[0].is_real and abs(part.args[0]) > _FARTHEST_TAIL)

    return expression.replace(is_far, lambda part: sympy.Integer(0 if part.args[0] > 0 else 2))


def as_decimal(number: Any, digits: int = PRECISE_DIGITS) -> Decimal:
    """Return an mpmath number as a decimal of so many digits; what no double reaches is infinite or 0."""
    import mpmath

    if mpmath.isnan(number):
        return Decimal("NaN")
    if not number or mpmath.mag(number) < -_LARGEST_MAGNITUDE:
        return Decimal(0)
    if mpmath.mag(number) > _LARGEST_MAGNITUDE:
        return Decimal("Infinity").copy_sign(Decimal(1 if number > 0 else -1))
    return Decimal(mpmath.nstr(number, digits, min_fixed=1, max_fixed=0))


def exact_sum(terms: Sequence[Decimal]) -> Decimal:
    """Add decimals without rounding on the way."""
    with localcontext(CONTEXT):
        return sum(terms, Decimal(0))
