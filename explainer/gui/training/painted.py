"""A line or table of the training view that paints its words itself."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.theme import Theme


class PaintedWords(QWidget):
    """As wide as there is room, as high as it says; painted in a theme and a language."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._language = "en"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        self.update()
