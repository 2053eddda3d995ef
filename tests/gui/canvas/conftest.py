"""A canvas on the lecture example, and hands to use it with."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explainer.gui.canvas.numbers import editable_numbers
from explainer.gui.canvas.view import GraphCanvas
from explainer.gui.theme import load_fonts
from explainer.lesson.examples import example
from explainer.render.diagram import draw
from explainer.trace.moment import starting_moment


class Hand:
    """Shows the lecture example and does to it what a user would."""

    def __init__(self, canvas: GraphCanvas) -> None:
        self.canvas = canvas
        self.lesson = example("lecture-2-2-1")
        self.reported: list[tuple[object, ...]] = []
        canvas.parameter_clicked.connect(self._jumped)
        canvas.value_edited.connect(self._edited)
        canvas.edit_refused.connect(self._refused)
        canvas.hovered.connect(self._hovered)
        self.show_start()

    def _jumped(self, name: str) -> None:
        self.reported.append(("jump", name))

    def _edited(self, reference: object, value: float) -> None:
        self.reported.append(("edit", reference, value))

    def _refused(self, sentence: str) -> None:
        self.reported.append(("refused", sentence))

    def _hovered(self, reference: object) -> None:
        self.reported.append(("hover", reference))

    def of_kind(self, kind: str) -> list[tuple[object, ...]]:
        return [report for report in self.reported if report[0] == kind]

    def show_start(self) -> None:
        moment = starting_moment(self.lesson)
        self.canvas.set_editable_values(editable_numbers(self.lesson, moment))
        self.canvas.show_drawing(draw(self.lesson, moment, digits=5, language="en"))

    def place(self, key: str) -> QPoint:
        """Return where the number of that label stands on the viewport."""
        number = self.canvas.editing.numbers[key]
        middle = (number.left + number.right) / 2
        x, y = self.canvas.camera.to_screen(middle, number.baseline - number.size / 3)
        return QPoint(round(x), round(y))

    def spot(self, x: float, y: float) -> QPoint:
        """Return where a point of the drawing is shown."""
        return QPoint(*(round(value) for value in self.canvas.camera.to_screen(x, y)))

    def click(self, where: str | QPoint) -> None:
        place = self.place(where) if isinstance(where, str) else where
        QTest.mouseClick(
            self.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )

    def move_to(self, where: str | QPoint) -> None:
        QTest.mouseMove(
            self.canvas.viewport(), self.place(where) if isinstance(where, str) else where
        )

    def type(self, text: str) -> None:
        assert self.canvas.editing.field is not None
        QTest.keyClicks(self.canvas.editing.field, text)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key in the field where it is open, else on the canvas."""
        field = self.canvas.editing.field
        target = field if field is not None and self.canvas.editing.is_open else self.canvas
        QTest.keyClick(target, key, modifier)


@pytest.fixture
def canvas(qtbot):
    load_fonts()
    made = GraphCanvas()
    made.resize(900, 640)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


@pytest.fixture
def hand(canvas):
    return Hand(canvas)
