"""What goes beyond a plain neuron: dropout, batch normalisation, softmax groups, maxout pieces."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.entries import check_name
from explainer.lesson.lesson import Dropout, Lesson, Neuron
from explainer.lesson.limits import MAX_PIECES
from explainer.lesson.structure.draft import Draft, must_have_room
from explainer.lesson.structure.ground import checked, chosen, fault_in, network_of
from explainer.lesson.structure.order import pieces_of
from explainer.messages import Refused, message


def set_dropout(lesson: Lesson, neurons: Collection[str], rate: float | None) -> Lesson:
    """Return the lesson in which these neurons are dropped at a rate, None for never.

    The scaling stays, or is that of the other neurons with dropout. Refused unless the rate lies from 0 up to below 1.
    """
    network = network_of(lesson)
    wanted = {neuron.id for neuron in chosen(network, neurons)}
    if rate is not None and not 0 <= rate < 1:
        raise Refused(message("The rate of dropout must be at least 0 and below 1."))
    usual = next((one.dropout for one in network.neurons if one.dropout is not None), Dropout(0.0))

    def changed(neuron: Neuron) -> Neuron:
        if rate is None:
            return replace(neuron, dropout=None)
        return replace(neuron, dropout=replace(neuron.dropout or usual, rate=float(rate) + 0.0))

    changed_neurons = tuple(
        changed(neuron) if neuron.id in wanted else neuron for neuron in network.neurons
    )
    return checked(replace(lesson, network=replace(network, neurons=changed_neurons)))


def set_normalise(lesson: Lesson, neurons: Collection[str], *, on: bool) -> Lesson:
    """Return the lesson in which the weighted sums of these neurons are normalised over a batch, or are not; inputs are left out.

    Each gets a scale and a shift of its own, which start at 1 and 0; they go with the normalisation, and so do the running averages.
    Refused for inputs alone.
    """
    network = network_of(lesson)
    wanted = {neuron.id for neuron in chosen(network, neurons) if neuron.role != "input"}
    if not wanted and neurons:
        raise Refused(message("An input has no weighted sum to normalise."))
    draft = Draft(lesson)
    for place, neuron in enumerate(network.neurons):
        if neuron.id in wanted and (neuron.normalise is not None) != on:
            settings = draft.normalise(neuron.id) if on else None
            draft.neurons[place] = replace(neuron, normalise=settings)
    return checked(draft.lesson())


def set_group(lesson: Lesson, neurons: Collection[str], group: str | None) -> Lesson:
    """Return the lesson in which these softmax neurons share one softmax of that name, None for all of a depth.

    Refused where one is no softmax neuron, where the name is none, and where they lie at different depths.
    """
    network = network_of(lesson)
    members = chosen(network, neurons)
    if any(neuron.activation.name != "softmax" for neuron in members):
        raise Refused(message("Only softmax neurons share a softmax."))
    if group is not None:
        try:
            check_name(group, "")
        except Refused as error:
            fault = message("This cannot be a name: {fault}.", fault=fault_in(error))
            raise Refused(fault) from None
    wanted = {neuron.id for neuron in members}
    changed = tuple(
        replace(neuron, group=group) if neuron.id in wanted else neuron
        for neuron in network.neurons
    )
    return checked(replace(lesson, network=replace(network, neurons=changed)))


def set_pieces(lesson: Lesson, neurons: Collection[str], count: int) -> Lesson:
    """Return the lesson in which these neurons are maxout neurons of so many pieces; inputs are left out.

    A new piece is fed by all that feed the first, by new weights, with a bias where the first has one. Pieces above
    the count go, with their weights. Refused for a number of pieces that there cannot be.
    """
    network = network_of(lesson)
    wanted = {neuron.id for neuron in chosen(network, neurons) if neuron.role != "input"}
    if not wanted and neurons:
        raise Refused(message("An input has no weighted sum."))
    if not 1 <= count <= MAX_PIECES:
        raise Refused(message("A maxout neuron has from 1 to {limit} pieces.", limit=MAX_PIECES))
    draft = Draft(lesson)
    draft.edges = [edge for edge in draft.edges if edge.target not in wanted or edge.piece < count]
    before = pieces_of(network.edges, network.neurons)
    first = {name: [e.source for e in network.incoming(name) if e.piece == 0] for name in wanted}
    added = sum(max(0, count - before[name]) * len(first[name]) for name in wanted)
    must_have_room(lesson, 0, added + len(draft.edges) - len(network.edges))
    for place, neuron in enumerate(network.neurons):
        if neuron.id not in wanted:
            continue
        biases = list(neuron.biases[:count])
        if neuron.bias is not None:
            biases += [draft.new_bias(neuron.id) for _ in range(len(biases), count)]
        draft.neurons[place] = replace(
            neuron,
            activation=Choice("maxout"),
            bias=tuple(biases) if neuron.bias is not None else None,
            group=None,
        )
        for piece in range(before[neuron.id], count):
            for source in first[neuron.id]:
                draft.connect(source, neuron.id, piece)
    return checked(draft.lesson())
