"""A question with its answers as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from explainer.gui.dialogs.asking import PlainDialog, run
from explainer.messages import Message, message, translate

CANCEL = "cancel"


class Question(PlainDialog):
    """Asks; `answer` is the key of the button pressed, "cancel" where the dialog was closed.

    The buttons stand in the order given, Cancel before the last one; the last one is what Enter presses.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: Message,
        sentence: Message,
        answers: Sequence[tuple[str, Message]],
        language: str,
    ) -> None:
        super().__init__(parent, translate(title, language), translate(sentence, language))
        self.answer = CANCEL
        *others, usual = answers
        for key, text in (*others, (CANCEL, message("Cancel")), usual):
            button = self.add_button(translate(text, language), default=key == usual[0])
            button.setObjectName(key)
            button.clicked.connect(self._pressed)

    def showEvent(self, event: QShowEvent) -> None:
        # Only now do the buttons know how wide they are in the style they are shown in.
        for button in self.findChildren(QPushButton):
            button.ensurePolished()
            button.setMinimumWidth(button.sizeHint().width())
        super().showEvent(event)

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton) and button.objectName() != CANCEL:
            self.answer = button.objectName()
            self.accept()
        else:
            self.reject()


def ask(
    parent: QWidget | None,
    title: Message,
    sentence: Message,
    answers: Sequence[tuple[str, Message]],
    language: str,
) -> str:
    """Return the key of the answer chosen, "cancel" where none was."""
    question = Question(parent, title, sentence, answers, language)
    run(question)
    return question.answer
