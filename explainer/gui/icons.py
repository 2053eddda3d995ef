"""The icons: SVG files without colours, drawn in the colour that is asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from explainer.resources import resource


def draw_icon(painter: QPainter, name: str, place: QRectF, colour: str) -> None:
    """Paint an icon into a square in the colour #rrggbb."""
    _renderer(name, colour).render(painter, place)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(svg.replace("<svg ", f'<svg fill="{colour}" ', 1).encode()))
