"""The quiet straight edges of a large drawing, painted together: an item for each would take longer than a frame."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter

from explainer.gui.canvas.items import Paints
from explainer.render.shapes import Curve, Shape, Tone
from explainer.render.strokes import NEGATIVE_DASHES, is_straight

# How a line is painted: its tone, its width in tenths of a pixel, whether it is dashed. Finer differences are not seen, and
# every change of the pen costs time.
_Style = tuple[Tone, int, bool]
_TENTHS = 10


class Sheaf:
    """The lines of the drawing shown, kept from step to step."""

    def __init__(self) -> None:
        self._curves: dict[str, Curve] = {}
        self._lines: dict[_Style, list[QLineF]] | None = None

    def takes(self, key: str, shape: Shape) -> bool:
        """Tell whether a shape of a large drawing is painted here."""
        if self._curves.get(key) is shape:
            return True
        return isinstance(shape, Curve) and not shape.active and is_straight(shape)

    def show(self, curves: Mapping[str, Curve]) -> bool:
        """Take these lines instead of those before; return whether anything changed."""
        if curves == self._curves:
            return False
        self._curves, self._lines = dict(curves), None
        return True

    def paint(self, painter: QPainter, paints: Paints) -> None:
        """Paint the lines in the coordinates of the drawing."""
        if self._lines is None:
            self._lines = _by_style(self._curves)
        for (tone, tenths, dashed), lines in self._lines.items():
            line = paints.palette.shade(tone).line
            dashes = NEGATIVE_DASHES if dashed else ()
            painter.setPen(paints.pen(line, tenths / _TENTHS, dashes))
            painter.drawLines(lines)


def _by_style(curves: Mapping[str, Curve]) -> dict[_Style, list[QLineF]]:
    found: dict[_Style, list[QLineF]] = {}
    for curve in curves.values():
        x0, y0, _, _, _, _, x3, y3 = curve.points
        style = (curve.tone, round(curve.width * _TENTHS), curve.dashed)
        line = QLineF(x0, y0, x3, y3)
        lines = found.get(style)
        if lines is None:
            found[style] = [line]
        else:
            lines.append(line)
    return found
