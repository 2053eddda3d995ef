"""The window as a whole: what belongs together moves together, and nothing stays behind."""

from __future__ import annotations

import subprocess
import sys
from operator import attrgetter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from explainer.gui.actions import ACTIONS
from explainer.gui.app import Program
from explainer.lesson.examples import example
from explainer.messages import message, translate
from explainer.pages.page import Reference
from tests.gui.conftest import close

CONTROL = Qt.KeyboardModifier.ControlModifier


def at_w1(desk):
    desk.stage.go_to_parameter("w1")
    desk.settle()


def test_a_factor_under_the_mouse_lights_its_edge_and_the_other_way_round(desk, qtbot):
    at_w1(desk)
    sheet, graph = desk.window.derivation.widget(), desk.window.graph
    atom = next(atom for atom in sheet._layout.atoms if atom.latex == "w_5")
    place = QPoint(round(atom.x + atom.width / 2), round(atom.baseline - 4))
    QTest.mouseMove(sheet, place)
    qtbot.waitUntil(lambda: graph.pointing.called == Reference("edge", "h1", "o1"))
    QTest.mouseMove(sheet, QPoint(3, 3))
    qtbot.waitUntil(lambda: graph.pointing.called is None)
    graph.hovered.emit(Reference("edge", "h1", "o1"))
    assert sheet._lit_factor == 1
    graph.hovered.emit(None)
    assert sheet._lit_factor is None


def test_typing_a_weight_on_the_graph_changes_every_later_number(desk):
    desk.press_and_settle(Qt.Key.Key_End)
    graph = desk.window.graph
    before = dict(desk.frame.moment.values)
    number = graph.editing.numbers["weight:i1>h1"]
    x, y = graph.camera.to_screen((number.left + number.right) / 2, number.baseline - 4)
    QTest.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    desk.settle()
    QTest.keyClicks(graph.editing.field, "0.5")
    QTest.keyClick(graph.editing.field, Qt.Key.Key_Return)
    desk.settle()
    assert desk.frame.lesson.network.value("w1") == 0.5
    assert desk.frame.moment.values["h1"] == pytest.approx(0.5 * 2 + 0.21 * 3)
    assert desk.window.isWindowModified()
    actions = desk.program.furniture.actions
    assert "w₁" in actions["undo"].text()
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.settle()
    assert desk.frame.lesson == example("lecture-2-2-1")
    assert {name: desk.frame.moment.values[name] for name in before} == before
    assert not actions["undo"].isEnabled()
    desk.press(Qt.Key.Key_Y, CONTROL)
    assert desk.frame.lesson.network.value("w1") == 0.5


def test_keeping_the_weights_makes_them_the_start(desk):
    desk.press_and_settle(Qt.Key.Key_End)
    after = desk.frame.one_pass.parameters_after
    desk.program.furniture.actions["keep"].trigger()
    desk.settle()
    assert {name: desk.frame.lesson.network.value(name) for name in after} == after


def test_every_row_of_the_table_has_its_command_a_name_and_a_tip(desk):
    shortcuts: dict[str, str] = {}
    for row in ACTIONS:
        assert callable(attrgetter(row.intent)(desk.program.furniture.commands))
        action = desk.program.furniture.actions[row.id]
        assert action.text()
        for keys in row.shortcuts:
            assert QKeySequence(keys).toString()
            assert keys not in shortcuts, f"{keys} is used by {row.id} and {shortcuts[keys]}"
            shortcuts[keys] = row.id
    tips = {row.id: desk.program.furniture.actions[row.id].toolTip() for row in ACTIONS}
    assert tips["next"] == "Step forward (→)"
    assert tips["export"] == "Export (Ctrl+E)"


def test_full_screen_comes_and_goes(desk):
    desk.press(Qt.Key.Key_F11)
    assert desk.window.isFullScreen()
    desk.press(Qt.Key.Key_F11)
    assert not desk.window.isFullScreen()


def test_zoom_is_of_graph_and_formulas(desk):
    sheet = desk.window.derivation.widget()
    height, scale = sheet._layout.height, desk.window.graph.camera.scale
    desk.press(Qt.Key.Key_Plus, CONTROL)
    assert sheet._layout.height > height
    assert desk.window.graph.camera.scale > scale
    desk.press(Qt.Key.Key_0, CONTROL)
    assert sheet._layout.height == height
    assert desk.window.graph.camera.scale == pytest.approx(scale)


def test_everything_that_takes_the_keyboard_has_a_name(desk):
    for widget in desk.window.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes and widget.isVisible():
            assert widget.accessibleName(), (widget, widget.objectName(), widget.parent())


def test_each_step_is_announced(desk, monkeypatch):
    said = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", said.append)
    desk.press_and_settle(Qt.Key.Key_Right)
    assert [event.message() for event in said] == [desk.frame.page.page.announcement]


def test_the_language_changes_without_a_restart(desk):
    desk.program.furniture.commands.set_language("ru")
    desk.settle()
    assert desk.window.timeline.track.accessibleName() == translate(message("Timeline"), "ru")
    texts = [action.text().replace("&", "") for action in desk.program.furniture.menus.actions()]
    assert texts[0] == "Файл"
    assert "Пример" in desk.window.windowTitle()
    assert "0,05" in desk.window.timeline.status.accessibleName()


def test_the_worker_killed_in_the_middle_is_started_again(desk):
    process = desk.program.client._process
    process.kill()
    process.waitForFinished(5000)
    desk.stage.edit_value(Reference("parameter", "w1"), 0.125)
    desk.settle()
    assert desk.frame.one_pass.parameters_before["w1"] == 0.125


def test_where_the_window_stood_is_remembered(open_desk, preferences):
    first = open_desk()
    first.settle()
    first.window.resize(1111, 666)
    first.window.close()
    second = Program(example("lecture-2-2-1"), None, "en", preferences)
    assert second.window.size().width() == min(1111, second.window.width())
    assert preferences.bytes("geometry") is not None
    close(second)


def test_the_window_never_loads_the_mathematics(tmp_path):
    """Neither the first frame nor stepping through a pass needs SymPy, NumPy, ziamath or Matplotlib in this process."""
    code = """
import sys
from PySide6.QtCore import QTimer
from explainer.gui.app import Program, make_application
from explainer.lesson.examples import example
heavy = {"sympy", "numpy", "ziamath", "matplotlib", "mpmath", "typst", "pypandoc"}
application = make_application()
program = Program(example("lecture-2-2-1"), None, "en")
program.window.show()
def first_frame():
    assert not heavy & set(sys.modules), heavy & set(sys.modules)
program.window.painted.connect(first_frame)
def walk():
    frame = program.stage.frame
    if frame.page is None or frame.verdict.check is None:
        return
    if frame.step_index < 5:
        program.stage.do(program.stage.session.next)
        return
    assert not heavy & set(sys.modules), heavy & set(sys.modules)
    program.window.close()
timer = QTimer()
timer.timeout.connect(walk)
timer.start(20)
application.exec()
print("walked")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.strip() == "walked", done.stderr
    assert "Destroyed while process" not in done.stderr


def test_a_button_with_the_keyboard_is_pressed_by_space_and_enter(desk, qtbot):
    forward = next(
        found for found in desk.window.timeline._buttons if found.accessibleName() == "Step forward"
    )
    forward.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(forward.hasFocus)
    desk.press_and_settle(Qt.Key.Key_Space)
    assert desk.frame.step_index == 0
    assert not desk.program.furniture.player.playing
    desk.press_and_settle(Qt.Key.Key_Return)
    assert desk.frame.step_index == 1


def test_the_formulas_show_when_they_have_the_keyboard(desk, qtbot):
    sheet = desk.window.derivation.widget()
    before = sheet.grab().toImage()
    sheet.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(sheet.hasFocus)
    assert sheet.grab().toImage() != before
    desk.window.graph.setFocus()
    assert sheet.grab().toImage() == before
