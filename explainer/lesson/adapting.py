"""Giving a network as many inputs and outputs as the data have.

A new input gets edges to wherever another input leads, with weights 0, so that the network answers as before until it
learns; a new output is made like the last one, with weights drawn by chance, so that it is not its twin.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from msgspec.structs import replace

from explainer.lesson.chance import uniform
from explainer.lesson.choice import Choice
from explainer.lesson.entries import check_count
from explainer.lesson.inputs import seen_columns
from explainer.lesson.lesson import Data, Edge, Lesson, Network, Neuron, Parameter, State
from explainer.lesson.limits import MAX_NAME, MAX_NEURONS
from explainer.lesson.own_parameters import with_own_parameters

# Drawn weights lie between −½ and ½ and have so many decimals, as one writes them.
_DECIMALS = 2
# A longer name has no room for a number.
_STEM = MAX_NAME - 4


def adapted(lesson: Lesson, inputs: int, outputs: int) -> Lesson:
    """Return the lesson with so many input and output neurons, taken from or added to the end; not checked as a whole."""
    check_count(inputs + outputs, MAX_NEURONS, "network.neurons")
    while len(lesson.network.of_role("input")) > inputs:
        lesson = without_input(lesson, len(lesson.network.of_role("input")) - 1)
    while len(lesson.network.of_role("input")) < inputs:
        lesson = with_input(lesson, len(lesson.network.of_role("input")))
    while len(lesson.network.of_role("output")) > outputs:
        lesson = _without(lesson, lesson.network.of_role("output")[-1].id)
    while len(lesson.network.of_role("output")) < outputs:
        lesson = _with_output(lesson)
    return lesson


def adapted_to(lesson: Lesson, data: Data) -> Lesson:
    """Return the lesson with inputs and outputs as other data need them, which are not yet its own; not checked as a whole.

    Neurons of given columns come or go behind the other given ones, before those of computed columns, so that each still
    takes the column it is called after; computed columns stay all, or none.
    """
    old = lesson.data
    given = len(seen_columns(old))
    wanted = len(data.inputs[0]) if data.columns is None else len(data.columns)
    check_count(wanted + len(data.features) + len(data.targets[0]), MAX_NEURONS, "network.neurons")
    for place in range(given, wanted):
        taken = {neuron.id for neuron in lesson.network.neurons}
        name = f"x{place + 1}"
        lesson = with_input(lesson, place, "" if name in taken else name)
    for place in range(given - 1, wanted - 1, -1):
        lesson = without_input(lesson, place)
    gone = len(old.features) if not data.features else 0
    for place in range(wanted + gone - 1, wanted - 1, -1):
        lesson = without_input(lesson, place)
    return adapted(lesson, wanted + len(data.features), len(data.targets[0]))


def with_input(lesson: Lesson, place: int, name: str = "") -> Lesson:
    """Return the lesson with one more input neuron, the one at `place` among them; called `name` where that is free."""
    network = lesson.network
    inputs = network.of_role("input")
    taken = {neuron.id for neuron in network.neurons}
    neuron = Neuron(_free(name, taken) if name else _numbered("x", len(inputs) + 1, taken), "input")
    if place < len(inputs):
        at = network.neurons.index(inputs[place])
    else:
        at = network.neurons.index(inputs[-1]) + 1
    neurons = (*network.neurons[:at], neuron, *network.neurons[at:])
    leading = [found for other in inputs if (found := network.outgoing(other.id))]
    targets = dict.fromkeys((edge.target, edge.piece) for edge in (leading[-1] if leading else ()))
    names = _new_names("w", len(targets), network.parameters)
    edges = [
        Edge(neuron.id, target, weight, piece)
        for (target, piece), weight in zip(targets, names, strict=True)
    ]
    parameters = {**network.parameters, **dict.fromkeys(names, 0.0)}
    return replace(lesson, network=Network(neurons, (*network.edges, *edges), parameters))


def without_input(lesson: Lesson, place: int) -> Lesson:
    """Return the lesson without an input neuron, its edges, and the weights that nothing else uses."""
    return _without(lesson, lesson.network.of_role("input")[place].id)


def _with_output(lesson: Lesson) -> Lesson:
    network = lesson.network
    last = network.of_role("output")[-1]
    taken = {neuron.id for neuron in network.neurons}
    incoming = network.incoming(last.id)
    weights = _new_names("w", len(incoming), network.parameters)
    biases = _new_names("b", len(last.biases), network.parameters)
    bias = None if last.bias is None else biases[0] if isinstance(last.bias, str) else tuple(biases)
    # What it learns is its own: it begins where the table says.
    activation = last.activation
    if activation.named:
        activation = Choice(activation.name, dict(activation.parameters))
    neuron = replace(
        last,
        id=_numbered("o", len(network.of_role("output")) + 1, taken),
        label=None,
        at=None,
        bias=bias,
        normalise=None,
        activation=activation,
    )
    edges = [
        Edge(edge.source, neuron.id, weight, edge.piece)
        for edge, weight in zip(incoming, weights, strict=True)
    ]
    drawn = {name: _drawn(lesson.seed, name) for name in weights}
    parameters = {**network.parameters, **drawn, **dict.fromkeys(biases, 0.0)}
    at = network.neurons.index(last) + 1
    neurons = (*network.neurons[:at], neuron, *network.neurons[at:])
    larger = Network(neurons, (*network.edges, *edges), parameters)
    return replace(lesson, network=with_own_parameters(larger))


def _drawn(seed: int, name: str) -> float:
    return round(uniform(seed, "new weight", name) - 0.5, _DECIMALS) + 0.0


def _without(lesson: Lesson, neuron_id: str) -> Lesson:
    network = lesson.network
    gone = network.neuron(neuron_id)
    neurons = tuple(neuron for neuron in network.neurons if neuron.id != neuron_id)
    edges = tuple(edge for edge in network.edges if neuron_id not in (edge.source, edge.target))
    lost = {edge.weight for edge in network.edges if edge not in edges} | set(gone.own_parameters)
    kept = {edge.weight for edge in edges}
    kept |= {name for neuron in neurons for name in neuron.own_parameters}
    parameters: dict[str, float | Parameter] = {
        name: value
        for name, value in network.parameters.items()
        if name in kept or name not in lost
    }
    smaller = Network(neurons, edges, parameters)
    return replace(lesson, network=smaller, state=_without_memory(lesson.state, smaller))


def _without_memory(state: State, network: Network) -> State:
    """Return the state without what is remembered of parameters and neurons that are gone."""
    ids = {neuron.id for neuron in network.neurons}
    return replace(
        state,
        parameters={
            name: cells for name, cells in state.parameters.items() if name in network.parameters
        },
        neurons={name: cells for name, cells in state.neurons.items() if name in ids},
    )


def _free(name: str, taken: Iterable[str]) -> str:
    """Return the name, or with the first number behind it that makes it free."""
    return name if name not in set(taken) else _numbered(name, 2, taken)


def _numbered(stem: str, first: int, taken: Iterable[str]) -> str:
    known = set(taken)
    numbers = count(first)
    return next(name for number in numbers if (name := f"{stem[:_STEM]}{number}") not in known)


def _new_names(stem: str, number: int, taken: Iterable[str]) -> list[str]:
    known = set(taken)
    free = (name for at in count(1) if (name := f"{stem}{at}") not in known)
    return [next(free) for _ in range(number)]
