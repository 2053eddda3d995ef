"""What the colours and marks of a picture mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.colouring import Scale
from explainer.gui.training.marks import Mark, paint_mark
from explainer.gui.training.ticks import ticks
from explainer.maths.numbers import shown
from explainer.messages import message, translate

if TYPE_CHECKING:
    from explainer.training.kernels import Array

TEXT = 12
_DIGITS = 6
_RADIUS, _GAP = 4.6, 16.0


def paint_scale(
    painter: QPainter, bar: QRectF, scale: Scale, colours: Array, theme: Theme, language: str
) -> None:
    """Paint the colours of a scale as a bar from the bottom up, with numbers at its right."""
    import numpy as np

    pixels = np.ascontiguousarray(colours[::-1].reshape(-1, 1))
    # One pixel wide, and kept until it is painted.
    image = QImage(pixels.data, 1, len(colours), 4, QImage.Format.Format_RGB32)
    painter.drawImage(bar, image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(theme.quiet), 1))
    painter.drawRect(bar)
    painter.setFont(font(TEXT))
    for value in ticks(scale.low, scale.high, most=max(2, min(5, int(bar.height() / 30)))):
        share = (value - scale.low) / ((scale.high - scale.low) or 1.0)
        y = bar.bottom() - share * bar.height()
        painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + 4, y))
        painter.drawText(QPointF(bar.right() + 8, y + 4), shown(value, _DIGITS, language))


def paint_classes(
    painter: QPainter,
    start: QPointF,
    right: float,
    names: Sequence[str],
    marks: Sequence[Mark],
    has_test: bool,
    theme: Theme,
    language: str,
) -> None:
    """Paint a line with the mark and the name of each class, as far as there is room, and what hollow marks are."""
    painter.setFont(font(TEXT))
    metrics = QFontMetricsF(font(TEXT))
    x, y = start.x(), start.y()
    hollow = translate(message("hollow: test samples"), language) if has_test else ""
    end = right - (metrics.horizontalAdvance(hollow) + _GAP if hollow else 0.0)
    for name, mark in zip(names, marks, strict=True):
        width = 14 + metrics.horizontalAdvance(name)
        if x + width > end:
            painter.drawText(QPointF(x, y + 4), "…")
            x += 12
            break
        paint_mark(painter, mark, QPointF(x + 5, y), _RADIUS, theme.paper)
        painter.setPen(colour(theme.text))
        painter.drawText(QPointF(x + 14, y + 4), name)
        x += width + _GAP
    painter.setPen(colour(theme.quiet))
    painter.drawText(QPointF(x + 2, y + 4), hollow)
