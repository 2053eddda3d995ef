"""What makes training go: run, back, begin again, single steps, the pace; and how far it is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from explainer.gui.actions import ActionSet
from explainer.gui.buttons import RoundButton
from explainer.gui.choosing.flow import Flow
from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.scaling import face, hint, painting, px
from explainer.gui.theme import Theme, colour, font
from explainer.gui.timing import READABLE, Seldom
from explainer.gui.training.conductor import Conductor
from explainer.gui.training.numerals import count_text
from explainer.gui.training.pace_button import PaceButton
from explainer.gui.training.painted import PaintedWords
from explainer.lesson.batches import batches
from explainer.lesson.lesson import Lesson
from explainer.messages import Message, message, translate

_STEPS: tuple[tuple[str, Message], ...] = (
    ("train_epoch", message("One epoch")),
    ("train_batch", message("One batch")),
    ("train_sample", message("One sample")),
)


# px.
_NARROW = 350


class Controls(QWidget):
    """Buttons of the actions of training. `data_wanted` asks for the choice of a data set."""

    data_wanted = Signal()

    def __init__(self, theme: Theme, actions: ActionSet, conductor: Conductor) -> None:
        super().__init__()
        self._language = "en"
        self._actions = actions
        self._conductor = conductor
        self._is_narrow = False
        self._state: tuple[object, ...] = ()
        self._keys = OwnKeys(self)
        self.back = RoundButton(actions["train_back"], "back", theme)
        self.run = RoundButton(actions["train"], "play", theme, main=True)
        self.again = RoundButton(actions["train_again"], "restart", theme)
        self.again.clicked.disconnect()
        self.again.clicked.connect(self._open_beginnings)
        self.counter = Counter(theme)
        self.pace = PaceButton(theme)
        self.pace.chosen.connect(conductor.set_pace)
        self.data = QPushButton()
        self.data.clicked.connect(self.data_wanted)
        self.steps = {name: QPushButton() for name, _ in _STEPS}
        for name, button in self.steps.items():
            button.clicked.connect(actions[name].trigger)
        for button in (*self.steps.values(), self.data):
            button.setProperty("part", "small")
            button.setAutoDefault(False)
            self._keys.keep(button)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = self._top = QHBoxLayout()
        top.setSpacing(6)
        for round_button in (self.again, self.back, self.run):
            top.addWidget(round_button, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addSpacing(8)
        top.addWidget(self.counter, 1)
        top.addWidget(self.pace, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(top)
        flow = self._flow = Flow()
        for button in (*self.steps.values(), self.data):
            flow.addWidget(button)
        column.addLayout(flow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()

    def rescale(self) -> None:
        """Put the pace where there is room for it."""
        # Where there is little room the number of the epoch has it.
        is_narrow = self.width() < px(_NARROW)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            (self._top if is_narrow else self._flow).removeWidget(self.pace)
            (self._flow if is_narrow else self._top).addWidget(self.pace)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for part in (self.back, self.run, self.again, self.counter, self.pace):
            part.set_theme(theme)

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        for name, text in _STEPS:
            self.steps[name].setText(translate(text, language))
            self.steps[name].setToolTip(self._actions[name].toolTip())
        self.data.setText(translate(message("Data set…"), language))
        self.pace.set_language(language)
        self.counter.set_language(language)

    def show_state(self, lesson: Lesson) -> None:
        """Show how far training is and what can be done."""
        conductor = self._conductor
        moment = conductor.moment
        self.run.set_icon("pause" if conductor.is_running else "play")
        size, count = batches(lesson)
        within = 0 if moment is None else moment.passes % count
        epoch = None if moment is None else moment.epoch
        self.counter.show_count(epoch, within, count, at_once=not conductor.is_running)
        able = tuple(self._actions[name].isEnabled() for name in self.steps)
        state = (conductor.pace, able, size > 1, lesson.expression is None)
        if state == self._state:
            # Of most moments only the number is another; laying everything out anew would be felt.
            return
        self._state = state
        self.pace.show_pace(conductor.pace)
        for button, is_able in zip(self.steps.values(), able, strict=True):
            button.setEnabled(is_able)
        # With single samples a batch is a sample.
        self.steps["train_batch"].setVisible(size > 1)
        self.data.setEnabled(lesson.expression is None)

    def _open_beginnings(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._actions["train_again"])
        menu.addAction(self._actions["train_new"])
        menu.popup(self.again.mapToGlobal(QPoint(0, self.again.height() + 4)))


class Counter(PaintedWords):
    """The epoch in large figures, and how many batches of it are done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._epoch: int | None = None
        self._within, self._batches = 0, 1
        self._tell = Seldom(self, READABLE, self._tell_count)

    def show_count(
        self, epoch: int | None, within: int, batches: int, *, at_once: bool = True
    ) -> None:
        """Show an epoch and how many of its batches are done, as often as anybody reads it or `at_once`."""
        if (epoch, within, batches) != (self._epoch, self._within, self._batches):
            self._epoch, self._within, self._batches = epoch, within, batches
            self._tell.call(at_once=at_once)

    def _tell_count(self) -> None:
        self.setAccessibleName(" ".join(self._lines()))
        self.update()

    def sizeHint(self) -> QSize:
        return hint(110, 46)

    def _lines(self) -> tuple[str, str]:
        if self._epoch is None:
            return "–", translate(message("Epoch"), self._language)
        words = message("Epoch")
        if self._within:
            words = message("Epoch, batch {done} of {all}", done=self._within, all=self._batches)
        return count_text(self._epoch), translate(words, self._language)

    def _fitting(self, words: str, metrics: QFontMetricsF, width: float) -> str:
        """Return the words over the figures; where there is no room for them it is the batch that is told."""
        if self._within and metrics.horizontalAdvance(words) > width:
            batch = message("batch {done} of {all}", done=self._within, all=self._batches)
            words = translate(batch, self._language)
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        number, words = self._lines()
        width = face(self).width()
        painter = painting(self)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(11))
        painter.setPen(colour(self._theme.quiet))
        shown = self._fitting(words, QFontMetricsF(painter.font()), width)
        painter.drawText(QRectF(0, 0, width, 16), left, shown)
        painter.setFont(font(23, 600, tabular=True))
        painter.setPen(colour(self._theme.ink))
        painter.drawText(QRectF(0, 16, width, 30), left, number)
