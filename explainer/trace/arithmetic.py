"""How numbers are computed: in doubles, or rounded at every step as one does by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Protocol

from explainer.lesson.lesson import Arithmetic
from explainer.maths.operation import Operation

# Wide enough that nothing is rounded before we round: doubles span 600 decimal places, lessons far fewer.
_WIDE = Context(prec=700)
# One rounding of a double.
_DUST = 2.0**-53
# Doubles end at 10^308.
_LARGEST_EXPONENT = 308


class Calculator(Protocol):
    """Everything a trace computes goes through one of these."""

    def value(self, operation: Operation, arguments: Sequence[float]) -> float:
        """Return the value of an operation."""

    def partials(self, operation: Operation, arguments: Sequence[float]) -> Sequence[float]:
        """Return the local derivative with respect to each argument."""

    def product(self, left: float, right: float) -> float:
        """Multiply an upstream derivative by a local one."""

    def total(self, terms: Sequence[float]) -> float:
        """Add up the terms of a derivative; 0 where there are none."""


class Exact:
    """Double precision; rounded only for display."""

    def value(self, operation: Operation, arguments: Sequence[float]) -> float:
        return operation.value(arguments)

    def partials(self, operation: Operation, arguments: Sequence[float]) -> Sequence[float]:
        return operation.partials(arguments)

    def product(self, left: float, right: float) -> float:
        return left * right

    def total(self, terms: Sequence[float]) -> float:
        total = sum(terms[1:], terms[0]) if terms else 0.0
        # Where terms cancel as far as doubles can tell, the sum is what rounding has left of them: 0.1 + 0.2 − 0.3 is 0.
        return total if abs(total) > _DUST * sum(map(abs, terms)) else 0.0


class ByHand:
    """Each node's value, local derivative, product and sum in decimal from rounded operands, then rounded.

    Doubles carry the decimals between steps: the shortest text of each is the decimal itself.
    """

    def __init__(self, arithmetic: Arithmetic) -> None:
        self._decimals = arithmetic.decimals
        self._significant = arithmetic.significant
        self._ties = ROUND_HALF_UP if arithmetic.ties == "half_up" else ROUND_HALF_EVEN

    def value(self, operation: Operation, arguments: Sequence[float]) -> float:
        return self._round(operation.precise_value(_decimals(arguments)))

    def partials(self, operation: Operation, arguments: Sequence[float]) -> Sequence[float]:
        return [
            self._round(partial) for partial in operation.precise_partials(_decimals(arguments))
        ]

    def product(self, left: float, right: float) -> float:
        if math.isinf(left) or math.isinf(right):
            return math.inf  # rounded up beyond the largest double; whoever asked refuses it
        # Two doubles have at most 17 digits each, so this product is exact before it is rounded.
        return self._round(_WIDE.multiply(Decimal(repr(left)), Decimal(repr(right))))

    def total(self, terms: Sequence[float]) -> float:
        result = Decimal(0)
        for term in _decimals(terms):
            result = _WIDE.add(result, term)
        return self._round(result)

    def _round(self, number: Decimal) -> float:
        if not number.is_finite() or number.adjusted() > _LARGEST_EXPONENT:
            # No double holds it, so the pass is refused; there is nothing to round.
            return float(number)
        quantum = (
            Decimal(1).scaleb(-self._decimals)
            if self._decimals is not None
            else self._last_digit(number)
        )
        # Adding 0.0 turns −0 into 0.
        return float(number.quantize(quantum, self._ties, _WIDE)) + 0.0

    def _last_digit(self, number: Decimal) -> Decimal:
        significant = self._significant or 1
        return Decimal(1).scaleb(number.adjusted() - significant + 1) if number else Decimal(1)


def calculator(arithmetic: Arithmetic) -> Calculator:
    """Return the calculator a lesson asks for."""
    return ByHand(arithmetic) if arithmetic.mode == "rounded" else Exact()


def is_unrounded(operation: Operation, arguments: Sequence[float], result: float) -> bool:
    """Tell whether an operation by hand gave its result without any rounding."""
    return operation.precise_value(_decimals(arguments)) == Decimal(repr(result))


def _decimals(values: Sequence[float]) -> list[Decimal]:
    return [Decimal(repr(value)) for value in values]
