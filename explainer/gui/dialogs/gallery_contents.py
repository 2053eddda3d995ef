"""The headings of the gallery as a list beside it: where one is, and a click to be elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from explainer.gui.scaling import face, hint, keep, painting
from explainer.gui.theme import Theme, colour, font

WIDTH = 250
_HEIGHT = 34
_PADDING = 12


class Contents(QWidget):
    """One line for each group; `chosen` brings the number of the one that was clicked."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], theme: Theme) -> None:
        super().__init__()
        keep(self, "setFixedWidth", WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.entries = [Entry(title, number, theme) for number, title in enumerate(titles)]
        for entry in self.entries:
            entry.clicked.connect(self._choose)
            column.addWidget(entry)
        column.addStretch(1)

    def mark(self, number: int) -> None:
        """Mark the group that is in view."""
        for entry in self.entries:
            entry.set_marked(entry.number == number)

    def _choose(self) -> None:
        entry = self.sender()
        if isinstance(entry, Entry):
            self.chosen.emit(entry.number)


class Entry(QAbstractButton):
    """A heading in the list."""

    def __init__(self, title: str, number: int, theme: Theme) -> None:
        super().__init__()
        self.number = number
        self._marked = False
        self._theme = theme
        self.setText(title)
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_marked(self, marked: bool) -> None:
        """Mark it as the one in view."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    def sizeHint(self) -> QSize:
        return hint(WIDTH, max(_HEIGHT, self._text_height() + 14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._marked or self.underMouse():
            painter.setBrush(colour(theme.accent_tint if self._marked else theme.hover))
            painter.drawRoundedRect(face(self), 7, 7)
        painter.setPen(colour(theme.accent if self._marked else theme.text))
        painter.setFont(font(13, 600 if self._marked else 400))
        painter.drawText(self._text_area(), self._flags(), self.text())
        if self.hasFocus():
            painter.setPen(colour(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(face(self).adjusted(1, 1, -1, -1), 7, 7)

    def _text_area(self) -> QRectF:
        return face(self).adjusted(_PADDING, 0, -_PADDING, 0)

    def _text_height(self) -> int:
        """Return the height of the heading at its heaviest, in as many lines as it takes."""
        area = QRect(0, 0, WIDTH - 2 * _PADDING, 200)
        return QFontMetrics(font(13, 600)).boundingRect(area, self._flags(), self.text()).height()

    @staticmethod
    def _flags() -> int:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return int(left.value | Qt.TextFlag.TextWordWrap.value)
