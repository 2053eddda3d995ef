"""An operation: one SymPy expression over numbered arguments, and all that follows from it.

Value, partial derivatives, formula in symbols and formula with numbers all come from the same expression.
SymPy is imported when an operation is first used, never when this module is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Context, Decimal, localcontext
from functools import cached_property, lru_cache
from typing import Any, Protocol

from explainer.maths.formula import Printed, printed
from explainer.maths.rows import Expression

# Digits used where a double overflows or comes out as NaN, and before rounding by hand.
PRECISE_DIGITS = 50

CONTEXT = Context(prec=PRECISE_DIGITS)
_FARTHEST = 100_000

Build = Callable[[Any, list[Expression]], Expression]
BuildPartial = Callable[[Any, list[Expression], Expression, int], Expression]


class Operation(Protocol):
    """What a node of the scalar graph computes from its inputs."""

    arity: int

    def value(self, arguments: Sequence[float]) -> float:
        """Return the value as a double; infinite only where the true value is too large for one."""

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        """Return the derivative with respect to each argument."""

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        """Return the value before rounding by hand: exact where it is rational, else to 50 digits."""

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        """Return every derivative before rounding by hand."""

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        """Return the defining SymPy expression of other expressions."""

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        """Print the operation with its arguments named; `values` choose the branch of a case distinction."""

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        """Print one derivative; `output` is how the operation's own result is written (for σ′ = a(1−a))."""


class Scalar:
    """One expression. `stable` gives the numbers where present, `written` and `written_partial` the printed forms."""

    def __init__(
        self,
        arity: int,
        build: Build,
        *,
        stable: Build | None = None,
        written: Build | None = None,
        written_partial: BuildPartial | None = None,
    ) -> None:
        self.arity = arity
        self._build = build
        self._stable = stable or build
        self._written = written or build
        self._written_partial = written_partial

    @cached_property
    def _symbols(self) -> list[Expression]:
        import sympy

        # Generated names only: text typed by a user never reaches SymPy's code printers. Padding keeps SymPy's
        # alphabetical order equal to ours.
        return [sympy.Symbol(f"x{position:04d}", real=True) for position in range(self.arity)]

    @cached_property
    def _numeric(self) -> Expression:
        import sympy

        return self._stable(sympy, self._symbols)

    @cached_property
    def _derivatives(self) -> list[Expression]:
        return [self._numeric.diff(symbol) for symbol in self._symbols]

    @cached_property
    def _compiled_value(self) -> Callable[..., float]:
        return _compile(self._symbols, self._numeric, "math")

    @cached_property
    def _compiled_partials(self) -> Callable[..., list[float]]:
        return _compile(self._symbols, self._derivatives, "math")

    def value(self, arguments: Sequence[float]) -> float:
        try:
            result = float(self._compiled_value(*arguments))
        except (OverflowError, ZeroDivisionError, ValueError):
            result = math.nan
        return (
            result if math.isfinite(result) else _precisely(self._symbols, self._numeric, arguments)
        )

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        try:
            results = self._compiled_partials(*arguments)
        except (OverflowError, ZeroDivisionError, ValueError):
            results = [math.nan] * self.arity
        return [
            float(result)
            if math.isfinite(result)
            else _precisely(self._symbols, derivative, arguments)
            for result, derivative in zip(results, self._derivatives, strict=True)
        ]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        return _exactly(self._symbols, self._numeric, arguments)

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        return [_exactly(self._symbols, derivative, arguments) for derivative in self._derivatives]

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        import sympy

        return self._build(sympy, list(arguments))

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        import sympy

        with sympy.evaluate(False):
            expression = self._written(sympy, self._symbols)
        return self._print(expression, names, language, values)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        import sympy

        result = sympy.Symbol("result", real=True)
        if self._written_partial is None:
            expression = self._build(sympy, self._symbols).diff(self._symbols[index])
        else:
            with sympy.evaluate(False):
                expression = self._written_partial(sympy, self._symbols, result, index)
        return self._print(expression, names, language, values, {result: output})

    def _print(
        self,
        expression: Expression,
        names: Sequence[Printed],
        language: str,
        values: Sequence[float] | None,
        more: dict[Expression, Printed] | None = None,
    ) -> Printed:
        named = dict(zip(self._symbols, names, strict=True)) | (more or {})
        known = dict(zip(self._symbols, values, strict=True)) if values is not None else None
        return printed(expression, named, language=language, values=known)


def _compile(symbols: list[Expression], expression: Any, module: str) -> Callable[..., Any]:
    from sympy import Piecewise, lambdify

    parts = expression if isinstance(expression, list) else [expression]
    # Common parts stay inside a case distinction: taken out, those of the case that does not hold may overflow.
    shared = not any(part.has(Piecewise) for part in parts)
    return lambdify(symbols, expression, modules=module, cse=shared)  # type: ignore[no-any-return]  # SymPy has no types here


def _precisely(
    symbols: list[Expression], expression: Expression, arguments: Sequence[float]
) -> float:
    """Evaluate in mpmath and round to a double, where double arithmetic overflowed on the way."""
    import mpmath

    with mpmath.workdps(PRECISE_DIGITS):
        result = _compiled_precisely(tuple(symbols), expression)(
            *[mpmath.mpf(argument) for argument in arguments]
        )
        return float(result)


@lru_cache(maxsize=256)
def _compiled_precisely(
    symbols: tuple[Expression, ...], expression: Expression
) -> Callable[..., Any]:
    return _compile(list(symbols), expression, "mpmath")


def _exactly(
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
    digits, _, exponent = str(result.evalf(PRECISE_DIGITS)).partition("e")
    # Decimal ends at a million places, SymPy later; so far away only the sign counts.
    return CONTEXT.scaleb(Decimal(digits), max(-_FARTHEST, min(int(exponent or 0), _FARTHEST)))
