"""Edits of what the neurons of a network compute.

Like all edits they are functions from the lesson to a new one, and refuse what the file format would refuse.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.choice import Choice
from explainer.lesson.edits import with_parameters
from explainer.lesson.lesson import Lesson, Network, Neuron
from explainer.lesson.own_parameters import with_own_parameters


def set_activation(lesson: Lesson, neurons: Collection[str], choice: Choice) -> Lesson:
    """Return the lesson with another activation of some neurons; Refused where it does not fit, or there is none such.

    What the new activation learns becomes a parameter of each neuron's own; what only the old one learnt goes. A neuron that
    was a maxout keeps its first piece.
    """
    network = lesson.network
    changed = tuple(
        _with_activation(neuron, choice) if neuron.id in neurons else neuron
        for neuron in network.neurons
    )
    several = choice.name == "maxout"
    edges = tuple(
        edge for edge in network.edges if several or not edge.piece or edge.target not in neurons
    )
    learnt = _learnt(network) - _learnt(replace(network, neurons=changed))
    trained = with_own_parameters(_without(replace(network, neurons=changed, edges=edges), learnt))
    memory = {
        name: cells for name, cells in lesson.state.parameters.items() if name in trained.parameters
    }
    return _checked(
        replace(lesson, network=trained, state=replace(lesson.state, parameters=memory))
    )


def set_activation_parameters(
    lesson: Lesson, neurons: Collection[str], values: Mapping[str, float]
) -> Lesson:
    """Return the lesson with other numbers in the activations of some neurons.

    Where a neuron learns the number, this is where it starts. Refused for a number that the activation cannot work with.
    """
    starts: dict[str, float] = {}
    changed: list[Neuron] = []
    for neuron in lesson.network.neurons:
        choice = neuron.activation
        if neuron.id in neurons:
            named = dict(choice.named)
            starts |= {named[key]: value for key, value in values.items() if key in named}
            fixed = {key: value for key, value in values.items() if key not in named}
            choice = Choice(choice.name, {**dict(choice.parameters), **named, **fixed})
            changed.append(replace(neuron, activation=choice) if fixed else neuron)
        else:
            changed.append(neuron)
    network = replace(lesson.network, neurons=tuple(changed))
    return _checked(with_parameters(replace(lesson, network=network), starts))


def _with_activation(neuron: Neuron, choice: Choice) -> Neuron:
    bias = neuron.bias
    if choice.name != "maxout" and not isinstance(bias, str | None):
        bias = bias[0] if bias else None
    group = neuron.group if choice.name == "softmax" else None
    return replace(neuron, activation=choice, bias=bias, group=group)


def _learnt(network: Network) -> frozenset[str]:
    return frozenset(name for neuron in network.neurons for _, name in neuron.activation.named)


def _without(network: Network, names: Collection[str]) -> Network:
    """Return the network without some parameters, those that something still uses excepted."""
    used: set[str] = {edge.weight for edge in network.edges}
    used.update(name for neuron in network.neurons for name in neuron.own_parameters)
    gone = set(names) - used
    kept = {name: value for name, value in network.parameters.items() if name not in gone}
    return replace(network, parameters=kept)


def _checked(lesson: Lesson) -> Lesson:
    check_lesson(lesson)
    return lesson
