"""What every edit of the structure stands on: the network it changes, and the lesson with another network."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from operator import is_

from msgspec.structs import replace

from explainer.lesson.lesson import Lesson, Network, Neuron, State
from explainer.lesson.structure.columns import following
from explainer.lesson.symbols import neuron_symbol
from explainer.lesson.vary import fitting
from explainer.lesson.worksheet import fitting as fitting_worksheet
from explainer.messages import ExplainerError, Message, Refused, message

_NUMBERED_PLACE = re.compile(r"network\.(neurons|edges)\[(\d+)\]")

# An edge by its two ends and the piece it feeds: no two edges share all three.
EdgeKey = tuple[str, str, int]


def network_of(lesson: Lesson) -> Network:
    """Return the network of a lesson; Refused where the lesson is about a formula."""
    if lesson.expression is not None:
        raise Refused(message("This lesson is about a formula, which has no neurons to change."))
    return lesson.network


def chosen(network: Network, neurons: Collection[str]) -> tuple[Neuron, ...]:
    """Return the neurons with these ids in file order; KeyError for an unknown one."""
    wanted = set(neurons)
    found = tuple(neuron for neuron in network.neurons if neuron.id in wanted)
    for unknown in wanted - {neuron.id for neuron in found}:
        raise KeyError(unknown)
    return found


def shown(network: Network, neuron_id: str) -> str:
    """Return the symbol of a neuron as text."""
    return neuron_symbol(network.neuron(neuron_id)).text


def used_parameters(network: Network) -> set[str]:
    """Return the parameters that an edge or a neuron names."""
    used = {edge.weight for edge in network.edges}
    for neuron in network.neurons:
        used.update(neuron.own_parameters)
    return used


def _no_longer_used(old: Network, new: Network) -> set[str]:
    """Return the parameters that only the old network uses."""
    if len(new.edges) >= len(old.edges) and all(map(is_, old.edges, new.edges)):
        # Nothing but more, as after most edits: then nothing need be counted.
        there = set(map(id, new.neurons))
        if all(id(neuron) in there for neuron in old.neurons):
            return set()
    return used_parameters(old) - used_parameters(new)


def with_network(
    lesson: Lesson, network: Network, copies: Mapping[str, str] | None = None
) -> Lesson:
    """Return the lesson with another network, and with the data and the state that go with it.

    Columns of the data follow their inputs and outputs; a new one is filled with 0, or with the column of the neuron
    that `copies` names for it. Parameters that nothing uses any more go, and so does what is remembered of them.
    """
    gone = _no_longer_used(lesson.network, network)
    if not gone.isdisjoint(network.parameters):
        kept = {name: value for name, value in network.parameters.items() if name not in gone}
        network = replace(network, parameters=kept)
    data, network = following(lesson, network, copies or {})
    state = _fitting(lesson.state, network)
    vary = fitting(lesson.vary, network.parameters)
    neurons = {neuron.id for neuron in network.neurons}
    worksheet = fitting_worksheet(lesson.worksheet, neurons, network.parameters)
    return replace(lesson, network=network, data=data, state=state, vary=vary, worksheet=worksheet)


def _fitting(state: State, network: Network) -> State:
    """Return what is remembered of the parameters and the normalised neurons that there are."""
    normalised = {neuron.id for neuron in network.neurons if neuron.normalise is not None}
    if state.parameters.keys() <= network.parameters.keys() and state.neurons.keys() <= normalised:
        return state
    return replace(
        state,
        parameters={k: cells for k, cells in state.parameters.items() if k in network.parameters},
        neurons={k: cells for k, cells in state.neurons.items() if k in normalised},
    )


def checked(lesson: Lesson) -> Lesson:
    """Return the lesson, Refused unless a file may hold it."""
    # Imported here: checking takes tables that the first frame does without.
    from explainer.lesson.checks import check_lesson

    try:
        check_lesson(lesson)
    except Refused as error:
        raise _as_seen(error, lesson.network) from None
    return lesson


def quickly_checked(lesson: Lesson) -> Lesson:
    """Return the lesson, Refused unless a file may hold it; for edits whose names and edges are sound by themselves."""
    from explainer.lesson.checks import check_change

    try:
        check_change(lesson)
    except Refused as error:
        raise _as_seen(error, lesson.network) from None
    return lesson


def _as_seen(error: Refused, network: Network) -> Refused:
    """Return the refusal of a file with what stands in the drawing in the place of the place in the file."""
    place = str(dict(error.message.arguments).get("place", ""))
    fault = fault_in(error)
    found = _NUMBERED_PLACE.match(place)
    if found is not None:
        part, number = found.group(1), int(found.group(2))
        if part == "neurons":
            what = neuron_symbol(network.neurons[number]).text
        else:
            edge = network.edges[number]
            what = f"{shown(network, edge.source)} → {shown(network, edge.target)}"
        return Refused(message("{place}: {fault}", place=what, fault=fault))
    return Refused(fault) if place.startswith("update.") else error


def fault_in(error: ExplainerError) -> Message:
    """Return what is wrong without the place in a file, which says nothing to somebody who edits a drawing."""
    fault = dict(error.message.arguments).get("fault")
    return fault if isinstance(fault, Message) else error.message
