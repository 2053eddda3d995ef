"""How the layers and the classes of a lesson are called beside their pictures."""

from __future__ import annotations

from explainer.lesson.layers import columns
from explainer.lesson.lesson import Lesson
from explainer.lesson.symbols import neuron_symbol
from explainer.maths.numbers import shown
from explainer.training.classes import Classes

_MOST_NAMES = 2


def layer_names(lesson: Lesson) -> tuple[str, ...]:
    """Return a short name for every depth behind the inputs: its neurons, the first and the last of many."""
    network = lesson.network
    found = []
    for column in columns(network):
        inner = [name for name in column if network.neuron(name).role != "input"]
        if inner:
            names = [neuron_symbol(network.neuron(name)).text for name in inner]
            short = names if len(names) <= _MOST_NAMES else [names[0], names[-1]]
            found.append(" … ".join(short) if len(names) > _MOST_NAMES else ", ".join(short))
    return tuple(found)


def class_names(lesson: Lesson, classes: Classes | None) -> tuple[str, ...]:
    """Return what classes are called: the whole number that stands for each, or its output."""
    if classes is None:
        return ()
    if classes.values is not None:
        # Whole numbers are written alike in every language.
        return tuple(shown(value + 0.0, 1, "en") for value in classes.values)
    network = lesson.network
    return tuple(neuron_symbol(network.neuron(name)).text for name in classes.outputs)
