"""A new network: the task, the sizes of the layers, activation and initial weights, with the network shown as it will be."""

from __future__ import annotations

import re
from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explainer.gui.canvas.view import GraphCanvas
from explainer.gui.dialogs.asking import PlainDialog, fault_line, words
from explainer.gui.dialogs.fields import Choices
from explainer.gui.scaling import keep
from explainer.gui.scrolling import Beside
from explainer.gui.theme import Theme
from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Lesson
from explainer.lesson.templates import TEMPLATES, TemplateName, new_lesson
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.initialisers import INITIALISERS
from explainer.messages import Message, Refused, message, translate
from explainer.render.diagram import draw
from explainer.trace.moment import starting_moment

_PREVIEW = QSize(520, 470)
_WIDE = 940
_FIRST_SIZES, _FIRST_ACTIVATION, _FIRST_INITIALISER = "2-3-1", "tanh", "xavier_uniform"
_LARGEST_SEED = 999_999
_FORM_WIDTH = 320
_DIGITS = 4
# So long nothing was typed when the preview is drawn anew, ms.
_DELAY = 120
# What a preview of more neurons would take longer than a keystroke.
_MOST_SHOWN = 120


class NewNetworkDialog(PlainDialog):
    """Asks; `lesson` is what the answers make, None while they make none."""

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        self._language = language
        super().__init__(
            parent,
            self._say(message("New network")),
            self._say(
                message("Everything can be changed afterwards, on the graph and in the choices.")
            ),
        )
        self.lesson: Lesson | None = None
        self.prefer(_WIDE, 0)
        self._make_fields()
        self.preview = GraphCanvas()
        keep(self.preview, "setFixedSize", _PREVIEW.width(), _PREVIEW.height())
        self.preview.set_palette(theme.palette)
        self.preview.set_language(language)
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = self.preview.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.preview.setSizePolicy(policy)
        self.fault = fault_line()
        self._arrange()
        self.add_button(self._say(message("Cancel"))).clicked.connect(self.reject)
        self.ok = self.add_button(self._say(message("Create")), default=True)
        self.ok.clicked.connect(self.accept)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self.show_preview)
        self.sizes.textEdited.connect(lambda _text: self._timer.start())
        self.template.currentIndexChanged.connect(self._take_task)
        for field in (self.activation, self.initialiser):
            field.currentIndexChanged.connect(self._timer.start)
        self.seed.textEdited.connect(lambda _text: self._timer.start())
        self.show_preview()
        self.sizes.setFocus()
        self.sizes.selectAll()

    def accept(self) -> None:
        """Close with what was last typed, also when its preview has not been drawn yet."""
        self.show_preview()
        if self.lesson is not None:
            super().accept()

    def show_preview(self) -> None:
        """Make the lesson of the answers and draw it; say what is wrong where they make none."""
        self._timer.stop()
        try:
            self.lesson = new_lesson(
                typed_sizes(self.sizes.text()),
                Choice(self.activation.value),
                Choice(self.initialiser.value),
                self._seed(),
                cast("TemplateName", self.template.value),
            )
        except Refused as refusal:
            self.lesson = None
            self.fault.setText(translate(refusal.message, self._language))
        self.fault.setVisible(self.lesson is None)
        self.ok.setEnabled(self.lesson is not None)
        lesson = self.lesson
        shown = lesson is not None and len(lesson.network.neurons) <= _MOST_SHOWN
        self.large.setVisible(lesson is not None and not shown)
        # Its room stays, so that nothing jumps while one types.
        self.preview.setVisible(shown)
        if lesson is not None and shown:
            moment = starting_moment(lesson)
            drawing = draw(lesson, moment, digits=_DIGITS, language=self._language)
            self.preview.show_drawing(drawing)
            self.preview.fit()

    def _take_task(self) -> None:
        """Give the last layer as many neurons as the task needs at least, where it has fewer."""
        task = TEMPLATES[self.template.value]
        self.about.setText(self._say(task.description))
        head, dash, last = self.sizes.text().rpartition("-")
        if dash and last.isdecimal() and int(last) < task.least_outputs:
            self.sizes.setText(f"{head}-{task.least_outputs + 1}")
        self._timer.start()

    def _seed(self) -> int:
        return int(self.seed.text() or "0")

    def _draw_again(self) -> None:
        self.seed.setText(str((self._seed() + 1) % (_LARGEST_SEED + 1)))
        self.show_preview()

    def _make_fields(self) -> None:
        say = self._say
        tasks = {name: say(row.label) for name, row in TEMPLATES.items()}
        self.template = Choices(tasks, "regression", say(message("Task")))
        self.about = words(say(TEMPLATES["regression"].description), "note")
        self.sizes = QLineEdit(_FIRST_SIZES)
        self.sizes.setAccessibleName(say(message("Neurons in each layer")))
        functions = {name: _capital(say(row.label)) for name, row in ACTIVATIONS.items()}
        self.activation = Choices(
            functions, _FIRST_ACTIVATION, say(message("Activation of the hidden layers"))
        )
        drawn = {name: _capital(say(row.label)) for name, row in INITIALISERS.items()}
        self.initialiser = Choices(drawn, _FIRST_INITIALISER, say(message("First weights")))
        self.seed = QLineEdit("0")
        self.seed.setValidator(QIntValidator(0, _LARGEST_SEED, self.seed))
        self.seed.setAccessibleName(say(message("Seed")))
        self.again = QPushButton(say(message("Draw anew")))
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self._draw_again)
        self.large = words(
            say(message("A network of this size is drawn when it is there.")), "note"
        )

    def _arrange(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        drawing = QHBoxLayout()
        drawing.setSpacing(8)
        drawing.addWidget(self.seed, 1)
        drawing.addWidget(self.again)
        rows: tuple[tuple[Message, QWidget | QHBoxLayout], ...] = (
            (message("Task"), self.template),
            (message("Neurons in each layer"), self.sizes),
            (message("Activation of the hidden layers"), self.activation),
            (message("First weights"), self.initialiser),
            (message("Seed"), drawing),
        )
        for number, (label, field) in enumerate(rows):
            form.addWidget(words(self._say(label), "caption"), 3 * number, 0)
            if isinstance(field, QWidget):
                form.addWidget(field, 3 * number + 1, 0)
            else:
                form.addLayout(field, 3 * number + 1, 0)
        form.addWidget(self.about, 2, 0)
        side = QWidget()
        keep(side, "setMinimumWidth", _FORM_WIDTH)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.addLayout(form)
        left.addWidget(
            words(self._say(message("From the inputs to the outputs, as 2-4-2-1.")), "note")
        )
        left.addWidget(self.fault)
        left.addStretch(1)
        shown = QWidget()
        room = QVBoxLayout(shown)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.large)
        room.addWidget(self.preview)
        room.addStretch(1)
        self.body.addWidget(Beside(side, shown, 24))

    def _say(self, text: Message) -> str:
        return translate(text, self._language)


def typed_sizes(text: str) -> list[int]:
    """Return the sizes of layers from text such as 2-4-1 or 2, 4, 1; Refused for anything else."""
    numbers = [part for part in re.split(r"[\s,;:×x–—-]+", text.strip()) if part]
    if not all(re.fullmatch("[0-9]{1,4}", part) for part in numbers):
        raise Refused(message("Type the number of neurons in each layer, for example 2-4-1."))
    return [int(part) for part in numbers]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
