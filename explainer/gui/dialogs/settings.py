"""Language, look and digits. Every choice takes effect at once, so there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from explainer.gui.dialogs.asking import PlainDialog, field_label, words
from explainer.gui.dialogs.classroom_settings import ClassroomFields
from explainer.gui.dialogs.fields import LANGUAGE_NAMES, Choices, DigitsSlider
from explainer.gui.frame import Frame
from explainer.gui.preferences import Preferences
from explainer.gui.theme import Choice
from explainer.gui.theme_keeper import ThemeKeeper
from explainer.messages import Message, languages, message, translate

_LOOKS: dict[Choice, Message] = {
    "system": message("Follow the system"),
    "light": message("Light"),
    "dark": message("Dark"),
    "contrast": message("High contrast"),
}


class Chooses(Protocol):
    """Whoever carries the choices out."""

    def set_language(self, language: str) -> None:
        """Speak another language."""

    def set_theme(self, choice: Choice) -> None:
        """Take another look."""

    def set_digits(self, digits: int) -> None:
        """Show so many digits."""

    def set_moves(self, moves: bool) -> None:
        """Show changes of the layout as movements, or at once."""


class SettingsDialog(PlainDialog):
    """Fields and a button that closes. Those of the classroom are there where the preferences are handed over."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    digits_chosen = Signal(int)
    moves_chosen = Signal(bool)
    picks_chosen = Signal(bool)

    def __init__(
        self,
        frame: Frame,
        keeper: ThemeKeeper,
        parent: QWidget | None = None,
        *,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(parent, "", "")
        self._keeper = keeper
        self._preferences = preferences
        self.classroom: ClassroomFields | None = None
        self._content = QWidget()
        self._close = self.add_button("", default=True)
        self._close.clicked.connect(self.accept)
        moves = preferences is None or preferences.moves
        self._speak(frame.language, frame.digits, moves=moves)

    def _speak(self, language: str, digits: int, *, moves: bool) -> None:
        """Say everything in a language, the one chosen here too."""
        self._language = language
        self.set_title(self._say(message("Settings")))
        self._close.setText(self._say(message("Close")))
        self._content.hide()
        self._content.deleteLater()
        self._content = QWidget()
        self.body.addWidget(self._content)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.body.spacing())
        column.addLayout(self._form(digits, moves=moves))
        note = message("Only what is shown is rounded; everything is computed with full precision.")
        column.addWidget(words(self._say(note), "note"))
        self.language.currentIndexChanged.connect(self._choose_language)
        self.look.currentIndexChanged.connect(self._choose_look)
        self.digits.chosen.connect(self.digits_chosen)
        self.moves.currentIndexChanged.connect(self._choose_moves)

    def _form(self, digits: int, *, moves: bool) -> QGridLayout:
        names = {name: LANGUAGE_NAMES.get(name, name) for name in languages()}
        looks: dict[str, str] = {name: self._say(text) for name, text in _LOOKS.items()}
        self.language = Choices(names, self._language, self._say(message("Language")))
        self.look = Choices(looks, self._keeper.choice, self._say(message("Appearance")))
        self.digits = DigitsSlider(digits, self._say(message("Significant digits")))
        ways = {"yes": self._say(message("Neurons glide")), "no": self._say(message("At once"))}
        name = self._say(message("New layout"))
        self.moves = Choices(ways, "yes" if moves else "no", name)
        rows: tuple[tuple[Message, QWidget], ...] = (
            (message("Language"), self.language),
            (message("Appearance"), self.look),
            (message("Significant digits"), self.digits),
            (message("New layout"), self.moves),
        )
        if self._preferences is not None:
            self.classroom = ClassroomFields(self._preferences, self._language, self._content)
            self.classroom.picks_chosen.connect(self.picks_chosen)
            rows = (*rows, *self.classroom.rows)
        form = QGridLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(12)
        form.setColumnStretch(1, 1)
        for number, (label, field) in enumerate(rows):
            form.addWidget(field_label(self._say(label)), number, 0)
            form.addWidget(field, number, 1)
            field.setToolTip(self._say(label))
        return form

    def serve(self, chooses: Chooses, set_picks: Callable[[bool], None]) -> None:
        """Hand every choice on at once."""
        self.language_chosen.connect(chooses.set_language)
        self.theme_chosen.connect(chooses.set_theme)
        self.digits_chosen.connect(chooses.set_digits)
        self.moves_chosen.connect(chooses.set_moves)
        self.picks_chosen.connect(set_picks)

    def _say(self, text: Message) -> str:
        return translate(text, self._language)

    def _choose_language(self) -> None:
        language, moves = self.language.value, self.moves.value == "yes"
        self.language_chosen.emit(language)
        self._speak(language, self.digits.digits, moves=moves)
        self.language.setFocus()
        self.tell_keys()
        self.fit_screen()

    def _choose_moves(self) -> None:
        self.moves_chosen.emit(self.moves.value == "yes")

    def _choose_look(self) -> None:
        self.theme_chosen.emit(self.look.value)
