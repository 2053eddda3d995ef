"""What stands below the column of a tab that scrolls: seen wherever the column is scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from explainer.gui.choosing.flow import Flow
from explainer.gui.dialogs.asking import fault_line
from explainer.gui.theme import Theme, colour

_ABOVE, _BELOW, _APART = 10, 14, 8


class Foot(QWidget):
    """A sentence for what went wrong, and buttons below it. Whoever shows or hides any of them fits it."""

    def __init__(self, theme: Theme, left: int, right: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: list[QPushButton] = []
        # Whether the column goes on behind it.
        self.has_more = False
        self.trouble = fault_line()
        self._flow = Flow()
        column = QVBoxLayout(self)
        column.setContentsMargins(left, _ABOVE, right, _BELOW)
        column.setSpacing(_APART)
        column.addWidget(self.trouble)
        column.addLayout(self._flow)

    def hold(self, *buttons: QPushButton) -> None:
        """Have these buttons, side by side."""
        for button in buttons:
            self._buttons.append(button)
            self._flow.addWidget(button)

    def height_for(self, width: int) -> int:
        """Return how high it is where it is so wide, 0 where it has nothing to show."""
        if self.trouble.isHidden() and all(button.isHidden() for button in self._buttons):
            return 0
        layout = self.layout()
        return 0 if layout is None else layout.totalHeightForWidth(width)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour(self._theme.paper))
        if self.has_more:
            painter.setPen(QPen(colour(self._theme.hairline), 1))
            painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))
