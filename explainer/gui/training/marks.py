"""Samples as marks: a shape for each class, filled for training and hollow for test, so that colour is never alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

_ROOM = 3.0
# The second class of two is a circle, the first a square: more points of the Playground's inner class lie close together.
SHAPES = ("square", "circle", "triangle", "diamond", "wedge", "pentagon")
_CORNERS: dict[str, tuple[int, float, float]] = {
    # Corners, the angle of the first, and how much larger than a circle it is to look alike.
    "square": (4, 45.0, 1.15),
    "triangle": (3, -90.0, 1.3),
    "diamond": (4, 0.0, 1.2),
    "wedge": (3, 90.0, 1.3),
    "pentagon": (5, -90.0, 1.12),
}


class Mark(NamedTuple):
    """How a sample looks: its shape, its colour, whether it is filled."""

    shape: str
    colour: str
    filled: bool


def paint_mark(painter: QPainter, mark: Mark, at: QPointF, radius: float, paper: str) -> None:
    """Paint one mark around a place, with a rim by which it stands out from any ground."""
    ink, ground = QColor(mark.colour), QColor(paper)
    # The rim is in the other colour, so that a mark is seen on both a pale and a strong ground.
    painter.setPen(QPen(ground if mark.filled else ink, 1.2 if mark.filled else 1.8))
    painter.setBrush(ink if mark.filled else ground)
    if mark.shape == "circle":
        painter.drawEllipse(at, radius, radius)
        return
    corners, turn, size = _CORNERS[mark.shape]
    points = [
        at + QPointF(math.cos(angle), math.sin(angle)) * (radius * size)
        for angle in (math.radians(turn + 360 * corner / corners) for corner in range(corners))
    ]
    painter.drawPolygon(QPolygonF(points))


class Marks:
    """Marks of one size, each painted once and then copied."""

    def __init__(self, radius: float, paper: str, ratio: float) -> None:
        self._radius, self._paper, self._ratio = radius, paper, ratio
        self._known: dict[Mark, QImage] = {}

    def paint(
        self, painter: QPainter, places: Iterable[QPointF], mark_of: Callable[[int], Mark]
    ) -> None:
        """Paint a mark at every place, the first sample first."""
        half = QPointF(self._reach, self._reach)
        for number, place in enumerate(places):
            mark = mark_of(number)
            if mark not in self._known:
                self._known[mark] = self._painted(mark)
            painter.drawImage(place - half, self._known[mark])

    @property
    def _reach(self) -> float:
        return math.ceil(self._radius * 1.3 + _ROOM)

    def _painted(self, mark: Mark) -> QImage:
        side = round(2 * self._reach * self._ratio)
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self._ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, mark, QPointF(self._reach, self._reach), self._radius, self._paper)
        painter.end()
        return image
