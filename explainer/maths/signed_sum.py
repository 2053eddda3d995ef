"""a + b − c: a sum of any length whose terms have fixed signs, as typed formulas have it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from explainer.maths.evaluation import exact_sum
from explainer.maths.printed import PRODUCT, SUM, Printed
from explainer.maths.rows import Expression, total


class SignedSum:
    """Σ sᵢxᵢ with every sᵢ = ±1; its partial derivatives are the signs."""

    def __init__(self, signs: tuple[int, ...]) -> None:
        self.signs = signs
        self.arity = len(signs)

    def value(self, arguments: Sequence[float]) -> float:
        terms = [sign * argument for sign, argument in zip(self.signs, arguments, strict=True)]
        return sum(terms[1:], terms[0])

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        return [float(sign) for sign in self.signs]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        return exact_sum(
            [sign * argument for sign, argument in zip(self.signs, arguments, strict=True)]
        )

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        return [Decimal(sign) for sign in self.signs]

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        return total(
            [sign * argument for sign, argument in zip(self.signs, arguments, strict=True)]
        )

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        """Print the terms as they were written: a − b, not a + (−1)·b."""
        latex = text = ""
        for position, (sign, name) in enumerate(zip(self.signs, names, strict=True)):
            part = name.at_least(PRODUCT, leading=position == 0)
            if position:
                latex += " + " if sign > 0 else " - "
                text += " + " if sign > 0 else " − "
            elif sign < 0:
                latex, text, part = "-", "−", name.at_least(PRODUCT)
            latex += part.latex
            text += part.text
        return Printed(latex, text, SUM, names[0].starts_with_number and self.signs[0] > 0)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        if self.signs[index] > 0:
            return Printed("1", "1", starts_with_number=True)
        return Printed("-1", "−1", starts_with_number=True, negative=True)
