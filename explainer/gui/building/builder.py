"""Building on the graph: takes the hand's gestures, keeps what is selected, and asks the session for the edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal

from explainer.gui.building.buttons import PlusButtons
from explainer.gui.building.gestures import Band, Carry
from explainer.gui.building.workshop import edge_key

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

    from explainer.gui.building.workshop import Workshop
    from explainer.gui.frame import Frame
    from explainer.gui.panels.graph import GraphPanel
    from explainer.gui.theme import Theme

_SELECTING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class Builder(QObject):
    """The tool of the graph.

    Dragging from a neuron to the side draws an edge, up and down moves the neuron within its column; with Shift, dragging on
    the ground selects. A double click in a column adds a neuron there. `menu_asked` carries what the right button
    went down on and the place on the screen.
    """

    menu_asked = Signal(object, QPoint)

    def __init__(self, workshop: Workshop, graph: GraphPanel, theme: Theme) -> None:
        super().__init__(graph)
        self._shop = workshop
        self._graph = graph
        self._carry: Carry | None = None
        self._band: Band | None = None
        self._pressed = QPointF()
        self._x: float | None = None
        self.plus = PlusButtons(theme, graph.viewport(), workshop.add_neuron, workshop.add_layer)
        graph.looked.connect(self._look)
        graph.tool = self

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Follow the lesson."""
        if old is None or old.language != new.language:
            self.plus.set_language(new.language)
        if self._shop.follow(new.lesson.network):
            self.plus.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._shop.overlay.set_theme(theme)
        self.plus.set_theme(theme)

    # What the canvas hands on

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of a neuron, or begin the rubber band."""
        if event.button() != Qt.MouseButton.LeftButton or not self._shop.network.neurons:
            return False
        self._graph.point_at(event.position())
        place = self._to_drawing(event.position())
        neuron = self._neuron_pointed_at()
        self._pressed = event.position()
        if neuron is not None:
            self._carry = Carry(neuron, place)
        elif event.modifiers() & _SELECTING and self._graph.pointing.is_ground():
            adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._band = Band(place, adding=adding)
        return self._carry is not None or self._band is not None

    def move(self, event: QMouseEvent) -> bool:
        """Follow what is held; else show the plus sign that belongs to where the pointer is."""
        place = self._to_drawing(event.position())
        if self._carry is not None:
            self._carry.move(self._shop, event.position(), place, self._pressed)
            return True
        if self._band is not None:
            self._band.move(self._shop, place)
            return True
        if event.buttons() == Qt.MouseButton.NoButton and self._shop.network.neurons:
            self._x = place.x()
            self.plus.show_at(self._shop.places, self._graph.camera, self._x)
        return False

    def release(self, event: QMouseEvent) -> bool:
        """Let go."""
        carry, band = self._carry, self._band
        self._carry = self._band = None
        place = self._to_drawing(event.position())
        if band is not None:
            band.release(self._shop, place)
        elif carry is not None and carry.is_dragging:
            carry.release(self._shop, place)
        elif carry is not None:
            self._click(carry.neuron, event)
        return carry is not None or band is not None

    def double_click(self, event: QMouseEvent) -> bool:
        """Add a neuron where a column is double-clicked."""
        self._graph.point_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or not self._graph.pointing.is_ground():
            return False
        place = self._to_drawing(event.position())
        column = self._shop.places.column_at(place.x()) if self._shop.network.neurons else None
        if column is None:
            return False
        self._shop.add_neuron(column.number, column.index_at(place.y()))
        return True

    def menu(self, event: QContextMenuEvent) -> bool:
        """Open the menu of what is under the pointer; by the key for menus, of what is selected."""
        place = QPointF(event.pos())
        self._graph.point_at(place)
        self._select_for_menu()
        self.menu_asked.emit(self._to_drawing(place), event.globalPos())
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Let go of what is held or selected."""
        if event.key() != Qt.Key.Key_Escape:
            return False
        if self._carry is not None or self._band is not None:
            self._carry = self._band = None
            self._shop.clear_preview()
            self._shop.overlay.show_band(None)
            return True
        had_any = bool(self._shop.selection)
        self._shop.selection.clear()
        return had_any

    def clicked(self, place: QPointF) -> None:
        """Select the edge that was clicked; a click on the ground selects nothing."""
        pointed = self._graph.pointing.pointed
        if pointed is not None and pointed.kind == "edge":
            self._shop.selection.select(edges=[edge_key(pointed)])
        elif self._graph.pointing.is_ground():
            self._shop.selection.clear()

    def left(self) -> None:
        """Take the plus signs away."""
        self._x = None
        self.plus.hide()

    # Inside

    def _click(self, neuron: str, event: QMouseEvent) -> None:
        if event.modifiers() & _SELECTING:
            self._shop.selection.toggle([neuron])
            return
        self._shop.selection.select([neuron])
        self._graph.click_at(event.position())

    def _select_for_menu(self) -> None:
        """Let the menu be about what is under the pointer, unless that is a part of the selection."""
        pointed = self._graph.pointing.pointed
        neuron = self._neuron_pointed_at()
        if neuron is not None and neuron not in self._shop.selection.neurons:
            self._shop.selection.select([neuron])
        elif pointed is not None and pointed.kind == "edge":
            if edge_key(pointed) not in self._shop.selection.edges:
                self._shop.selection.select(edges=[edge_key(pointed)])
        elif self._graph.pointing.is_ground():
            self._shop.selection.clear()

    def _neuron_pointed_at(self) -> str | None:
        pointed = self._graph.pointing.pointed
        known = pointed is not None and f"circle:{pointed.first}" in self._graph.shown.shapes
        return pointed.first if pointed is not None and known and pointed.kind == "neuron" else None

    def _to_drawing(self, place: QPointF) -> QPointF:
        return QPointF(*self._graph.camera.to_drawing(place.x(), place.y()))

    def _look(self) -> None:
        if self._x is not None:
            self.plus.show_at(self._shop.places, self._graph.camera, self._x)
