"""x₁·x₂·…: a product of any length, as typed formulas have it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from explainer.maths.evaluation import CONTEXT
from explainer.maths.operation import Scalar
from explainer.maths.printed import Printed
from explainer.maths.rows import Expression

_ONE = Printed("1", "1", starts_with_number=True)


class Product:
    """Π xᵢ; its partial derivatives are the products of the others, without SymPy, whose time would grow with n²."""

    def __init__(self, arity: int) -> None:
        self.arity = arity

    def value(self, arguments: Sequence[float]) -> float:
        return _product(arguments)

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        return [_product(_others(arguments, index)) for index in range(self.arity)]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        exact = math.prod((Fraction(argument) for argument in arguments), start=Fraction(1))
        with localcontext(CONTEXT):
            return Decimal(exact.numerator) / Decimal(exact.denominator)

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        return [self.precise_value(_others(arguments, index)) for index in range(self.arity)]

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        return _written(list(arguments))

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        return Scalar(len(names), lambda sp, x: _written(x)).formula(names, language)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        others = _others(names, index)
        return self.formula(others, language) if others else _ONE


def _others(arguments: Sequence[Any], index: int) -> list[Any]:
    return [*arguments[:index], *arguments[index + 1 :]]


def _product(factors: Sequence[float]) -> float:
    result = math.prod(factors)
    # Between huge and tiny factors a product may leave the doubles and come back.
    return result if math.isfinite(result) else _precisely(factors)


def _precisely(factors: Sequence[float]) -> float:
    import mpmath

    return float(mpmath.fprod(factors))


def _written(x: list[Expression]) -> Expression:
    result = x[0]
    for factor in x[1:]:
        result = result * factor
    return result
