"""How the inputs that take the offered features are written: x₁² on the graph and in every formula, not a name in words."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.lesson.inputs import seen_columns
from explainer.lesson.lesson import Feature, Lesson
from explainer.training.datasets import FEATURES

_LABELS = dict(zip(FEATURES, ("x_1^2", "x_2^2", "x_1x_2", "sin x_1", "sin x_2"), strict=True))


def with_symbols(lesson: Lesson) -> Lesson:
    """Return the lesson whose input neurons of the offered features wear their formula.

    A label of the user's own stays; a formula is taken off where the column computes something else by now.
    """
    data, network = lesson.data, lesson.network
    takers = network.of_role("input")[len(seen_columns(data)) :]
    label = {
        neuron.id: _label(neuron.label, feature)
        for neuron, feature in zip(takers, data.features, strict=True)
    }
    neurons = tuple(
        replace(neuron, label=label[neuron.id]) if neuron.id in label else neuron
        for neuron in network.neurons
    )
    return replace(lesson, network=replace(network, neurons=neurons))


def _label(present: str | None, feature: Feature) -> str | None:
    is_own = present is not None and present not in _LABELS.values()
    return present if is_own else _LABELS.get(feature)
