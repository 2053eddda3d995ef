"""What the network has learnt so far: a surface, a curve, or predictions against targets, with the samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (  # fmt: skip
    QCheckBox,
    QComboBox,
    QLabel,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from explainer.gui.choosing.flow import Flow
from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.scaling import keep
from explainer.gui.theme import Theme
from explainer.gui.training.agreement_chart import AgreementChart
from explainer.gui.training.curve_chart import CurveChart
from explainer.gui.training.subject import Subject
from explainer.gui.training.surface_chart import SurfaceChart
from explainer.messages import Message, message, translate
from explainer.training.axes import MOST_AXES, free_columns

if TYPE_CHECKING:
    from explainer.lesson.lesson import Lesson
    from explainer.training.moment import Moment


# px.
_ROW = 33


class SurfaceView(QWidget):
    """The charts under a row of choices: which neuron is shown, in bands or smooth, with the test samples or without.

    `look_at` shows another neuron for a while, as when the pointer is on it in the graph. `wants_other` tells that
    surfaces of other neurons are `wanted`.
    """

    wants_other = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._subject: Subject | None = None
        self._moment: Moment | None = None
        self._language = "en"
        self._pointed: str | None = None
        self._wanted: tuple[str, ...] = ()
        self.surface, self.curve = SurfaceChart(theme), CurveChart(theme)
        self.agreement = AgreementChart(theme)
        self.which = QComboBox()
        self.discrete, self.test = QCheckBox(), QCheckBox()
        self.sentence, self.reading = QLabel(), QLabel()
        self._keys = OwnKeys(self)
        self._keys.keep(self.which, self.discrete, self.test)
        self._keys.keep(*self.charts)
        self._lay_out()
        self.test.setChecked(True)
        self.which.activated.connect(self._choose)
        self.discrete.toggled.connect(self._choose)
        self.test.toggled.connect(self._choose)
        for chart in self.charts:
            chart.read.connect(self.reading.setText)

    @property
    def charts(self) -> tuple[SurfaceChart, CurveChart, AgreementChart]:
        """All three, of which one is shown."""
        return self.surface, self.curve, self.agreement

    def _lay_out(self) -> None:
        # Columns may be called anything.
        for label in (self.sentence, self.reading):
            label.setTextFormat(Qt.TextFormat.PlainText)
        # As words: where there is little room the switches stand in a line of their own.
        row = Flow()
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for part in (self.which, self.discrete, self.test):
            # Flow sets its widgets at the top of a line; as high as each other they stand in its middle.
            keep(part, "setMinimumHeight", _ROW)
            row.addWidget(part)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.sentence)
        column.addLayout(self._stack, 1)
        # Not before: a stack without a parent would show it as a window of its own.
        for chart in self.charts:
            self._stack.addWidget(chart)
        column.addWidget(self.reading)
        self.sentence.setProperty("part", "text")
        self.sentence.setWordWrap(True)
        self.reading.setProperty("part", "caption")
        self.reading.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    # What is shown

    def lesson_shown(self, lesson: Lesson) -> None:
        """Show another lesson; its first moment comes later. A choice stays where the lesson still has it."""
        self._subject = subject = Subject(lesson)
        self._moment = None
        self._pointed = None
        for chart in self.charts:
            chart.lesson_shown(subject)
        self._fill_which(subject)
        free = len(free_columns(lesson))
        self._stack.setCurrentWidget({1: self.curve, 2: self.surface}.get(free, self.agreement))
        self._speak()
        self._choose()

    def show_moment(self, moment: Moment | None) -> None:
        """Show a moment; None clears."""
        self._moment = moment
        self._shown_chart.show_moment(moment)

    def look_at(self, neuron: str | None) -> None:
        """Show another neuron while it is pointed at, None for the chosen one again."""
        known = self._subject is not None and neuron in self._subject.neurons
        neuron = neuron if known else None
        if neuron != self._pointed:
            self._pointed = neuron
            self._choose()

    @property
    def _shown_chart(self) -> SurfaceChart | CurveChart | AgreementChart:
        return next(chart for chart in self.charts if chart is self._stack.currentWidget())

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for chart in self.charts:
            chart.set_theme(theme)

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        for chart in self.charts:
            chart.set_language(language)
        self._speak()

    def _say(self, sentence: Message) -> str:
        return translate(sentence, self._language)

    def _speak(self) -> None:
        which = self._say(message("Which neuron is shown"))
        self.which.setAccessibleName(which)
        self.which.setToolTip(which)
        self.discrete.setText(self._say(message("In bands")))
        self.test.setText(self._say(message("Test samples")))
        self.surface.setAccessibleName(self._say(message("What the network says over the plane of its two inputs")))  # fmt: skip
        self.curve.setAccessibleName(self._say(message("What the network says over its input")))
        self.agreement.setAccessibleName(self._say(message("What the network says against the targets")))  # fmt: skip
        if self._subject is None:
            return
        for place in range(self.which.count()):
            self.which.setItemText(place, self._label_of(self.which.itemData(place)))
        free = len(free_columns(self._subject.lesson))
        surface = self._shown_chart is not self.agreement
        self.sentence.setVisible(not surface)
        self.sentence.setText(self._say(_why_no_surface(free)))
        self.which.setVisible(surface)
        self.discrete.setVisible(self._shown_chart is self.surface)
        self.test.setVisible(self._subject.has_test)

    def _fill_which(self, subject: Subject) -> None:
        # What stands first was not chosen: another lesson has its own.
        chosen = self.which.currentData() if self.which.currentIndex() > 0 else None
        self.which.clear()
        # Over a plane several quantities are shown one at a time.
        is_plane = len(free_columns(subject.lesson)) == MOST_AXES
        together = subject.has_regions or (len(subject.outputs) > 1 and not is_plane)
        others = [name for name in subject.neurons if name not in subject.outputs]
        for name in (*([""] if together else []), *subject.outputs, *others):
            self.which.addItem(self._label_of(name), name)
        self.which.setCurrentIndex(0 if chosen is None else max(0, self.which.findData(chosen)))

    def _label_of(self, name: str) -> str:
        if self._subject is None:
            return ""
        if name:
            return self._subject.name(name)
        classes = message("All classes") if self._subject.has_regions else message("All outputs")
        return self._say(classes)

    def _choose(self) -> None:
        """Show what is chosen, or pointed at."""
        neuron = self._pointed or self.which.currentData() or None
        has_test = self.test.isChecked()
        self.surface.look_at(neuron, is_discrete=self.discrete.isChecked(), shows_test=has_test)
        self.curve.look_at(neuron, shows_test=has_test)
        self.agreement.look_at(shows_test=has_test)
        if self.wanted != self._wanted:
            self._wanted = self.wanted
            self.wants_other.emit()

    @property
    def wanted(self) -> tuple[str, ...]:
        """The neurons whose surface is seen with all its points."""
        if self._subject is None or self._shown_chart is self.agreement:
            return ()
        shown = self.surface.shown_neuron
        # All curves come together.
        is_one = shown is not None and self._shown_chart is self.surface
        return (shown,) if shown is not None and is_one else self._subject.outputs


def _why_no_surface(free: int) -> Message:
    if free > MOST_AXES:
        return message(
            "This network depends on {count} columns of the data, and a surface can be drawn over two at most. Shown instead: what it says against what it should say, sample by sample. It is right where a mark lies on the diagonal.",
            count=free,
        )
    return message(
        "No column of the data reaches this network, so there is nothing to draw a surface over. Shown instead: what it says against what it should say."
    )
