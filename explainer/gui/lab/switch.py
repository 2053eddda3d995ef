"""A switch between pages: words beside each other, the one that is shown on a ground of its own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explainer.gui.theme import Theme
from explainer.gui.word_button import WordButton
from explainer.messages import Message, translate


class WordSwitch(QWidget):
    """`chosen` carries the key of the word that was clicked."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Mapping[str, Message]) -> None:
        super().__init__()
        self._words = dict(words)
        self.buttons: dict[str, WordButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for key in words:
            button = WordButton(theme, size=13, padding=11, height=29)
            button.setObjectName(key)
            button.clicked.connect(self._clicked)
            self.buttons[key] = button
            row.addWidget(button)

    def show_chosen(self, key: str) -> None:
        """Show which one is chosen."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def set_language(self, language: str) -> None:
        """Speak a language."""
        for key, button in self.buttons.items():
            text = translate(self._words[key], language)
            button.setText(text)
            button.setAccessibleName(text)
            button.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for button in self.buttons.values():
            button.set_theme(theme)

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(sender.objectName())
