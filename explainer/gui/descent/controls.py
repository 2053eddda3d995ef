"""What is chosen for the descent: the parameters looked along, the samples, the learning rate tried and its steps."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSlider, QWidget

from explainer.gui.choosing.fields import NumberEdit
from explainer.gui.choosing.flow import Flow
from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.lab.switch import WordSwitch
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.lesson.lesson import Lesson
from explainer.messages import Refused, message
from explainer.session.looking.descent import MOST_STEPS, symbol

# The slider of the learning rate goes from 10⁻⁴ to 10¹ in equal factors.
_LEAST_POWER, _MOST_POWER, _EACH = -4, 1, 40
_USUAL_STEPS = 20
_DIGITS = 2


class Controls(QObject):
    """Two rows of controls. `chosen` comes when another landscape is wanted, `tried` when another rate or length is."""

    chosen = Signal()
    tried = Signal()

    def __init__(self, theme: Theme, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._names: tuple[str, ...] = ()
        self._rate_of_lesson: float | None = None
        self.learning_rate = 0.1
        self.parameters, self.rate = QWidget(), QWidget()
        self.first, self.second = QComboBox(), QComboBox()
        self.samples = WordSwitch(
            theme, {"whole": message("All samples"), "batch": message("This batch")}
        )
        self.slider, self.length = _slider(), _slider()
        self.slider.setRange(_LEAST_POWER * _EACH, _MOST_POWER * _EACH)
        self.length.setRange(1, MOST_STEPS)
        self.length.setValue(_USUAL_STEPS)
        self.field = NumberEdit(theme)
        self.count, self._rate_label, self._count_label = QLabel(), QLabel(), QLabel()
        self._keys = OwnKeys(self)
        self._keys.keep(self.first, self.second, self.slider, self.length)
        self._lay_out()
        self.samples.show_chosen("whole")
        self.first.activated.connect(self._pick)
        self.second.activated.connect(self._pick)
        self.samples.chosen.connect(self._switch)
        self.slider.valueChanged.connect(self._slide)
        self.length.valueChanged.connect(self._stretch)
        self.field.entered.connect(self._enter)

    def _lay_out(self) -> None:
        row = Flow(self.parameters)
        for choice in (self.first, self.second, self.samples):
            row.addWidget(choice)
        grid = QGridLayout(self.rate)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[QWidget, ...], ...] = ((self._rate_label, self.slider, self.field), (self._count_label, self.length, self.count))  # fmt: skip
        for number, parts in enumerate(rows):
            for column, part in enumerate(parts):
                grid.addWidget(part, number, column)
        for label in (self._rate_label, self._count_label):
            label.setProperty("part", "caption")
        self.count.setProperty("part", "text")

    # --- what is chosen --------------------------------------------------------------------

    @property
    def x(self) -> str:
        """The first parameter, nothing where there is none."""
        return str(self.first.currentData() or "")

    @property
    def y(self) -> str | None:
        """The second parameter, None for a curve along the first."""
        name = str(self.second.currentData() or "")
        return name if name and name != self.x else None

    @property
    def whole(self) -> bool:
        """Whether the error is that of all samples."""
        return self.samples.buttons["whole"].isChecked()

    @property
    def steps(self) -> int:
        """How many steps are tried."""
        return self.length.value()

    def choose(self, x: str, y: str | None = None) -> None:
        """Look along these parameters."""
        self.first.setCurrentIndex(max(0, self.first.findData(x)))
        self.second.setCurrentIndex(max(0, self.second.findData(y or "")))
        self.chosen.emit()

    # --- showing ---------------------------------------------------------------------------

    def show_lesson(self, lesson: Lesson, names: tuple[str, ...], has_batches: bool) -> None:
        """Offer what a lesson has."""
        say = self._stage.say
        language = self._stage.frame.language
        if names != self._names:
            self._names = names
            self._fill(names)
        if self.second.count():
            self.second.setItemText(0, say(message("a curve")))
        self.first.setAccessibleName(say(message("Along the parameter")))
        self.second.setAccessibleName(say(message("and along the parameter")))
        self.samples.setVisible(has_batches)
        self.samples.set_language(language)
        if lesson.update.learning_rate != self._rate_of_lesson:
            self._rate_of_lesson = lesson.update.learning_rate
            self._show_rate(lesson.update.learning_rate)
        self.field.set_prefix(symbol(lesson.notation.learning_rate))
        self.field.show_number(self.learning_rate, language)
        self._rate_label.setText(say(message("Another rate")))
        self._count_label.setText(say(message("Steps")))
        self.slider.setAccessibleName(say(message("Another learning rate")))
        self.field.setAccessibleName(say(message("Another learning rate")))
        self.length.setAccessibleName(say(message("Steps")))
        self.count.setText(str(self.steps))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.samples.set_theme(theme)
        self.field.set_theme(theme)

    def close_editor(self) -> bool:
        """Accept what is being typed; False where it was refused and stays."""
        if self.field.isModified():
            self.field.entered.emit()
        return not self.field.isModified()

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        self.field.restore()

    def _fill(self, names: tuple[str, ...]) -> None:
        x, y = self.x, self.y
        self.first.clear()
        self.second.clear()
        self.second.addItem("", "")
        for name in names:
            self.first.addItem(symbol(name), name)
            self.second.addItem(symbol(name), name)
        first = x if x in names else next(iter(names), "")
        others = [name for name in names if name != first]
        second = y if y in others else next(iter(others), "")
        self.first.setCurrentIndex(self.first.findData(first))
        self.second.setCurrentIndex(max(0, self.second.findData(second)))

    def _show_rate(self, rate: float) -> None:
        self.learning_rate = rate
        self.slider.blockSignals(True)
        self.slider.setValue(round(math.log10(max(rate, 1e-9)) * _EACH))
        self.slider.blockSignals(False)

    # --- acting ----------------------------------------------------------------------------

    def _pick(self, _place: int) -> None:
        self.chosen.emit()

    def _switch(self, key: str) -> None:
        self.samples.show_chosen(key)
        self.chosen.emit()

    def _slide(self, step: int) -> None:
        self.learning_rate = float(f"{10 ** (step / _EACH):.{_DIGITS}g}")
        self.field.show_number(self.learning_rate, self._stage.frame.language)
        self.tried.emit()

    def _stretch(self, steps: int) -> None:
        self.count.setText(str(steps))
        self.tried.emit()

    def _enter(self) -> None:
        try:
            rate = self.field.number(whole=False)
        except Refused as refusal:
            self._stage.inform(refusal.message)
            return
        if rate <= 0:
            self._stage.inform(message("The learning rate must be greater than 0."))
            return
        self.field.setModified(False)
        self._show_rate(rate)
        self.field.show_number(rate, self._stage.frame.language)
        self.tried.emit()


def _slider() -> QSlider:
    return QSlider(Qt.Orientation.Horizontal)
