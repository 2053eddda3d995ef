"""The presentation by real keys: each key named, whatever has the keyboard, and what it leaves untouched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from explainer.gui.presentation.keys import KEYS
from tests.gui.presentation.helpers import begin, told

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def show(desk):
    desk.stage.go_to_step(7)
    desk.settle()
    shown = begin(desk)
    yield shown
    if desk.program.furniture.classroom.presentation is not None:
        shown.leave()


def press(desk, show, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(show.projection, key, modifiers)
    desk.settle()


def place(desk):
    return desk.stage.session.cursor.step_index


@pytest.mark.parametrize(
    "key", [K.Key_Space, K.Key_Right, K.Key_Down, K.Key_PageDown, K.Key_Return]
)
def test_going_on_tells_line_by_line_before_the_next_step(desk, show, key):
    assert told(show)[-1] == "result"
    press(desk, show, key)
    assert place(desk) == 8
    seen = [told(show)]
    while place(desk) == 8:
        press(desk, show, key)
        seen.append(told(show))
    assert seen[:5] == [
        (),
        ("chain",),
        ("chain", "local"),
        ("chain", "local", "numbers"),
        ("chain", "local", "numbers", "result"),
    ]
    assert place(desk) == 9
    assert told(show) == ()


@pytest.mark.parametrize("key", [K.Key_Backspace, K.Key_Left, K.Key_Up, K.Key_PageUp])
def test_going_back_takes_lines_back_then_shows_the_step_before_whole(desk, show, key):
    assert len(told(show)) == 4
    for left in (3, 2, 1, 0):
        press(desk, show, key)
        assert len(told(show)) == left
    assert place(desk) == 7
    press(desk, show, key)
    assert place(desk) == 6
    assert told(show)[-1] == "result"


def test_a_result_is_on_the_graph_only_with_its_line(desk, show):
    press(desk, show, K.Key_Home)
    press(desk, show, K.Key_Space)
    labels = {shape.key for shape in show.projection.graph.drawing.shapes}
    assert "value:h1" not in labels
    for _ in range(3):
        press(desk, show, K.Key_Space)
    labels = {shape.key for shape in show.projection.graph.drawing.shapes}
    assert "value:h1" in labels


def test_badges_come_with_the_numbers(desk, show):
    press(desk, show, K.Key_Space)
    press(desk, show, K.Key_Space)
    press(desk, show, K.Key_Space)
    keys = {shape.key for shape in show.projection.graph.drawing.shapes}
    assert "badge:0" not in keys
    press(desk, show, K.Key_Space)
    keys = {shape.key for shape in show.projection.graph.drawing.shapes}
    assert "badge:0" in keys


def test_home_end_and_the_shifted_keys(desk, show):
    last = len(desk.frame.one_pass.steps) - 1
    press(desk, show, K.Key_Home)
    assert place(desk) == -1
    press(desk, show, K.Key_End)
    assert place(desk) == last
    assert told(show)[-1] == "result"
    press(desk, show, K.Key_F5, SHIFT)
    assert (desk.stage.session.cursor, desk.frame.pass_index) == ((0, -1), 0)
    press(desk, show, K.Key_PageDown, SHIFT)
    press(desk, show, K.Key_Right, SHIFT)
    assert place(desk) == 1
    assert told(show) == ()
    press(desk, show, K.Key_PageUp, SHIFT)
    assert place(desk) == 0
    press(desk, show, K.Key_Left, SHIFT)
    assert place(desk) == -1


@pytest.mark.parametrize("key", [K.Key_Period, K.Key_B])
def test_the_screen_is_blanked_and_the_next_press_brings_it_back(desk, show, key):
    press(desk, show, key)
    assert show.projection.glass.blank
    picture = show.projection.grab().toImage()
    assert picture.pixelColor(100, 100).name() == "#000000"
    press(desk, show, K.Key_Space)
    assert not show.projection.glass.blank
    assert place(desk) == 7


@pytest.mark.parametrize("key", [K.Key_Escape, K.Key_F5])
def test_leaving_touches_nothing_of_the_window(desk, key):
    desk.program.furniture.actions["choices"].trigger()
    desk.program.furniture.actions["view_computation"].trigger()
    desk.stage.go_to_step(4)
    desk.settle()
    before = (desk.frame, desk.window.side._stack.currentIndex(), desk.window.graph.camera)
    show = begin(desk)
    assert show.projection.graph.view == "computation"
    QTest.keyClick(show.projection, key)
    assert desk.program.furniture.classroom.presentation is None
    assert desk.window.graph.view == "computation"
    after = (desk.frame, desk.window.side._stack.currentIndex(), desk.window.graph.camera)
    assert after == before


def test_shift_f5_presents_from_the_beginning(desk):
    desk.stage.go_to_step(5)
    desk.settle()
    desk.window.graph.setFocus()
    desk.press(K.Key_F5, SHIFT)
    assert desk.stage.session.cursor == (0, -1)
    desk.program.furniture.classroom.presentation.leave()


def test_a_clicker_works_whatever_has_the_keyboard(desk, show):
    show.notes()
    QApplication.processEvents()
    others = [
        desk.window,
        desk.window.graph,
        desk.window.timeline._buttons[0],
        desk.window.derivation.sheet,
        show.presenter,
        show.presenter.preview,
    ]
    for number, widget in enumerate(others, start=1):
        widget.activateWindow()
        widget.setFocus()
        QTest.keyClick(widget, K.Key_PageDown, SHIFT)
        assert place(desk) == 7 + number
        QTest.keyClick(widget, K.Key_B)
        assert show.projection.glass.blank
        QTest.keyClick(widget, K.Key_B)
    QTest.keyClick(desk.window.graph, K.Key_Escape)
    assert desk.program.furniture.classroom.presentation is None


def test_a_field_keeps_what_is_typed_but_not_the_clicker(desk, show):
    field = QLineEdit(desk.window)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "0.5 b")
    assert field.text() == "0.5 b"
    assert not show.projection.glass.blank
    QTest.keyClick(field, K.Key_PageDown, SHIFT)
    assert place(desk) == 8


def test_the_pen_draws_keeps_with_its_step_and_is_wiped_away(desk, show):
    press(desk, show, K.Key_P)
    before = show.projection.grab().toImage()
    QTest.mousePress(show.projection, Qt.MouseButton.LeftButton, pos=QPoint(300, 900))
    QTest.mouseMove(show.projection, QPoint(400, 950))
    show.projection.glass.go_on(QPoint(500, 900).toPointF())
    QTest.mouseRelease(show.projection, Qt.MouseButton.LeftButton, pos=QPoint(500, 900))
    assert show.projection.grab().toImage() != before
    assert len(show.projection.glass.strokes) == 1
    press(desk, show, K.Key_PageDown, SHIFT)
    assert show.projection.glass.strokes == []
    press(desk, show, K.Key_PageUp)
    assert len(show.projection.glass.strokes) == 1
    for key in (K.Key_E, K.Key_Delete):
        show.projection.glass.begin(QPoint(5, 5).toPointF())
        press(desk, show, key)
        assert show.projection.glass.strokes == []
    assert place(desk) == 7


def test_the_spotlight_is_switched_or_held(desk, show, monkeypatch):
    press(desk, show, K.Key_S)
    assert show.projection.glass.tool == "spotlight"
    press(desk, show, K.Key_S)
    assert show.projection.glass.tool == "none"
    now = [100.0]
    monkeypatch.setattr("explainer.gui.presentation.presenting.monotonic", lambda: now[0])
    QTest.keyPress(show.projection, K.Key_S)
    assert show.projection.glass.tool == "spotlight"
    now[0] = 102.0
    QTest.keyRelease(show.projection, K.Key_S)
    assert show.projection.glass.tool == "none"


def test_a_click_goes_on_and_the_right_button_back(desk, show):
    QTest.mouseClick(show.projection, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert place(desk) == 8
    desk.settle()
    QTest.mouseClick(show.projection, Qt.MouseButton.RightButton, pos=QPoint(300, 300))
    assert place(desk) == 7


def test_the_timeline_leads_anywhere(desk, show):
    track = show.projection.track
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(2, track.height() // 2))
    assert place(desk) == 0


def test_the_presenter_window_shows_what_comes_and_is_remembered(desk, show):
    assert not show.presenter.isVisible()
    press(desk, show, K.Key_N)
    assert show.presenter.isVisible()
    assert desk.program.preferences.presenter_window
    desk.wait(lambda: show.presenter.next.text() not in ("", "…"))
    assert show.presenter.elapsed.text().startswith("0:00:")
    assert ":" in show.presenter.clock.text()
    press(desk, show, K.Key_N)
    assert not desk.program.preferences.presenter_window


def test_text_is_zoomed_but_never_below_what_can_be_read(desk, show):
    zoom = show.projection.page.zoom
    press(desk, show, K.Key_Plus, CONTROL)
    assert show.projection.page.zoom > zoom
    press(desk, show, K.Key_0, CONTROL)
    press(desk, show, K.Key_Minus, CONTROL)
    assert show.projection.page.zoom == zoom


def test_a_russian_keyboard_has_the_same_keys(desk, show):
    # Typed by QTest it would have to be a letter of ASCII.
    event = QKeyEvent(QEvent.Type.KeyPress, 0x0418, Qt.KeyboardModifier.NoModifier, "и")
    QApplication.sendEvent(show.projection, event)
    assert show.projection.glass.blank


def test_every_row_of_the_table_of_keys_has_its_method(show):
    for row in KEYS:
        assert callable(getattr(show, row.intent))


def test_the_keys_are_the_windows_again_afterwards(desk, show):
    show.leave()
    desk.wait(desk.window.isActiveWindow)
    desk.window.graph.setFocus()
    desk.press_and_settle(K.Key_Right)
    assert place(desk) == 8
    assert desk.frame.page is not None


def test_a_first_page_with_too_little_room_says_what_the_lesson_is_about(open_desk):
    desk = open_desk("xor-2-2-1")
    desk.settle()
    desk.program.furniture.actions["view_matrices"].trigger()
    desk.settle()
    shown = begin(desk)
    for size, has_matrices in (((800, 600), False), ((3840, 1080), True)):
        shown.projection.resize(*size)
        shown.projection._arrange(shown.projection.size())
        words = {atom.text for atom in shown.projection.page.layout_now().atoms}
        assert "Exclusive" in words
        assert ("Layer" in words) is has_matrices
    shown.leave()
