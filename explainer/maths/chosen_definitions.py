"""The activation of a neuron from its definition, for `explainer check`.

Arguments are z and then the values of the learnt parameters, in the order of `choice.named`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.active_tree import active_part, kinks_near, value_of_tree
from explainer.maths.chosen import Chosen
from explainer.maths.composition import Part, Precise
from explainer.maths.exact import Exact, Slope, Written
from explainer.maths.expression import parse_activation
from explainer.maths.rows import Expression, constants


@lru_cache(maxsize=64)
def exact_activation(chosen: Chosen) -> Exact:
    """Return f: a row of the table, or what the user typed."""
    return _Typed(chosen.expression) if chosen.expression is not None else _of_row(chosen)


def _of_row(chosen: Chosen) -> Exact:
    import sympy

    row = ACTIVATIONS[chosen.name]
    names = [name for name, _ in chosen.named]
    numbers = constants(sympy, row.parameters, chosen.parameters)

    def build(x: list[Expression]) -> Expression:
        return row.formula(sympy, x[0], {**numbers, **dict(zip(names, x[1:], strict=True))})

    def kinks(x: Sequence[Precise]) -> list[Precise]:
        learnt = dict(zip(names, x[1:], strict=True))
        return [x[0] - kink for kink in row.kinks_at({**dict(chosen.parameters), **learnt})]

    # A form that loses no digits is right to its last one; without it the terms are added as the definition has them.
    return Written(1 + len(names), build, carrying=1, adds=row.stable is None, kinks=kinks)


class _Typed:
    """A typed activation, from the tree that was read."""

    def __init__(self, text: str) -> None:
        self._tree, self._variable = parse_activation(text)

    def value(self, x: Sequence[Precise]) -> Precise:
        return value_of_tree(self._tree, {self._variable: x[0]})

    def magnitude(self, x: Sequence[Precise]) -> Precise:
        return _as_computed(abs(self.value(x)))

    def slopes(self, x: Sequence[Precise], carried: Sequence[Precise]) -> Sequence[Slope]:
        import mpmath

        def f(z: Precise) -> Precise:
            return self.value([z])

        slope, bend = mpmath.diff(f, x[0]), mpmath.diff(f, x[0], 2)
        return [Slope(slope, _as_computed(abs(slope)), abs(bend) * carried[0])]

    def composed(self, parts: Sequence[Part], known: dict[Expression, Precise]) -> Expression:
        return active_part(self._tree, {self._variable: parts[0]}, known).expression

    def is_near_kink(self, x: Sequence[Precise], distance: float) -> bool:
        return any(kinks_near(self._tree, {self._variable: x[0]}, distance, (self._variable,)))


def _as_computed(size: Precise) -> Precise:
    """Return the size of a number whose last double's place is as uncertain as a typed activation may be: 10⁻¹³ of it, or 10⁻¹⁶."""
    return max(100 * size, 0.1)
