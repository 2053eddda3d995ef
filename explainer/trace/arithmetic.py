"""How numbers are computed: in doubles, or rounded at every step as one does by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from explainer.lesson.lesson import Arithmetic
from explainer.lesson.rounding import WIDE, Rounding
from explainer.maths.operation import Operation, PrintedByOutput

# One rounding of a double.
_DUST = 2.0**-53


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

    A derivative that is printed in terms of the node's own value, a(1 − a), is computed so: from the rounded a.
    Doubles carry the decimals between steps: the shortest text of each is the decimal itself.
    """

    def __init__(self, arithmetic: Arithmetic) -> None:
        self._rounding = Rounding(arithmetic)

    def value(self, operation: Operation, arguments: Sequence[float]) -> float:
        return self._rounding.rounded(operation.precise_value(_decimals(arguments)))

    def partials(self, operation: Operation, arguments: Sequence[float]) -> Sequence[float]:
        given = _decimals(arguments)
        partials: dict[int, Decimal] = {}
        if isinstance(operation, PrintedByOutput):
            found = operation.partials_by_output(given, self._decimal)
            # 1/(2v) of a root v that is rounded to 0 has no value, where the root itself has a slope.
            partials = {place: partial for place, partial in found.items() if partial.is_finite()}
        if len(partials) < operation.arity:
            partials = dict(enumerate(operation.precise_partials(given))) | partials
        return [self._rounding.rounded(partials[place]) for place in range(operation.arity)]

    def _decimal(self, number: Decimal) -> Decimal:
        return Decimal(repr(self._rounding.rounded(number)))

    def product(self, left: float, right: float) -> float:
        if math.isinf(left) or math.isinf(right):
            return math.inf  # rounded up beyond the largest double; whoever asked refuses it
        # Two doubles have at most 17 digits each, so this product is exact before it is rounded.
        return self._rounding.rounded(WIDE.multiply(Decimal(repr(left)), Decimal(repr(right))))

    def total(self, terms: Sequence[float]) -> float:
        result = Decimal(0)
        for term in _decimals(terms):
            result = WIDE.add(result, term)
        return self._rounding.rounded(result)


def calculator(arithmetic: Arithmetic) -> Calculator:
    """Return the calculator a lesson asks for."""
    return ByHand(arithmetic) if arithmetic.mode == "rounded" else Exact()


def is_unrounded(operation: Operation, arguments: Sequence[float], result: float) -> bool:
    """Tell whether an operation by hand gave its result without any rounding."""
    return operation.precise_value(_decimals(arguments)) == Decimal(repr(result))


def _decimals(values: Sequence[float]) -> list[Decimal]:
    return [Decimal(repr(value)) for value in values]
