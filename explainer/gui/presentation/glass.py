"""What lies over the projected picture: strokes of the pen, the spotlight, the blank screen."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explainer.gui.theme import Theme, colour

Tool = Literal["none", "pen", "spotlight"]
# Shares of the height of the picture.
_PEN = 0.006
_SPOT = 0.17
_DIMMED = 0.78
# A place in the picture as shares of its width and height, so that strokes stay where they are on another screen.
Place = tuple[float, float]
Stroke = list[Place]


class Glass(QWidget):
    """Lies over everything and lets the mouse through; whoever owns it tells it what to show.

    The strokes of a step belong to it: they are gone with it and back with it.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tool: Tool = "none"
        self.blank = False
        self._at: QPointF | None = None
        self._strokes: dict[tuple[int, int], list[Stroke]] = {}
        self._step = (0, -1)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def strokes(self) -> list[Stroke]:
        """The strokes on the step shown."""
        return self._strokes.get(self._step, [])

    def show_step(self, pass_index: int, step_index: int) -> None:
        """Show the strokes of a step."""
        if self._step != (pass_index, step_index):
            self._step = (pass_index, step_index)
            self.update()

    def take(self, tool: Tool) -> None:
        """Take a tool in hand; the same one again lays it down."""
        self.tool = "none" if tool == self.tool else tool
        self.update()

    def set_blank(self, blank: bool) -> None:
        """Show nothing at all, or the picture again."""
        self.blank = blank
        self.update()

    def begin(self, place: QPointF) -> None:
        """Put the pen down."""
        self._strokes.setdefault(self._step, []).append([self._share(place)])
        self.update()

    def go_on(self, place: QPointF) -> None:
        """Draw on to a place."""
        if self.strokes:
            self.strokes[-1].append(self._share(place))
            self.update()

    def point(self, place: QPointF | None) -> None:
        """Let the spotlight follow."""
        self._at = place
        if self.tool == "spotlight":
            self.update()

    def erase(self) -> None:
        """Wipe the strokes of this step away."""
        self._strokes.pop(self._step, None)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def _share(self, place: QPointF) -> Place:
        return place.x() / max(self.width(), 1), place.y() / max(self.height(), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.blank:
            painter.fillRect(self.rect(), QColor(0, 0, 0))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour(self._theme.palette.shade("error").line), self.height() * _PEN)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self.strokes:
            painter.drawPath(self._path(stroke))
        if self.tool == "spotlight":
            self._dim(painter)

    def _path(self, stroke: Stroke) -> QPainterPath:
        points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
        path = QPainterPath(points[0])
        for point in points[1:] or [points[0] + QPointF(0.1, 0)]:
            path.lineTo(point)
        return path

    def _dim(self, painter: QPainter) -> None:
        centre = self._at or QPointF(self.width() / 2, self.height() / 2)
        around = QPainterPath()
        around.addRect(QRectF(self.rect()))
        radius = self.height() * _SPOT
        spot = QPainterPath()
        spot.addEllipse(centre, radius, radius)
        shade = QColor(0, 0, 0)
        shade.setAlphaF(_DIMMED)
        painter.fillPath(around.subtracted(spot), shade)
