"""One operation of a lesson as `explainer check` computes it: from its definition, in mpmath and in SymPy.

Nothing here starts from the stable or textbook forms that the trace computes and prints with, so that a fault in
those is found. Values are mpmath numbers of the precision in force.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from explainer.maths.composition import (
    Part,
    Precise,
    active_branch,
    as_written,
    in_precision,
    numbered,
    slope_of,
    without_signs,
)
from explainer.maths.rows import Expression


class Slope(NamedTuple):
    """A partial derivative, the sum of the absolute values of its terms, and how far it is off by what the arguments carry."""

    value: Precise
    terms: Precise
    carried: Precise


class Exact(Protocol):
    """What the check asks of an operation.

    Its last arguments may be data, by which it has no slopes: `slopes` may be shorter than the arguments.
    """

    def value(self, x: Sequence[Precise]) -> Precise:
        """Return the value."""

    def magnitude(self, x: Sequence[Precise]) -> Precise:
        """Return the sum of the absolute values of the terms that add up to the value."""

    def slopes(self, x: Sequence[Precise], carried: Sequence[Precise]) -> Sequence[Slope]:
        """Return the partial derivatives; `carried` is how far each argument may be off."""

    def composed(self, parts: Sequence[Part], known: dict[Expression, Precise]) -> Expression:
        """Return the operation on expressions, the branch that holds; `known` gathers symbols it brings in."""

    def is_near_kink(self, x: Sequence[Precise], distance: float) -> bool:
        """Tell whether there is no derivative within a distance of these arguments."""


class Written:
    """An operation given as one SymPy expression of its arguments, the last `data` of which are data.

    `carrying` is how many of the first arguments may be off; the rest are exact. With `adds` its terms and those of its
    slopes are added in doubles as they are written here. `kinks(x)` are numbers that are 0 where there is no derivative.
    """

    def __init__(
        self,
        count: int,
        build: Callable[[list[Expression]], Expression],
        *,
        data: int = 0,
        carrying: int | None = None,
        adds: bool = False,
        kinks: Callable[[Sequence[Precise]], Sequence[Precise]] | None = None,
    ) -> None:
        self._arguments = numbered("x", count)
        self._build = build
        self._free = self._arguments[: count - data]
        self._carrying = self._free[:carrying]
        self._adds = adds
        self._kinks = kinks

    @cached_property
    def _formula(self) -> Expression:
        return self._build(self._arguments)

    @cached_property
    def _value(self) -> Callable[..., Precise]:
        return in_precision(self._arguments, self._formula)

    @cached_property
    def _magnitude(self) -> Callable[..., Precise]:
        return in_precision(self._arguments, without_signs(self._formula))

    @cached_property
    def _slopes(
        self,
    ) -> Callable[..., tuple[list[Precise], list[Precise], list[list[Precise]]]]:
        slopes = [slope_of(self._formula, argument) for argument in self._free]
        terms = [without_signs(slope) for slope in slopes] if self._adds else slopes
        bends = [[slope_of(slope, argument) for argument in self._carrying] for slope in slopes]
        return in_precision(self._arguments, (slopes, terms, bends))

    def value(self, x: Sequence[Precise]) -> Precise:
        return self._value(*x)

    def magnitude(self, x: Sequence[Precise]) -> Precise:
        return self._magnitude(*x) if self._adds else abs(self._value(*x))

    def slopes(self, x: Sequence[Precise], carried: Sequence[Precise]) -> Sequence[Slope]:
        return [
            Slope(slope, abs(terms), spread(bends, carried))
            for slope, terms, bends in zip(*self._slopes(*x), strict=True)
        ]

    def composed(self, parts: Sequence[Part], known: dict[Expression, Precise]) -> Expression:
        values = {place: part.value for place, part in zip(self._arguments, parts, strict=True)}
        written = {
            place: part.expression for place, part in zip(self._arguments, parts, strict=True)
        }
        return as_written(active_branch(self._formula, values), written)

    def is_near_kink(self, x: Sequence[Precise], distance: float) -> bool:
        return self._kinks is not None and any(abs(kink) <= distance for kink in self._kinks(x))


def spread(bends: Sequence[Precise], carried: Sequence[Precise]) -> Precise:
    """Return how far a slope is off that changes so with its arguments; arguments left out are exact."""
    return sum(abs(bend) * part for bend, part in zip(bends, carried, strict=False))
