"""Small buttons with a sign: a step back or on, more or less; and a number between two of them."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegularExpressionValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from explainer.gui.buttons import PaintedButton
from explainer.gui.scaling import face, hint, painting
from explainer.gui.theme import Theme, colour

Sign = Literal["left", "right", "plus", "minus"]
_LINES: dict[Sign, tuple[tuple[float, float], ...]] = {
    "left": ((2.5, -5), (-2.5, 0), (2.5, 5)),
    "right": ((-2.5, -5), (2.5, 0), (-2.5, 5)),
    "minus": ((-5, 0), (5, 0)),
    "plus": ((-5, 0), (5, 0), (0, 0), (0, -5), (0, 5)),
}


class SignButton(PaintedButton):
    """A sign without a frame, lit under the mouse. Kept down, it goes on."""

    def __init__(self, sign: Sign, name: str, theme: Theme) -> None:
        super().__init__(theme)
        self._sign = sign
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoRepeat(True)

    def sizeHint(self) -> QSize:
        return hint(28, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = face(self).adjusted(1, 1, -1, -1)
        if self._is_lit or self.hasFocus():
            pen = QPen(colour(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(pen)
            painter.setBrush(colour(theme.hover))
            painter.drawRoundedRect(place, 6, 6)
        ink = theme.icon if self.isEnabled() else theme.off_icon
        pen = QPen(colour(theme.accent if self._is_lit else ink), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = face(self).center()
        painter.drawPolyline([middle + QPointF(x, y) for x, y in _LINES[self._sign]])


class NumberField(QWidget):
    """A whole number within limits: typed, or stepped by arrows, wheel and two buttons; `changed` carries it."""

    changed = Signal(int)

    def __init__(
        self,
        value: int,
        limits: tuple[int, int],
        names: tuple[str, str, str],
        theme: Theme,
    ) -> None:
        super().__init__()
        self._least, self._most = limits
        name, less, more = names
        self.field = QLineEdit(str(value))
        self.field.setAccessibleName(name)
        # Digits alone; what is out of range is put right when it counts.
        digits = QRegularExpression(f"[0-9]{{0,{len(str(self._most))}}}")
        self.field.setValidator(QRegularExpressionValidator(digits, self.field))
        self.less = SignButton("minus", less, theme)
        self.more = SignButton("plus", more, theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.field, 1)
        row.addWidget(self.less)
        row.addWidget(self.more)
        self.setFocusProxy(self.field)
        self.less.clicked.connect(self._step_down)
        self.more.clicked.connect(self._step_up)
        self.field.textEdited.connect(self._typed)
        self.field.editingFinished.connect(self._put_right)
        self._show_limits()

    @property
    def value(self) -> int:
        """The number, within its limits whatever is typed."""
        text = self.field.text()
        return min(max(int(text) if text.isdecimal() else self._least, self._least), self._most)

    def set_value(self, value: int) -> None:
        """Show a number."""
        self.field.setText(str(min(max(value, self._least), self._most)))
        self._show_limits()

    def step(self, by: int) -> None:
        """Count on or back."""
        before = self.value
        self.set_value(before + by)
        if self.value != before:
            self.changed.emit(self.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}  # fmt: skip
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.step(by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Only what has the keyboard: a form that is scrolled must not change under the pointer.
        if self.field.hasFocus():
            self.step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            event.ignore()

    def _step_up(self) -> None:
        self.step(1)

    def _step_down(self) -> None:
        self.step(-1)

    def _typed(self) -> None:
        self._show_limits()
        if self.field.text():
            self.changed.emit(self.value)

    def _put_right(self) -> None:
        self.set_value(self.value)

    def _show_limits(self) -> None:
        self.less.setEnabled(self.value > self._least)
        self.more.setEnabled(self.value < self._most)
