"""How the layers of a network are called beside their pictures."""

from __future__ import annotations

from explainer.lesson.layers import columns
from explainer.lesson.lesson import Lesson
from explainer.lesson.spelling import spelt
from explainer.lesson.symbols import neuron_symbol

_MOST_NAMES = 2


def layer_names(lesson: Lesson) -> tuple[str, ...]:
    """Return a short name for every depth behind the inputs: its neurons, the first and the last of many."""
    network = lesson.network
    found = []
    for column in columns(network):
        inner = [name for name in column if network.neuron(name).role != "input"]
        if inner:
            names = [spelt(neuron_symbol(network.neuron(name))) for name in inner]
            short = names if len(names) <= _MOST_NAMES else [names[0], names[-1]]
            found.append(" … ".join(short) if len(names) > _MOST_NAMES else ", ".join(short))
    return tuple(found)
