"""The quiet straight edges of a large drawing, painted together: an item for each would take longer than a frame."""

from __future__ import annotations

from collections.abc import KeysView
from math import inf

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from explainer.gui.canvas.items import Paints
from explainer.render.shapes import Curve, Shape, Tone
from explainer.render.strokes import NEGATIVE_DASHES, is_straight

# How a line is painted: its tone, its width in tenths of a pixel, whether it is dashed. Finer differences are not seen, and
# every change of the pen costs time.
_Style = tuple[Tone, int, bool]
_TENTHS = 10
# From where to where lines lead across: all between two columns do so, and are seen or not seen together.
_Way = tuple[float, float]


class Sheaf:
    """The lines of the drawing shown, kept from step to step."""

    def __init__(self) -> None:
        self._kinds: dict[str, tuple[_Style, _Way]] = {}
        self._lines: dict[_Style, dict[_Way, dict[str, QLineF]]] = {}

    @property
    def keys(self) -> KeysView[str]:
        """The keys of the lines that are here."""
        return self._kinds.keys()

    def put(self, key: str, curve: Curve) -> None:
        """Take a line, instead of the one with this key where there is one."""
        x0, y0, _, _, _, _, x3, y3 = curve.points
        kind = style, way = (curve.tone, round(curve.width * _TENTHS), curve.dashed), (x0, x3)
        if self._kinds.get(key, kind) != kind:
            self.drop(key)
        self._kinds[key] = kind
        ways = self._lines.get(style)
        if ways is None:
            ways = self._lines[style] = {}
        lines = ways.get(way)
        if lines is None:
            lines = ways[way] = {}
        lines[key] = QLineF(x0, y0, x3, y3)

    def drop(self, key: str) -> None:
        """Let go of a line, if it is here."""
        kind = self._kinds.pop(key, None)
        if kind is not None:
            style, way = kind
            lines = self._lines[style][way]
            del lines[key]
            if not lines:
                del self._lines[style][way]

    def clear(self) -> None:
        """Let go of all lines."""
        self._kinds, self._lines = {}, {}

    def paint(self, painter: QPainter, paints: Paints, seen: QRectF | None = None) -> None:
        """Paint the lines in the coordinates of the drawing, as far as they may be `seen`."""
        left, right = (seen.left(), seen.right()) if seen is not None else (-inf, inf)
        for (tone, tenths, dashed), ways in self._lines.items():
            line = paints.palette.shade(tone).line
            dashes = NEGATIVE_DASHES if dashed else ()
            painter.setPen(paints.pen(line, tenths / _TENTHS, dashes, flat=True))
            for (start, end), lines in ways.items():
                if min(start, end) <= right and max(start, end) >= left:
                    painter.drawLines(list(lines.values()))


def may_lie_in_sheaf(shape: Shape) -> bool:
    """Tell whether a shape of a large drawing is painted with the others of its kind."""
    return isinstance(shape, Curve) and not shape.active and is_straight(shape)
