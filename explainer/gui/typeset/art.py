"""Draw formula pieces in any colour: one small SVG renderer for each piece and colour, kept while it is in use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from explainer.protocol import Picture

# Pieces of the page shown, of its neighbours and of those seen lately; Qt needs some 140 kB for each.
_KEPT = 48


class FormulaArt:
    """The renderers of formula pieces, the least recently drawn dropped first."""

    def __init__(self) -> None:
        self._renderers: OrderedDict[tuple[str, str], QSvgRenderer] = OrderedDict()

    def draw(
        self,
        painter: QPainter,
        latex: str,
        pictures: Mapping[str, Picture],
        place: QRectF,
        colour: str,
    ) -> bool:
        """Paint a piece into `place` in the colour #rrggbb; tell whether there was a picture of it."""
        picture = pictures.get(latex)
        if picture is None:
            return False
        self._renderer(latex, picture, colour).render(painter, place)
        return True

    def _renderer(self, latex: str, picture: Picture, colour: str) -> QSvgRenderer:
        key = (latex, colour)
        found = self._renderers.get(key)
        if found is not None:
            self._renderers.move_to_end(key)
            return found
        made = QSvgRenderer(QByteArray(coloured(picture.svg, colour).encode()))
        self._renderers[key] = made
        if len(self._renderers) > _KEPT:
            self._renderers.popitem(last=False)
        return made


def coloured(svg: str, colour: str) -> str:
    """Return a picture drawn in `colour`: the root's fill is inherited by every shape that names none."""
    return svg.replace("<svg ", f'<svg fill="{colour}" ', 1)
