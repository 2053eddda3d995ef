"""One graphics item per shape: how each is made, and brought up to date without being made anew.

Circles, boxes and curves are Qt's own items, painted without a call into Python. Nothing here knows what
a shape means; colours come from the palette by tone and factor.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from explainer.gui.canvas.lettering import Lettering, Letters
from explainer.render.metrics import ASCENT, DESCENT
from explainer.render.palette import Palette, underline
from explainer.render.shapes import HALO, Box, Circle, Curve, Label, Shape, Underline
from explainer.render.strokes import (
    NEGATIVE_DASHES,
    UNDERLINE_DASHES,
    UNDERLINE_SWING,
    UNDERLINE_WIDTH,
    WAVE_LENGTH,
    fill,
    is_straight,
    outline,
    text_colour,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QGlyphRun


_MOST_PENS = 500


class Paints:
    """Colours, pens and brushes of one palette, made once each."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self._colours: dict[str, QColor] = {}
        self._pens: dict[tuple[str, float, tuple[float, ...], bool], QPen] = {}
        self._brushes: dict[str, QBrush] = {}

    def colour(self, name: str) -> QColor:
        """Return a colour written #rrggbb."""
        if name not in self._colours:
            self._colours[name] = QColor(name)
        return self._colours[name]

    def brush(self, name: str) -> QBrush:
        """Return a solid brush."""
        if name not in self._brushes:
            # A pen's, because making one from a colour readies `Qt`: see first_numbers.
            self._brushes[name] = self.pen(name, 1).brush()
        return self._brushes[name]

    @cached_property
    def no_pen(self) -> QPen:
        """What draws no outline."""
        return QPen(QtCore.Qt.PenStyle.NoPen)

    def pen(
        self, name: str, width: float, dashes: tuple[float, ...] = (), *, flat: bool = False
    ) -> QPen:
        """Return a pen; `dashes` and gaps in px. A whole line has `flat` ends only where they are seen."""
        key = (name, width, dashes, flat)
        if key not in self._pens:
            # Widths follow weights that change: what they looked like is not worth keeping for ever.
            if len(self._pens) >= _MOST_PENS:
                self._pens.clear()
            pen = QPen()
            pen.setColor(self.colour(name))
            pen.setWidthF(width)
            if flat or dashes:
                pen.setCapStyle(QtCore.Qt.PenCapStyle.FlatCap)
            if dashes:
                pen.setDashPattern([length / width for length in dashes])
            self._pens[key] = pen
        return self._pens[key]


class LabelItem(QGraphicsPathItem):
    """A label: glyph runs painted as they are, after an empty path, which has Qt take the pen (see first_numbers)."""

    def __init__(self) -> None:
        super().__init__()
        self._bounds = QRectF()
        self._lettering = Lettering((), 0.0)

    def show_label(self, label: Label, lettering: Lettering, pen: QPen) -> None:
        """Take a label's text, place and colour."""
        self.prepareGeometryChange()
        self._bounds = QRectF(
            -1, -ASCENT * label.size - 3, lettering.width + 2, (ASCENT + DESCENT) * label.size + 6
        )
        self._lettering = lettering
        self.setPen(pen)
        self.setPos(start_of(label, lettering.width), label.y)
        self.update()

    @property
    def pieces(self) -> tuple[tuple[QPointF, QGlyphRun], ...]:
        """The glyphs as they are painted, each run from its own origin."""
        return self._lettering.pieces

    def boundingRect(self) -> QRectF:
        """Return what paint covers."""
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the glyphs."""
        super().paint(painter, option, widget)
        for origin, glyphs in self._lettering.pieces:
            painter.drawGlyphRun(origin, glyphs)


def start_of(label: Label, width: float) -> float:
    """Return the x at which a label of this width begins."""
    return label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]


def new_item(shape: Shape) -> QGraphicsItem:
    """Return an empty item of the kind that shows such a shape."""
    match shape:
        case Circle():
            return QGraphicsEllipseItem()
        case Label():
            return LabelItem()
        case _:
            return QGraphicsPathItem()


def show(item: QGraphicsItem, shape: Shape, paints: Paints, letters: Letters) -> None:
    """Bring an item up to date with its shape."""
    match shape:
        case Circle() if isinstance(item, QGraphicsEllipseItem):
            _show_circle(item, shape, paints)
        case Label() if isinstance(item, LabelItem):
            item.show_label(
                shape, letters.lettering(shape), paints.pen(text_colour(shape, paints.palette), 1)
            )
        case Box() if isinstance(item, QGraphicsPathItem):
            _show_box(item, shape, paints)
        case Curve() if isinstance(item, QGraphicsPathItem):
            shade = paints.palette.shade(shape.tone)
            dashes = NEGATIVE_DASHES if shape.dashed else ()
            # Its ends lie under what it connects.
            item.setPen(paints.pen(shade.line, shape.width, dashes))
            item.setPath(curve_path(shape))
        case Underline() if isinstance(item, QGraphicsPathItem):
            _show_underline(item, shape, paints)


def curve_path(curve: Curve) -> QPainterPath:
    """Return a curve as a path; a line where it is straight, which paints faster."""
    x0, y0, x1, y1, x2, y2, x3, y3 = curve.points
    path = QPainterPath(QPointF(x0, y0))
    if is_straight(curve):
        path.lineTo(x3, y3)
    else:
        path.cubicTo(x1, y1, x2, y2, x3, y3)
    return path


def show_halo(item: QGraphicsPathItem, curve: Curve, paints: Paints) -> None:
    """Bring the halo of an active curve up to date."""
    shade = paints.palette.shade(curve.tone)
    item.setPen(paints.pen(shade.halo, curve.width + HALO, flat=True))
    item.setPath(curve_path(curve))


def _show_circle(item: QGraphicsEllipseItem, circle: Circle, paints: Paints) -> None:
    r = circle.radius
    item.setPen(_outline(circle, paints))
    item.setBrush(paints.brush(fill(circle, paints.palette)))
    item.setRect(circle.x - r, circle.y - r, 2 * r, 2 * r)


def _show_box(item: QGraphicsPathItem, box: Box, paints: Paints) -> None:
    path = QPainterPath()
    left, top = box.x - box.width / 2, box.y - box.height / 2
    path.addRoundedRect(left, top, box.width, box.height, box.corner, box.corner)
    item.setPen(_outline(box, paints))
    item.setBrush(paints.brush(fill(box, paints.palette)))
    item.setPath(path)


def _outline(shape: Circle | Box, paints: Paints) -> QPen:
    stroke = outline(shape, paints.palette)
    return paints.no_pen if stroke is None else paints.pen(*stroke)


def _show_underline(item: QGraphicsPathItem, mark: Underline, paints: Paints) -> None:
    """Draw the stroke by which a factor is told apart without its colour."""
    kind = underline(mark.factor)
    path = QPainterPath(QPointF(mark.x, mark.y))
    if kind == "wavy":
        _add_waves(path, mark)
    else:
        path.lineTo(mark.x + mark.width, mark.y)
    if kind == "double":
        path.moveTo(mark.x, mark.y + UNDERLINE_SWING)
        path.lineTo(mark.x + mark.width, mark.y + UNDERLINE_SWING)
    dashes = UNDERLINE_DASHES.get(kind, ())
    item.setPen(paints.pen(paints.palette.on_solid, UNDERLINE_WIDTH, dashes, flat=True))
    item.setPath(path)


def _add_waves(path: QPainterPath, mark: Underline) -> None:
    waves = max(2, round(mark.width / WAVE_LENGTH))
    length = mark.width / waves
    for wave in range(waves):
        x = mark.x + wave * length
        height = UNDERLINE_SWING if wave % 2 else -UNDERLINE_SWING
        path.quadTo(x + length / 2, mark.y + height, x + length, mark.y)
