"""Small dialogs of words and buttons: a question about unsaved changes, a sentence that something was refused."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explainer.gui.scaling import hint, px
from explainer.gui.scrolling import Scrolled
from explainer.gui.tips import give_tip, give_tips
from explainer.messages import Message, message, translate

Answer = Literal["save", "discard", "cancel"]

_WIDTH = 440
_WIDEST_LABEL = 176


class PlainDialog(QDialog):
    """A title, sentences, a row of buttons; buttons are added from the right. What stands above them scrolls where it must."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        self.room = Scrolled(inside, title)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(18)
        column.addWidget(self.room, 1)
        column.addLayout(self.buttons)
        self._title = words(title, "title")
        self.body.addWidget(self._title)
        if sentence:
            self.body.addWidget(words(sentence, "text"))
        self.resize(px(_WIDTH), 1)

    def set_title(self, title: str) -> None:
        """Take another title: the same in another language, say."""
        self.setWindowTitle(title)
        self._title.setText(title)
        self.room.setAccessibleName(title)

    def prefer(self, width: int, height: int = 0) -> None:
        """Be so large, in pixels of a window that is not scaled, where the screen has room for it."""
        self.resize(self.size().expandedTo(hint(width, height)))

    def fit_screen(self) -> None:
        """Be as large as all of it needs, as far as the screen has room; what has none scrolls."""
        screen = self.screen().availableSize()
        width = max(self.width(), self.column.totalMinimumSize().width())
        margins = self.column.contentsMargins()
        around = self.column.sizeHint().height() - self.room.sizeHint().height()
        inside = self.room.height_for(width - margins.left() - margins.right())
        height = max(self.height(), around + inside)
        if (width, height) != (self.width(), self.height()) or height > screen.height():
            self.resize(min(width, screen.width()), min(height, screen.height()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tell_keys()
        self.fit_screen()

    def tell_keys(self) -> None:
        """Give every control its tip; the last button beside the one for Enter is the one for Esc."""
        give_tips(self)
        items = [self.buttons.itemAt(place) for place in range(self.buttons.count())]
        buttons = [item.widget() for item in items if item is not None]
        pushed = [button for button in buttons if isinstance(button, QPushButton)]
        others = [button for button in pushed if not button.isDefault()]
        for button in others[-1:] or pushed[-1:]:
            give_tip(button, "Esc")

    def add_button(self, text: str, *, default: bool = False) -> QPushButton:
        """Add a button at the right end."""
        button = QPushButton(text, self)
        button.setDefault(default)
        button.setAutoDefault(default)
        self.buttons.addWidget(button)
        if default:
            button.setFocus()
        return button


def run(dialog: QDialog) -> bool:
    """Show a dialog until it is closed; tell whether it was accepted.

    Qt lets go of it once its events are over, not Python in the middle of them; until then it can be read.
    """
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted


def words(
    text: str, part: Literal["title", "group", "heading", "text", "note", "caption"]
) -> QLabel:
    """Return a label that wraps, can be selected, and shows text as it is."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("part", part)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def fault_line() -> QLabel:
    """Return a label, hidden as yet, that says what is wrong with what was typed, shown as it is."""
    return hidden_line("fault")


def hidden_line(part: Literal["fault", "note"]) -> QLabel:
    """Return a label that wraps, hidden as long as it has nothing to say, and shows text as it is."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("part", part)
    label.hide()
    return label


def field_label(text: str) -> QLabel:
    """Return what stands before a field: on one line, unless it is long."""
    label = words(text, "text")
    natural = label.fontMetrics().horizontalAdvance(text) + 4
    label.setMinimumWidth(min(natural, px(_WIDEST_LABEL)))
    return label


class SaveQuestion(PlainDialog):
    """Asks what to do with unsaved changes."""

    def __init__(self, parent: QWidget | None, lesson_title: str, language: str) -> None:
        super().__init__(
            parent,
            translate(message("Save the changes?"), language),
            translate(
                message("“{title}” has changes that are not saved.", title=lesson_title), language
            ),
        )
        self.answer: Answer = "cancel"
        discard = self.add_button(translate(message("Don’t save"), language))
        cancel = self.add_button(translate(message("Cancel"), language))
        save = self.add_button(translate(message("Save"), language), default=True)
        save.setShortcut(QKeySequence("Ctrl+S"))
        discard.clicked.connect(self._discard)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self._save)

    def _save(self) -> None:
        self.answer = "save"
        self.accept()

    def _discard(self) -> None:
        self.answer = "discard"
        self.accept()


def ask_to_save(parent: QWidget | None, lesson_title: str, language: str) -> Answer:
    """Return what the user wants done with unsaved changes."""
    question = SaveQuestion(parent, lesson_title, language)
    run(question)
    return question.answer


def tell(parent: QWidget | None, title: Message, sentence: Message | str, language: str) -> None:
    """Show one sentence about what could not be done; a plain text is shown as it is."""
    text = sentence if isinstance(sentence, str) else translate(sentence, language)
    dialog = PlainDialog(parent, translate(title, language), text)
    close = dialog.add_button(translate(message("Close"), language), default=True)
    close.clicked.connect(dialog.accept)
    run(dialog)
