"""Nothing stays behind: neither steps nor windows take memory for good."""

from __future__ import annotations

import gc
import weakref

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explainer.gui.app import Program
from explainer.lesson.examples import example
from tests.counts import count
from tests.gui.building.conftest import Hand
from tests.gui.choosing.helpers import Choosing
from tests.gui.conftest import Desk, close
from tests.gui.data.helpers import Hands

MEGABYTE = 1024 * 1024
CONTROL = Qt.KeyboardModifier.ControlModifier
FORWARD = [Qt.Key.Key_Right]
# Within one pass of the lecture.
TO_AND_FRO = [Qt.Key.Key_Right] * 15 + [Qt.Key.Key_Left] * 15


def resident() -> float:
    """Return the memory this process takes, in megabytes."""
    gc.collect()
    return float(psutil.Process().memory_info().rss) / MEGABYTE


@pytest.mark.slow
def test_ten_thousand_steps_take_less_than_ten_megabytes(desk):
    # Pages, formulas and pictures of so many steps are kept on purpose.
    keys, warm_up, steps = count((TO_AND_FRO, 120, 300), (FORWARD, 1500, 10_000))
    walk(desk, keys, warm_up)
    before = resident()
    walk(desk, keys, steps)
    taken = resident() - before
    passes = desk.frame.pass_index
    assert taken < 10, (taken, passes)
    if keys == FORWARD:
        assert passes >= (warm_up + steps) // len(desk.frame.one_pass.steps) - 1


def walk(desk, keys, steps: int) -> None:
    """Press these keys again and again; wait for the page of some of the steps."""
    session = desk.stage.session
    for number in range(steps):
        desk.press(keys[number % len(keys)])
        if number % 15 == 14:
            desk.wait(lambda: session._destination is None)
            desk.settle()


@pytest.mark.slow
def test_windows_used_and_closed_leave_no_widget_alive(qtbot, fonts, preferences):
    alive: list[weakref.ref] = []
    for _ in range(count(3, 50)):
        program = Program(example("mazur-2-2-2"), None, "en", preferences)
        program.window.show()
        qtbot.waitExposed(program.window)
        program.furnish()
        try:
            use(Desk(program, qtbot))
        except BaseException:
            close(program)
            raise
        alive += map(weakref.ref, (program, program.stage, program.furniture, program.window))
        alive += map(weakref.ref, program.window.findChildren(QWidget))
        close(program)
        del program
    gc.unfreeze()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    left = [type(found).__name__ for reference in alive if (found := reference()) is not None]
    assert left == []
    assert QApplication.topLevelWidgets() == []


def use(desk) -> None:
    """Build, open a menu of the graph, edit a number, look into choices and data, change the language."""
    desk.settle()
    hand = Hand(desk)
    hand.double_click((hand.at("h1") + hand.at("h2")) / 2)
    hand.drag(hand.at("i1"), hand.at("o1"))
    hand.menu_at(hand.at("h1"))
    hand.drag(QPoint(4, 4), hand.at("h2"))
    number = desk.window.graph.editing.numbers["weight:i1>h1"]
    place = desk.window.graph.camera.to_screen(
        (number.left + number.right) / 2, number.baseline - 4
    )
    QTest.mouseClick(
        desk.window.graph.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(*map(round, place))
    )
    choosing = Choosing(desk)
    choosing.choose("activation", "tanh")
    table = Hands(desk)
    table.click(0, 0)
    table.type("0.5")
    desk.program.furniture.commands.set_language("ru")
    desk.program.furniture.commands.set_theme("dark")
    desk.window.graph.setFocus()
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.settle()
