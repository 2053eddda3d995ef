"""The length of a vector as an operation, without overflow on the way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext

from explainer.maths.evaluation import CONTEXT
from explainer.maths.operation import Rounded
from explainer.maths.printed import POWER, Printed, printed_sum
from explainer.maths.rows import Expression, total
from explainer.maths.sums import shortened


class Norm:
    """√(x₁² + x₂² + …); its derivative at the origin is taken as 0."""

    def __init__(self, count: int) -> None:
        self.arity = count

    def value(self, arguments: Sequence[float]) -> float:
        return math.hypot(*arguments)

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        length = self.value(arguments)
        return [argument / length if length else 0.0 for argument in arguments]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        with localcontext(CONTEXT):
            return sum((argument * argument for argument in arguments), Decimal(0)).sqrt()

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        with localcontext(CONTEXT):
            return _shares(arguments, self.precise_value(arguments))

    def partials_by_output(
        self, arguments: Sequence[Decimal], rounded: Rounded
    ) -> Mapping[int, Decimal]:
        with localcontext(CONTEXT):
            return dict(enumerate(_shares(arguments, rounded(self.precise_value(arguments)))))

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        import sympy

        return sympy.sqrt(total([argument**2 for argument in arguments])) if arguments else 0

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        """Print at most six squares; the middle of a longer sum is an ellipsis."""
        inside = printed_sum(shortened([_squared(name) for name in names]))
        return Printed(f"\\sqrt{{{inside.latex}}}", f"√({inside.text})", POWER)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        return Printed(
            f"\\frac{{{names[index].latex}}}{{{output.latex}}}",
            f"{names[index].text}/{output.text}",
        )


def _shares(arguments: Sequence[Decimal], length: Decimal) -> list[Decimal]:
    return [argument / length if length else Decimal(0) for argument in arguments]


def _squared(name: Printed) -> Printed:
    base = name.at_least(POWER)
    return Printed(f"{base.latex}^{{2}}", f"{base.text}²", POWER, base.starts_with_number)
