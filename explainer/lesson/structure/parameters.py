"""Biases, tied parameters, frozen parameters: what is added and learnt, and what is one number in several places."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Edge, Lesson, Network, Neuron, Parameter
from explainer.lesson.structure.draft import Draft
from explainer.lesson.structure.ground import (
    checked,
    chosen,
    network_of,
    shown,
    with_network,
)
from explainer.lesson.structure.order import pieces_of
from explainer.lesson.structure.renaming import with_parameters_called
from explainer.messages import Refused, message


class Use(NamedTuple):
    """One place where a parameter is used: an edge from `source`, or the field `part` of the neuron.

    `part` is `weight`, `bias`, `gamma`, `beta`, or `learnt` for a number that the activation learns, whose name is in
    `field`; `piece` tells weights and biases of a maxout neuron apart.
    """

    part: Literal["weight", "bias", "gamma", "beta", "learnt"]
    neuron: str
    source: str = ""
    piece: int = 0
    field: str = ""


def uses_of(network: Network, name: str) -> tuple[Use, ...]:
    """Return the places where a parameter is used, edges first, in file order."""
    edges = [
        Use("weight", edge.target, edge.source, edge.piece)
        for edge in network.edges
        if edge.weight == name
    ]
    own = [use for neuron in network.neurons for found, use in _uses_in(neuron) if found == name]
    return (*edges, *own)


def _uses_in(neuron: Neuron) -> Iterator[tuple[str, Use]]:
    for piece, bias in enumerate(neuron.biases):
        yield bias, Use("bias", neuron.id, piece=piece)
    if neuron.normalise is not None:
        yield neuron.normalise.gamma, Use("gamma", neuron.id)
        yield neuron.normalise.beta, Use("beta", neuron.id)
    for field, name in neuron.activation.named:
        yield name, Use("learnt", neuron.id, field=field)


def set_bias(lesson: Lesson, neurons: Collection[str], *, on: bool) -> Lesson:
    """Return the lesson in which these neurons have a bias, which starts at 0, or none; inputs are left out.

    A maxout neuron gets a bias for each piece. Refused for inputs alone, and where a neuron without edges would lose its bias.
    """
    network = network_of(lesson)
    wanted = {neuron.id for neuron in chosen(network, neurons) if neuron.role != "input"}
    if not wanted and neurons:
        raise Refused(message("An input has no bias."))
    draft = Draft(lesson)
    pieces = pieces_of(network.edges, network.neurons)
    fed = {edge.target for edge in network.edges}
    for place, neuron in enumerate(network.neurons):
        if neuron.id not in wanted or (neuron.bias is not None) == on:
            continue
        if not on and neuron.id not in fed:
            fault = message(
                "{neuron} has no incoming edge, so it needs its bias.",
                neuron=shown(network, neuron.id),
            )
            raise Refused(fault)
        several = pieces[neuron.id] if neuron.activation.name == "maxout" else None
        bias = draft.biases(neuron.id, several) if on else None
        draft.neurons[place] = replace(neuron, bias=bias)
    return checked(draft.lesson())


def tie(lesson: Lesson, names: Collection[str]) -> Lesson:
    """Return the lesson in which several parameters are one: the first of them, with its value.

    The others go, with what is remembered of them. Refused for fewer than two; KeyError for an unknown one.
    """
    network = network_of(lesson)
    for name in names:
        if name not in network.parameters:
            raise KeyError(name)
    together = dict.fromkeys(names)
    if len(together) < 2:
        raise Refused(message("Only several parameters can be tied."))
    first = next(iter(together))
    tied = with_parameters_called(network, lambda name: first if name in together else name)
    # Also one that nothing had used: it was named, and it is this one now.
    kept = {
        name: value
        for name, value in network.parameters.items()
        if name == first or name not in together
    }
    return checked(with_network(lesson, replace(tied, parameters=kept)))


def untie(lesson: Lesson, use: Use) -> Lesson:
    """Return the lesson in which one use of a tied parameter has a parameter of its own, with the same value.

    Refused where the parameter has no other use; KeyError where there is no such use.
    """
    network = network_of(lesson)
    name = parameter_at(network, use)
    if len(uses_of(network, name)) < 2:
        raise Refused(message('"{name}" is used only here, so it is tied to nothing.', name=name))
    draft = Draft(lesson)
    if use.part == "weight":
        fresh = draft.names.weight(use.source, use.neuron, use.piece)
        draft.edges = [
            replace(edge, weight=fresh) if _is_at(edge, use) else edge for edge in draft.edges
        ]
    else:
        wanted = {"bias": None, "learnt": use.field}.get(use.part, use.part)
        fresh = (
            draft.names.bias(use.neuron)
            if wanted is None
            else draft.names.wanted(f"{wanted}_{use.neuron}")
        )
        draft.neurons = [
            _with_own(neuron, use, fresh) if neuron.id == use.neuron else neuron
            for neuron in draft.neurons
        ]
    draft.parameters[fresh] = network.parameters[name]
    return checked(draft.lesson())


def parameter_at(network: Network, use: Use) -> str:
    """Return the parameter that is used at a place; KeyError where there is no such place."""
    if use.part == "weight":
        for edge in network.edges:
            if _is_at(edge, use):
                return edge.weight
        raise KeyError(use)
    for name, found in _uses_in(network.neuron(use.neuron)):
        if found == use:
            return name
    raise KeyError(use)


def _is_at(edge: Edge, use: Use) -> bool:
    return (edge.source, edge.target, edge.piece) == (use.source, use.neuron, use.piece)


def _with_own(neuron: Neuron, use: Use, name: str) -> Neuron:
    """Return the neuron with another parameter at one place."""
    if use.part == "bias":
        if isinstance(neuron.bias, str):
            return replace(neuron, bias=name)
        biases = (*neuron.biases[: use.piece], name, *neuron.biases[use.piece + 1 :])
        return replace(neuron, bias=biases)
    if use.part == "learnt":
        choice = neuron.activation
        named = {**dict(choice.named), use.field: name}
        own = Choice(choice.name, {**dict(choice.parameters), **named}, choice.expression)
        return replace(neuron, activation=own)
    if neuron.normalise is None:
        raise KeyError(use)
    return replace(neuron, normalise=replace(neuron.normalise, **{use.part: name}))


def set_trainable(lesson: Lesson, names: Collection[str], *, on: bool) -> Lesson:
    """Return the lesson in which an update may change these parameters, or leaves them as they are; KeyError as `tie`."""
    network = network_of(lesson)
    parameters = dict(network.parameters)
    for name in names:
        if network.is_trainable(name) != on:
            value = network.value(name)
            parameters[name] = value if on else Parameter(value, trainable=False)
    return replace(lesson, network=replace(network, parameters=parameters))
