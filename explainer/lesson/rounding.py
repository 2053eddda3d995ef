"""Rounding a decimal as a lesson says: to so many decimals or significant digits, ties as it says."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from explainer.lesson.lesson import Arithmetic

# Wide enough that nothing is rounded before we round: doubles span 600 decimal places, lessons far fewer.
WIDE = Context(prec=700)
# Doubles end at 10^308.
_LARGEST_EXPONENT = 308


class Rounding:
    """The rounding of a lesson whose arithmetic is `rounded`."""

    def __init__(self, arithmetic: Arithmetic) -> None:
        self._decimals = arithmetic.decimals
        self._significant = arithmetic.significant
        self._ties = ROUND_HALF_UP if arithmetic.ties == "half_up" else ROUND_HALF_EVEN

    def rounded(self, number: Decimal) -> float:
        """Return the number rounded, as a double whose shortest text is that decimal."""
        if not number.is_finite() or number.adjusted() > _LARGEST_EXPONENT:
            # No double holds it, so whoever asked refuses it; there is nothing to round.
            return float(number)
        quantum = (
            Decimal(1).scaleb(-self._decimals)
            if self._decimals is not None
            else self._last_digit(number)
        )
        # Adding 0.0 turns −0 into 0.
        return float(number.quantize(quantum, self._ties, WIDE)) + 0.0

    def _last_digit(self, number: Decimal) -> Decimal:
        significant = self._significant or 1
        return Decimal(1).scaleb(number.adjusted() - significant + 1) if number else Decimal(1)
