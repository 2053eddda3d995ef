"""One word of a switch: painted on a ground of its own while it is the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen

from explainer.gui.buttons import ChoiceButton
from explainer.gui.scaling import face, hint, painting
from explainer.gui.theme import Theme, colour, font


class WordButton(ChoiceButton):
    """A checkable word, one of its neighbours at a time.

    The size of the text, the room at either side of it and the height of the button are in pixels.
    """

    def __init__(self, theme: Theme, *, size: int, padding: int, height: int) -> None:
        super().__init__(theme)
        self._size, self._padding, self._height = size, padding, height

    def sizeHint(self) -> QSize:
        # As wide as in bold, so that the words stay where they are.
        width = QFontMetricsF(font(self._size, 600)).horizontalAdvance(self.text())
        return hint(round(width) + 2 * self._padding, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, checked = self._theme, self.isChecked()
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = face(self)
        if checked or self._is_lit:
            painter.setPen(Qt.PenStyle.NoPen)
            is_chosen = checked and self.isEnabled()
            painter.setBrush(colour(theme.accent_tint if is_chosen else theme.hover))
            painter.drawRoundedRect(place, 7, 7)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.accent), 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(font(self._size, 600 if checked else 400))
        ink = theme.accent if checked else theme.text
        painter.setPen(colour(ink if self.isEnabled() else theme.off))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text())
