"""Which lessons have layers whose weights fill matrices, and which parameter stands where in them."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import NamedTuple

from explainer.lesson.layers import columns
from explainer.lesson.lesson import Lesson, Network
from explainer.lesson.symbols import neuron_symbol
from explainer.messages import Message, message


class Layer(NamedTuple):
    """One layer: k sources, m neurons, `weights` of shape k × m and m `biases`, all by their names.

    `number` counts from 1, the first layer behind the inputs. A neuron without a bias has None. `own` are the parameters
    that no layer before uses, so that on the way back nothing more adds to their gradients.
    """

    number: int
    sources: tuple[str, ...]
    neurons: tuple[str, ...]
    weights: tuple[tuple[str, ...], ...]
    biases: tuple[str | None, ...]
    own: frozenset[str]

    @property
    def has_bias(self) -> bool:
        """Tell whether any neuron of the layer has a bias."""
        return any(bias is not None for bias in self.biases)


def layers_of(lesson: Lesson) -> tuple[Layer, ...]:
    """Return the layers in forward order; ValueError where `why_not_layered` gives a reason."""
    reason = why_not_layered(lesson)
    if reason is not None:
        raise ValueError(str(reason))
    network = lesson.network
    weight = {(edge.source, edge.target): edge.weight for edge in network.edges}
    found: list[Layer] = []
    used: set[str] = set()
    for number, (sources, neurons) in enumerate(pairwise(columns(network)), start=1):
        weights = tuple(tuple(weight[source, target] for target in neurons) for source in sources)
        biases = tuple(next(iter(network.neuron(name).biases), None) for name in neurons)
        names = {name for name in (*chain(*weights), *biases) if name is not None}
        found.append(Layer(number, sources, neurons, weights, biases, frozenset(names - used)))
        used |= names | {name for neuron in neurons for name in _learnt(network, neuron)}
    return tuple(found)


def why_not_layered(lesson: Lesson) -> Message | None:
    """Return why a lesson has no matrix form, in one sentence; None where it has one.

    It has one where every neuron is fed by all neurons of the layer before and by no others, the outputs are the
    last layer, and a layer turns its weighted sums into its outputs entry by entry or by one softmax.
    """
    if lesson.expression is not None:
        return message("A formula has no layers, so its weights fill no matrix.")
    return _wrong_edge(lesson.network) or _wrong_layer(lesson.network)


def _learnt(network: Network, neuron_id: str) -> list[str]:
    """Return the parameters inside a neuron's activation, such as the slope of a PReLU."""
    return [name for _, name in network.neuron(neuron_id).activation.named]


def _wrong_edge(network: Network) -> Message | None:
    layers = columns(network)
    place = {name: number for number, layer in enumerate(layers) for name in layer}
    edges = {(edge.source, edge.target) for edge in network.edges}
    for source, target in sorted(edges, key=lambda ends: (place[ends[1]], place[ends[0]])):
        if place[target] != place[source] + 1:
            return message(
                "The edge from {source} to {target} skips a layer, and the matrix of a layer has no place for it.",
                source=_symbol(network, source),
                target=_symbol(network, target),
            )
    for before, layer in pairwise(layers):
        for target in layer:
            missing = next((name for name in before if (name, target) not in edges), None)
            if missing is not None:
                return message(
                    "There is no edge from {source} to {target}, so the weights of that layer do not fill a matrix.",
                    source=_symbol(network, missing),
                    target=_symbol(network, target),
                )
    return None


def _wrong_layer(network: Network) -> Message | None:
    *inner, last = columns(network)
    for layer in (*inner, last):
        for name in layer:
            if (network.neuron(name).role == "output") is not (layer is last):
                return message(
                    "{neuron} would have to be in another layer: the outputs, and only they, are the last one.",
                    neuron=_symbol(network, name),
                )
    for layer in (*inner[1:], last):
        reason = _wrong_kind(network, layer)
        if reason is not None:
            return reason
    return None


def _wrong_kind(network: Network, layer: tuple[str, ...]) -> Message | None:
    neurons = [network.neuron(name) for name in layer]
    groups = {
        ("softmax", neuron.group) if neuron.activation.name == "softmax" else ("own", neuron.id)
        for neuron in neurons
    }
    for neuron in neurons:
        symbol = neuron_symbol(neuron).text
        if neuron.activation.name == "maxout":
            return message(
                "{neuron} takes the largest of several weighted sums, and one matrix holds only one of them.",
                neuron=symbol,
            )
        if neuron.normalise is not None:
            return message(
                "{neuron} is normalised over the batch, so its layer is more than a product of matrices.",
                neuron=symbol,
            )
        if neuron.activation.name == "softmax" and len(groups) > 1:
            return message(
                "The softmax of {neuron} does not run over its whole layer.", neuron=symbol
            )
    return None


def _symbol(network: Network, name: str) -> str:
    return neuron_symbol(network.neuron(name)).text
