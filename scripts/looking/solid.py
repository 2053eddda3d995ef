"""Circles and boxes of a graph as they are seen, and what of some ink lies within them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

# How far ink may stand over an edge, px: smoothing.
AIR = 0.5


class Solid(NamedTuple):
    """A circle or a box: `level` is its place in the order of painting, `is_filled` tells that it hides what is below."""

    key: str
    place: QRectF
    level: int
    is_round: bool
    is_filled: bool

    def holds(self, ink: Iterable[QRectF]) -> bool:
        """Tell whether all of this ink lies within."""
        return all(map(self._holds, ink))

    def touches(self, ink: Iterable[QRectF]) -> bool:
        """Tell whether any of this ink lies within."""
        return any(map(self._touches, ink))

    def _holds(self, glyph: QRectF) -> bool:
        if not self.is_round:
            return self.place.adjusted(-AIR, -AIR, AIR, AIR).contains(glyph)
        corners = (glyph.topLeft(), glyph.topRight(), glyph.bottomLeft(), glyph.bottomRight())
        return all(self._from_middle(corner) <= self._radius + AIR for corner in corners)

    def _touches(self, glyph: QRectF) -> bool:
        if not self.is_round:
            return self.place.adjusted(AIR, AIR, -AIR, -AIR).intersects(glyph)
        middle = self.place.center()
        nearest = QPointF(
            min(max(middle.x(), glyph.left()), glyph.right()),
            min(max(middle.y(), glyph.top()), glyph.bottom()),
        )
        return self._from_middle(nearest) < self._radius - AIR

    @property
    def _radius(self) -> float:
        return self.place.width() / 2

    def _from_middle(self, point: QPointF) -> float:
        way = point - self.place.center()
        return float((way.x() ** 2 + way.y() ** 2) ** 0.5)
