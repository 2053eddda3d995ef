"""The texts of a lesson: what it is called, what it is about, and notes that only the presenter sees."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from explainer.gui.dialogs.asking import PlainDialog, fault_line, words
from explainer.gui.stage import Stage
from explainer.lesson.lesson import text_in
from explainer.lesson.limits import MAX_TITLE
from explainer.lesson.structure import TextField
from explainer.messages import Message, Refused, message, translate

_WIDTH = 600
_LINES = {"description": 5, "notes": 4}


class LessonTexts(PlainDialog):
    """Fields in the user's language; where a lesson has both languages the other stays as it is."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        self._stage = stage
        say = stage.say
        note = ""
        if not isinstance(stage.frame.lesson.title, str):
            note = say(message("In this language; the texts in the other one stay as they are."))
        super().__init__(parent, say(message("About this lesson")), note)
        self.prefer(_WIDTH)
        self.title = QLineEdit()
        self.title.setMaxLength(MAX_TITLE)
        self.description, self.notes = QPlainTextEdit(), QPlainTextEdit()
        self._fields: dict[TextField, QLineEdit | QPlainTextEdit] = {
            "title": self.title, "description": self.description, "notes": self.notes,
        }  # fmt: skip
        labels: dict[TextField, Message] = {
            "title": message("Title"),
            "description": message("What it is about"),
            "notes": message("Notes for the presenter"),
        }
        for name, field in self._fields.items():
            self.body.addWidget(words(say(labels[name]), "caption"))
            self.body.addWidget(field)
            field.setAccessibleName(say(labels[name]))
            _fill(field, self._before(name))
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.setFixedHeight(_LINES[name] * field.fontMetrics().lineSpacing() + 20)
        self.fault = fault_line()
        self.body.addWidget(self.fault)
        self.add_button(say(message("Cancel"))).clicked.connect(self.reject)
        self.ok = self.add_button(say(message("Apply")), default=True)
        self.ok.clicked.connect(self.accept)
        self.title.setFocus()

    def accept(self) -> None:
        """Take what was changed; what is refused is said, and the dialog stays."""
        session = self._stage.session
        try:
            for name, field in self._fields.items():
                text = _text(field)
                if text != self._before(name):
                    session.set_text(name, text)
        except Refused as refusal:
            self.fault.setText(translate(refusal.message, session.language))
            self.fault.show()
            return
        finally:
            # Also of what was taken before something else was refused.
            self._stage.do(lambda: None)
        super().accept()

    def _before(self, name: TextField) -> str:
        lesson = self._stage.session.lesson
        return text_in(getattr(lesson, name), self._stage.session.language)


def _fill(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
    else:
        field.setPlainText(text)


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text().strip() if isinstance(field, QLineEdit) else field.toPlainText().strip()
