"""Lines that are told apart: by the colours of several things beside each other, and each by dashes of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from explainer.gui.theme import Theme, colour
from explainer.gui.training.colouring import one_of_several

# Dashes and gaps in widths of the line.
_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (4.0, 2.0),
    (1.2, 1.6),
    (6.0, 2.0, 1.2, 2.0),
    (2.5, 1.5),
    (6.0, 1.6, 1.2, 1.6, 1.2, 1.6),
    (8.0, 2.5),
)


def line_pen(theme: Theme, place: int, width: float) -> QPen:
    """Return the pen of the line at this place among others."""
    pen = QPen(colour(one_of_several(theme.palette.name, place)), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    dashes = _DASHES[place % len(_DASHES)]
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen
