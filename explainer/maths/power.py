"""xᵖ: a power whose exponent stands in the formula as a number and belongs to the operation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from explainer.maths.forwarding import Forwarding
from explainer.maths.operation import Scalar
from explainer.maths.printed import PRODUCT, Printed, number

# Any double is its shortest text of at most 17 digits: an exponent is shown as it was typed.
_ALL_DIGITS = 17

_POWER = Scalar(2, lambda sp, x: x[0] ** x[1])
_TIMES = Scalar(2, lambda sp, x: x[0] * x[1])


class Power(Forwarding):
    """One argument to a fixed power; derivative p·xᵖ⁻¹."""

    def __init__(self, exponent: str) -> None:
        self.scalar = Scalar(1, lambda sp, x: x[0] ** sp.Rational(exponent))
        super().__init__(self.scalar)
        self.exponent = float(exponent)
        # Decimal, because 2.3 − 1 is not 1.3 in doubles.
        self._below = float(Decimal(exponent) - 1)

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        return self._raised(names[0], self.exponent, language)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        factor = number(self.exponent, _ALL_DIGITS, language)
        if self.exponent in (0.0, 1.0):
            return factor
        rest = self._raised(names[0], self._below, language)
        return _TIMES.formula([factor, rest], language)._replace(level=PRODUCT)

    def _raised(self, base: Printed, exponent: float, language: str) -> Printed:
        if exponent == 1.0:
            return base
        return _POWER.formula([base, number(exponent, _ALL_DIGITS, language)], language)
