"""An operation: one SymPy expression over numbered arguments, and all that follows from it.

Value, partial derivatives, formula in symbols and formula with numbers all come from the same expression.
SymPy is imported when an operation is first used, never when this module is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol, runtime_checkable

from explainer.maths.evaluation import compiled, exactly, precisely
from explainer.maths.formula import printed
from explainer.maths.letters import letter
from explainer.maths.printed import Printed, number
from explainer.maths.rows import Expression, exact_number

# A parameter is shown as it was typed.
_ALL_DIGITS = 15

Build = Callable[[Any, list[Expression]], Expression]
BuildPartial = Callable[[Any, list[Expression], Expression, int], Expression]
BuildStablePartial = Callable[[Any, list[Expression], int], Expression]
Rounded = Callable[[Decimal], Decimal]


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


@runtime_checkable
class PrintedByOutput(Protocol):
    """An operation that prints derivatives in terms of what it has put out, such as a(1 − a)."""

    def partials_by_output(
        self, arguments: Sequence[Decimal], rounded: Rounded
    ) -> Mapping[int, Decimal]:
        """Return those derivatives, by place, from the value as `rounded` leaves it: who works by hand has no other."""


def _real(number: Any) -> float:
    """Return a number as a double, NaN where Python's powers leave the real numbers: (−2)^½ is complex there."""
    return math.nan if isinstance(number, complex) else float(number)


class Scalar:
    """One expression. `stable` gives the numbers where present, `written` and `written_partial` the printed forms.

    `stable_partial(sp, arguments, index)` gives the numbers of a derivative where SymPy's own loses digits.

    `fixed` are the parameters of a table row: the builders find them behind the arguments. A formula in symbols shows
    their letters, one with numbers their values. Nothing is differentiated by the last `data` arguments; their
    derivative is given as 0.
    """

    def __init__(
        self,
        arity: int,
        build: Build,
        *,
        stable: Build | None = None,
        stable_partial: BuildStablePartial | None = None,
        written: Build | None = None,
        written_partial: BuildPartial | None = None,
        fixed: Mapping[str, float] | None = None,
        data: int = 0,
    ) -> None:
        self.arity = arity
        self.fixed = dict(fixed or {})
        self._differentiated = arity - data
        self._build = build
        self._stable = stable or build
        self._stable_partial = stable_partial
        self._written = written or build
        self._written_partial = written_partial
        # Building a derivative takes many times as long as printing it.
        self._printed_partials: dict[int, Expression] = {}

    @cached_property
    def _symbols(self) -> list[Expression]:
        import sympy

        # Generated names only: text typed by a user never reaches SymPy's code printers. Padding keeps SymPy's
        # alphabetical order equal to ours.
        return [sympy.Symbol(f"x{position:04d}", real=True) for position in range(self.arity)]

    @cached_property
    def _exact(self) -> list[Expression]:
        """The fixed parameters as exact numbers."""
        import sympy

        return [exact_number(sympy, value) for value in self.fixed.values()]

    @cached_property
    def _letters(self) -> list[Expression]:
        import sympy

        return [sympy.Symbol(f"p{place:04d}", real=True) for place in range(len(self.fixed))]

    @cached_property
    def _numeric(self) -> Expression:
        import sympy

        return self._stable(sympy, self._symbols + self._exact)

    @cached_property
    def _derivatives(self) -> list[Expression]:
        import sympy

        places = range(self._differentiated)
        if self._stable_partial is None:
            return [self._numeric.diff(self._symbols[place]) for place in places]
        arguments = self._symbols + self._exact
        return [self._stable_partial(sympy, arguments, place) for place in places]

    @cached_property
    def _compiled_value(self) -> Callable[..., float]:
        return compiled(self._symbols, self._numeric, "math")

    @cached_property
    def _compiled_partials(self) -> Callable[..., list[float]]:
        return compiled(self._symbols, self._derivatives, "math")

    @property
    def numeric_forms(self) -> tuple[list[Expression], Expression, list[Expression]]:
        """The symbols of the arguments, and over them the expressions that give value and derivatives as numbers."""
        return self._symbols, self._numeric, self._derivatives

    def value(self, arguments: Sequence[float]) -> float:
        try:
            result = _real(self._compiled_value(*arguments))
        except (OverflowError, ZeroDivisionError, ValueError):
            result = math.nan
        if not math.isfinite(result):
            result = precisely(self._symbols, self._numeric, arguments)
        # Adding 0 turns −0, which nobody means, into 0.
        return result + 0.0

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        try:
            results = [_real(result) for result in self._compiled_partials(*arguments)]
        except (OverflowError, ZeroDivisionError, ValueError):
            results = [math.nan] * self._differentiated
        found = [
            result if math.isfinite(result) else precisely(self._symbols, derivative, arguments)
            for result, derivative in zip(results, self._derivatives, strict=True)
        ]
        return found + [0.0] * (self.arity - self._differentiated)

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        return exactly(self._symbols, self._numeric, arguments)

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        found = [exactly(self._symbols, derivative, arguments) for derivative in self._derivatives]
        return found + [Decimal(0)] * (self.arity - self._differentiated)

    def partials_by_output(
        self, arguments: Sequence[Decimal], rounded: Rounded
    ) -> Mapping[int, Decimal]:
        if not self._by_output:
            return {}
        known = [*arguments, rounded(self.precise_value(arguments))]
        symbols = [*self._symbols, self._result]
        return {place: exactly(symbols, form, known) for place, form in self._by_output.items()}

    @cached_property
    def _by_output(self) -> dict[int, Expression]:
        """The derivatives whose printed form holds the operation's own result, by place."""
        import sympy

        if self._written_partial is None:
            return {}
        arguments = self._symbols + self._exact
        forms = {
            place: self._written_partial(sympy, arguments, self._result, place)
            for place in range(self._differentiated)
        }
        return {place: form for place, form in forms.items() if form.has(self._result)}

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        import sympy

        return self._build(sympy, [*arguments, *self._exact])

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        return self._print(self._printed, names, language, values)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        if index not in self._printed_partials:
            self._printed_partials[index] = self._partial_as_printed(index)
        result = self._result
        return self._print(self._printed_partials[index], names, language, values, {result: output})

    @cached_property
    def _result(self) -> Expression:
        import sympy

        return sympy.Symbol("result", real=True)

    @cached_property
    def _printed(self) -> Expression:
        import sympy

        with sympy.evaluate(False):
            return self._written(sympy, self._symbols + self._letters)

    def _partial_as_printed(self, index: int) -> Expression:
        import sympy

        symbols = self._symbols + self._letters
        if self._written_partial is None:
            return self._build(sympy, symbols).diff(self._symbols[index])
        with sympy.evaluate(False):
            return self._written_partial(sympy, symbols, self._result, index)

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
        for symbol, (name, value) in zip(self._letters, self.fixed.items(), strict=True):
            named[symbol] = letter(name)
            if known is not None:
                named[symbol] = number(value, _ALL_DIGITS, language)
                known[symbol] = value
        return printed(expression, named, language=language, values=known)
