"""Softmax as operations: one for each component, all computed by one compiled expression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from explainer.maths.operation import Operation, Rounded, Scalar
from explainer.maths.printed import PRODUCT, Printed, printed_sum
from explainer.maths.rows import Expression, SymPy, total
from explainer.maths.sums import LONGEST_WRITTEN_SUM, shortened

_POWER = Scalar(1, lambda sp, x: sp.exp(x[0]))
# The two derivatives of a component, by its own argument and by another one.
_OWN = Scalar(1, lambda sp, x: x[0] * (1 - x[0]))
_CROSSED = Scalar(2, lambda sp, x: -x[0] * x[1])


class Softmax:
    """One component of softmax, e^zᵢ / Σ e^zⱼ, as a function of all its arguments.

    The numbers of all components come from one compiled expression, that of the first: the fraction is the same for
    each but for the order of its arguments, and compiling every one takes seconds from ten components on.
    """

    def __init__(self, index: int, count: int) -> None:
        self.arity = count
        self._index = index
        self._written = _written_softmax(index, count)

    def value(self, arguments: Sequence[float]) -> float:
        return self._first.value(self._own_first(arguments))

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        return self._in_order(self._first.partials(self._own_first(arguments)))

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        return self._first.precise_value(self._own_first(arguments))

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        return self._in_order(self._first.precise_partials(self._own_first(arguments)))

    def partials_by_output(
        self, arguments: Sequence[Decimal], rounded: Rounded
    ) -> Mapping[int, Decimal]:
        every = [
            rounded(softmax(place, self.arity).precise_value(arguments))
            for place in range(self.arity)
        ]
        own = every[self._index]
        return {
            place: _OWN.precise_value((own,))
            if place == self._index
            else _CROSSED.precise_value((own, other))
            for place, other in enumerate(every)
        }

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        return self._written.expression(arguments)

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        """Print e^zᵢ over the sum of all; the middle of a long sum is an ellipsis."""
        if self.arity <= LONGEST_WRITTEN_SUM:
            return self._written.formula(names, language, values)
        powers = [_POWER.formula((name,), language) for name in names]
        top, below = powers[self._index], printed_sum(shortened(powers))
        return Printed(
            f"\\frac{{{top.latex}}}{{{below.latex}}}", f"{top.text}/({below.text})", PRODUCT
        )

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        return self._written.partial_formula(index, names, output, language, values)

    def partial_in_outputs(self, index: int, outputs: Sequence[Printed], language: str) -> Printed:
        """Print ∂aᵢ/∂zⱼ with the components themselves, as books do: aᵢ(1 − aᵢ), or −aᵢaⱼ."""
        if index == self._index:
            return _OWN.formula((outputs[index],), language)
        return _CROSSED.formula((outputs[self._index], outputs[index]), language)

    @property
    def _first(self) -> Scalar:
        return _first_of_softmax(self.arity)

    def _own_first(self, arguments: Sequence[Any]) -> list[Any]:
        at = self._index
        return [arguments[at], *arguments[:at], *arguments[at + 1 :]]

    def _in_order(self, partials: Sequence[Any]) -> list[Any]:
        own, *others = partials
        return [*others[: self._index], own, *others[self._index :]]


@lru_cache(maxsize=512)
def softmax(index: int, count: int) -> Operation:
    """Return one component of softmax."""
    return Softmax(index, count)


def _written_softmax(index: int, count: int) -> Scalar:
    def written_partial(sp: SymPy, x: list[Expression], result: Expression, at: int) -> Expression:
        if at == index:
            return result * (1 - result)
        return -result * sp.exp(x[at]) / total([sp.exp(value) for value in x])

    return Scalar(
        count,
        lambda sp, x: sp.exp(x[index]) / total([sp.exp(value) for value in x]),
        written_partial=written_partial,
    )


@lru_cache(maxsize=64)
def _first_of_softmax(count: int) -> Scalar:
    """Return the first component divided through by its numerator: nothing overflows unless one z is far above it."""

    def against(sp: SymPy, x: list[Expression], at: int) -> Expression:
        """Return 1/a of one component: the sum of all powers over its own."""
        return total([sp.exp(value - x[at]) for value in x])

    def stable_partial(sp: SymPy, x: list[Expression], at: int) -> Expression:
        # −aᵢaⱼ and aᵢ(1 − aᵢ) as `diff` gives them, in a form in which nothing cancels. The square of a sum of powers
        # would leave the doubles where the derivative is still one.
        if at:
            return -1 / (against(sp, x, 0) * against(sp, x, at))
        if count == 1:
            return sp.Integer(0)
        others = total([sp.exp(value - x[0]) for value in x[1:]])
        return 1 / ((1 + others) * (1 + 1 / others))

    return Scalar(count, lambda sp, x: 1 / against(sp, x, 0), stable_partial=stable_partial)
