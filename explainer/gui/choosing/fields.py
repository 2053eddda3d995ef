"""Fields that are checked before they count: a number with its symbol, a formula."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from explainer.gui.canvas.typed_number import editable_text, typed_number
from explainer.gui.scaling import face, hint, keep, keep_font, painting
from explainer.gui.theme import Theme, colour, font
from explainer.messages import Message, Refused, message

_BEFORE, _BEHIND = 11, 7
_NUMBER_WIDTH = 92
_LONGEST_FORMULA = 2500
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class CheckedField(QLineEdit):
    """A line with a quiet symbol before its text.

    `entered` comes with Enter, and when something else gets the keyboard; Esc brings back what counts. While nothing is
    typed, undo and redo are those of the window.
    """

    entered = Signal()
    dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._prefix = ""
        self._valid = ""
        self.counts_while_typed = False
        keep_font(self, 14, tabular=True)
        self.setMaxLength(_LONGEST_FORMULA)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_prefix(self, prefix: str) -> None:
        """Write a symbol before the text."""
        if prefix != self._prefix:
            self._prefix = prefix
            width = QFontMetricsF(font(14)).horizontalAdvance(prefix) if prefix else -_BEHIND
            keep(self, "setTextMargins", round(width) + _BEHIND, 0, 0, 0)
            self.updateGeometry()

    def show_valid(self, text: str) -> None:
        """Show what counts now, unless something else is just being typed, or this very thing."""
        if self.counts_while_typed and self.isModified() and self.hasFocus():
            self._valid = text
            return
        if text != self._valid or not self.isModified():
            self._valid = text
            self.restore()

    def restore(self) -> None:
        """Show what counts instead of what was typed."""
        if self.text() != self._valid:
            self.setText(self._valid)
            self.setCursorPosition(0)
        self.setModified(False)

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and not self.isModified()
            and (
                event.matches(QKeySequence.StandardKey.Undo)
                or event.matches(QKeySequence.StandardKey.Redo)
            )
        ):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.restore()
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isModified() and event.reason() not in _PASSING:
            self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = painting(self)
        painter.setFont(font(14))
        painter.setPen(colour(self._theme.quiet))
        place = face(self).adjusted(_BEFORE, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._prefix)


class NumberEdit(CheckedField):
    """A field for a number."""

    def sizeHint(self) -> QSize:
        prefix = QFontMetricsF(font(14)).horizontalAdvance(self._prefix)
        return hint(round(prefix) + _BEFORE + _BEHIND + _NUMBER_WIDTH, 34)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_number(self, value: float, language: str) -> None:
        """Show the number that counts."""
        self.show_valid(editable_text(float(value), language))

    def number(self, *, whole: bool) -> float:
        """Return what was typed; Refused where it is no number, or not a whole one where that is wanted."""
        value = typed_number(self.text())
        if whole and value != int(value):
            raise Refused(_not_whole())
        return value


class FormulaEdit(CheckedField):
    """A field for a formula; as wide as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return hint(260, 36)


def _not_whole() -> Message:
    return message("Type a whole number.")
