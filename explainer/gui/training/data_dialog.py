"""What is trained with: one of the built-in data sets, or a table from a file."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from explainer.gui.background import Background
from explainer.gui.canvas.typed_number import typed_number
from explainer.gui.choosing.flow import Flow
from explainer.gui.data.chance_dialogs import whole_number
from explainer.gui.dialogs.asking import PlainDialog, fault_line, words
from explainer.gui.scrolling import Beside
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.gui.timing import once
from explainer.gui.training.data_cards import DataCards
from explainer.lesson.lesson import Lesson
from explainer.lesson.limits import MAX_SAMPLES
from explainer.messages import Message, Refused, message
from explainer.session.training.fitting import Wanted, features_for
from explainer.training.datasets import DATASETS, FEATURES, MOST_NOISE

_WIDE = 900
_LARGEST_SEED = 999_999
_MOST_TEST = 90
# As Playground begins.
_SAMPLES, _TEST = 500, 50
# Fewer are there at once.
_MANY = 600
_DELAY = 250
_FEATURES = {
    "x1_squared": "x₁²",
    "x2_squared": "x₂²",
    "product": "x₁x₂",
    "sin_x1": "sin x₁",
    "sin_x2": "sin x₂",
}


class DataSetDialog(PlainDialog):
    """Asks; what is chosen takes the place of the lesson's samples, in one undo step."""

    def __init__(self, stage: Stage, parent: QWidget, theme: Theme) -> None:
        say = stage.say
        super().__init__(
            parent,
            say(message("Data set")),
            say(
                message(
                    "Takes the place of the lesson’s samples; the network gets as many inputs and outputs as it needs."
                )
            ),
        )
        self._stage = stage
        self.prefer(_WIDE)
        lesson = stage.session.lesson
        self.cards = DataCards(theme, stage.frame.language, next(iter(DATASETS)))
        self.samples = QLineEdit(str(_SAMPLES))
        self.noise = QLineEdit("0")
        self.test = QLineEdit(str(_TEST))
        self.seed = QLineEdit(str(lesson.seed))
        size = lesson.update.batch_size
        self.batch = QLineEdit(str(10 if size == "all" else size))
        self.whole = QCheckBox(say(message("All samples at once")))
        self.whole.setChecked(size == "all")
        known = {feature.name for feature in lesson.data.features}
        self.features = {feature.name: QCheckBox(_FEATURES[feature.name]) for feature in FEATURES}
        for name, box in self.features.items():
            box.setChecked(name in known)
        self.fault = fault_line()
        self._lay_out()
        table = self.add_button(say(message("Import CSV…")))
        table.clicked.connect(self._import)
        # At the left end: it leads elsewhere.
        self.buttons.removeWidget(table)
        self.buttons.insertWidget(0, table)
        self.add_button(say(message("Cancel"))).clicked.connect(self.reject)
        self.add_button(say(message("Train with it")), default=True).clicked.connect(self.carry_out)
        self._delay = once(self, _DELAY, self._show_noise)
        self.noise.textEdited.connect(self._await_noise)
        self.whole.toggled.connect(self._enable)
        for card in self.cards.cards.values():
            card.toggled.connect(self._enable)
        self._enable()

    def _lay_out(self) -> None:
        say = self._stage.say
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(9)
        form.setColumnStretch(1, 1)
        rows: tuple[tuple[Message, QWidget], ...] = (
            (message("Samples"), self.samples),
            (message("Noise, %"), self.noise),
            (message("Held out for the test, %"), self.test),
            (message("Seed"), self.seed),
            (message("Batch size"), self.batch),
        )
        for row, (label, field) in enumerate(rows):
            form.addWidget(words(say(label), "text"), row, 0)
            form.addWidget(field, row, 1)
            field.setAccessibleName(say(label))
        form.addWidget(self.whole, len(rows), 1)
        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        right.addLayout(form)
        right.addWidget(words(say(message("Computed columns")), "text"))
        flow = Flow()
        for box in self.features.values():
            flow.addWidget(box)
        right.addLayout(flow)
        right.addWidget(self.fault)
        right.addStretch(1)
        self.body.addWidget(Beside(self.cards, beside, 24), 1)

    def wanted(self) -> Wanted:
        """Return what is asked for; Refused where it cannot be read."""
        name = self.cards.chosen
        size: int | Literal["all"] = "all"
        if not self.whole.isChecked():
            size = whole_number(self.batch.text(), 1, MAX_SAMPLES)
        offered = [feature.name for feature in features_for(name)]
        return Wanted(
            name,
            whole_number(self.samples.text(), 2, MAX_SAMPLES),
            self._typed_noise(),
            whole_number(self.test.text(), 0, _MOST_TEST) / 100,
            whole_number(self.seed.text(), 0, _LARGEST_SEED),
            tuple(name for name in offered if self.features[name].isChecked()),
            size,
        )

    def carry_out(self) -> None:
        """Fit the lesson to what is chosen, or say why not."""
        try:
            wanted = self.wanted()
        except Refused as error:
            self._refuse(error.message)
            return
        work = self._stage.session.fitting(wanted)
        job = Background(work, message("Drawing the samples…"), self._stage.frame.language, self)
        job.done.connect(self._take)
        job.refused.connect(self._refuse)
        if wanted.samples <= _MANY:
            job.run_here()
        else:
            job.start()

    def _take(self, lesson: Lesson) -> None:
        refusal = self._stage.attempt(self._stage.session.take_fitted, lesson)
        if refusal is None:
            self.accept()
        else:
            self._refuse(refusal)

    def _refuse(self, reason: Message) -> None:
        said = self._stage.say(reason)
        self.fault.setText(said[:1].upper() + said[1:])
        self.fault.show()

    def _import(self) -> None:
        from explainer.gui.data.importing import import_table

        before = self._stage.session.lesson
        import_table(self._stage, self)
        if self._stage.session.lesson is not before:
            self.accept()

    def _typed_noise(self) -> float:
        noise = typed_number(self.noise.text()) / 100
        if not 0 <= noise <= MOST_NOISE:
            raise Refused(
                message("Type a noise from 0 to {most} per cent.", most=round(100 * MOST_NOISE))
            )
        return noise

    def _await_noise(self, _text: str) -> None:
        self._delay.start()

    def _show_noise(self) -> None:
        try:
            self.cards.show_noise(self._typed_noise())
        except Refused:
            return

    def _enable(self) -> None:
        """Offer what means something for the data set that is chosen."""
        row = DATASETS[self.cards.chosen]
        offered = {feature.name for feature in features_for(row.name)}
        for name, box in self.features.items():
            box.setEnabled(name in offered)
        for field in (self.samples, self.noise, self.test):
            field.setEnabled(row.fixed is None)
        self.batch.setEnabled(not self.whole.isChecked())
