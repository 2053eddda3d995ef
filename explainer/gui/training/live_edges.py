"""The edges of a network in training: straight, as wide as their weights are large, dashed where they are negative.

They are painted together. Of many Qt keeps the pixels: between two moments few of them change visibly, and painting
hundreds takes longer than everything else of a frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from explainer.gui.canvas.items import Paints
from explainer.render.strokes import NEGATIVE_DASHES

if TYPE_CHECKING:
    from explainer.training.kernels import Array

# Widths as in the still drawing; finer differences than a step are not seen.
_THINNEST, _THICKEST, _STEP = 1.0, 4.5, 0.5
# Many edges are drawn finer, or they run together.
_FINENESS = ((60, 1.0), (150, 0.8), (400, 0.65), (10**9, 0.5))
# Widths change in steps, and are seen to at most so often, in seconds; those of more edges than these more seldom, and so
# that painting takes no more than this part of the time; of more than those without smoothing.
_OFTEN = 0.033
_FEW, _PAUSE, _PART = 60, 0.08, 1 / 20
_MOST_SMOOTH = 1500


class LiveEdges(QGraphicsItem):
    """One item for all edges; `lines` are their ends in the order in which weights come."""

    def __init__(self, paints: Paints) -> None:
        super().__init__()
        self._paints = paints
        self._lines: list[QLineF] = []
        self._bounds = QRectF()
        self._styles: Array | None = None
        self._of_style: list[tuple[int, list[QLineF]]] | None = None
        self._pause = _OFTEN

    def show_lines(self, lines: Iterable[QLineF]) -> None:
        """Take other edges, of which nothing is known yet."""
        self.prepareGeometryChange()
        self._lines, self._styles, self._of_style = list(lines), None, None
        self._bounds = _around(self._lines)
        cached = len(self._lines) > _FEW
        self._pause = _PAUSE if cached else _OFTEN
        modes = QGraphicsItem.CacheMode
        self.setCacheMode(modes.DeviceCoordinateCache if cached else modes.NoCache)
        self.update()

    def set_paints(self, paints: Paints) -> None:
        """Take other colours."""
        self._paints = paints
        self.update()

    def show_weights(self, weights: Array) -> bool:
        """Show the edges with these weights; return whether any looks otherwise."""
        styles = styles_of(weights)
        changed = self._styles is None or bool((styles != self._styles).any())
        if changed:
            self._styles, self._of_style = styles, None
            self.update()
        return changed

    @property
    def pause(self) -> float:
        """Seconds for which others need not be shown."""
        return self._pause

    @property
    def is_known(self) -> bool:
        """Whether weights have come since these lines."""
        return self._styles is not None

    @property
    def widths(self) -> list[float]:
        """How wide each edge is painted, negative where it is dashed."""
        return [] if self._styles is None else (self._styles * _STEP).tolist()

    def boundingRect(self) -> QRectF:
        """Return what paint covers."""
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint the lines, those of one style together."""
        if self._styles is None:
            return
        began = monotonic()
        count = len(self._lines)
        fineness = next(share for most, share in _FINENESS if count <= most)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, count <= _MOST_SMOOTH)
        line_colour = self._paints.palette.shade("quiet").line
        for style, lines in self._together():
            dashes = NEGATIVE_DASHES if style < 0 else ()
            width = fineness * abs(style) * _STEP
            painter.setPen(self._paints.pen(line_colour, width, dashes, flat=True))
            painter.drawLines(lines)
        if count > _FEW:
            self._pause = max(_PAUSE, (monotonic() - began) / _PART)

    def _together(self) -> list[tuple[int, list[QLineF]]]:
        """Return the lines of each style, the widest last."""
        import numpy as np

        if self._of_style is None and self._styles is not None:
            styles = self._styles
            self._of_style = [
                (style, [self._lines[at] for at in np.nonzero(styles == style)[0].tolist()])
                for style in sorted(np.unique(styles).tolist(), key=abs)
            ]
        return self._of_style or []


def _around(lines: list[QLineF]) -> QRectF:
    """Return what lines cover, and nothing else: what lies beside them is not painted with them."""
    if not lines:
        return QRectF()
    ends = [end for line in lines for end in (line.p1(), line.p2())]
    xs, ys = [end.x() for end in ends], [end.y() for end in ends]
    room = _THICKEST
    return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(
        -room, -room, room, room
    )


def styles_of(weights: Array) -> Array:
    """Return how wide each edge is, in steps, the largest weight the widest; negative for a negative weight."""
    import numpy as np

    sizes = np.abs(weights)
    largest = float(sizes.max(initial=0.0)) or 1.0
    widths = _THINNEST + (_THICKEST - _THINNEST) * (sizes / largest)
    steps = np.rint(np.nan_to_num(widths, nan=_THINNEST) / _STEP).astype(int)
    return np.where(weights < 0, -steps, steps)
