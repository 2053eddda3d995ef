"""The quiet straight edges of a large drawing, painted together: an item for each would take longer than a frame."""

from __future__ import annotations

from collections.abc import KeysView

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
        self._styles: dict[str, _Style] = {}
        self._lines: dict[_Style, dict[str, QLineF]] = {}

    @property
    def keys(self) -> KeysView[str]:
        """The keys of the lines that are here."""
        return self._styles.keys()

    def put(self, key: str, curve: Curve) -> None:
        """Take a line, instead of the one with this key where there is one."""
        style = (curve.tone, round(curve.width * _TENTHS), curve.dashed)
        if self._styles.get(key, style) != style:
            self.drop(key)
        self._styles[key] = style
        x0, y0, _, _, _, _, x3, y3 = curve.points
        lines = self._lines.get(style)
        if lines is None:
            lines = self._lines[style] = {}
        lines[key] = QLineF(x0, y0, x3, y3)

    def drop(self, key: str) -> None:
        """Let go of a line, if it is here."""
        style = self._styles.pop(key, None)
        if style is not None:
            del self._lines[style][key]

    def clear(self) -> None:
        """Let go of all lines."""
        self._styles, self._lines = {}, {}

    def paint(self, painter: QPainter, paints: Paints) -> None:
        """Paint the lines in the coordinates of the drawing."""
        for (tone, tenths, dashed), lines in self._lines.items():
            line = paints.palette.shade(tone).line
            dashes = NEGATIVE_DASHES if dashed else ()
            painter.setPen(paints.pen(line, tenths / _TENTHS, dashes))
            painter.drawLines(list(lines.values()))


def may_lie_in_sheaf(shape: Shape) -> bool:
    """Tell whether a shape of a large drawing is painted with the others of its kind."""
    return isinstance(shape, Curve) and not shape.active and is_straight(shape)
