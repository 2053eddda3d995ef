"""An operation: one SymPy expression over numbered arguments, and all that follows from it.

Value, partial derivatives, formula in symbols and formula with numbers all come from the same expression.
SymPy is imported when an operation is first used, never when this module is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from explainer.maths.evaluation import compiled, exactly, precisely
from explainer.maths.formula import printed
from explainer.maths.printed import Printed
from explainer.maths.rows import Expression

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
        return compiled(self._symbols, self._numeric, "math")

    @cached_property
    def _compiled_partials(self) -> Callable[..., list[float]]:
        return compiled(self._symbols, self._derivatives, "math")

    def value(self, arguments: Sequence[float]) -> float:
        try:
            result = float(self._compiled_value(*arguments))
        except (OverflowError, ZeroDivisionError, ValueError):
            result = math.nan
        return (
            result if math.isfinite(result) else precisely(self._symbols, self._numeric, arguments)
        )

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        try:
            results = self._compiled_partials(*arguments)
        except (OverflowError, ZeroDivisionError, ValueError):
            results = [math.nan] * self.arity
        return [
            float(result)
            if math.isfinite(result)
            else precisely(self._symbols, derivative, arguments)
            for result, derivative in zip(results, self._derivatives, strict=True)
        ]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        return exactly(self._symbols, self._numeric, arguments)

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        return [exactly(self._symbols, derivative, arguments) for derivative in self._derivatives]

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
