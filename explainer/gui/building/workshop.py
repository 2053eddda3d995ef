"""The deeds of building: what gestures and menus ask for, shown over the graph and carried out by the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from explainer.gui.building.overlay import BuildingOverlay, Ghost, Thread
from explainer.gui.building.places import Column, Places, places_of
from explainer.gui.building.selection import Selection
from explainer.lesson.lesson import NO_NETWORK, Network
from explainer.lesson.structure import EdgeKey
from explainer.lesson.symbols import neuron_symbol
from explainer.messages import message
from explainer.render.shapes import Circle, Curve

if TYPE_CHECKING:
    from explainer.gui.panels.graph import GraphPanel
    from explainer.gui.stage import Stage
    from explainer.gui.theme import Theme
    from explainer.pages.page import Reference
    from explainer.session import Session

_Result = TypeVar("_Result")


class Workshop(QObject):
    """Knows the network on the graph and what of it is selected. A refusal of the session is told and changes nothing.

    `looked_at` carries the key of the neuron or edge that alone is selected now (`session.options`).
    """

    looked_at = Signal(str)

    def __init__(self, stage: Stage, graph: GraphPanel, theme: Theme) -> None:
        super().__init__(graph)
        self._stage = stage
        self._graph = graph
        self._places: Places | None = None
        self.network: Network = NO_NETWORK
        self.selection = Selection(self)
        self.overlay = BuildingOverlay(theme, graph.viewport())
        self.selection.changed.connect(self.show_selection)
        self.selection.changed.connect(self._tell)
        graph.looked.connect(self._look)
        graph.drawn.connect(self._redrawn)
        graph.view_shown.connect(self.selection.clear)

    @property
    def session(self) -> Session:
        """The session whose lesson is built."""
        return self._stage.session

    @property
    def places(self) -> Places:
        """Where everything lies in the drawing shown."""
        if self._places is None:
            self._places = places_of(self._graph.drawing, self.network)
        return self._places

    def follow(self, network: Network) -> bool:
        """Take what another frame shows; tell whether the network is another."""
        self._places = None
        is_other = self.network is not network
        self.network = network
        if is_other:
            self.selection.keep_what_is_in(network)
        if self.selection:
            self.show_selection()
        return is_other

    def do(self, intent: Callable[..., _Result], *arguments: object) -> _Result | None:
        """Carry out an intent; None where it was turned down, which the user is told."""
        found: list[_Result] = []
        self._stage.do(lambda: found.append(intent(*arguments)))
        return found[0] if found else None

    def publish(self) -> None:
        """Have what the session has become shown."""
        self._stage.do(lambda: None)

    def renamed(self, old: str, new: str) -> None:
        """Keep a neuron selected that is called otherwise now."""
        neurons = tuple(new if name == old else name for name in self.selection.neurons)
        self.network = self.session.lesson.network
        self._places = None
        self.selection.select(neurons)

    # What the gestures ask for

    def show_connection(self, source: str, end: QPointF, target: str | None) -> None:
        """Show an edge in the making, and over a neuron what would come of it."""
        circles = self.places.circles
        word, refused = "", False
        if target is not None:
            refusal = self.session.edge_refusal(source, target, self._piece(source, target))
            refused = refusal is not None
            new = message("New edge {source} → {target}", **self._names(source, target))
            word = self._stage.say(new if refusal is None else refusal)
        circle = circles[target] if target is not None else None
        self.overlay.show_thread(Thread(circles[source], end, circle, refused), word)

    def connect_to(self, source: str, target: str) -> None:
        """Add an edge and select it."""
        piece = self._piece(source, target)
        if self.do(self.session.add_edge, source, target, piece):
            self.selection.select(edges=[(source, target, piece)])

    def show_move(self, neuron: str, place: QPointF, column: Column, index: int) -> None:
        """Show a neuron on its way and where it would go."""
        circle = self.places.circles[neuron]
        others = [
            height
            for name, height in zip(column.neurons, column.heights, strict=True)
            if name != neuron
        ]
        slot = _slot(others, index, circle.radius)
        held = QPointF(circle.x, place.y())
        word = message("Place {place} of {count}", place=index + 1, count=len(column.neurons))
        self.overlay.show_ghost(Ghost(circle, held, slot), self._stage.say(word))

    def move_to(self, neuron: str, index: int) -> None:
        """Put a neuron elsewhere in its column."""
        self.do(self.session.move_neuron, neuron, index)
        self.selection.select([neuron])

    def show_band(self, band: QRectF | None) -> None:
        """Show the rubber band."""
        self.overlay.show_band(band)

    def select_within(self, band: QRectF, *, adding: bool) -> None:
        """Select the neurons in a rectangle."""
        found = self.places.within(band.left(), band.top(), band.right(), band.bottom())
        self.selection.select((*self.selection.neurons, *found) if adding else found)

    def clear_preview(self) -> None:
        """Show nothing in the making."""
        self.overlay.show_thread(None)

    # Adding

    def add_neuron(self, column: int, row: int | None = None) -> None:
        """Add a neuron to a column and select it."""
        made = self.do(self.session.add_neuron, column, row)
        if made is not None:
            self.selection.select([made])

    def add_layer(self, after_column: int) -> None:
        """Add a layer after a column and select its neurons."""
        made = self.do(self.session.add_layer, after_column)
        if made is not None:
            self.selection.select(made)

    # Inside

    def _piece(self, source: str, target: str) -> int:
        """Return the piece of a maxout neuron that an edge would feed: the first this source does not feed yet."""
        taken = {
            edge.piece
            for edge in self.network.edges
            if (edge.source, edge.target) == (source, target)
        }
        is_maxout = self.network.neuron(target).activation.name == "maxout"
        return next(n for n in range(len(taken) + 1) if n not in taken) if is_maxout else 0

    def _names(self, source: str, target: str) -> dict[str, str]:
        network = self.network
        return {
            "source": neuron_symbol(network.neuron(source)).text,
            "target": neuron_symbol(network.neuron(target)).text,
        }

    def _tell(self) -> None:
        neurons, edges = self.selection.neurons, self.selection.edges
        if len(neurons) == 1 and not edges:
            self.looked_at.emit(neurons[0])
        elif len(edges) == 1 and not neurons:
            # Imported where it is needed: the choices are a room of their own.
            from explainer.session.options import edge_target

            self.looked_at.emit(edge_target(edges[0]))

    def _redrawn(self) -> None:
        """Find everything anew: neurons may be on their way to other places."""
        self._places = None
        if self.selection:
            self.show_selection()

    def _look(self) -> None:
        self.overlay.look(self._graph.camera)

    def show_selection(self) -> None:
        """Draw rings round what is selected."""
        # Not by `places`, which takes longer to find: this is asked in every frame of a movement.
        shown = self._graph.shown.shapes
        circles = [shown.get(f"circle:{name}") for name in self.selection.neurons]
        edges = set(self.selection.edges)
        curves = [
            shape
            for shape in (self._graph.drawing.shapes if edges else ())
            if isinstance(shape, Curve)
            and shape.reference is not None
            and shape.reference.kind == "edge"
            and edge_key(shape.reference) in edges
        ]
        self.overlay.look(self._graph.camera)
        rings = [circle for circle in circles if isinstance(circle, Circle)]
        self.overlay.show_selected(rings, curves)


def edge_key(reference: Reference) -> EdgeKey:
    """Return the edge that a reference of kind edge means."""
    return reference.first, reference.second, reference.piece


def _slot(heights: list[float], index: int, radius: float) -> float:
    """Return the height of the line that shows where a neuron would go between the others."""
    if not heights:
        return 0.0
    if index == 0:
        return heights[0] - 2 * radius
    if index == len(heights):
        return heights[-1] + 2 * radius
    return (heights[index - 1] + heights[index]) / 2
