"""What of the network a step speaks of."""

from __future__ import annotations

from explainer.lesson.lesson import Network, Neuron
from explainer.trace.paths import Paths
from explainer.trace.steps import Focus


def incoming(network: Network, neuron: Neuron, piece: int) -> Focus:
    """Return a neuron with everything that its weighted sum, or one of its pieces, is made of."""
    edges = [edge for edge in network.incoming(neuron.id) if edge.piece == piece]
    return Focus(
        neurons=tuple(dict.fromkeys((*(edge.source for edge in edges), neuron.id))),
        edges=tuple(dict.fromkeys((edge.source, edge.target) for edge in edges)),
        parameters=(*(edge.weight for edge in edges), *neuron.biases[piece : piece + 1]),
    )


def outgoing(network: Network, neuron: Neuron) -> Focus:
    """Return a neuron with everything it feeds."""
    edges = network.outgoing(neuron.id)
    return Focus(
        neurons=tuple(dict.fromkeys((neuron.id, *(edge.target for edge in edges)))),
        edges=tuple(dict.fromkeys((edge.source, edge.target) for edge in edges)),
        parameters=tuple(edge.weight for edge in edges),
    )


def uses(network: Network, parameter: str) -> Focus:
    """Return a parameter with every edge it weights and every neuron it belongs to."""
    edges = tuple((edge.source, edge.target) for edge in network.edges if edge.weight == parameter)
    return Focus(edges=edges, parameters=(parameter,))


def way(paths: Paths, neuron: Neuron, source: str | None, parameter: str) -> Focus:
    """Return the way from the error to the parameter where it is shown in full, else only its last part."""
    start = (source,) if source is not None else ()
    first_edge = ((source, neuron.id),) if source is not None else ()
    if not paths.is_short(neuron.id):
        return Focus((*start, neuron.id), first_edge, (parameter,))
    neurons, edges, weights = paths.reach(neuron.id)
    return Focus((*start, *neurons), (*first_edge, *edges), (parameter, *weights))
