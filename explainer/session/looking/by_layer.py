"""How the gradient changes from layer to layer: the norm of ∂E/∂z, and the product of derivatives along one path."""

from __future__ import annotations

import math
from typing import NamedTuple

from explainer.lesson.layers import columns
from explainer.lesson.lesson import Edge, Lesson
from explainer.lesson.symbols import neuron_symbol
from explainer.trace.moment import Moment
from explainer.trace.steps import Pass

_MOST_NAMES = 3


class LayerGradient(NamedTuple):
    """One layer: its neurons' names, ‖∂E/∂z‖ over them, whether the board shows all of it already."""

    neurons: tuple[str, ...]
    names: str
    norm: float
    known: bool


class PathFactor(NamedTuple):
    """One step back along a path: w · f′(z) from the neuron `target` to the neuron `source`; `product` with all before it."""

    source: str
    target: str
    weight: float
    slope: float
    product: float

    @property
    def factor(self) -> float:
        """What ∂E/∂z is multiplied by on this step back."""
        return self.weight * self.slope


def by_layer(lesson: Lesson, one_pass: Pass, moment: Moment) -> tuple[LayerGradient, ...]:
    """Return the layers from the first to the output, for the sample the board shows; () where there is no gradient."""
    deltas = one_pass.deltas.get(str(moment.sample), {})
    if not deltas or lesson.expression is not None:
        return ()
    found = []
    for column in columns(lesson.network):
        inner = tuple(name for name in column if name in deltas)
        if inner:
            symbols = [neuron_symbol(lesson.network.neuron(name)).text for name in inner]
            names = ", ".join(symbols[:_MOST_NAMES]) + ("…" if symbols[_MOST_NAMES:] else "")
            norm = math.hypot(*(deltas[name] for name in inner))
            known = all(name in moment.deltas for name in inner)
            found.append(LayerGradient(inner, names, norm, known))
    return tuple(found)


def along_path(lesson: Lesson, one_pass: Pass, moment: Moment) -> tuple[PathFactor, ...]:
    """Return the factors of the path back on which most of the gradient travels, from the output to the first layer.

    From each neuron it goes on to the one that passes on the largest |w · f′(z)|; it ends before the inputs, and where a
    neuron is no function of its own sum alone.
    """
    sample = str(moment.sample)
    deltas, slopes = one_pass.deltas.get(sample, {}), one_pass.slopes.get(sample, {})
    outputs = [neuron.id for neuron in lesson.network.of_role("output") if neuron.id in deltas]
    if not outputs or lesson.expression is not None:
        return ()
    at = max(outputs, key=lambda name: abs(deltas[name]))
    product, found = 1.0, list[PathFactor]()
    while True:
        steps = [
            (edge, _weight(one_pass, edge), _slope(lesson, slopes, edge.source))
            for edge in lesson.network.incoming(at)
            if edge.source in deltas
        ]
        able = [(edge, weight, slope) for edge, weight, slope in steps if slope is not None]
        if not able:
            return tuple(found)
        edge, weight, slope = max(able, key=lambda step: abs(step[1] * step[2]))
        product *= weight * slope
        found.append(PathFactor(edge.source, at, weight, slope, product))
        at = edge.source


def _weight(one_pass: Pass, edge: Edge) -> float:
    return one_pass.parameters_before[edge.weight]


def _slope(lesson: Lesson, slopes: dict[str, float], name: str) -> float | None:
    """Return f′(z) of a neuron; None where its output depends on more than its sum."""
    neuron = lesson.network.neuron(name)
    if not neuron.is_plain:
        return None
    return 1.0 if neuron.activation.name == "identity" else slopes.get(f"{name}.z>{name}")
