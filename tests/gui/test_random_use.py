"""Random steps, edits, undos and saves through real keys and clicks: no exception, and numbers as a fresh trace has them."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explainer.pages.narrate import narrate
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.counts import count
from tests.gui.choosing.helpers import Choosing
from tests.gui.conftest import narrated, tick_place

KEYS = (Qt.Key.Key_Right,) * 6 + (Qt.Key.Key_Left,) * 3 + (Qt.Key.Key_Home, Qt.Key.Key_End)
CONTROL = Qt.KeyboardModifier.ControlModifier


class RandomUser:
    """Does one random thing after another."""

    def __init__(self, desk, seed: int) -> None:
        self._desk = desk
        self._random = random.Random(seed)

    def act(self) -> str:
        deed = self._random.choice(
            (
                *(self._step,) * 3,
                self._scrub,
                self._edit,
                self._choose,
                self._choose,
                self._number,
                self._undo,
                self._redo,
            )
        )
        return deed()

    def _step(self) -> str:
        key = self._random.choice(KEYS)
        self._desk.press(key)
        return key.name

    def _scrub(self) -> str:
        track = self._desk.window.timeline.track
        steps = self._desk.frame.one_pass
        if steps is None:
            return "nothing to scrub"
        step = self._random.randrange(len(steps.steps))
        place = tick_place(track, step)
        QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=place)
        return f"scrub to {step}"

    def _edit(self) -> str:
        graph = self._desk.window.graph
        key = self._random.choice(sorted(graph.editing.numbers))
        number = graph.editing.numbers[key]
        x, y = graph.camera.to_screen((number.left + number.right) / 2, number.baseline - 4)
        place = QPoint(round(x), round(y))
        QTest.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=place)
        text = self._random.choice(("0.5", "-0.25", "1,5", "0", "2e-1", "nonsense"))
        field = graph.editing.field
        if field is None or not graph.editing.is_open:
            return f"nothing opened at {key}"
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        if graph.editing.is_open:
            QTest.keyClick(field, Qt.Key.Key_Escape)
        return f"{key} = {text}"

    def _choose(self) -> str:
        """Open a menu of the tab of choices and click any option, also one that cannot be taken."""
        self._desk.press(Qt.Key.Key_2, CONTROL)
        fields = self._desk.window.side.choices.fields
        menu = self._random.choice(
            sorted(name for name, field in fields.items() if field.menu.options)
        )
        hands = Choosing(self._desk)
        popup = hands.open(menu)
        name = self._random.choice(hands.rows(popup))
        popup.close()
        hands.click(menu, name)
        if popups := [field.popup for field in hands.panel.fields.values() if field.popup]:
            popups[0].close()
        self._desk.press(Qt.Key.Key_1, CONTROL)
        return f"{menu}: {name}"

    def _number(self) -> str:
        """Type a number beside any menu."""
        hands = Choosing(self._desk)
        fields = hands.panel.fields
        menu = self._random.choice(sorted(name for name, field in fields.items() if field.numbers))
        place = self._random.randrange(len(fields[menu].numbers))
        text = self._random.choice(("0.5", "1", "2", "-3", "0", "much"))
        hands.type(menu, place, text)
        if menu in hands.panel.fields:
            for number in hands.panel.fields[menu].numbers:
                QTest.keyClick(number, Qt.Key.Key_Escape)
        self._desk.press(Qt.Key.Key_1, CONTROL)
        return f"{menu}: {text}"

    def _undo(self) -> str:
        self._desk.press(Qt.Key.Key_Z, CONTROL)
        return "undo"

    def _redo(self) -> str:
        self._desk.press(Qt.Key.Key_Y, CONTROL)
        return "redo"


@pytest.mark.parametrize("name", ["lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1"])
def test_random_use_never_shows_a_wrong_number(open_desk, name):
    desk = open_desk(name)
    desk.settle()
    user = RandomUser(desk, seed=len(name))
    history = []
    for number in range(count(25, 500)):
        history.append(user.act())
        desk.settle()
        if number % 5 == 0:
            assert_shows_fresh_trace(desk, history)
    assert_shows_fresh_trace(desk, history)


def assert_shows_fresh_trace(desk, history) -> None:
    """Compare the window with a trace of its lesson made here and now; `history` is told where they differ."""
    frame = desk.frame
    runs = trace(frame.lesson, frame.pass_index + 1)
    summary = runs[frame.pass_index].summary
    assert frame.one_pass == summary, history
    assert frame.page is not None, history
    page = narrate(runs, frame.pass_index, frame.step_index, frame.language, frame.digits)
    assert narrated(frame.page.page) == page, history
    start = frame.step_index < 0
    moment = (
        starting_moment(frame.lesson)
        if start
        else moment_at(frame.lesson, summary, frame.step_index)
    )
    assert frame.moment == moment, history
    values = {
        editable.reference: editable.value for editable in desk.window.graph._editable.values()
    }
    for reference, value in values.items():
        if reference.kind == "parameter":
            assert value == moment.parameters[reference.first]
