"""The order of neurons within their column, and where they are pinned."""

from __future__ import annotations

import math

from msgspec.structs import replace

from explainer.lesson.lesson import Lesson
from explainer.lesson.structure.ground import checked, network_of, with_network
from explainer.lesson.structure.order import Columns
from explainer.messages import Refused, message


def move_neuron(lesson: Lesson, neuron_id: str, index: int) -> Lesson:
    """Return the lesson with a neuron at another index of its column, counted from 0 and as near as there is.

    The neurons of the column change places among themselves: in the file, in the data, where they are inputs or
    outputs, and in the drawing, where they are pinned. KeyError for an unknown neuron.
    """
    network = network_of(lesson)
    network.neuron(neuron_id)
    columns = Columns(network)
    mates = columns.members[columns.of[neuron_id]]
    moved = next(mate for mate in mates if mate.id == neuron_id)
    others = [mate for mate in mates if mate is not moved]
    place = min(max(index, 0), len(others))
    order = [*others[:place], moved, *others[place:]]
    if all(mate.at is not None for mate in mates):
        order = [replace(new, at=old.at) for old, new in zip(mates, order, strict=True)]
    ids = {mate.id for mate in mates}
    slots = [position for position, neuron in enumerate(network.neurons) if neuron.id in ids]
    neurons = list(network.neurons)
    for slot, neuron in zip(slots, order, strict=True):
        neurons[slot] = neuron
    return with_network(lesson, replace(network, neurons=tuple(neurons)))


def pin(lesson: Lesson, neuron_id: str, at: tuple[float, float] | None) -> Lesson:
    """Return the lesson with a neuron pinned to [column, row] of the drawing, None leaves its place to the layout.

    KeyError for no neuron; Refused for numbers that are not finite.
    """
    network = network_of(lesson)
    network.neuron(neuron_id)
    if at is not None:
        if not all(math.isfinite(number) for number in at):
            raise Refused(message("The number must be finite."))
        # Nobody means minus zero; it would make equal lessons write different files.
        at = (float(at[0]) + 0.0, float(at[1]) + 0.0)
    neurons = tuple(
        replace(neuron, at=at) if neuron.id == neuron_id else neuron for neuron in network.neurons
    )
    return checked(replace(lesson, network=replace(network, neurons=neurons)))
