"""Language, look and digits. Every choice takes effect at once, so there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from explainer.gui.dialogs.asking import PlainDialog, field_label, words
from explainer.gui.dialogs.classroom_settings import ClassroomFields
from explainer.gui.dialogs.fields import LANGUAGE_NAMES, Choices, DigitsSlider
from explainer.gui.frame import Frame
from explainer.gui.preferences import Preferences
from explainer.gui.theme import Choice, ThemeKeeper
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

    def __init__(
        self,
        frame: Frame,
        keeper: ThemeKeeper,
        parent: QWidget | None = None,
        *,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(parent, translate(message("Settings"), frame.language), "")
        self._language = frame.language
        names = {name: LANGUAGE_NAMES.get(name, name) for name in languages()}
        looks: dict[str, str] = {name: self._say(text) for name, text in _LOOKS.items()}
        self.language = Choices(names, frame.language, self._say(message("Language")))
        self.look = Choices(looks, keeper.choice, self._say(message("Appearance")))
        self.digits = DigitsSlider(frame.digits, self._say(message("Significant digits")))
        ways = {"yes": self._say(message("Neurons glide")), "no": self._say(message("At once"))}
        name = self._say(message("New layout"))
        self.moves = Choices(
            ways, "yes" if preferences is None or preferences.moves else "no", name
        )
        form = QGridLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(12)
        form.setColumnStretch(1, 1)
        rows: tuple[tuple[Message, QWidget], ...] = (
            (message("Language"), self.language),
            (message("Appearance"), self.look),
            (message("Significant digits"), self.digits),
            (message("New layout"), self.moves),
        )
        self.classroom: ClassroomFields | None = None
        if preferences is not None:
            self.classroom = ClassroomFields(preferences, frame.language, self)
            rows = (*rows, *self.classroom.rows)
        for number, (label, field) in enumerate(rows):
            form.addWidget(field_label(self._say(label)), number, 0)
            form.addWidget(field, number, 1)
            field.setToolTip(self._say(label))
        self.body.addLayout(form)
        note = message("Only what is shown is rounded; everything is computed with full precision.")
        self.body.addWidget(words(self._say(note), "note"))
        close = self.add_button(self._say(message("Close")), default=True)
        close.clicked.connect(self.accept)
        self.language.currentIndexChanged.connect(self._choose_language)
        self.look.currentIndexChanged.connect(self._choose_look)
        self.digits.chosen.connect(self.digits_chosen)
        self.moves.currentIndexChanged.connect(self._choose_moves)

    def serve(self, chooses: Chooses, set_picks: Callable[[bool], None]) -> None:
        """Hand every choice on at once."""
        self.language_chosen.connect(chooses.set_language)
        self.theme_chosen.connect(chooses.set_theme)
        self.digits_chosen.connect(chooses.set_digits)
        self.moves_chosen.connect(chooses.set_moves)
        if self.classroom is not None:
            self.classroom.picks_chosen.connect(set_picks)

    def _say(self, text: Message) -> str:
        return translate(text, self._language)

    def _choose_language(self) -> None:
        self.language_chosen.emit(self.language.value)

    def _choose_moves(self) -> None:
        self.moves_chosen.emit(self.moves.value == "yes")

    def _choose_look(self) -> None:
        self.theme_chosen.emit(self.look.value)
