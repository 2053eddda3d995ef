"""What building shows over the graph: rings round what is selected, the edge being drawn, the band, a word at the pointer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explainer.gui.canvas.items import curve_path
from explainer.gui.canvas.overlay import GraphOverlay
from explainer.gui.theme import Theme, colour, font
from explainer.render.shapes import Circle, Curve

_RING_GAP, _RING_WIDTH = 5.0, 2.5
_LINE_WIDTH = 2.5
_BAND_OPACITY = 0.12
_WORD_SIZE, _WORD_WIDEST = 13, 340
_WORD_GAP = 18
_PADDING_X, _PADDING_Y = 10, 6


class Thread(NamedTuple):
    """An edge being drawn: from a circle to a point or to the circle of its target; `refused` where it cannot be."""

    start: Circle
    end: QPointF
    target: Circle | None
    refused: bool


class Ghost(NamedTuple):
    """A neuron being moved: where its circle is now, and the height at which it would be put between others."""

    circle: Circle
    place: QPointF
    slot: float


class BuildingOverlay(GraphOverlay):
    """Shows what is selected and what is being drawn."""

    def __init__(self, theme: Theme, viewport: QWidget) -> None:
        super().__init__(theme, viewport)
        self._rings: tuple[Circle, ...] = ()
        self._edges: tuple[Curve, ...] = ()
        self._band: QRectF | None = None
        self._thread: Thread | None = None
        self._ghost: Ghost | None = None
        self._word = ""
        self._pointer = QPointF()

    def show_selected(self, circles: Iterable[Circle], curves: Iterable[Curve]) -> None:
        """Draw rings round these neurons and light these edges."""
        self._rings, self._edges = tuple(circles), tuple(curves)
        self._refresh()

    def show_band(self, band: QRectF | None) -> None:
        """Draw the rubber band, None takes it away."""
        self._band = band
        self._refresh()

    def show_thread(self, thread: Thread | None, word: str = "") -> None:
        """Draw an edge in the making with a word about it."""
        self._thread, self._ghost = thread, None
        self._say(word, None if thread is None else thread.end)

    def show_ghost(self, ghost: Ghost | None, word: str = "") -> None:
        """Draw a neuron on its way with a word about it."""
        self._ghost, self._thread = ghost, None
        self._say(word, None if ghost is None else ghost.place)

    @property
    def word(self) -> str:
        """What is said at the pointer."""
        return self._word

    def _say(self, word: str, place: QPointF | None) -> None:
        self._word = word if place is not None else ""
        self._pointer = place or QPointF()
        self._refresh()

    def _refresh(self) -> None:
        has_something = (
            self._rings or self._edges or self._band or self._thread or self._ghost or self._word
        )
        self._cover(has_something=bool(has_something))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = self._painter()
        self._paint_selected(painter)
        if self._thread is not None:
            self._paint_thread(painter, self._thread)
        if self._ghost is not None:
            self._paint_ghost(painter, self._ghost)
        if self._band is not None:
            self._paint_band(painter, self._band)
        painter.resetTransform()
        if self._word:
            self._paint_word(painter)

    def _paint_selected(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(self._theme.accent), _RING_WIDTH))
        for circle in self._rings:
            radius = circle.radius + _RING_GAP
            painter.drawEllipse(QPointF(circle.x, circle.y), radius, radius)
        glow = QColor(colour(self._theme.accent))
        glow.setAlphaF(0.35)
        for curve in self._edges:
            painter.setPen(QPen(glow, curve.width + 8))
            painter.drawPath(curve_path(curve))

    def _paint_thread(self, painter: QPainter, thread: Thread) -> None:
        palette = self._theme.palette
        shade = palette.shade("error" if thread.refused else "forward")
        pen = QPen(colour(shade.line), _LINE_WIDTH)
        # Not by colour alone: what is refused is dashed.
        if thread.refused:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start = QPointF(thread.start.x + thread.start.radius, thread.start.y)
        end = thread.end
        if thread.target is not None:
            end = QPointF(thread.target.x - thread.target.radius, thread.target.y)
            radius = thread.target.radius + _RING_GAP
            painter.drawEllipse(QPointF(thread.target.x, thread.target.y), radius, radius)
        reach = max(abs(end.x() - start.x()) / 2, 24.0)
        path = QPainterPath(start)
        path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end)
        painter.drawPath(path)

    def _paint_ghost(self, painter: QPainter, ghost: Ghost) -> None:
        shade = self._theme.palette.shade("forward")
        tint = QColor(colour(shade.tint))
        tint.setAlphaF(0.8)
        painter.setPen(QPen(colour(shade.line), _LINE_WIDTH))
        painter.setBrush(tint)
        painter.drawEllipse(ghost.place, ghost.circle.radius, ghost.circle.radius)
        width = 2 * ghost.circle.radius + 28
        middle = QPointF(ghost.circle.x, ghost.slot)
        painter.drawLine(middle - QPointF(width / 2, 0), middle + QPointF(width / 2, 0))

    def _paint_band(self, painter: QPainter, band: QRectF) -> None:
        ground = QColor(colour(self._theme.accent))
        ground.setAlphaF(_BAND_OPACITY)
        pen = QPen(colour(self._theme.accent), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRect(band)

    def _paint_word(self, painter: QPainter) -> None:
        """Paint the word beside the pointer, inside the graph."""
        x, y = self._camera.to_screen(self._pointer.x(), self._pointer.y())
        metrics = QFontMetricsF(font(_WORD_SIZE))
        room = QRectF(0, 0, _WORD_WIDEST, 400)
        bounds = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, self._word)
        width, height = bounds.width() + 2 * _PADDING_X + 1, bounds.height() + 2 * _PADDING_Y
        left = min(max(x + _WORD_GAP, 4), max(self.width() - width - 4, 4))
        top = min(max(y + _WORD_GAP, 4), max(self.height() - height - 4, 4))
        refused = self._thread is not None and self._thread.refused
        shade = self._theme.palette.shade("error" if refused else "forward")
        painter.setPen(QPen(colour(shade.line), 1))
        painter.setBrush(colour(shade.tint))
        place = QRectF(left, top, width, height)
        painter.drawRoundedRect(place, 7, 7)
        painter.setFont(font(_WORD_SIZE))
        painter.setPen(colour(shade.text))
        painter.drawText(
            place.adjusted(_PADDING_X, _PADDING_Y, -_PADDING_X, -_PADDING_Y),
            Qt.TextFlag.TextWordWrap.value,
            self._word,
        )
