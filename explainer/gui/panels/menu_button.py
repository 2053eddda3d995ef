"""A button that opens a menu: what stands side by side where there is room, folded into one word where there is not."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QMenu

from explainer.gui.buttons import PaintedButton
from explainer.gui.theme import Theme, colour, font

_PADDING, _ARROW, _GAP, _HEIGHT = 12, 8, 8, 31
_BARS = 16


class MenuButton(PaintedButton):
    """Shows a word with an arrow down, or three bars where it has no word; a click opens its menu."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.menu = QMenu(self)
        self.clicked.connect(self._open)

    def name(self, name: str, word: str = "") -> None:
        """Say what it opens; `word` is shown."""
        self.setText(word)
        self.setAccessibleName(f"{name}: {word}" if word else name)
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if not self.text():
            return QSize(_BARS + 2 * _PADDING, _HEIGHT)
        width = QFontMetricsF(font(14, 600)).horizontalAdvance(self.text())
        return QSize(round(width) + _GAP + _ARROW + 2 * _PADDING, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        if self.text() or self._is_lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent_tint if self.text() else theme.hover))
            painter.drawRoundedRect(place, 7, 7)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.accent), 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
        ink = colour(theme.accent if self.text() else theme.icon)
        painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = place.center().y()
        if not self.text():
            for y in (middle - 5, middle, middle + 5):
                painter.drawLine(QPointF(_PADDING, y), QPointF(_PADDING + _BARS, y))
            return
        painter.setFont(font(14, 600))
        words = place.adjusted(_PADDING, 0, 0, 0)
        painter.drawText(
            words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        x = place.right() - _PADDING - _ARROW
        painter.setPen(QPen(ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(x, middle - 2),
                    QPointF(x + _ARROW / 2, middle + 2),
                    QPointF(x + _ARROW, middle - 2),
                ]
            )
        )

    def _open(self) -> None:
        self.menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
