"""Between which numbers a neuron is coloured: what its activation can put out, what its targets are, or what it says now."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from explainer.gui.training.colouring import Scale
from explainer.lesson.lesson import Lesson, Neuron
from explainer.maths.vector_activations import bounds_of
from explainer.training.histograms import round_end

if TYPE_CHECKING:
    from explainer.training.classes import Classes
    from explainer.training.kernels import Array

_SIGNS = Scale(-1.0, 1.0)


class Scales:
    """The scale of every neuron of a lesson."""

    def __init__(self, lesson: Lesson, classes: Classes | None) -> None:
        self._neurons = {neuron.id: neuron for neuron in lesson.network.neurons}
        self._fixed: dict[str, Scale] = {}
        outputs = lesson.network.of_role("output")
        for place, neuron in enumerate(outputs):
            if classes is not None and classes.values is not None:
                self._fixed[neuron.id] = Scale(*classes.values)
            elif classes is None and _of_activation(neuron) is None:
                self._fixed[neuron.id] = around([row[place] for row in lesson.data.targets])
        for neuron in lesson.network.neurons:
            known = _of_activation(neuron)
            if neuron.id not in self._fixed and known is not None:
                self._fixed[neuron.id] = known

    def of(self, neuron_id: str, values: Array | None) -> Scale:
        """Return the scale of a neuron; of one that can put out anything, an even one that holds these values."""
        known = self._fixed.get(neuron_id)
        if known is not None:
            return known
        return _SIGNS if values is None else held(values)

    def is_fixed(self, neuron_id: str) -> bool:
        """Tell whether a neuron has the same scale at every moment."""
        return neuron_id in self._fixed


def held(values: Array) -> Scale:
    """Return an even scale around 0 with round ends that holds these values."""
    import numpy as np

    low, high = float(np.fmin.reduce(values, None)), float(np.fmax.reduce(values, None))
    end = max(-low, high)
    end = round_end(end) if math.isfinite(end) else 1.0
    return Scale(-end, end)


def around(targets: list[float]) -> Scale:
    """Return the scale of quantities with these targets: even around 0 where both signs occur, else from one to the other."""
    low, high = min(targets, default=0.0), max(targets, default=0.0)
    if low < 0 < high or low == high:
        end = round_end(max(abs(low), abs(high)))
        return Scale(-end, end)
    return Scale(low, high)


def _of_activation(neuron: Neuron) -> Scale | None:
    choice = neuron.activation
    if neuron.role == "input" or neuron.dropout is not None:
        return None
    bounds = bounds_of(choice.name, dict(choice.parameters))
    return None if bounds is None else Scale(*bounds)
