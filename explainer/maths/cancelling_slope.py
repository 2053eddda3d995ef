"""The sigmoid of an output behind the cross-entropy, whose derivative divides by what σ′ multiplies with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from explainer.maths import operations
from explainer.maths.operation import Operation
from explainer.maths.printed import Printed
from explainer.maths.rows import Expression


class CancellingSlope:
    """An activation, with the slope a(1 − a) at the double that a is, where the error divides by that very 1 − a.

    Near 1 the double a has lost most digits of its distance from 1, σ′(z) has not: only what was computed from the same
    double cancels. That matters where a lies above its target; elsewhere the error divides by a, and σ′(z) is better.
    """

    def __init__(self, name: str, target: float) -> None:
        self._usual = operations.activation(name)
        self._by_output = operations.activation(name, slope_by_output=True)
        self._target = target
        self.arity = self._usual.arity

    def value(self, arguments: Sequence[float]) -> float:
        """Return the value as a double."""
        return self._usual.value(arguments)

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        """Return the slope: of the printed form where a lies above its target."""
        return self._numeric(arguments).partials(arguments)

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        """Return the value before rounding by hand."""
        return self._usual.precise_value(arguments)

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        """Return the slope before rounding by hand."""
        return self._usual.precise_partials(arguments)

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        """Return the definition of another expression."""
        return self._usual.expression(arguments)

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        """Print the function of its argument."""
        return self._usual.formula(names, language, values)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        """Print the slope."""
        return self._usual.partial_formula(index, names, output, language, values)

    def _numeric(self, arguments: Sequence[float]) -> Operation:
        return self._by_output if self.value(arguments) > self._target else self._usual
