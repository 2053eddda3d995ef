"""An operation that is another one in most of what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from explainer.maths.operation import Operation, PrintedByOutput, Rounded
from explainer.maths.printed import Printed
from explainer.maths.rows import Expression


class Forwarding:
    """An operation that is another one, `inner`, in all that a subclass does not say otherwise."""

    def __init__(self, inner: Operation) -> None:
        self.inner = inner
        self.arity = inner.arity

    def value(self, arguments: Sequence[float]) -> float:
        return self.inner.value(arguments)

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        return self.inner.partials(arguments)

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        return self.inner.precise_value(arguments)

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        return self.inner.precise_partials(arguments)

    def partials_by_output(
        self, arguments: Sequence[Decimal], rounded: Rounded
    ) -> Mapping[int, Decimal]:
        inner = self.inner
        return (
            inner.partials_by_output(arguments, rounded)
            if isinstance(inner, PrintedByOutput)
            else {}
        )

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        return self.inner.expression(arguments)

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        return self.inner.formula(names, language, values)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        return self.inner.partial_formula(index, names, output, language, values)
