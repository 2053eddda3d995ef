"""Where a lesson that came as text is pasted and opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from explainer.gui.background import Background
from explainer.gui.dialogs.asking import PlainDialog, fault_line
from explainer.gui.stage import Stage
from explainer.gui.written import for_worker, written
from explainer.lesson.lesson import Lesson
from explainer.lesson.shared_text import MOST_LETTERS, lesson_from_text
from explainer.messages import Message, message, translate

_WIDTH, _LINES = 560, 8
# A text up to this length is read and checked within a frame or two.
_QUICK = 12 * 1024


class SharedTextDialog(PlainDialog):
    """A field for the text. What holds no lesson is refused under the field, which stays open."""

    def __init__(self, stage: Stage, text: str, parent: QWidget) -> None:
        self._language = stage.session.language
        self._window = parent
        say = stage.say
        super().__init__(
            parent,
            say(message("Open a lesson from text")),
            say(
                message("Paste the text that “Copy the lesson as text” or “explainer share” made.")
            ),
        )
        self.prefer(_WIDTH)
        self.lesson: Lesson | None = None
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        # A text has no blanks to break its lines at.
        self.field.setWordWrapMode(self.field.wordWrapMode().WrapAnywhere)
        self.field.setFixedHeight(_LINES * self.field.fontMetrics().lineSpacing() + 20)
        self.field.setAccessibleName(say(message("The text of a lesson")))
        self.field.setPlaceholderText("explainer:1:…")
        self.field.setPlainText(text[:MOST_LETTERS])
        self.field.selectAll()
        self.body.addWidget(self.field)
        self.fault = fault_line()
        self.body.addWidget(self.fault)
        self.add_button(say(message("Cancel"))).clicked.connect(self.reject)
        self.ok = self.add_button(say(message("Open")), default=True)
        self.ok.clicked.connect(self.accept)
        self.field.setFocus()

    def accept(self) -> None:
        """Take the lesson, or say what is wrong with the text."""
        text = self.field.toPlainText()
        # The reading belongs to the window: it outlives a dialog that is given up meanwhile.
        read_shared(text, self._language, self._window, self._take, self._refuse)

    def _take(self, lesson: Lesson) -> None:
        self.lesson = lesson
        super().accept()

    def _refuse(self, fault: Message) -> None:
        self.fault.setText(translate(fault, self._language))
        self.fault.show()
        self.field.setFocus()


def read_shared(
    text: str,
    language: str,
    parent: QWidget,
    take: Callable[[Lesson], None],
    refuse: Callable[[Message], None],
) -> None:
    """Read the lesson in a text, a long one on a thread, and hand it on, or why there is none."""

    def work() -> Lesson:
        lesson = lesson_from_text(text)
        written(lesson)
        for_worker(lesson)
        return lesson

    reading = Background(work, message("Opening the lesson …"), language, parent)
    reading.done.connect(take)
    reading.refused.connect(refuse)
    if len(text) <= _QUICK:
        reading.run_here()
    else:
        reading.start()
