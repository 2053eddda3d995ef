"""Value and derivative of a tree in mpmath, node by node: where doubles are not enough, and before rounding by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from explainer.maths.definitions import Precise, definition_of, precise_number
from explainer.maths.trees import Name, Number, Tree


class Dual(NamedTuple):
    """A value and its derivative by the one variable; NaN where there is none."""

    value: Precise
    slope: Precise


def dual(tree: Tree, variables: Mapping[str, Dual]) -> Dual:
    """Return value and derivative of a tree in the precision in force."""
    import mpmath

    if isinstance(tree, Name):
        return variables[tree.name]
    if isinstance(tree, Number):
        return Dual(precise_number(tree), mpmath.mpf(0))
    parts = [dual(argument, variables) for argument in tree.arguments]
    definition = definition_of(tree)
    values = [part.value for part in parts]
    slopes = zip(definition.slopes(values), parts, strict=True)
    # What does not move cannot make the sum undefined.
    moving = [slope * part.slope for slope, part in slopes if part.slope]
    return Dual(definition.value(values), mpmath.fsum(moving))
