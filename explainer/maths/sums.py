"""Sums of any length as operations: the small term is derived once, whatever the count."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Any

from explainer.maths.evaluation import CONTEXT, exact_sum
from explainer.maths.operation import Scalar
from explainer.maths.printed import PRODUCT, Printed, printed_product, printed_sum
from explainer.maths.rows import Expression, total

LONGEST_WRITTEN_SUM = 6


class SumOfTerms:
    """t(x₁, x₂) + t(x₃, x₄) + … + rest: the same small term over and over, derived once whatever the count.

    The `extra` last arguments are added as they are (a bias).
    """

    def __init__(self, term: Scalar, count: int, extra: int = 0) -> None:
        self.term = term
        self.count = count
        self.extra = extra
        self.arity = count * term.arity + extra

    def _split(self, arguments: Sequence[Any]) -> tuple[list[Sequence[Any]], Sequence[Any]]:
        step, end = self.term.arity, self.count * self.term.arity
        return [arguments[start : start + step] for start in range(0, end, step)], arguments[end:]

    def value(self, arguments: Sequence[float]) -> float:
        groups, rest = self._split(arguments)
        values = [self.term.value(group) for group in groups]
        values.extend(rest)
        return sum(values[1:], values[0]) if values else 0.0

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        groups, rest = self._split(arguments)
        return [partial for group in groups for partial in self.term.partials(group)] + [1.0] * len(
            rest
        )

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        groups, rest = self._split(arguments)
        return exact_sum([*(self.term.precise_value(group) for group in groups), *rest])

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        groups, rest = self._split(arguments)
        return [partial for group in groups for partial in self.term.precise_partials(group)] + [
            Decimal(1)
        ] * len(rest)

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        groups, rest = self._split(arguments)
        return (
            total([*(self.term.expression(group) for group in groups), *rest]) if arguments else 0
        )

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        groups, rest = self._split(names)
        # Right after a plus sign even the first factor needs parentheses when it is negative.
        wrapped = [
            group if position == 0 else [name.at_least(PRODUCT) for name in group]
            for position, group in enumerate(groups)
        ]
        parts = [self.term.formula(group, language) for group in wrapped] + list(rest)
        return printed_sum(parts)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        step = self.term.arity
        if index >= self.count * step:
            return Printed("1", "1", starts_with_number=True)
        start = index - index % step
        return self.term.partial_formula(
            index % step, names[start : start + step], output, language
        )


class ScaledSum:
    """c · (t(x₁) + t(x₂) + …) with a factor c that has no arguments: a penalty, derived once whatever the count.

    `slope`, the derivative c · t′(x) as an operation, is how that is printed.
    """

    def __init__(self, factor: Scalar, term: Scalar, slope: Scalar, count: int) -> None:
        self.factor = factor
        self.term = term
        self.slope = slope
        self.arity = count

    def value(self, arguments: Sequence[float]) -> float:
        return self.factor.value(()) * sum(self.term.value((argument,)) for argument in arguments)

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        factor = self.factor.value(())
        return [factor * self.term.partials((argument,))[0] for argument in arguments]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        terms = [self.term.precise_value((argument,)) for argument in arguments]
        with localcontext(CONTEXT):
            return self.factor.precise_value(()) * exact_sum(terms)

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        with localcontext(CONTEXT):
            factor = self.factor.precise_value(())
            return [factor * self.term.precise_partials((argument,))[0] for argument in arguments]

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        terms = [self.term.expression((argument,)) for argument in arguments]
        return self.factor.expression(()) * total(terms) if terms else 0

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        """Print at most six terms; the middle of a longer sum is an ellipsis."""
        if not names:
            return Printed("0", "0", starts_with_number=True)
        terms = [
            self.term.formula((name,), language, None if values is None else (value,))
            for name, value in zip(names, values or [0.0] * len(names), strict=True)
        ]
        factor = self.factor.formula((), language, None if values is None else ())
        # In front of a product the sign of its first factor needs no parentheses.
        return printed_product(factor._replace(level=PRODUCT), printed_sum(shortened(terms)))

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        value = None if values is None else (values[index],)
        return self.slope.formula((names[index],), language, value)


class Reduction:
    """The sum of `count` terms, divided by `divisor`: the mean of the errors of a batch, or one gradient over its samples."""

    def __init__(self, count: int, *, divisor: int = 1) -> None:
        self.arity = count
        self.divisor = divisor

    def value(self, arguments: Sequence[float]) -> float:
        result = sum(arguments) / self.divisor
        # The sum may be too large for a double where the mean is not.
        return result if math.isfinite(result) else sum(part / self.divisor for part in arguments)

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        return [1 / self.divisor] * len(arguments)

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        with localcontext(CONTEXT):
            return exact_sum(arguments) / self.divisor

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        with localcontext(CONTEXT):
            return [Decimal(1) / self.divisor] * len(arguments)

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        return total(list(arguments)) / self.divisor

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        """Print at most six terms; the middle of a longer sum is an ellipsis."""
        inside = printed_sum(shortened(names))
        if self.divisor == 1:
            return inside
        bracket = inside.at_least(PRODUCT)
        return Printed(
            f"\\frac{{1}}{{{self.divisor}}} {bracket.latex}",
            f"1/{self.divisor}·{bracket.text}",
            PRODUCT,
            True,
        )

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        if self.divisor == 1:
            return Printed("1", "1", starts_with_number=True)
        return Printed(f"\\frac{{1}}{{{self.divisor}}}", f"1/{self.divisor}", PRODUCT, True)


def shortened(terms: Sequence[Printed]) -> list[Printed]:
    """Return the terms of a sum for printing, the middle of a long one as an ellipsis."""
    if len(terms) <= LONGEST_WRITTEN_SUM:
        return list(terms)
    return [*terms[:3], Printed("\\dots", "…"), terms[-1]]
