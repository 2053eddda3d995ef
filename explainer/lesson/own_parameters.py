"""Parameters of an activation that are learnt belong to the network: a file may name them, or leave that to the program.

A PReLU whose `alpha` is text uses the network's parameter of that name, perhaps together with other neurons. Where it is
a number, or left out, the neuron gets a parameter of its own, `alpha_h1` for the neuron `h1`, which starts there.
"""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Network, Neuron, Parameter
from explainer.lesson.limits import MAX_NAME
from explainer.maths.activations import ACTIVATIONS


def with_own_parameters(network: Network) -> Network:
    """Return the network with a named parameter for everything that its activations learn."""
    parameters: dict[str, float | Parameter] = dict(network.parameters)
    neurons = tuple(_completed(neuron, parameters) for neuron in network.neurons)
    if len(parameters) == len(network.parameters):
        return network
    return replace(network, neurons=neurons, parameters=parameters)


def _completed(neuron: Neuron, parameters: dict[str, float | Parameter]) -> Neuron:
    choice = neuron.activation
    row = ACTIVATIONS.get(choice.name)
    if row is None or not row.trained or choice.expression is not None:
        return neuron
    named = dict(choice.named)
    values = {**row.parameters, **dict(choice.parameters)}
    for parameter in row.trained:
        if parameter not in named:
            named[parameter] = _free_name(f"{parameter}_{neuron.id}", parameters)
            parameters[named[parameter]] = values[parameter]
    rest = {name: value for name, value in choice.parameters if name not in named}
    return (
        neuron
        if named == dict(choice.named)
        else replace(neuron, activation=Choice(choice.name, {**rest, **named}))
    )


def _free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that is not taken: the wanted one, or it with a number, at most as long as names may be."""
    name, number = wanted[:MAX_NAME], 1
    while name in taken:
        number += 1
        ending = f"_{number}"
        name = wanted[: MAX_NAME - len(ending)] + ending
    return name
