"""The variance of a batch around its mean, derived once whatever the number of samples."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Any

from explainer.maths.evaluation import CONTEXT, exact_sum
from explainer.maths.operation import Scalar
from explainer.maths.printed import PRODUCT, Printed, printed_product, printed_sum
from explainer.maths.rows import Expression, total
from explainer.maths.sums import shortened

# (x − μ)², and twice the distance, its derivative by x; arguments: μ, x.
_SQUARE = Scalar(2, lambda sp, x: (x[1] - x[0]) ** 2)
_DISTANCE = Scalar(2, lambda sp, x: x[1] - x[0])


class BatchVariance:
    """((x₁ − μ)² + (x₂ − μ)² + …)/n; arguments: the mean μ, then the n values.

    Source: Ioffe, Szegedy: Batch normalization (2015), algorithm 1.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.arity = count + 1

    def value(self, arguments: Sequence[float]) -> float:
        return sum(_SQUARE.value(pair) for pair in _pairs(arguments)) / self.count

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        slopes = [_SQUARE.partials(pair) for pair in _pairs(arguments)]
        return [
            part / self.count for part in (sum(by for by, _ in slopes), *(by for _, by in slopes))
        ]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        squares = [_SQUARE.precise_value(pair) for pair in _pairs(arguments)]
        with localcontext(CONTEXT):
            return exact_sum(squares) / self.count

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        slopes = [_SQUARE.precise_partials(pair) for pair in _pairs(arguments)]
        parts = [exact_sum([by for by, _ in slopes]), *(by for _, by in slopes)]
        with localcontext(CONTEXT):
            return [part / self.count for part in parts]

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        return total([_SQUARE.expression(pair) for pair in _pairs(arguments)]) / self.count

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        """Print at most six squares; the middle of a longer sum is an ellipsis."""
        squares = [_SQUARE.formula(pair, language) for pair in _pairs(names)]
        return printed_product(self._share(1), printed_sum(shortened(squares)))

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        """Print ±2/n times the distance from the mean; by the mean itself, times their sum."""
        distances = [_DISTANCE.formula(pair, language) for pair in _pairs(names)]
        if index > 0:
            return printed_product(self._share(2), distances[index - 1].at_least(PRODUCT))
        brackets = [distance.at_least(PRODUCT) for distance in shortened(distances)]
        return printed_product(self._share(-2), printed_sum(brackets))

    def _share(self, part: int) -> Printed:
        sign, latex = ("−", "-") if part < 0 else ("", "")
        return Printed(
            f"{latex}\\frac{{{abs(part)}}}{{{self.count}}}",
            f"{sign}{abs(part)}/{self.count}",
            PRODUCT,
            starts_with_number=True,
            negative=part < 0,
        )


def _pairs(arguments: Sequence[Any]) -> list[tuple[Any, Any]]:
    return [(arguments[0], value) for value in arguments[1:]]
