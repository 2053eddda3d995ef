"""The presenter window, for the laptop: what is told, what comes next, the lesson's notes, the time."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QTime, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from explainer.gui.dialogs.asking import words
from explainer.gui.frame import Frame
from explainer.gui.presentation.projected_page import ProjectedPage
from explainer.gui.theme import Theme, colour
from explainer.gui.veil import heading
from explainer.lesson.lesson import text_in
from explainer.messages import message, translate

_SIZE = (1080, 680)
_SECOND = 1000
_BETWEEN = 14


class PresenterWindow(QWidget):
    """Shows to one what the projector does not show to all; `closed` comes when it was closed by hand."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._language = "en"
        self._began = monotonic()
        self._lines = (0, 0)
        self._frame: Frame | None = None
        self._neighbours: dict[tuple[int, int], Frame] = {}
        self.resize(*_SIZE)
        self.now = words("", "title")
        self.progress = words("", "note")
        self.next = words("", "title")
        self.preview = ProjectedPage(theme)
        self.preview.setMinimumHeight(220)
        policy = self.preview.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.preview.setSizePolicy(policy)
        self.lesson_notes = words("", "text")
        self.elapsed = _large()
        self.clock = _large()
        self._names = [words("", "heading") for _ in range(5)]
        self._arrange()
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def prepare(self, frame: Frame) -> None:
        """Take in what a neighbouring step will look like."""
        if len(self._neighbours) > 8:
            self._neighbours.clear()
        self._neighbours[frame.pass_index, frame.step_index] = frame
        self._show_next()

    def show_frame(self, frame: Frame, told: int, lines: int) -> None:
        """Show where the presentation is: a frame and how many of its lines are told."""
        if self._frame is not None and self._frame.lesson != frame.lesson:
            self._neighbours.clear()
        self._frame = frame
        self._lines = (told, lines)
        self._language = frame.language
        self._say()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.preview.set_theme(theme)
        self.update()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(self._theme.paper))

    def _arrange(self) -> None:
        notes = QScrollArea()
        notes.setWidgetResizable(True)
        notes.setWidget(_padded(self.lesson_notes))
        left, right = QVBoxLayout(), QVBoxLayout()
        names = self._names
        for part in (names[0], self.now, self.progress):
            left.addWidget(part)
        left.addSpacing(_BETWEEN)
        left.addWidget(names[1])
        left.addWidget(self.next)
        left.addWidget(self.preview, 1)
        for name, part in ((names[2], self.elapsed), (names[3], self.clock)):
            right.addWidget(name)
            right.addWidget(part)
            right.addSpacing(_BETWEEN)
        right.addWidget(names[4])
        right.addWidget(notes, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(28, 24, 28, 24)
        grid.setHorizontalSpacing(32)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)

    def _say(self) -> None:
        frame = self._frame
        if frame is None:
            return
        language = frame.language
        titles = (
            message("On the screen"),
            message("Next"),
            message("Since the beginning"),
            message("Time"),
            message("Notes"),
        )
        for label, title in zip(self._names, titles, strict=True):
            label.setText(translate(title, language).upper())
        self.setWindowTitle(translate(message("Presenter"), language))
        self.now.setText(heading(frame) or text_in(frame.lesson.title, language))
        told, lines = self._lines
        progress = message("line {told} of {lines}", told=told, lines=lines)
        kicker = frame.page.page.kicker if frame.page is not None else ""
        parts = (kicker, translate(progress, language) if lines else "")
        self.progress.setText(" · ".join(part for part in parts if part))
        notes = text_in(frame.lesson.notes, language)
        none = message("This lesson has no notes. Edit → About this lesson has a place for them.")
        self.lesson_notes.setText(notes or translate(none, language))
        self._show_next()
        self._tick()

    def _show_next(self) -> None:
        """Show the step that follows: its question and, small, its page."""
        frame = self._frame
        if frame is None:
            return
        index, step = frame.pass_index, frame.step_index
        count = len(frame.one_pass.steps) if frame.one_pass is not None else 0
        place = (index, step + 1) if step + 1 < count else (index + 1, 0)
        found = self._neighbours.get(place)
        fits = found is not None and found.language == frame.language
        if found is not None and fits:
            self.next.setText(heading(found))
            self.preview.show_frame(found, found)
        else:
            self.next.setText("…" if count else "")
        self.preview.setVisible(fits)

    def _tick(self) -> None:
        seconds = int(monotonic() - self._began)
        hours, rest = divmod(seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        self.elapsed.setText(f"{hours}:{minutes:02}:{seconds:02}")
        self.clock.setText(QTime.currentTime().toString("HH:mm"))


def _large() -> QLabel:
    label = words("", "title")
    label.setProperty("part", "clock")
    return label


def _padded(label: QLabel) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 12, 0)
    column.addWidget(label)
    column.addStretch(1)
    return page
