"""The quantities of a network as a graph of their own: every weighted sum, every activation, what special neurons do besides.

It is the scalar graph of the trace without its values and parameters (a test holds the two equal), and needs none of the
operations' tables, so that it can be drawn at once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from explainer.lesson.layers import depths
from explainer.lesson.lesson import Edge, Network, Neuron
from explainer.trace.addresses import before_dropout, input_address

Kind = Literal[
    "input",
    "sum",
    "maxout",
    "mean",
    "variance",
    "normalised",
    "scaled",
    "activation",
    "softmax",
    "dropout",
]


class Quantity(Struct, frozen=True):
    """One quantity of a neuron: its address as in `Pass.values`, what it is, the addresses of what it is made of.

    The `edges` of a weighted sum stand beside its `sources`; other quantities have none. `piece` tells the weighted sums of
    a maxout neuron apart; `is_last` tells that it is what the neuron puts out.
    """

    address: str
    neuron: Neuron
    kind: Kind
    sources: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()
    piece: int = 0
    is_last: bool = False

    @property
    def name(self) -> str:
        """The last part of its address, "" for what a neuron puts out in the end."""
        return self.address.removeprefix(self.neuron.id).removeprefix(".")


# A network is hashed by its neurons and edges alone: its parameters' values change nothing here.
def quantities(network: Network, *, training: bool) -> tuple[Quantity, ...]:
    """Return the quantities of one sample, each neuron's in the order of computing, neurons in the order of the file."""
    return _quantities(network.neurons, network.edges, training)


@lru_cache(maxsize=8)
def _quantities(
    neurons: tuple[Neuron, ...], edges: tuple[Edge, ...], training: bool
) -> tuple[Quantity, ...]:
    incoming: dict[str, list[Edge]] = {neuron.id: [] for neuron in neurons}
    for edge in edges:
        incoming[edge.target].append(edge)
    output = {neuron.id: _output(neuron) for neuron in neurons}
    groups = _softmax_groups(neurons, edges)
    found: list[Quantity] = []
    for neuron in neurons:
        chain = _chain(neuron, incoming[neuron.id], output, groups, training)
        found += [
            Quantity(
                q.address, neuron, q.kind, q.sources, q.edges, q.piece, place == len(chain) - 1
            )
            for place, q in enumerate(chain)
        ]
    return tuple(found)


def _chain(
    neuron: Neuron,
    incoming: list[Edge],
    output: dict[str, str],
    groups: dict[tuple[int, str | None], list[Neuron]],
    training: bool,
) -> list[Quantity]:
    """Return the quantities of one neuron in the order of computing."""
    name = neuron.id
    if neuron.role == "input":
        chain = [Quantity(input_address(neuron), neuron, "input")]
    else:
        chain = _sums(neuron, incoming, output)
        chain += _normalised(neuron, training) if neuron.normalise is not None else []
        choice = neuron.activation.name
        if choice == "softmax":
            group = next(members for members in groups.values() if neuron in members)
            sources = tuple(_before_softmax(member) for member in group)
            chain.append(Quantity(before_dropout(neuron), neuron, "softmax", sources))
        elif choice not in ("identity", "maxout"):
            before = (chain[-1].address,)
            chain.append(Quantity(before_dropout(neuron), neuron, "activation", before))
    if neuron.dropout is not None:
        chain.append(Quantity(name, neuron, "dropout", (chain[-1].address,)))
    return chain


def _sums(neuron: Neuron, incoming: list[Edge], output: dict[str, str]) -> list[Quantity]:
    """Return the weighted sum of a neuron, or one for each piece of a maxout neuron and their maximum."""
    is_maxout = neuron.activation.name == "maxout"
    count = 1
    if is_maxout:
        count = max(1 + max((edge.piece for edge in incoming), default=0), len(neuron.biases))
    sums = []
    for piece in range(count):
        edges = tuple(edge for edge in incoming if edge.piece == piece)
        address = f"{neuron.id}.z{piece + 1}" if is_maxout else f"{neuron.id}.z"
        sources = tuple(output[edge.source] for edge in edges)
        sums.append(Quantity(address, neuron, "sum", sources, edges, piece))
    if is_maxout:
        sources = tuple(each.address for each in sums)
        sums.append(Quantity(before_dropout(neuron), neuron, "maxout", sources))
    return sums


def _normalised(neuron: Neuron, training: bool) -> list[Quantity]:
    """Return what batch normalisation makes of a weighted sum; a network that is applied brings mean and variance along."""
    z, mean, variance, normalised, scaled = (
        f"{neuron.id}.{part}" for part in ("z", "mean", "variance", "normalised", "scaled")
    )
    return [
        Quantity(mean, neuron, "mean", (z,) if training else ()),
        Quantity(variance, neuron, "variance", (mean, z) if training else ()),
        Quantity(normalised, neuron, "normalised", (z, mean, variance)),
        Quantity(scaled, neuron, "scaled", (normalised,)),
    ]


def _output(neuron: Neuron) -> str:
    """Return the address of what the next layer is fed with."""
    if neuron.role == "input" or neuron.dropout is not None:
        return neuron.id
    if neuron.activation.name == "identity":
        return _before_softmax(neuron)
    return neuron.id


def _before_softmax(neuron: Neuron) -> str:
    return f"{neuron.id}.z" if neuron.normalise is None else f"{neuron.id}.scaled"


def _softmax_groups(
    neurons: tuple[Neuron, ...], edges: tuple[Edge, ...]
) -> dict[tuple[int, str | None], list[Neuron]]:
    members = [neuron for neuron in neurons if neuron.activation.name == "softmax"]
    if not members:
        return {}
    depth = depths(Network(neurons, edges, {}))
    found: dict[tuple[int, str | None], list[Neuron]] = {}
    for neuron in members:
        found.setdefault((depth[neuron.id], neuron.group), []).append(neuron)
    return found
