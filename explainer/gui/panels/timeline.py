"""The bottom of the window: the round buttons, the track with its phases, where in the training one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explainer.gui.actions import ActionSet
from explainer.gui.buttons import ActionButton, PaintedButton, RoundButton
from explainer.gui.frame import Frame
from explainer.gui.panels.speed import SpeedButton
from explainer.gui.panels.track import Track, TrackSlice
from explainer.gui.scaling import face, hint, painting, px
from explainer.gui.theme import Theme, colour, font
from explainer.gui.timing import READABLE, Seldom
from explainer.lesson.symbols import symbol_of
from explainer.maths.numbers import shown
from explainer.maths.updates import RULES
from explainer.messages import Message, message, plural, translate

if TYPE_CHECKING:
    from explainer.training.moment import Moment

_ROOM_FOR_STATUS = 760


class TimelinePanel(QWidget):
    """Shows where one is and goes where one wants."""

    scrubbed = Signal(int)

    def __init__(self, actions: ActionSet, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._play = RoundButton(actions["play"], "play", theme, main=True)
        self.speed = SpeedButton(theme)
        self._buttons: tuple[ActionButton, ...] = (
            RoundButton(actions["first"], "first", theme),
            RoundButton(actions["back"], "back", theme),
            self._play,
            RoundButton(actions["next"], "next", theme),
            RoundButton(actions["last"], "last", theme),
        )
        self.track = Track(theme)
        self.track.scrubbed.connect(self.scrubbed)
        self.status = Status(theme)
        self._frame: Frame | None = None
        # The epoch of the training that the graph shows, None where it shows the step.
        self._epoch: int | None = None
        self._tell_status = Seldom(self, READABLE, self._show_status)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 3, 18, 0)
        row.setSpacing(6)
        for button in self._buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.speed, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(9)
        row.addWidget(self.track, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(36)
        row.addWidget(self.status, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame; only what differs from the last one is drawn anew."""
        if old is None or old.language != new.language:
            self.speed.set_language(new.language)
        track = TrackSlice(new.lesson, new.one_pass, new.step_index, new.language)
        if old is None or track != TrackSlice(
            old.lesson, old.one_pass, old.step_index, old.language
        ):
            self.track.show_slice(track)
        self._frame = new
        self._tell_status.call(at_once=True)

    def show_moment(self, moment: Moment | None) -> None:
        """Say how far the training is that the graph shows; None where it shows the step again."""
        epoch = None if moment is None else moment.epoch
        if epoch != self._epoch:
            is_another = epoch is None or self._epoch is None
            self._epoch = epoch
            self._tell_status.call(at_once=is_another)

    def _show_status(self) -> None:
        if self._frame is not None:
            self.status.show_lines(*_status_lines(self._frame, self._epoch))

    def show_playing(self, playing: bool) -> None:
        """Show the button that stops what plays."""
        self._play.set_icon("pause" if playing else "play")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window the steps need the room; Choices say the same.
        self.status.setVisible(self.width() >= px(_ROOM_FOR_STATUS))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for button in self._buttons:
            button.set_theme(theme)
        self.speed.set_theme(theme)
        self.track.set_theme(theme)
        self.status.set_theme(theme)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._theme.paper))
        painter.fillRect(QRectF(0, 0, self.width(), 1), colour(self._theme.line))


class Status(PaintedButton):
    """Two quiet lines at the right: epoch and sample, learning rate and rule; a click leads to where they are chosen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._lines = ("", "")
        self._wanted = QSize()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_lines(self, first: str, second: str) -> None:
        """Show two lines."""
        if (first, second) != self._lines:
            self._lines = (first, second)
            self.setAccessibleName(f"{first}, {second}")
            if self.sizeHint() != self._wanted:
                # Laying the panel out anew at every epoch would be felt.
                self._wanted = self.sizeHint()
                self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(14, tabular=True))
        widest = max(metrics.horizontalAdvance(line) for line in self._lines)
        # Wide enough that the track does not move when a number grows by a digit.
        return hint(round(max(widest, 152) / 16 + 1) * 16, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, place = painting(self), face(self)
        painter.setFont(font(14, tabular=True))
        painter.setPen(QPen(colour(self._theme.accent if self._is_lit else self._theme.text)))
        metrics = QFontMetricsF(painter.font())
        for line, baseline in zip(self._lines, (17.0, 38.0), strict=True):
            x = place.width() - metrics.horizontalAdvance(line)
            painter.drawText(QPointF(x, baseline), line)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(self._theme.accent), 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)


def _status_lines(frame: Frame, epoch: int | None) -> tuple[str, str]:
    if frame.lesson.expression is not None:
        return _formula_lines(frame)
    place = _place(frame)
    if epoch is not None:
        place = message("training · epoch {epoch}", epoch=_count_text(epoch))
    update = frame.lesson.update
    rate = shown(update.learning_rate, frame.digits, frame.language)
    rule = _short(translate(RULES[update.choice.name].label, frame.language))
    eta = symbol_of(frame.lesson.notation.learning_rate).text
    return translate(place, frame.language), f"{eta} = {rate} · {rule}"


def _count_text(count: int) -> str:
    # Imported here: nothing is trained so far before somebody asks for it.
    from explainer.gui.training.numerals import count_text

    return count_text(count)


def _short(label: str) -> str:
    """Return the abbreviation that a label has in brackets, else the label: SGD, Adam."""
    _, _, inside = label.rstrip(")").partition("(")
    return inside or label


def _formula_lines(frame: Frame) -> tuple[str, str]:
    """Return how many operations the formula has, and its result as soon as it is computed."""
    steps = frame.one_pass.steps if frame.one_pass is not None else ()
    operations = [step for step in steps if step.kind == "operation"]
    if not operations:
        return "", ""
    count = plural("{count} operation", "{count} operations", len(operations))
    result = next(step for step in steps if step.kind == "gradient_node").subject
    value = frame.moment.values.get(result)
    number = "…" if value is None else shown(value, frame.digits, frame.language)
    return translate(count, frame.language), f"{symbol_of(result).text} = {number}"


def _place(frame: Frame) -> Message:
    """Return where in the data the step is: at one sample, or at the whole batch."""
    one_pass, count = frame.one_pass, len(frame.lesson.data.inputs)
    epoch = one_pass.epoch if one_pass is not None else 1
    written = str(epoch) if epoch < 1000 else _count_text(epoch)
    if one_pass is not None and len(one_pass.samples) > 1 and frame.step_index >= 0:
        samples = one_pass.samples
        if one_pass.steps[frame.step_index].sample is None:
            return message(
                "epoch {epoch} · samples {first}–{last} of {count}",
                epoch=written,
                first=samples[0] + 1,
                last=samples[-1] + 1,
                count=count,
            )
    return message(
        "epoch {epoch} · sample {sample} of {count}",
        epoch=written,
        sample=frame.moment.sample + 1,
        count=count,
    )
