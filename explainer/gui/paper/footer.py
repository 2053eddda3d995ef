"""The foot of a dialog that writes documents: asking, working with a way to give up, done with a way to the files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from explainer.gui.paper.faults import as_sentence
from explainer.gui.scaling import keep
from explainer.gui.theme import Theme, colour
from explainer.messages import Message, message, translate

State = Literal["asking", "working", "done"]
_HEIGHT, _BAR_WIDTH = 62, 220


class Footer(QWidget):
    """`wanted` comes with the main button, `cancelled` while it works, `closed` with Close."""

    wanted = Signal()
    cancelled = Signal()
    closed = Signal()

    def __init__(self, main: Message, theme: Theme, language: str) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._paths: tuple[Path, ...] = ()
        self._state: State = "asking"
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("part", "text")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        keep(self.bar, "setMaximumSize", _BAR_WIDTH, 6)
        keep(self.bar, "setMinimumSize", _BAR_WIDTH // 3, 6)
        self.cancel = self._button(message("Cancel"))
        self.folder = self._button(message("Open folder"))
        self.file = self._button(message("Open file"))
        self.close_button = self._button(message("Close"))
        self.main = self._button(main)
        self.main.setDefault(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar)
        for button in (self.cancel, self.folder, self.file, self.close_button, self.main):
            row.addWidget(button)
        keep(self, "setFixedHeight", _HEIGHT)
        self.main.clicked.connect(self.wanted)
        self.cancel.clicked.connect(self.cancelled)
        self.close_button.clicked.connect(self.closed)
        self.folder.clicked.connect(self._open_folder)
        self.file.clicked.connect(self._open_file)
        self.show_asking()

    def show_asking(self, fault: str = "") -> None:
        """Show that everything waits for the main button; a fault says why nothing was written."""
        self._paths = ()
        self._tell(as_sentence(fault), "fault" if fault else "text")
        self._show("asking")

    def tell(self, words: str) -> None:
        """Say something quietly while everything waits."""
        self._tell(words, "note")

    def show_working(self, words: Message, done: int = 0, total: int = 0) -> None:
        """Show how far it is; where the total is 0 nobody knows."""
        counted = f"  {done} / {total}" if total else ""
        self._tell(f"{self._say(words)}{counted}", "text")
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        begins = self._state != "working"
        self._show("working")
        if begins:
            self.cancel.setFocus()

    def show_done(self, words: Message, paths: tuple[Path, ...]) -> None:
        """Show that files were written, and offer to open them."""
        self._paths = paths
        self._tell(f"✓ {self._say(words)}", "text")
        self._show("done")
        self.folder.setFocus()

    @property
    def state(self) -> State:
        """What it shows."""
        return self._state

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), colour(self._theme.line))

    def _show(self, state: State) -> None:
        self._state = state
        self.bar.setVisible(state == "working")
        self.cancel.setVisible(state == "working")
        self.folder.setVisible(state == "done")
        self.file.setVisible(state == "done" and len(self._paths) == 1)
        self.close_button.setVisible(state != "working")
        self.main.setVisible(state != "working")

    def _tell(self, words: str, part: str) -> None:
        self.words.setText(words)
        if self.words.property("part") != part:
            self.words.setProperty("part", part)
            self.words.style().unpolish(self.words)
            self.words.style().polish(self.words)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._paths[0].absolute().parent)))

    def _open_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._paths[0].absolute())))

    def _button(self, text: Message) -> QPushButton:
        button = QPushButton(self._say(text))
        button.setAutoDefault(False)
        return button

    def _say(self, text: Message) -> str:
        return translate(text, self._language)
