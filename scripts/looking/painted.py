"""Which words a widget paints, and where: found by letting it paint into an SVG, whoever wrote its paintEvent."""

from __future__ import annotations

import re
from typing import NamedTuple

# What is read is Qt's own drawing, nobody else's.
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QPoint, QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QRegion, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")
_ALONE = QWidget.RenderFlag(0)


class Painted(NamedTuple):
    """Words and the box of their ink, in the coordinates of the widget that painted them."""

    text: str
    box: QRectF


def painted(widget: QWidget) -> list[Painted]:
    """Return the words a widget paints itself, those of its children left out."""
    root = ElementTree.fromstring(_as_svg(widget))  # noqa: S314 - as above
    found: list[Painted] = []
    for group in root.iter(f"{_SVG}g"):
        transform = _transform(group.get("transform", ""))
        for element in group.findall(f"{_SVG}text"):
            text = (element.text or "").strip()
            if text:
                place = QPointF(float(element.get("x", 0)), float(element.get("y", 0)))
                ink = QFontMetricsF(_font(element)).tightBoundingRect(text)
                found.append(Painted(text, transform.mapRect(ink.translated(place))))
    return found


def _as_svg(widget: QWidget) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    painter = QPainter(generator)
    # A view has a method of the same name that draws its scene.
    QWidget.render(widget, painter, QPoint(), QRegion(), _ALONE)
    painter.end()
    return bytes(buffer.data().data())


def _font(element: ElementTree.Element) -> QFont:
    font = QFont(element.get("font-family", "").split(",")[0].strip("'\" "))
    font.setPixelSize(max(1, round(float(element.get("font-size", "14")))))
    font.setWeight(QFont.Weight(int(element.get("font-weight", "400"))))
    return font


def _transform(text: str) -> QTransform:
    numbers = [float(number) for number in _NUMBER.findall(text)]
    return QTransform(*numbers) if len(numbers) == 6 else QTransform()
