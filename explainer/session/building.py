"""Building the network: neurons, layers and edges come, go and change places. Each intent is one undo step with a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from explainer.lesson.lesson import Lesson, Network
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.messages import Message, message, plural
from explainer.session.choosing import CHOICE, Choosing

if TYPE_CHECKING:
    from explainer.lesson.structure import EdgeKey

# Of more the number is told.
_MOST_NAMED = 3


class Building(Choosing):
    """Edits of neurons and edges; all raise Refused with one sentence where the lesson cannot take them.

    In a later pass the weights of that pass become the lesson's start, as with every edit that changes what is computed.
    What is of another structure may turn out not to be traceable; it is given up then as a choice is.
    The rooms that change networks are imported by the intents: the first frame does without.
    """

    def add_neuron(self, column: int, row: int | None = None) -> str:
        """Add a neuron to a column of the drawing, at the end or at a row from 0; return its id."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson, name = structure.add_neuron(start, column, row)
        title = message("new neuron {name}", name=_shown(lesson.network, [name]))
        self._build("add neuron", title, start, lesson)
        return name

    def add_layer(self, after_column: int, size: int | None = None) -> tuple[str, ...]:
        """Add a hidden layer between a column and the next; return the ids of its neurons."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson, names = structure.add_layer(start, after_column, size)
        self._build("add layer", message("new layer"), start, lesson)
        return names

    def add_edge(self, source: str, target: str, piece: int = 0) -> bool:
        """Add an edge with a new weight."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson = structure.add_edge(start, source, target, piece)
        route = _route(lesson.network, source, target)
        return self._build("add edge", message("new edge {route}", route=route), start, lesson)

    def edge_refusal(self, source: str, target: str, piece: int = 0) -> Message | None:
        """Return why there cannot be this edge, None where there can; cheap enough to ask while one is being drawn."""
        from explainer.lesson import structure

        return structure.edge_refusal(self.lesson, source, target, piece)

    def connect_all(self, neurons: Collection[str] = ()) -> bool:
        """Add every missing edge between neighbouring columns of these neurons, () of all."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson = structure.connect_all(start, neurons)
        return self._build("connect all", message("connecting of all"), start, lesson)

    def delete(self, neurons: Collection[str], edges: Collection[EdgeKey] = ()) -> bool:
        """Remove neurons with their edges, and other edges, given as (source, target, piece)."""
        from explainer.lesson import structure

        if not neurons and not edges:
            return False
        start = self._rebased()
        lesson = structure.remove(start, neurons, edges)
        network = self.lesson.network
        if neurons:
            what: str | Message = named_neurons(network, neurons)
        elif len(edges) == 1:
            ((source, target, _),) = edges
            what = _route(network, source, target)
        else:
            what = plural("{count} edge", "{count} edges", len(edges))
        return self._build("delete", message("removal of {what}", what=what), start, lesson)

    # --- order -----------------------------------------------------------------------------

    def move_neuron(self, neuron_id: str, index: int, *, continuing: bool = False) -> bool:
        """Give a neuron another place in its column, counted from 0; what is computed stays the same.

        `continuing` joins the edit to the one before it if that moved the same neuron, as while it is dragged.
        """
        from explainer.lesson import structure

        lesson = structure.move_neuron(self.lesson, neuron_id, index)
        title = message("moving of {name}", name=_shown(self.lesson.network, [neuron_id]))
        return self._edit(
            ("move", neuron_id), title, lesson, continuing=continuing, stays_in_pass=True
        )

    def pin(
        self, neuron_id: str, at: tuple[float, float] | None, *, continuing: bool = False
    ) -> bool:
        """Pin a neuron to [column, row] of the drawing, or leave its place to the layout; as `move_neuron`."""
        from explainer.lesson import structure

        lesson = structure.pin(self.lesson, neuron_id, at)
        title = message("moving of {name}", name=_shown(self.lesson.network, [neuron_id]))
        return self._edit(
            ("pin", neuron_id), title, lesson, continuing=continuing, stays_in_pass=True
        )

    # --- copies ----------------------------------------------------------------------------

    def copy(self, neurons: Collection[str]) -> str:
        """Return some neurons with the edges among them as text, with the weights of the pass one is in."""
        from explainer.lesson import structure

        return structure.copied(self._rebased(), neurons)

    def paste(self, text: str) -> tuple[str, ...]:
        """Put copied neurons into the lesson; return their ids there. Refused for any other text."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson, names = structure.paste(start, text)
        what = named_neurons(lesson.network, names)
        self._build("paste", message("pasting of {what}", what=what), start, lesson)
        return names

    def duplicate(self, neurons: Collection[str]) -> tuple[str, ...]:
        """Put a copy of each of these neurons beside it, connected as it is; return the ids of the copies."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson, names = structure.duplicate(start, neurons)
        what = named_neurons(self.lesson.network, neurons)
        self._build("duplicate", message("duplication of {what}", what=what), start, lesson)
        return names

    def _build(
        self,
        what: str,
        title: Message,
        start: Lesson,
        lesson: Lesson,
        *,
        continuing: bool = False,
    ) -> bool:
        """Make the edit that led from `start`, the lesson as this pass begins; an edit that changed nothing is none."""
        if lesson == start:
            return False
        return self._edit((CHOICE, what), title, lesson, continuing=continuing)

    def start_lesson(self, lesson: Lesson) -> None:
        """Open a new lesson that is no file yet; there is no way back from it by `undo`."""
        self.open(lesson)


def _shown(network: Network, neurons: Iterable[str]) -> str:
    return ", ".join(neuron_symbol(network.neuron(name)).text for name in neurons)


def named_neurons(network: Network, neurons: Collection[str]) -> str | Message:
    """Return a few neurons by their symbols, many by their number."""
    if len(neurons) <= _MOST_NAMED:
        return _shown(network, neurons)
    return plural("{count} neuron", "{count} neurons", len(neurons))


def named_parameters(names: Collection[str]) -> str | Message:
    """Return a few parameters by their symbols, many by their number."""
    if len(names) <= _MOST_NAMED:
        return ", ".join(symbol_of(name).text for name in names)
    return plural("{count} parameter", "{count} parameters", len(names))


def _route(network: Network, source: str, target: str) -> str:
    return f"{_shown(network, [source])} → {_shown(network, [target])}"
