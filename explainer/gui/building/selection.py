"""What is selected on the graph: neurons and edges of the lesson. Edits and the inspector are about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from explainer.lesson.lesson import Network
from explainer.lesson.structure import EdgeKey

_Part = TypeVar("_Part")


class Selection(QObject):
    """Neurons in the order in which they were selected, and edges; `changed` comes when it is another."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.neurons: tuple[str, ...] = ()
        self.edges: tuple[EdgeKey, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.neurons or self.edges)

    def select(self, neurons: Iterable[str] = (), edges: Iterable[EdgeKey] = ()) -> None:
        """Select these and nothing else."""
        wanted = tuple(dict.fromkeys(neurons)), tuple(dict.fromkeys(edges))
        if wanted != (self.neurons, self.edges):
            self.neurons, self.edges = wanted
            self.changed.emit()

    def toggle(self, neurons: Iterable[str] = (), edges: Iterable[EdgeKey] = ()) -> None:
        """Take these in where they are not, out where they are."""
        self.select(_toggled(self.neurons, neurons), _toggled(self.edges, edges))

    def add(self, neurons: Iterable[str]) -> None:
        """Take these in as well."""
        self.select((*self.neurons, *neurons), self.edges)

    def clear(self) -> None:
        """Select nothing."""
        self.select()

    def keep_what_is_in(self, network: Network) -> None:
        """Let go of what another version of the network no longer has."""
        if not self:
            return
        known = {neuron.id for neuron in network.neurons}
        edges = (
            {(edge.source, edge.target, edge.piece) for edge in network.edges}
            if self.edges
            else set()
        )
        self.select(
            (neuron for neuron in self.neurons if neuron in known),
            (edge for edge in self.edges if edge in edges),
        )


def _toggled(before: tuple[_Part, ...], parts: Iterable[_Part]) -> tuple[_Part, ...]:
    changed = dict.fromkeys(before)
    for part in parts:
        if part in changed:
            del changed[part]
        else:
            changed[part] = None
    return tuple(changed)
