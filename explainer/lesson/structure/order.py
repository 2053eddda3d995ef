"""Columns and ways: who stands beside whom, who can be reached from where."""

from __future__ import annotations

from collections.abc import Iterable

from explainer.lesson.layers import drawn_columns
from explainer.lesson.lesson import Edge, Network, Neuron
from explainer.messages import Refused, message


class Columns:
    """The columns of a drawing from left to right, each with its neurons from top to bottom."""

    def __init__(self, network: Network) -> None:
        self.of = drawn_columns(network)
        found: dict[int, list[Neuron]] = {}
        for neuron in network.neurons:
            found.setdefault(self.of[neuron.id], []).append(neuron)
        # Pinned neurons stand where they are pinned; sorting keeps the order of the others.
        for members in found.values():
            if all(neuron.at is not None for neuron in members):
                members.sort(key=_row)
        self.members = found
        self._numbers = sorted(found)

    def must(self, column: int) -> list[Neuron]:
        """Return the neurons of a column, Refused where there is none such."""
        if column not in self.members:
            raise Refused(message("There is no column {number}.", number=column + 1))
        return self.members[column]

    def before(self, column: int) -> list[Neuron]:
        """Return the neurons of the nearest column to the left, [] for the first."""
        numbers = [number for number in self._numbers if number < column]
        return self.members[numbers[-1]] if numbers else []

    def after(self, column: int) -> list[Neuron]:
        """Return the neurons of the nearest column to the right, [] for the last."""
        numbers = [number for number in self._numbers if number > column]
        return self.members[numbers[0]] if numbers else []

    @property
    def is_pinned(self) -> bool:
        """Whether a neuron stands elsewhere than its depth would put it, or may do so."""
        return any(neuron.at is not None for group in self.members.values() for neuron in group)


def _row(neuron: Neuron) -> float:
    return neuron.at[1] if neuron.at is not None else 0.0


def pieces_of(network_edges: Iterable[Edge], neurons: Iterable[Neuron]) -> dict[str, int]:
    """Return for each neuron how many weighted sums it has: 1, or the pieces of a maxout neuron."""
    count = {neuron.id: max(1, len(neuron.biases)) for neuron in neurons}
    for edge in network_edges:
        if edge.piece >= count.get(edge.target, 0):
            count[edge.target] = edge.piece + 1
    return count


def reachable(edges: Iterable[Edge], starts: Iterable[str]) -> set[str]:
    """Return the neurons that can be reached from these along the edges, these themselves included."""
    following: dict[str, list[str]] = {}
    for edge in edges:
        following.setdefault(edge.source, []).append(edge.target)
    found = set(starts)
    waiting = list(found)
    while waiting:
        for target in following.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found
