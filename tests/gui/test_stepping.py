"""Stepping with keys and mouse: the window shows what a fresh trace says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explainer.pages.narrate import narrate
from explainer.pages.page import plain
from explainer.trace.run import trace
from tests.gui.conftest import narrated, tick_place

RIGHT, LEFT, HOME, END = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End


def test_arrows_step_and_every_page_is_that_of_a_fresh_trace(desk):
    runs = trace(desk.frame.lesson, 1)
    assert desk.frame.step_index == -1
    for step in range(len(runs[0].summary.steps)):
        desk.press_and_settle(RIGHT)
        assert desk.frame.step_index == step
        assert narrated(desk.frame.page.page) == narrate(runs, 0, step, "en", 5)
    desk.press_and_settle(LEFT)
    assert desk.frame.step_index == len(runs[0].summary.steps) - 2


def test_home_and_end_go_to_both_ends(desk):
    desk.press_and_settle(END)
    assert desk.frame.is_at_end
    desk.press_and_settle(HOME)
    assert desk.frame.step_index == -1


def test_stepping_past_the_update_starts_the_next_pass_with_the_new_weights(desk):
    before = dict(desk.frame.moment.parameters)
    desk.press_and_settle(END)
    after = desk.frame.one_pass.parameters_after
    desk.press(RIGHT)
    desk.wait(lambda: desk.frame.pass_index == 1)
    desk.settle()
    assert desk.frame.step_index == 0
    assert desk.frame.moment.parameters == after != before
    desk.press_and_settle(LEFT)
    assert desk.frame.pass_index == 0
    assert desk.frame.is_at_end
    desk.press_and_settle(HOME)
    assert desk.frame.moment.parameters == before


def test_buttons_do_what_keys_do(desk):
    buttons = {button.accessibleName(): button for button in desk.window.timeline._buttons}
    QTest.mouseClick(buttons["Step forward"], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.frame.step_index == 0
    QTest.mouseClick(buttons["Last step"], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.frame.is_at_end
    QTest.mouseClick(buttons["Step back"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(buttons["First step"], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.frame.step_index == -1
    assert not buttons["First step"].isEnabled()


def test_clicking_and_dragging_on_the_timeline_scrubs(desk):
    track = desk.window.timeline.track
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=tick_place(track, 8))
    desk.settle()
    assert desk.frame.step_index == 8
    QTest.mousePress(track, Qt.MouseButton.LeftButton, pos=tick_place(track, 8))
    for step in (9, 12, 17):
        move_pressed(track, tick_place(track, step))
        assert desk.frame.step_index == step
    QTest.mouseRelease(track, Qt.MouseButton.LeftButton, pos=tick_place(track, 17))
    desk.settle()
    assert plain(desk.frame.page.page.title)


def test_space_plays_and_pauses(desk):
    desk.program.furniture.player.set_speed(40.0)
    desk.press(Qt.Key.Key_Space)
    desk.wait(lambda: desk.frame.step_index >= 3)
    desk.press(Qt.Key.Key_Space)
    assert not desk.program.furniture.player.playing
    stopped_at = desk.frame.step_index
    QTest.qWait(120)
    assert desk.frame.step_index == stopped_at


def test_a_click_on_a_weight_goes_to_its_gradient(desk):
    graph = desk.window.graph
    number = graph.editing.numbers["weight:i1>h1"]
    x, y = graph.camera.to_screen((number.left + number.right) / 2, number.baseline - 4)
    QTest.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    desk.settle()
    step = desk.frame.one_pass.steps[desk.frame.step_index]
    assert (step.kind, step.subject) == ("gradient_weight", "w1")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_status_says_where_in_the_training_one_is(open_desk, language):
    opened = open_desk(language=language)
    opened.settle()
    status = opened.window.timeline.status.accessibleName()
    assert ("0.05" if language == "en" else "0,05") in status
    assert "SGD" in status


def move_pressed(widget, place: QPoint) -> None:
    """Move the mouse over a widget with the left button held, which QTest.mouseMove does not."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)
