"""Another order of the hidden neurons in their columns, so that fewer edges cross: the drawing follows the order of the file.

After Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system structures (1981): each column is sorted
by the mean place of its neighbours, to and fro, and the order with the fewest crossings is kept.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from explainer.lesson.layers import columns, depths
from explainer.lesson.lesson import Lesson, Network, Neuron

_SWEEPS = 8


def crossings(network: Network) -> int:
    """Return how many pairs of edges between the same two columns cross, where neurons stand in the order of the file."""
    return _crossings(columns(network), network, depths(network))


def tidied(lesson: Lesson) -> Lesson:
    """Return the lesson with its hidden neurons in the order with the fewest crossings found; never more than before.

    Inputs and outputs stay in the order of the data, neurons that are pinned to a place stay there. An order that is no
    better changes nothing.
    """
    network = lesson.network
    movable = {neuron.id for neuron in network.neurons if neuron.role == "hidden" and not neuron.at}
    depth = depths(network)
    rows = [list(column) for column in columns(network)]
    best, least = rows, _crossings(rows, network, depth)
    before, after = _neighbours(network)
    for sweep in range(_SWEEPS):
        if not least:
            break
        forward = sweep % 2 == 0
        rows = _swept(rows, before if forward else after, movable, forward=forward)
        found = _crossings(rows, network, depth)
        if found < least:
            best, least = rows, found
    order = _in_places(network, [name for row in best for name in row], depth)
    return (
        lesson
        if order == network.neurons
        else replace(lesson, network=replace(network, neurons=order))
    )


def _swept(
    rows: Sequence[Sequence[str]],
    neighbours: Mapping[str, Sequence[str]],
    movable: set[str],
    *,
    forward: bool,
) -> list[list[str]]:
    """Sort the movable neurons of each column by the mean rank of their neighbours; the others keep their rows."""
    found = [list(row) for row in rows]
    rank = {name: _rank(at, len(row)) for row in found for at, name in enumerate(row)}
    for row in found if forward else reversed(found):
        places = [at for at, name in enumerate(row) if name in movable]
        members = [row[at] for at in places]
        members.sort(key=lambda name: _mean([rank[each] for each in neighbours[name]], rank[name]))
        for at, name in zip(places, members, strict=True):
            row[at] = name
        rank.update({name: _rank(at, len(row)) for at, name in enumerate(row)})
    return found


def _rank(at: int, count: int) -> float:
    """Return the height of a row: columns are centred, whatever they hold."""
    return (at + 0.5) / count


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _neighbours(network: Network) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = {neuron.id: [] for neuron in network.neurons}
    after: dict[str, list[str]] = {neuron.id: [] for neuron in network.neurons}
    for edge in network.edges:
        before[edge.target].append(edge.source)
        after[edge.source].append(edge.target)
    return before, after


def _crossings(rows: Sequence[Sequence[str]], network: Network, depth: Mapping[str, int]) -> int:
    at = {name: place for row in rows for place, name in enumerate(row)}
    gaps: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for edge in network.edges:
        gap = (depth[edge.source], depth[edge.target])
        gaps.setdefault(gap, []).append((at[edge.source], at[edge.target]))
    return sum(_inversions(sorted(ends)) for ends in gaps.values())


def _inversions(ends: Sequence[tuple[int, int]]) -> int:
    """Return how many pairs with growing first numbers have falling second ones; those that share a first do not cross."""
    seen: list[int] = []
    found = 0
    for _, second in ends:
        # Ends are sorted, so that those of one source come with growing targets.
        found += len(seen) - bisect_right(seen, second)
        insort(seen, second)
    return found


def _in_places(
    network: Network, order: Sequence[str], depth: Mapping[str, int]
) -> tuple[Neuron, ...]:
    """Return the neurons so that each column has its new order, in the places of the file that were its own."""
    by_id = {neuron.id: neuron for neuron in network.neurons}
    waiting: dict[int, list[str]] = {}
    for name in order:
        waiting.setdefault(depth[name], []).append(name)
    return tuple(by_id[waiting[depth[neuron.id]].pop(0)] for neuron in network.neurons)
