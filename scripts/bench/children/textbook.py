"""Back-propagation as a textbook writes it, in plain loops: what the trace of a pass cannot be faster than by much."""

from __future__ import annotations

import math
from itertools import pairwise

from explainer.lesson.lesson import Lesson


def gradients(lesson: Lesson, widths: list[int]) -> dict[str, float]:
    """Return ∂E/∂(parameter) for the first sample of a fully connected tanh network with E = ½(y − ŷ)²."""
    layers = _layers(lesson, widths)
    value = dict(zip(layers[0], lesson.data.inputs[0], strict=True))
    parameter = lesson.network.value
    for before, after in pairwise(layers):
        for target in after:
            total = parameter(f"b_{target}")
            for source in before:
                total += parameter(f"w_{source}_{target}") * value[source]
            value[target] = math.tanh(total)
    found: dict[str, float] = {}
    upstream = {
        neuron: value[neuron] - wanted
        for neuron, wanted in zip(layers[-1], lesson.data.targets[0], strict=True)
    }
    for after, before in pairwise(reversed(layers)):
        passed_on = dict.fromkeys(before, 0.0)
        for target in after:
            delta = upstream[target] * (1 - value[target] ** 2)
            found[f"b_{target}"] = delta
            for source in before:
                name = f"w_{source}_{target}"
                found[name] = delta * value[source]
                passed_on[source] += delta * parameter(name)
        upstream = passed_on
    return found


def _layers(lesson: Lesson, widths: list[int]) -> list[list[str]]:
    neurons = iter(lesson.network.neurons)
    return [[next(neurons).id for _ in range(width)] for width in widths]
