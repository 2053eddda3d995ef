"""A dialog that writes documents: options at the left, what they make at the right, what is being done at the foot."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from explainer.gui.dialogs.asking import words
from explainer.gui.lab.switch import WordSwitch
from explainer.gui.paper.footer import Footer
from explainer.gui.paper.form import FORM_WIDTH, Form
from explainer.gui.paper.preview import Preview
from explainer.gui.paper.writing import Write, Writing
from explainer.gui.scaling import keep, px, scale
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.gui.tips import give_tip, give_tips
from explainer.messages import Message, message
from explainer.protocol import Errand

_LEAST, _MOST = QSize(560, 340), QSize(1320, 900)
# With less room the options and the pages are looked at one at a time.
_ROOM_FOR_BOTH = 760
Side = Literal["choices", "preview"]
_SIDES: dict[str, Message] = {"choices": message("Choices"), "preview": message("Preview")}
# How much of the window stays to be seen around it.
_BORDER = QSize(72, 56)


class DocumentDialog(QDialog):
    """Whoever inherits it fills the form, wants previews, and begins writing."""

    def __init__(
        self,
        title: Message,
        sentence: Message,
        main: Message,
        stage: Stage,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.stage, self.theme = stage, theme
        self.language_shown = stage.frame.language
        self.setWindowTitle(stage.say(title))
        self.form = Form(self.language_shown)
        self.preview = Preview(stage, theme)
        self.footer = Footer(main, theme, self.language_shown)
        self.writing: Writing | None = None
        self.sides = WordSwitch(theme, _SIDES)
        self.sides.set_language(self.language_shown)
        self.sides.chosen.connect(self.show_side)
        self._side: Side = "choices"
        self._lay_out(stage.say(title), stage.say(sentence))
        self.setMinimumSize(_LEAST)
        room = (parent.window().size() - _BORDER).expandedTo(_LEAST)
        self.resize(room.boundedTo(_MOST * scale()).boundedTo(self.screen().availableSize()))
        self.footer.closed.connect(self.reject)
        self.footer.cancelled.connect(self.cancel)
        self.finished.connect(self._stop)

    def _lay_out(self, title: str, sentence: str) -> None:
        head = self._head = QWidget()
        keep(head, "setFixedWidth", FORM_WIDTH)
        top = QVBoxLayout(head)
        top.setContentsMargins(24, 20, 20, 10)
        top.setSpacing(6)
        top.addWidget(words(title, "title"))
        top.addWidget(words(sentence, "note"))
        switch = self._switch = QWidget()
        row = QHBoxLayout(switch)
        row.setContentsMargins(20, 14, 20, 10)
        row.addWidget(self.sides)
        row.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(head)
        left.addWidget(self.form, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left)
        middle.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(switch)
        column.addLayout(middle, 1)
        column.addWidget(self.footer)

    def show_side(self, side: str) -> None:
        """Show the options or the pages, where there is no room for both."""
        self._side = "preview" if side == "preview" else "choices"
        self._show_sides()

    def _show_sides(self) -> None:
        """Show what there is room for; the window's title says what the head would."""
        is_narrow = self.width() < px(_ROOM_FOR_BOTH)
        self.sides.show_chosen(self._side)
        self._switch.setVisible(is_narrow)
        self._head.setVisible(not is_narrow)
        self.form.stand_alone(on=is_narrow)
        self.form.setVisible(not is_narrow or self._side == "choices")
        self.preview.setVisible(not is_narrow or self._side == "preview")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_sides()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        give_tips(self)
        give_tip(self.footer.close_button, "Esc")

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.theme = theme
        self.preview.set_theme(theme)
        self.sides.set_theme(theme)
        self.footer.set_theme(theme)

    def begin(self, request: Errand, write: Write, what: Message) -> None:
        """Ask for documents and write them; the foot tells how far it is."""
        self.writing = Writing(self.stage, request, write, self)
        self.writing.told.connect(self.footer.show_working)
        self.writing.written.connect(self._wrote)
        self.writing.failed.connect(self._fail)
        self._let_choose(on=False)
        self.footer.show_working(what)
        self.writing.start()

    def cancel(self) -> None:
        """Give up what is being made."""
        if self.writing is not None:
            self.writing.cancel()
            self._end_writing()
            self.footer.show_asking()

    def changed(self) -> None:
        """Be ready to write again: something else is wanted."""
        if self.footer.state == "done":
            self.footer.show_asking()

    def wrote(self, paths: tuple[Path, ...]) -> None:
        """Tell that the files are there."""
        self.footer.show_done(message("{count} files are written.", count=len(paths)), paths)

    def reject(self) -> None:
        """Give up what is being made; where nothing is, close."""
        if self.writing is not None:
            self.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.cancel()
        super().closeEvent(event)

    def _wrote(self, paths: tuple[Path, ...]) -> None:
        self._end_writing()
        self.wrote(paths)

    def _fail(self, sentence: str) -> None:
        self._end_writing()
        self.footer.show_asking(sentence)

    def _end_writing(self) -> None:
        self.writing = None
        self._let_choose(on=True)

    def _let_choose(self, *, on: bool) -> None:
        self.form.setEnabled(on)

    def _stop(self) -> None:
        self.preview.stop()
