"""A live preview: asks the worker for what would be written, a moment after the last change, and shows it.

What comes when something else is wanted already is dropped.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explainer.gui.dialogs.asking import words
from explainer.gui.frame import Trouble
from explainer.gui.paper.faults import as_sentence
from explainer.gui.paper.page_view import PageView, ground_of
from explainer.gui.paper.paging import Paging
from explainer.gui.scaling import keep, px
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme, colour
from explainer.gui.timing import once
from explainer.messages import message
from explainer.protocol import Errand, HerePreview, HereSheet

# A change is followed by others; so long after the last one the preview is asked for, ms.
_DELAY = 220
# What takes less need not be told, ms.
_PATIENCE = 500
_BAR_HEIGHT = 46


class Preview(QWidget):
    """Shows pages, a picture or text under a bar. `shown` carries the reply or the trouble that came for what is wanted."""

    shown = Signal(object)

    def __init__(self, stage: Stage, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage, self._theme = stage, theme
        self._wanted: Errand | None = None
        self._asked: Errand | None = None
        self._came: Errand | None = None
        self._is_folding = False
        self.pages = PageView(theme)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setProperty("part", "listing")
        self.text.setAccessibleName(stage.say(message("Preview")))
        self.trouble = words("", "text")
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for part in (self.pages, _with_air(self.text, 24), _with_air(self.trouble, 60)):
            self._stack.addWidget(part)
        self.paging = Paging(self.pages, theme, stage.frame.language)
        self.note = words("", "note")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # Where there is no room for it, the rest of the bar counts.
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(14, 0, 10, 0)
        self.bar.setSpacing(10)
        self.bar.addWidget(self.note, 1)
        self.bar.addWidget(self.paging)
        top = self._top = QWidget()
        top.setLayout(self.bar)
        keep(top, "setFixedHeight", _BAR_HEIGHT)
        # It folds before it makes anything wider.
        top.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._stack, 1)
        self._later = once(self, _DELAY, self._ask)
        self._patience = once(self, _PATIENCE, self._tell_waiting)
        stage.errands.done.connect(self._take)

    @property
    def is_current(self) -> bool:
        """Whether what is shown is what is wanted."""
        return self._came is not None and self._came == self._wanted

    @property
    def is_settled(self) -> bool:
        """Whether what is wanted is shown and painted."""
        return self.is_current and not self.pages.rasters.is_busy

    def want(self, request: Errand, *, at_once: bool = False) -> None:
        """Show what this request brings; while others may follow, it waits a moment."""
        if request == self._wanted:
            return
        self._wanted = request
        if request == self._came:
            self._later.stop()
            self._end_waiting()
        elif at_once:
            self._ask()
        else:
            self._later.start()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.pages.set_theme(theme)
        self.paging.set_theme(theme)
        self.update()

    def stop(self) -> None:
        """Want and paint nothing any more."""
        self._later.stop()
        self._wanted = None
        if self._asked is not None:
            self._stage.errands.drop(self._asked)
        self._stage.errands.done.disconnect(self._take)
        self.pages.rasters.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Do without some of the bar where there is not room for all of it."""
        if self._is_folding:
            return
        self._is_folding = True
        for part in self.paging.spare:
            part.show()
        self.bar.invalidate()
        for part in self.paging.spare:
            if self._top.minimumSizeHint().width() <= self.width():
                break
            part.hide()
            self.bar.invalidate()
        self._is_folding = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour(ground_of(self._theme)))
        painter.fillRect(QRectF(0, 0, self.width(), px(_BAR_HEIGHT)), colour(self._theme.paper))
        line = colour(self._theme.line)
        painter.fillRect(QRectF(0, px(_BAR_HEIGHT) - 1, self.width(), 1), line)
        painter.fillRect(QRectF(0, 0, 1, self.height()), line)

    def _ask(self) -> None:
        self._later.stop()
        wanted = self._wanted
        if wanted is None or wanted == self._asked:
            return
        if self._asked is not None:
            self._stage.errands.drop(self._asked)
        self._asked = wanted
        self._patience.start()
        self._stage.errands.want(wanted)

    def _take(self, request: Errand, result: object) -> None:
        if request != self._asked:
            return
        self._asked = None
        if request != self._wanted:
            # Something else is wanted meanwhile; it is asked for when its moment has passed.
            return
        self._came = request
        self._end_waiting()
        match result:
            case HerePreview(text=text) if text:
                self._show_text(text)
            case HerePreview(pages=pages) | HereSheet(pages=pages):
                self.pages.show_pages(pages)
                self._show(0)
            case Trouble(sentence=sentence):
                self.trouble.setText(as_sentence(sentence))
                self._show(2)
        self.shown.emit(result)

    def _show_text(self, text: str) -> None:
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self._show(1)

    def _show(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.paging.setVisible(place == 0)

    def _tell_waiting(self) -> None:
        if not self.is_current:
            self.note.setText(self._stage.say(message("Preparing the pages…")))

    def _end_waiting(self) -> None:
        self._patience.stop()
        self.note.setText("")


def _with_air(inside: QWidget, beside: int) -> QWidget:
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(beside, 20, beside, 20)
    column.addWidget(inside)
    return room
