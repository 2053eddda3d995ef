"""The row of functions compared: each with its line, the one in front framed, and a button for one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explainer.gui.buttons import PaintedButton
from explainer.gui.choosing.flow import Flow
from explainer.gui.scaling import face, hint, painting, px
from explainer.gui.theme import Theme, colour, font
from explainer.render.curves.look import line_colour

_HEIGHT, _PADDING, _SAMPLE, _CLOSE = 30, 10, 26, 20
_DASHES: tuple[tuple[float, ...], ...] = ((), (3.0, 1.5), (0.8, 1.2), (3.2, 1.2, 0.7, 1.2))


class Chip(PaintedButton):
    """One function of the comparison; the cross at its end, or Delete, takes it out."""

    left_out = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setCheckable(True)
        self.place = 0
        self.can_go = False

    def show_function(self, name: str, place: int, *, can_go: bool) -> None:
        """Show a function by its name and the line at its place."""
        self.setText(name)
        self.setAccessibleName(name)
        self.place, self.can_go = place, can_go
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        text = QFontMetricsF(font(13, 600)).horizontalAdvance(self.text())
        close = _CLOSE if self.can_go else 0
        return hint(text + 2 * _PADDING + _SAMPLE + 6 + close, _HEIGHT)

    def mouseReleaseEvent(self, event: object) -> None:
        at = event.position()  # type: ignore[attr-defined]  # Qt calls it with a mouse event
        if (
            self.can_go
            and at.x() > self.width() - px(_CLOSE + 4)
            and self.rect().contains(at.toPoint())
        ):
            self.setDown(False)
            self.left_out.emit()
        else:
            super().mouseReleaseEvent(event)  # type: ignore[arg-type]  # as above

    def keyPressEvent(self, event: object) -> None:
        if self.can_go and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):  # type: ignore[attr-defined]  # a key event
            self.left_out.emit()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]  # as above

    def nextCheckState(self) -> None:
        """Stay as the row says: one of the functions is always in front."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = face(self)
        place = whole.adjusted(1, 1, -1, -1)
        checked, focused = self.isChecked(), self.hasFocus()
        painter.setBrush(colour(theme.accent_tint if checked else theme.hover if self._is_lit else theme.paper))  # fmt: skip
        ring = theme.accent if checked or focused else theme.outline
        painter.setPen(QPen(colour(ring), 2 if focused else 1))
        painter.drawRoundedRect(place, 7, 7)
        middle = whole.height() / 2
        pen = QPen(colour(line_colour(theme.palette, self.place)), 2.6)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if _DASHES[self.place]:
            pen.setDashPattern(_DASHES[self.place])
        painter.setPen(pen)
        painter.drawLine(QPointF(_PADDING, middle), QPointF(_PADDING + _SAMPLE, middle))
        painter.setPen(colour(theme.accent if checked else theme.text))
        painter.setFont(font(13, 600 if checked else 400))
        left = _PADDING + _SAMPLE + 6
        painter.drawText(
            QRectF(left, 0, whole.width() - left, whole.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text(),
        )
        if self.can_go:
            x = whole.width() - _CLOSE / 2 - 5
            painter.setPen(QPen(colour(theme.quiet), 1.5))
            painter.drawLine(QPointF(x - 3.5, middle - 3.5), QPointF(x + 3.5, middle + 3.5))
            painter.drawLine(QPointF(x - 3.5, middle + 3.5), QPointF(x + 3.5, middle - 3.5))


class Chips(QWidget):
    """Shows the functions; `chosen` and `left_out` carry a place."""

    chosen = Signal(int)
    left_out = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._flow = Flow(self)
        # All there can be, from the beginning: Tab goes to widgets in the order in which they were made.
        self.chips = [Chip(theme) for _ in _DASHES]
        for chip in self.chips:
            chip.clicked.connect(self._choose)
            chip.left_out.connect(self._leave_out)
            self._flow.addWidget(chip)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_button(self, button: QWidget) -> None:
        """Keep a button behind the functions."""
        self._flow.addWidget(button)

    def show_functions(self, names: Sequence[str], front: int) -> None:
        """Show these, one of them in front."""
        for place, chip in enumerate(self.chips):
            chip.setVisible(place < len(names))
            if place < len(names):
                chip.show_function(names[place], place, can_go=len(names) > 1)
                chip.setChecked(place == front)
        self._flow.invalidate()
        self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for chip in self.chips:
            chip.set_theme(theme)

    def _choose(self) -> None:
        self.chosen.emit(self._place())

    def _leave_out(self) -> None:
        self.left_out.emit(self._place())

    def _place(self) -> int:
        return next(place for place, chip in enumerate(self.chips) if chip is self.sender())
