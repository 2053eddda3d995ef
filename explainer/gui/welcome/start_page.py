"""The start page: new network, open, recent files, and every built-in lesson with its picture in teaching order."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explainer.gui.dialogs.asking import words
from explainer.gui.dialogs.gallery import Gallery
from explainer.gui.preferences import Preferences
from explainer.gui.scaling import px
from explainer.gui.theme import Theme, font
from explainer.gui.tips import as_tip
from explainer.messages import Message, message, translate

Wish = Literal["new", "open", "tour"]
_COLUMN = 250
_RECENT_SHOWN = 6
_NARROW = 860


class StartPage(Gallery):
    """A gallery with the ways to begin beside it. What was wanted is in `chosen` (a lesson), `wish` or `path`.

    It lies over the opening lesson, which is ready behind it: who wants that one presses Esc.
    """

    def __init__(
        self,
        theme: Theme,
        language: str,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        self._preferences = preferences
        self._language = language
        self.wish: Wish | None = None
        self.path: Path | None = None
        self.begins: dict[Wish, QPushButton] = {}
        self.recent: list[QPushButton] = []
        super().__init__(theme, language, parent)
        self.setWindowTitle(translate(message("Welcome to Explainer"), language))
        for label in self.findChildren(QLabel):
            if label.property("part") == "title":
                label.setText(self.windowTitle())
                break
        self.search.setToolTip(self.search.placeholderText())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.contents.setVisible(event.size().height() >= px(_NARROW))

    def _arrange(self, sentence: str, cancel: str) -> None:
        say = self._say
        top = QHBoxLayout()
        top.setSpacing(22)
        hint = message("Choose a lesson, or press Esc: the one behind this page is ready.")
        top.addWidget(words(say(hint), "text"), 1)
        top.addWidget(self.search, 1)
        self.body.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(22)
        middle.addLayout(self._ways())
        middle.addWidget(self._area, 1)
        self.body.addSpacing(4)
        self.body.addLayout(middle, 1)
        self.again = QCheckBox(say(message("Show this page at the start")))
        self.again.setChecked(self._preferences.shows_welcome)
        self.again.setToolTip(say(message("It is always under Help")))
        self.again.toggled.connect(self._keep_choice)
        self.buttons.insertWidget(0, self.again)
        close = self.add_button(say(message("Close")))
        close.setToolTip(f"{close.text()} (Esc)")
        close.clicked.connect(self.reject)
        self.prefer_most(QSize(1240, 860))

    def _ways(self) -> QVBoxLayout:
        say = self._say
        column = QVBoxLayout()
        column.setSpacing(8)
        ways: tuple[tuple[Wish, str, str], ...] = (
            ("new", say(message("New network…")), "Ctrl+N"),
            ("open", say(message("Open a lesson…")), "Ctrl+O"),
            ("tour", say(message("First tour")), ""),
        )
        for wish, text, keys in ways:
            button = _way(text, QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            button.setObjectName(wish)
            if keys:
                button.setShortcut(QKeySequence(keys))
            button.clicked.connect(self._wish)
            self.begins[wish] = button
            column.addWidget(button)
        recent = self._preferences.recent[:_RECENT_SHOWN]
        if recent:
            column.addSpacing(8)
            column.addWidget(words(say(message("Recent files")).upper(), "heading"))
        for path in recent:
            button = _way(path.name, "")
            button.setToolTip(as_tip(str(path)))
            button.setObjectName(str(path))
            button.clicked.connect(self._open_recent)
            self.recent.append(button)
            column.addWidget(button)
        column.addSpacing(8)
        column.addWidget(self.contents)
        column.addStretch(1)
        return column

    def _wish(self) -> None:
        name = self.sender().objectName()
        for wish in self.begins:
            if wish == name:
                self.wish = wish
        self.accept()

    def _open_recent(self) -> None:
        self.path = Path(self.sender().objectName())
        self.accept()

    def _keep_choice(self, shows: bool) -> None:
        self._preferences.shows_welcome = shows

    def _say(self, text: Message) -> str:
        return translate(text, self._language)


def _way(text: str, keys: str) -> QPushButton:
    """Return a button as wide as the column, its text shortened in the middle where it is long."""
    metrics = QFontMetrics(font(px(14)))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, px(_COLUMN - 44))
    # An ampersand in a file name marks no letter.
    button = QPushButton(shown.replace("&", "&&"))
    button.setFixedWidth(px(_COLUMN))
    button.setAutoDefault(False)
    button.setAccessibleName(text)
    plain = text.rstrip("…")
    button.setToolTip(f"{plain} ({keys})" if keys else plain)
    return button
