"""Drawing starting weights: how many inputs and outputs a weight has, and where its value comes from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from explainer.lesson.chance import normal, uniform
from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Network
from explainer.maths.initialisers import INITIALISERS

_PURPOSE = "initialise"


class Fans(NamedTuple):
    """How many edges lead into the neuron that a weight feeds, and out of the neuron that it comes from."""

    fan_in: int
    fan_out: int


class Spread(NamedTuple):
    """A distribution with its numbers: the constant, the two ends of a uniform one, mean and deviation of a normal one."""

    distribution: str
    numbers: tuple[float, ...]


def fans(network: Network) -> dict[str, Fans]:
    """Return the fans of every weight; a tied one has those of its first edge."""
    # Every piece of a maxout neuron is a layer of its own: what feeds three of them feeds one neuron in each.
    into = Counter((edge.target, edge.piece) for edge in network.edges)
    targets: dict[str, set[str]] = {}
    for edge in network.edges:
        targets.setdefault(edge.source, set()).add(edge.target)
    found: dict[str, Fans] = {}
    for edge in network.edges:
        if edge.weight not in found:
            found[edge.weight] = Fans(into[edge.target, edge.piece], len(targets[edge.source]))
    return found


def spread_of(choice: Choice, fan: Fans) -> Spread:
    """Return the distribution from which a weight with these fans is drawn."""
    row = INITIALISERS[choice.name]
    parameters = {**row.parameters, **dict(choice.parameters)}
    numbers = row.spread(math, fan.fan_in, fan.fan_out, parameters)
    return Spread(row.distribution, tuple(float(number) for number in numbers))


def drawn_parameters(network: Network, choice: Choice, seed: int) -> Mapping[str, float]:
    """Return new values of the weights and of the biases, which start at 0; frozen parameters are left out."""
    found = {name: 0.0 for neuron in network.neurons for name in neuron.biases}
    for name, fan in fans(network).items():
        found[name] = _drawn(spread_of(choice, fan), seed, name)
    return {name: value for name, value in found.items() if network.is_trainable(name)}


def drawn_weight(choice: Choice, fan: Fans, seed: int, name: str) -> float:
    """Return the value of one weight as `drawn_parameters` draws it."""
    return _drawn(spread_of(choice, fan), seed, name)


def _drawn(spread: Spread, seed: int, name: str) -> float:
    if spread.distribution == "constant":
        return spread.numbers[0]
    first, second = spread.numbers
    if spread.distribution == "uniform":
        return first + (second - first) * uniform(seed, _PURPOSE, name)
    return first + second * normal(seed, _PURPOSE, name)
