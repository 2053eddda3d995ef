"""A switch between pages: words beside each other, the one that is shown on a ground of its own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explainer.gui.buttons import PaintedButton
from explainer.gui.theme import Theme, colour, font
from explainer.messages import Message, translate

_PADDING, _HEIGHT = 11, 29


class WordSwitch(QWidget):
    """`chosen` carries the key of the word that was clicked."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Mapping[str, Message]) -> None:
        super().__init__()
        self._words = dict(words)
        self.buttons: dict[str, _Word] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for key in words:
            button = _Word(theme)
            button.setObjectName(key)
            button.clicked.connect(self._clicked)
            self.buttons[key] = button
            row.addWidget(button)

    def show_chosen(self, key: str) -> None:
        """Show which one is chosen."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def set_language(self, language: str) -> None:
        """Speak a language."""
        for key, button in self.buttons.items():
            text = translate(self._words[key], language)
            button.setText(text)
            button.setAccessibleName(text)
            button.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for button in self.buttons.values():
            button.set_theme(theme)

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(sender.objectName())


class _Word(PaintedButton):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def sizeHint(self) -> QSize:
        # As wide as in bold, so that the words stay where they are.
        width = QFontMetricsF(font(13, 600)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * _PADDING, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, checked = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        if checked or self._is_lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent_tint if checked else theme.hover))
            painter.drawRoundedRect(place, 7, 7)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.accent), 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(font(13, 600 if checked else 400))
        painter.setPen(colour(theme.accent if checked else theme.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text())
