"""The field in which a number of the graph is typed, exactly over that number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from explainer.gui.canvas.camera import Camera
from explainer.gui.canvas.nudging import WheelNotches, direction_of, nudged
from explainer.gui.canvas.numbers import Number
from explainer.gui.canvas.typed_number import editable_text, typed_number
from explainer.gui.scaling import px
from explainer.messages import Refused, translate
from explainer.render.metrics import TEXT_FAMILY
from explainer.render.palette import Palette

_BORDER, _PADDING = 2, 1
# How far left of the digits the field begins: no farther than the gap after the symbol, which stays readable.
_LEAD = 3
# What QLineEdit itself leaves free at the left of its text.
_OWN_MARGIN = 2
_SMALLEST_TYPE = 12.0
_NARROWEST = 44
_WIDEST_SENTENCE = 330
_STEPPING_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
# While there is an editor open, other windows and menus may come and go above it.
_PASSING = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class NumberField(QLineEdit):
    """A line edit over a number, with a sentence below it where what was typed is refused.

    It opens with the number selected. Until something is typed or the text is clicked it is *untouched*, and keys
    that step through the lesson close it and do what they do elsewhere; afterwards they move the text cursor.
    Enter and Tab accept, Esc gives up, losing the keyboard to another widget accepts what is a number. The arrows up and
    down and the wheel nudge the number, which takes effect at once.
    """

    # The Number that stood there, what was typed, and where to go: 1 the next number, −1 the one before, 0 nowhere.
    entered = Signal(object, float, int)
    # The Number and what it was nudged to, while the field stays open.
    nudged = Signal(object, float)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.hide()
        self.setMaxLength(64)
        self.setFrame(False)
        self.sentence = QLabel(parent)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.hide()
        self.number: Number | None = None
        self._language = "en"
        self._untouched = True
        self._wheel = WheelNotches()
        self._camera = Camera()
        self._palette: Palette | None = None
        self.textEdited.connect(self._typed)
        self.textChanged.connect(self._make_room)

    def begin(self, number: Number, camera: Camera, palette: Palette, language: str) -> None:
        """Open over a number, its full value selected."""
        self.number = number
        self._camera, self._palette, self._language = camera, palette, language
        self._untouched = True
        self.setAccessibleName(translate(number.editable.name, language))
        self._show_value()
        self._show_sentence("")
        self._place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, number: Number, camera: Camera) -> None:
        """Stay over the number, which may have moved or, while untouched, changed."""
        self.number, self._camera = number, camera
        if self._untouched and self.text() != editable_text(number.editable.value, self._language):
            self._show_value()
        self._place()

    def recolour(self, palette: Palette) -> None:
        """Take another palette."""
        self._palette = palette
        self._show_sentence(self.sentence.text())
        self._place()

    def accept(self, direction: int = 0) -> bool:
        """Report the number and close; where it is none, say so below the field, stay open, return False."""
        number = self.number
        if number is None:
            return True
        try:
            value = typed_number(self.text())
        except Refused as refusal:
            self._show_sentence(translate(refusal.message, self._language))
            self.refused.emit(self.sentence.text())
            return False
        self.drop()
        self.entered.emit(number, value, direction)
        return True

    def drop(self) -> None:
        """Close without a change and give the keyboard back to the graph."""
        # First, because losing the keyboard would accept.
        self.number = None
        if self.hasFocus():
            self._room.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.sentence.hide()

    def touch(self) -> None:
        """Treat the text as typed."""
        self._untouched = False

    def _show_value(self) -> None:
        if self.number is not None:
            self.setText(editable_text(self.number.editable.value, self._language))
            self.selectAll()

    def _typed(self, _text: str) -> None:
        self._untouched = False
        if not self.sentence.isHidden():
            self._show_sentence("")

    def _show_sentence(self, sentence: str) -> None:
        palette = self._palette
        if palette is None:
            return
        error, forward = palette.shade("error"), palette.shade("forward")
        line = error.line if sentence else forward.line
        self.setStyleSheet(
            f"QLineEdit {{ background: {palette.paper}; color: {palette.ink};"
            f" border: {_BORDER}px solid {line}; border-radius: 6px; padding: 0 {_PADDING}px;"
            f" selection-background-color: {forward.halo}; selection-color: {palette.ink}; }}"
        )
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        if sentence:
            self.sentence.setStyleSheet(
                f"QLabel {{ background: {error.tint}; color: {error.text};"
                f" border: 1px solid {error.line}; border-radius: 6px; padding: 4px 8px;"
                f" font-family: '{TEXT_FAMILY}'; font-size: {px(12)}px; }}"
            )
            self._place_sentence()

    def _place(self) -> None:
        number, camera = self.number, self._camera
        if number is None:
            return
        font = QFont(TEXT_FAMILY)
        size = max(number.size * camera.scale, _SMALLEST_TYPE)
        font.setPointSizeF(size * 72 / self.logicalDpiY())
        font.setWeight(QFont.Weight.DemiBold if number.bold else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self.setFont(font)
        side = Qt.AlignmentFlag.AlignHCenter if number.alone else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._make_room(self.text())

    def _make_room(self, text: str) -> None:
        """Put the digits where they stand on the drawing; grow with what is typed."""
        number = self.number
        if number is None:
            return
        metrics = QFontMetricsF(self.font())
        around = _BORDER + _PADDING + _OWN_MARGIN
        left, baseline = self._camera.to_screen(number.left, number.baseline)
        right, _ = self._camera.to_screen(number.right, number.baseline)
        width = max(metrics.horizontalAdvance(text) + 4, right - left + 2, _NARROWEST - 2 * around)
        width += 2 * around
        height = metrics.height() + 2 * _BORDER + 2
        top = baseline - (height - metrics.height()) / 2 - metrics.ascent()
        start = (left + right - width) / 2 if number.alone else left - _LEAD
        self.setGeometry(self._inside(QRect(round(start), round(top), round(width), round(height))))
        self._place_sentence()

    def _place_sentence(self) -> None:
        if self.sentence.isHidden():
            return
        self.sentence.ensurePolished()
        natural = self.sentence.fontMetrics().horizontalAdvance(self.sentence.text()) + 24
        self.sentence.setFixedWidth(min(natural, px(_WIDEST_SENTENCE)))
        self.sentence.adjustSize()
        wanted = QRect(self.geometry().bottomLeft(), self.sentence.size())
        wanted.translate(0, 5)
        if wanted.bottom() > self._room.height():
            wanted.moveBottom(self.geometry().top() - 5)
        self.sentence.setGeometry(self._inside(wanted))
        self.sentence.raise_()

    def _inside(self, wanted: QRect) -> QRect:
        """Return the rectangle moved into the viewport as far as it goes."""
        room = self._room.rect()
        wanted.moveRight(min(wanted.right(), room.right()))
        wanted.moveLeft(max(wanted.left(), room.left()))
        return wanted

    def event(self, event: QEvent) -> bool:
        """Leave the stepping keys and the window's shortcuts to the window while nothing is typed."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._steps(event)
        ):
            self.drop()
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept on Enter, give up on Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.drop()
        elif direction_of(event.key()):
            self._nudge(direction_of(event.key()), event.modifiers())
        elif self._steps(event):
            self.drop()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nudge the number; with Ctrl too, for here is nothing to zoom."""
        notches = self._wheel.turned(event.angleDelta().y())
        if notches:
            self._nudge(notches, event.modifiers())
        event.accept()

    def _nudge(self, steps: int, modifiers: Qt.KeyboardModifier) -> None:
        if self.number is None:
            return
        try:
            before = typed_number(self.text())
        except Refused:
            before = self.number.editable.value
        value = nudged(before, steps, modifiers)
        self.setText(editable_text(value, self._language))
        self.selectAll()
        # It follows its number again, which is about to change.
        self._untouched = True
        self._show_sentence("")
        self.nudged.emit(self.number, value)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Accept on Tab and ask for the neighbouring number."""
        if self.number is None:
            return super().focusNextPrevChild(forward)
        self.accept(1 if forward else -1)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the text cursor; from now on the text is being edited."""
        self._untouched = False
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Accept when something else is clicked."""
        super().focusOutEvent(event)
        if self.number is not None and event.reason() not in _PASSING:
            self.accept()

    def _steps(self, event: QKeyEvent) -> bool:
        if not self._untouched:
            return False
        if event.matches(QKeySequence.StandardKey.Undo) or event.matches(
            QKeySequence.StandardKey.Redo
        ):
            return True
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain == Qt.KeyboardModifier.NoModifier and event.key() in _STEPPING_KEYS
