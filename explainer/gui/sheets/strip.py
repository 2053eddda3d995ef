"""The strip over the graph while blanks are chosen: what a click does, how many there are, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from explainer.gui.panels.strip import Strip
from explainer.gui.tips import give_tip, give_tips
from explainer.messages import Message, message, plural, translate

if TYPE_CHECKING:
    from explainer.gui.canvas.camera_view import CameraView

_MARGIN = 14


class BlankStrip(Strip):
    """`cleared`, `went_on` (to the worksheets) and `ended` tell which button was pressed."""

    cleared = Signal()
    went_on = Signal()
    ended = Signal()

    def __init__(self, ground: CameraView) -> None:
        self.clear, self.go_on, self.end = QPushButton(), QPushButton(), QPushButton()
        buttons = (self.clear, self.go_on, self.end)
        super().__init__(ground, buttons, _MARGIN)
        for button in buttons:
            button.setProperty("part", "small")
        self.clear.clicked.connect(self.cleared)
        self.go_on.clicked.connect(self.went_on)
        self.end.clicked.connect(self.ended)

    def show_count(self, count: int, language: str) -> None:
        """Say how many values are blank."""

        def say(text: Message) -> str:
            return translate(text, language)

        told = plural("{count} value is blank.", "{count} values are blank.", count)
        if not count:
            told = message("Nothing is blank yet.")
        what = message("Click the values to blank on the worksheet.")
        self.words.setText(f"{say(what)} {say(told)}")
        self.clear.setText(say(message("Clear")))
        self.clear.setEnabled(count > 0)
        self.go_on.setText(say(message("Worksheets…")))
        self.end.setText(say(message("Done")))
        give_tips(self)
        give_tip(self.end, "Esc")
        self.place()
