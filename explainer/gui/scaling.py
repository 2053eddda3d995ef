"""How large everything but the graph and the derivation is set: one scale for the whole window.

Widgets that paint themselves go on measuring in the pixels of a window that is not scaled: `painting` gives them a painter,
`face` their own size and `spot` a place of the pointer in those pixels. Qt's own widgets follow the style sheet; a length or
a font that is set by hand is set through `keep` or `keep_font`, so that it follows too.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explainer.gui.theme import font

_scale = 1.0
_lengths: WeakKeyDictionary[QWidget, dict[str, tuple[float, ...]]] = WeakKeyDictionary()
_fonts: WeakKeyDictionary[QWidget, tuple[float, int, bool]] = WeakKeyDictionary()


def scale() -> float:
    """Return how many times as large as usual everything is."""
    return _scale


def set_scale(factor: float) -> None:
    """Put another scale in force; `rescale` lets widgets that are there follow it."""
    global _scale
    _scale = factor


def px(length: float) -> int:
    """Return a length in the pixels of the window."""
    return round(length * _scale)


def hint(width: float, height: float) -> QSize:
    """Return a size in the pixels of the window."""
    return QSize(px(width), px(height))


def painting(widget: QWidget) -> QPainter:
    """Return a painter on a widget, in pixels that are not scaled."""
    painter = QPainter(widget)
    if _scale != 1.0:
        painter.scale(_scale, _scale)
    return painter


def face(widget: QWidget) -> QRectF:
    """Return the rectangle of a widget in pixels that are not scaled."""
    return QRectF(0, 0, widget.width() / _scale, widget.height() / _scale)


def spot(place: QPointF) -> QPointF:
    """Return a place on a widget in pixels that are not scaled."""
    return place / _scale


def keep(widget: QWidget, setter: str, *lengths: float) -> None:
    """Set lengths of a widget by the name of their setter, now and with every scale."""
    _lengths.setdefault(widget, {})[setter] = lengths
    getattr(widget, setter)(*map(px, lengths))


def keep_font(widget: QWidget, size: float, weight: int = 400, *, tabular: bool = False) -> None:
    """Set the font of a widget, now and with every scale."""
    _fonts[widget] = (size, weight, tabular)
    widget.setFont(font(px(size), weight, tabular=tabular))


def rescale(widget: QWidget) -> None:
    """Let a widget and everything in it follow the scale in force; what keeps something drawn has a method `rescale`."""
    for each in (widget, *widget.findChildren(QWidget)):
        if each in _fonts:
            size, weight, tabular = _fonts[each]
            each.setFont(font(px(size), weight, tabular=tabular))
        for setter, lengths in _lengths.get(each, {}).items():
            getattr(each, setter)(*map(px, lengths))
        follow = getattr(each, "rescale", None)
        if follow is not None:
            follow()
        each.updateGeometry()
        each.update()
