"""Noise for the samples, and test samples drawn by chance: a number or two, and the seed that makes it repeatable."""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from explainer.gui.abstract import AbstractType
from explainer.gui.canvas.typed_number import typed_number
from explainer.gui.dialogs.asking import PlainDialog, fault_line, field_label
from explainer.gui.dialogs.fields import Choices
from explainer.gui.stage import Stage
from explainer.lesson.limits import MAX_SAMPLES
from explainer.messages import Message, Refused, message

_LARGEST_SEED = 2**31


class ChanceDialog(PlainDialog, metaclass=AbstractType):
    """Fields one below the other, a sentence for what is wrong, and the button that does it."""

    def __init__(
        self, stage: Stage, parent: QWidget, title: Message, sentence: Message | str
    ) -> None:
        # A name of a file is shown as it is.
        said = sentence if isinstance(sentence, str) else stage.say(sentence)
        super().__init__(parent, stage.say(title), said)
        self._stage = stage
        self._form = QGridLayout()
        self._form.setHorizontalSpacing(20)
        self._form.setVerticalSpacing(10)
        self._form.setColumnStretch(1, 1)
        self.body.addLayout(self._form)
        self.fault = fault_line()
        self.body.addWidget(self.fault)

    def finish(self, name: Message) -> QPushButton:
        """Add the buttons; return the one that does it."""
        cancel = self.add_button(self._stage.say(message("Cancel")))
        cancel.clicked.connect(self.reject)
        done = self.add_button(self._stage.say(name), default=True)
        done.clicked.connect(self.carry_out)
        return done

    def add_field(self, label: Message, field: QWidget) -> None:
        """Add a field with its label."""
        text = self._stage.say(label)
        field.setAccessibleName(text)
        row = self._form.rowCount()
        self._form.addWidget(field_label(text), row, 0)
        self._form.addWidget(field, row, 1)

    def carry_out(self) -> None:
        """Do it, or say why not."""
        try:
            refusal = self.attempt()
        except Refused as error:
            refusal = error.message
        if refusal is None:
            self.accept()
            return
        said = self._stage.say(refusal)
        self.fault.setText(said[:1].upper() + said[1:])
        self.fault.show()

    @abstractmethod
    def attempt(self) -> Message | None:
        """Do it; return why the lesson cannot take it."""


class NoiseDialog(ChanceDialog):
    """Asks what gets noise, and how much."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        explained = message(
            "Each number gets a draw from the normal distribution added, with mean 0. The same seed adds the same noise."
        )
        super().__init__(stage, parent, message("Add noise"), explained)
        parts = {
            "inputs": stage.say(message("The inputs")),
            "targets": stage.say(message("The targets")),
        }
        self.part = Choices(parts, "inputs", stage.say(message("Noise for")))
        self.deviation = QLineEdit("0,1" if stage.frame.language == "ru" else "0.1")
        self.seed = QLineEdit(str(stage.session.lesson.seed))
        self.add_field(message("Noise for"), self.part)
        self.add_field(message("Standard deviation"), self.deviation)
        self.add_field(message("Seed"), self.seed)
        self.finish(message("Add noise"))

    def attempt(self) -> Message | None:
        """Add the noise."""
        part: Literal["inputs", "targets"] = "targets" if self.part.value == "targets" else "inputs"
        deviation = typed_number(self.deviation.text())
        seed = whole_number(self.seed.text(), 0, _LARGEST_SEED)
        return self._stage.attempt(self._stage.session.add_noise, part, deviation, seed)


class SplitDialog(ChanceDialog):
    """Asks how many samples are held out."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        data = stage.session.lesson.data
        held_out = len(data.test.inputs) if data.test is not None else 0
        self._count = len(data.inputs) + held_out
        explained = message(
            "Test samples are held out: no update uses them. They are drawn by chance from all {count}; the same seed draws the same. 0 trains with all of them.",
            count=self._count,
        )
        super().__init__(stage, parent, message("Test samples"), explained)
        self.number = QLineEdit(str(held_out or self._count // 5))
        self.seed = QLineEdit(str(stage.session.lesson.seed))
        self.add_field(message("Samples held out"), self.number)
        self.add_field(message("Seed"), self.seed)
        self.finish(message("Hold out"))

    def attempt(self) -> Message | None:
        """Hold them out."""
        count = whole_number(self.number.text(), 0, min(self._count - 1, MAX_SAMPLES))
        seed = whole_number(self.seed.text(), 0, _LARGEST_SEED)
        return self._stage.attempt(self._stage.session.split_test, count, seed)


def whole_number(text: str, least: int, most: int) -> int:
    """Return a whole number that was typed; Refused where it is none, or outside its bounds."""
    plain = text.strip()
    is_whole = plain.isascii() and plain.isdigit() and len(plain) <= len(str(most))
    if not is_whole or not least <= int(plain) <= most:
        raise Refused(
            message("Type a whole number from {least} to {most}.", least=least, most=most)
        )
    return int(plain)
