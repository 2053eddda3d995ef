"""Paint a laid-out page: lines, boxes, selection, words, formulas and the underlines of their factors."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from explainer.gui.theme import Theme, colour
from explainer.gui.typeset.art import FormulaArt
from explainer.gui.typeset.atoms import Atom, Layout
from explainer.gui.typeset.measure import face_font
from explainer.pages.page import Reference
from explainer.protocol import Picture
from explainer.render.palette import Underline, underline
from explainer.trace.steps import Phase

_UNDERLINE_GAP = 3.0
_UNDERLINE = 3.0
_BOLDER = 0.5
# Patterns of the pen in units of its width.
_PATTERNS: dict[Underline, list[float]] = {
    "dashed": [2.0, 1.0],
    "dotted": [1.0, 1.0],
    "dash_dot": [3.0, 1.0, 1.0, 1.0],
}


class Look(NamedTuple):
    """Everything that changes the picture without moving an atom."""

    theme: Theme
    phase: Phase | None
    zoom: float
    lit: Reference | None = None
    lit_factor: int | None = None
    selected: frozenset[int] = frozenset()


class PagePainter:
    """Paints layouts; holds the renderers of the formulas."""

    def __init__(self) -> None:
        self.art = FormulaArt()

    def paint(
        self,
        painter: QPainter,
        layout: Layout,
        pictures: Mapping[str, Picture],
        look: Look,
        clip: QRectF | None = None,
    ) -> None:
        """Paint what of a layout lies in `clip` (all of it by default)."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._lines(painter, layout, look)
        self._boxes(painter, layout, look)
        for index, atom in enumerate(layout.atoms):
            if clip is not None and (atom.bottom + 12 < clip.top() or atom.top > clip.bottom()):
                continue
            self._backdrop(painter, atom, index in look.selected, look)
            self._atom(painter, atom, pictures, look)
            if atom.factor is not None:
                self._underline(painter, atom, look)

    def atom_colour(self, atom: Atom, look: Look) -> str:
        """Return the colour that an atom is drawn in."""
        theme = look.theme
        if atom.hue == "factor" and atom.factor is not None:
            return theme.palette.shade("plain", atom.factor).text
        if atom.hue == "phase":
            return theme.palette.shade(look.phase).text if look.phase else theme.quiet
        return {"ink": theme.ink, "text": theme.text}.get(atom.hue, theme.quiet)

    def _lines(self, painter: QPainter, layout: Layout, look: Look) -> None:
        painter.setPen(QPen(colour(look.theme.hairline), 1))
        left = 27 * look.zoom
        right = layout.width - 26 * look.zoom
        for hairline in layout.hairlines:
            y = hairline.y + 0.5
            painter.drawLine(QLineF(left, y, right, y))

    def _boxes(self, painter: QPainter, layout: Layout, look: Look) -> None:
        if not layout.boxes:
            return
        shade = look.theme.palette.shade(look.phase or "plain")
        painter.setPen(QPen(colour(shade.line), 1))
        painter.setBrush(colour(shade.tint))
        for box in layout.boxes:
            rectangle = QRectF(round(box.x), round(box.y), round(box.width), round(box.height))
            painter.drawRoundedRect(rectangle.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _backdrop(self, painter: QPainter, atom: Atom, selected: bool, look: Look) -> None:
        lit = _is_lit(atom, look)
        if not (selected or lit):
            return
        place = QRectF(atom.x, atom.top, atom.width, atom.ascent + atom.descent)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(colour(look.theme.selection))
            painter.drawRect(place.adjusted(-2, -1, 2, 1))
        if lit:
            glow = QColor(self.atom_colour(atom, look))
            glow.setAlphaF(0.16)
            painter.setBrush(glow)
            painter.drawRoundedRect(place.adjusted(-4, -4, 4, 9), 5, 5)

    def _atom(
        self, painter: QPainter, atom: Atom, pictures: Mapping[str, Picture], look: Look
    ) -> None:
        ink = self.atom_colour(atom, look)
        place = QRectF(atom.x, atom.top, atom.width, atom.ascent + atom.descent)
        if atom.latex and self.art.draw(painter, atom.latex, pictures, place, ink):
            if atom.face == "title":
                # The face of formulas has no bold: a headline's is drawn twice, a hair apart.
                place.translate(_BOLDER * look.zoom, 0)
                self.art.draw(painter, atom.latex, pictures, place, ink)
            return
        painter.setPen(colour(ink))
        painter.setFont(face_font("title" if atom.latex else atom.face, look.zoom))
        painter.drawText(QPointF(atom.x, atom.baseline), atom.text)

    def _underline(self, painter: QPainter, atom: Atom, look: Look) -> None:
        if atom.factor is None:
            return
        width = _UNDERLINE * look.zoom
        pen = QPen(colour(self.atom_colour(atom, look)), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        y = round(atom.bottom + _UNDERLINE_GAP * look.zoom) + width / 2
        left, right = atom.x, atom.x + atom.width
        style = underline(atom.factor)
        if style == "double":
            pen.setWidthF(width / 3)
            painter.setPen(pen)
            for offset in (-width / 3, width / 2):
                painter.drawLine(QLineF(left, y + offset, right, y + offset))
            return
        if style == "wavy":
            pen.setWidthF(width / 2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_wave(left, right, y, look.zoom))
            return
        if style in _PATTERNS:
            pen.setDashPattern(_PATTERNS[style])
        painter.setPen(pen)
        painter.drawLine(QLineF(left, y, right, y))


def _is_lit(atom: Atom, look: Look) -> bool:
    if look.lit_factor is not None and atom.factor == look.lit_factor:
        return True
    return look.lit is not None and atom.reference == look.lit


def _wave(left: float, right: float, y: float, zoom: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, y))
    half = 3.0 * zoom
    count = max(1, math.floor((right - left) / half))
    for index in range(count):
        up = -half if index % 2 == 0 else half
        start = left + index * half
        path.quadTo(QPointF(start + half / 2, y + up * 0.8), QPointF(start + half, y))
    return path
