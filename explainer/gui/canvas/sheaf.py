"""The quiet straight edges of a large drawing, painted together: an item for each would take longer than a frame."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter

from explainer.gui.canvas.items import Paints
from explainer.render.shapes import Curve, Shape, Tone
from explainer.render.strokes import NEGATIVE_DASHES, is_straight

# How a line is painted: its tone, its width, whether it is dashed.
_Style = tuple[Tone, float, bool]


class Sheaf:
    """Lines by how they are painted, kept from step to step."""

    def __init__(self) -> None:
        self._curves: dict[str, Curve] = {}
        self._lines: dict[_Style, dict[str, QLineF]] = {}

    def takes(self, key: str, shape: Shape) -> bool:
        """Tell whether a shape of a large drawing is painted here."""
        if self._curves.get(key) is shape:
            return True
        return isinstance(shape, Curve) and not shape.active and is_straight(shape)

    def show(self, curves: Mapping[str, Curve]) -> bool:
        """Take these lines instead of those before; return whether anything changed."""
        changed = False
        for key in self._curves.keys() - curves.keys():
            self._drop(key)
            changed = True
        for key, curve in curves.items():
            before = self._curves.get(key)
            if before is None or (before is not curve and before != curve):
                if before is not None:
                    self._drop(key)
                changed = True
                x0, y0, *_, x3, y3 = curve.points
                self._lines.setdefault(_style(curve), {})[key] = QLineF(x0, y0, x3, y3)
        self._curves = dict(curves)
        return changed

    def paint(self, painter: QPainter, paints: Paints) -> None:
        """Paint the lines in the coordinates of the drawing."""
        for (tone, width, dashed), lines in self._lines.items():
            if lines:
                line = paints.palette.shade(tone).line
                painter.setPen(paints.pen(line, width, NEGATIVE_DASHES if dashed else ()))
                painter.drawLines(list(lines.values()))

    def _drop(self, key: str) -> None:
        del self._lines[_style(self._curves[key])][key]


def _style(curve: Curve) -> _Style:
    return curve.tone, curve.width, curve.dashed
