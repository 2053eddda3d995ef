"""The activation of a neuron from its definition, for `explainer check`: in mpmath, and composed in SymPy.

Arguments are z and then the values of the learnt parameters, in the order of `choice.named`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.active_tree import Part, active_part, kinks_near, value_of_tree
from explainer.maths.chosen import Chosen
from explainer.maths.composition import active_branch, in_precision, slope_of, symbol
from explainer.maths.definitions import Precise
from explainer.maths.expression import parse_activation
from explainer.maths.rows import Expression, constants


class Slopes(NamedTuple):
    """Partial derivatives by z and by every learnt parameter, and how each of them changes with z."""

    slopes: Sequence[Precise]
    bends: Sequence[Precise]


@lru_cache(maxsize=64)
def activation_value(chosen: Chosen) -> Callable[..., Precise]:
    """Return f in mpmath."""
    if chosen.expression is not None:
        tree, variable = parse_activation(chosen.expression)
        return lambda z: value_of_tree(tree, {variable: z})
    arguments = _arguments(chosen)
    return in_precision(arguments, _formula(chosen, arguments))


@lru_cache(maxsize=64)
def activation_slopes(chosen: Chosen) -> Callable[..., Slopes]:
    """Return the derivatives of f in mpmath."""
    if chosen.expression is not None:
        return lambda z: _typed_slopes(activation_value(chosen), z)
    arguments = _arguments(chosen)
    slopes = [slope_of(_formula(chosen, arguments), argument) for argument in arguments]
    bends = [slope_of(slope, arguments[0]) for slope in slopes]
    compiled = in_precision(arguments, (slopes, bends))
    return lambda *values: Slopes(*compiled(*values))


def activated(
    chosen: Chosen, parts: Sequence[Part], known: dict[Expression, Precise]
) -> Expression:
    """Return f of expressions, a kinked f replaced by its branch at their values; `known` gathers symbols it brings in."""
    if chosen.expression is not None:
        tree, variable = parse_activation(chosen.expression)
        return active_part(tree, {variable: parts[0]}, known).expression
    arguments = _arguments(chosen)
    values = {place: part.value for place, part in zip(arguments, parts, strict=True)}
    written = {place: part.expression for place, part in zip(arguments, parts, strict=True)}
    return active_branch(_formula(chosen, arguments), values).xreplace(written)


def is_near_kink(chosen: Chosen, arguments: Sequence[Precise], distance: float) -> bool:
    """Tell whether f has no derivative within a distance of these arguments."""
    if chosen.expression is not None:
        tree, variable = parse_activation(chosen.expression)
        return any(kinks_near(tree, {variable: arguments[0]}, distance, (variable,)))
    learnt = zip((name for name, _ in chosen.named), arguments[1:], strict=True)
    kinks = ACTIVATIONS[chosen.name].kinks_at({**dict(chosen.parameters), **dict(learnt)})
    return any(abs(arguments[0] - kink) <= distance for kink in kinks)


def _arguments(chosen: Chosen) -> list[Expression]:
    return [symbol("z"), *(symbol(f"p{place:04d}") for place in range(len(chosen.named)))]


def _formula(chosen: Chosen, arguments: Sequence[Expression]) -> Expression:
    import sympy

    row = ACTIVATIONS[chosen.name]
    learnt = dict(zip((name for name, _ in chosen.named), arguments[1:], strict=True))
    numbers = constants(sympy, row.parameters, chosen.parameters)
    return row.formula(sympy, arguments[0], {**numbers, **learnt})


def _typed_slopes(f: Callable[[Precise], Precise], z: Precise) -> Slopes:
    import mpmath

    return Slopes([mpmath.diff(f, z)], [mpmath.diff(f, z, 2)])
