"""What the hand does to build: drawing an edge or moving a neuron, and the rubber band. Each asks the ground for deeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication

from explainer.gui.building.places import Places

if TYPE_CHECKING:
    from explainer.gui.building.places import Column

# So far to the side a neuron is held while it moves up and down; farther out the hand draws an edge.
_SIDEWAYS = 58.0


class Ground(Protocol):
    """What these gestures ask of whoever carries them out."""

    @property
    def places(self) -> Places:
        """Where everything lies now."""

    def show_connection(self, source: str, end: QPointF, target: str | None) -> None:
        """Show an edge in the making."""

    def connect_to(self, source: str, target: str) -> None:
        """Add an edge."""

    def show_move(self, neuron: str, place: QPointF, column: Column, index: int) -> None:
        """Show a neuron on its way."""

    def move_to(self, neuron: str, index: int) -> None:
        """Put a neuron elsewhere in its column."""

    def show_band(self, band: QRectF | None) -> None:
        """Show the rubber band."""

    def select_within(self, band: QRectF, *, adding: bool) -> None:
        """Select the neurons in a rectangle."""

    def clear_preview(self) -> None:
        """Show nothing in the making."""


class Carry:
    """A neuron taken hold of: up and down moves it within its column, to the side draws an edge from it."""

    def __init__(self, neuron: str, start: QPointF) -> None:
        self.neuron = neuron
        self._start = start
        self.is_dragging = False

    def move(self, ground: Ground, screen: QPointF, place: QPointF, pressed: QPointF) -> None:
        """Show what letting go here would do; a hand that trembles while it clicks does nothing."""
        way = screen - pressed
        if not self.is_dragging:
            if abs(way.x()) + abs(way.y()) < QApplication.startDragDistance():
                return
            self.is_dragging = True
        moved = self._moved(ground, place)
        if moved is not None:
            ground.show_move(self.neuron, place, *moved)
        else:
            target = ground.places.neuron_at(place.x(), place.y())
            ground.show_connection(self.neuron, place, target if target != self.neuron else None)

    def release(self, ground: Ground, place: QPointF) -> None:
        """Do what was shown."""
        ground.clear_preview()
        moved = self._moved(ground, place)
        if moved is not None:
            column, index = moved
            if index != column.index_at(ground.places.circles[self.neuron].y, self.neuron):
                ground.move_to(self.neuron, index)
            return
        target = ground.places.neuron_at(place.x(), place.y())
        if target is not None and target != self.neuron:
            ground.connect_to(self.neuron, target)

    def _moved(self, ground: Ground, place: QPointF) -> tuple[Column, int] | None:
        """Return the column and the index in it where the hand has stayed over the column; None where it left it."""
        column = ground.places.column_of(self.neuron)
        circle = ground.places.circles.get(self.neuron)
        if column is None or circle is None or abs(place.x() - circle.x) > _SIDEWAYS:
            return None
        return column, column.index_at(place.y(), self.neuron)


class Band:
    """The rubber band: selects the neurons it goes round."""

    def __init__(self, start: QPointF, *, adding: bool) -> None:
        self._start = start
        self._adding = adding

    def move(self, ground: Ground, place: QPointF) -> None:
        """Stretch it to here, and select what is in it."""
        band = QRectF(self._start, place).normalized()
        ground.show_band(band)
        ground.select_within(band, adding=self._adding)

    def release(self, ground: Ground, place: QPointF) -> None:
        """Let it go; what is in it stays selected."""
        ground.select_within(QRectF(self._start, place).normalized(), adding=self._adding)
        ground.show_band(None)
