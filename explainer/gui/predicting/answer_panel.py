"""The panel under the derivation where a result is predicted: a field or four factors, the verdict, the score."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explainer.gui.dialogs.asking import words
from explainer.gui.frame import Frame
from explainer.gui.predicting.asked import Verdict
from explainer.gui.predicting.wording import Said
from explainer.gui.theme import Theme, colour
from explainer.messages import message, translate

_TONES: dict[Verdict, str] = {"right": "update", "close": "forward", "wrong": "error"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHOICES = 4
# Room for all the numbers of the longest product, with what stands between them.
_LONGEST = 250


class AnswerPanel(QWidget):
    """Shows what it is told. Enter checks, and goes on once a step is settled; Esc leaves the field for the graph.

    With an empty field the arrows step as everywhere; where factors are offered, 1 to 4 pick one.
    """

    checked = Signal(str)
    picked = Signal(int)
    shown = Signal()
    went_on = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._said: Said | None = None
        self.question = words("", "group")
        self.field = QLineEdit()
        self.field.setMaxLength(_LONGEST)
        self.field.installEventFilter(self)
        self.check = QPushButton()
        self.show_it = QPushButton()
        self.next = QPushButton()
        self.choices = [QPushButton() for _ in range(_CHOICES)]
        self.verdict = words("", "group")
        self.reason = words("", "text")
        self.score = words("", "note")
        for button in (self.check, self.show_it, self.next, *self.choices):
            button.setAutoDefault(False)
            button.installEventFilter(self)
        self.check.clicked.connect(self._check)
        self.show_it.clicked.connect(self.shown)
        self.next.clicked.connect(self.went_on)
        for number, button in enumerate(self.choices):
            button.setObjectName(str(number))
            button.clicked.connect(self._pick)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._arrange()
        self.hide()

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Wait to be told what to say."""

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self._colour()
        self.update()

    def show_said(self, said: Said) -> None:
        """Show what is asked, or how it was answered."""
        old, self._said = self._said, said
        mode = said.mode
        had_keyboard = self._has_keyboard()
        if had_keyboard:
            # Kept here while the parts change: what is hidden would give it to the graph.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.question.setText(said.question)
        self.verdict.setText(said.verdict)
        self.reason.setText(said.reason)
        self.score.setText(said.score)
        for label in (self.verdict, self.reason, self.score):
            label.setVisible(bool(label.text()))
        self.field.setVisible(mode == "type")
        self.check.setVisible(mode == "type")
        self.show_it.setVisible(mode in ("type", "pick"))
        self.next.setVisible(mode == "done")
        for number, button in enumerate(self.choices):
            button.setVisible(mode == "pick")
            text = said.choices[number] if number < len(said.choices) else ""
            button.setText(text)
            button.setAccessibleName(text)
        if old is None or old.place != said.place:
            self.field.clear()
        if said.kind == "wrong" or said.kind == "close":
            self.field.selectAll()
        self._speak(said.language)
        self._colour()
        if had_keyboard:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard where the answer goes."""
        mode = self._said.mode if self._said is not None else "wait"
        target = {"type": self.field, "pick": self.choices[0], "done": self.next}.get(mode)
        (target or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter, Esc, digits and, in an empty field, the arrows do what the panel promises."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and watched is self.field:
            if not self.field.text() and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                event.ignore()
                return True
        elif event.type() == QEvent.Type.KeyPress:
            return self._key(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._theme.paper))
        painter.fillRect(0, 0, self.width(), 1, colour(self._theme.line))

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if event.key() in _ENTER:
            if watched is self.field:
                self._check()
            elif isinstance(watched, QPushButton):
                watched.click()
            return True
        number = event.key() - Qt.Key.Key_1
        if watched in self.choices and 0 <= number < _CHOICES:
            self.picked.emit(number)
            return True
        return False

    def _check(self) -> None:
        self.checked.emit(self.field.text())

    def _pick(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.picked.emit(int(sender.objectName()))

    def _has_keyboard(self) -> bool:
        return any(
            part.hasFocus()
            for part in (self, self.field, self.check, self.show_it, self.next, *self.choices)
        )

    def _speak(self, language: str) -> None:
        for button, text, keys in (
            (self.check, message("Check it"), "Enter"),
            (self.show_it, message("Show it"), ""),
            (self.next, message("Go on"), "Enter"),
        ):
            name = translate(text, language)
            button.setText(name)
            button.setToolTip(f"{name} ({keys})" if keys else name)
        for number, button in enumerate(self.choices, start=1):
            button.setToolTip(f"{button.text()} ({number})")
        name = translate(message("Your result"), language)
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(f"{name}. {self.question.text()}")
        self.field.setToolTip(f"{name} (Enter)")

    def _colour(self) -> None:
        kind = self._said.kind if self._said is not None else None
        tone = self._theme.palette.shade(_TONES[kind]).text if kind else self._theme.text
        self.verdict.setStyleSheet(f"color: {tone}")

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        for button in self.choices:
            row.addWidget(button, 1)
        for button in (self.check, self.show_it, self.next):
            row.addWidget(button)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(27, 14, 26, 14)
        column.setSpacing(8)
        column.addWidget(self.question)
        column.addLayout(row)
        for label in (self.verdict, self.reason, self.score):
            column.addWidget(label)
