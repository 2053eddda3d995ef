"""The order of a network: which neuron comes before which, and how deep each one lies."""

from __future__ import annotations

from collections import deque

from explainer.lesson.lesson import Edge, Network, Neuron

# The depths of the networks asked for last, by the very neurons and edges: one edit asks for those of the network before
# it and of that after it, and drawing it asks again.
_known: deque[tuple[tuple[Neuron, ...], tuple[Edge, ...], dict[str, int]]] = deque(maxlen=4)


def first_cycle(network: Network) -> tuple[Edge, ...]:
    """Return the edges of one cycle in the order of travel, () where a signal only flows forward.

    Walks the edges in file order without recursion, so that depth costs no stack.
    """
    outgoing = _outgoing(network)
    finished: set[str] = set()
    for neuron in network.neurons:
        path: list[Edge] = []
        on_path = {neuron.id: 0}
        waiting = [iter(outgoing[neuron.id])] if neuron.id not in finished else []
        while waiting:
            edge = next(waiting[-1], None)
            if edge is None:
                waiting.pop()
                done = path.pop().target if path else neuron.id
                finished.add(done)
                del on_path[done]
            elif edge.target in on_path:
                return (*path[on_path[edge.target] :], edge)
            elif edge.target not in finished:
                path.append(edge)
                on_path[edge.target] = len(path)
                waiting.append(iter(outgoing[edge.target]))
    return ()


def depths(network: Network) -> dict[str, int]:
    """Return for each neuron the number of edges on the longest way to it, in file order of neurons.

    Inputs lie at 0. A neuron that only has a bias lies at 1, since it is no input. The network must have
    no cycle.
    """
    for neurons, edges, found in tuple(_known):
        if neurons is network.neurons and edges is network.edges:
            return dict(found)
    found = _depths(network)
    _known.append((network.neurons, network.edges, found))
    return dict(found)


def _depths(network: Network) -> dict[str, int]:
    depth = {neuron.id: 0 if neuron.role == "input" else 1 for neuron in network.neurons}
    outgoing = _outgoing(network)
    for neuron_id in _sorted_by_edges(network, outgoing):
        following = depth[neuron_id] + 1
        for edge in outgoing[neuron_id]:
            if depth[edge.target] < following:
                depth[edge.target] = following
    return depth


def columns(network: Network) -> tuple[tuple[str, ...], ...]:
    """Return the neuron ids by depth, inputs first, file order within a column; no column is empty."""
    depth = depths(network)
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for neuron_id, column in depth.items():
        found[column].append(neuron_id)
    return tuple(tuple(column) for column in found if column)


def drawn_columns(network: Network) -> dict[str, int]:
    """Return the column of each neuron in a drawing: its depth, or the column it is pinned to."""
    depth = depths(network)
    return {
        neuron.id: depth[neuron.id] if neuron.at is None else max(0, round(neuron.at[0]))
        for neuron in network.neurons
    }


def in_order(network: Network) -> tuple[Neuron, ...]:
    """Return the neurons so that each follows those that feed it: by depth, then in file order."""
    depth = depths(network)
    return tuple(sorted(network.neurons, key=lambda neuron: depth[neuron.id]))


def _outgoing(network: Network) -> dict[str, list[Edge]]:
    outgoing: dict[str, list[Edge]] = {neuron.id: [] for neuron in network.neurons}
    for edge in network.edges:
        outgoing[edge.source].append(edge)
    return outgoing


def _sorted_by_edges(network: Network, outgoing: dict[str, list[Edge]]) -> list[str]:
    """Return the ids in any order in which every edge points to a later one."""
    missing = dict.fromkeys(outgoing, 0)
    for edge in network.edges:
        missing[edge.target] += 1
    ready = [neuron_id for neuron_id, count in missing.items() if count == 0]
    for neuron_id in ready:  # grows while it is walked
        for edge in outgoing[neuron_id]:
            missing[edge.target] -= 1
            if missing[edge.target] == 0:
                ready.append(edge.target)
    return ready
