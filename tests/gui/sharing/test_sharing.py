"""A lesson as text by real keys: copied, pasted wherever the keyboard is, refused where it is damaged."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.dialogs.shared_text import SharedTextDialog
from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.shared_text import lesson_from_text, text_from_lesson
from explainer.lesson.templates import new_lesson
from tests.gui.answering import answered

CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
MAZUR = text_from_lesson(example("mazur-2-2-2"))


@pytest.fixture
def clipboard(qapp):
    board = QApplication.clipboard()
    board.clear()
    yield board
    board.clear()


def test_the_lesson_is_copied_as_it_is(desk, clipboard):
    desk.press(Qt.Key.Key_C, CONTROL_SHIFT)
    assert lesson_from_text(clipboard.text()) == desk.stage.session.lesson
    desk.wait(lambda: desk.program.furniture.notice.isVisible())


def test_a_later_pass_is_copied_with_its_weights_and_its_number(open_desk, clipboard):
    desk = open_desk("adam")
    desk.settle()
    steps = len(desk.frame.one_pass.steps)
    for _ in range(steps + 2):
        desk.press_and_settle(Qt.Key.Key_Right)
    assert desk.frame.pass_index == 1
    shown = desk.frame.one_pass
    desk.press(Qt.Key.Key_C, CONTROL_SHIFT)
    copied = lesson_from_text(clipboard.text())
    assert copied.state.passes == 1
    assert {name: copied.network.value(name) for name in copied.network.parameters} == (
        shown.parameters_before
    )
    # Whoever pastes it sees the same pass.
    desk.press(Qt.Key.Key_V, CONTROL)
    desk.settle()
    assert desk.frame.pass_index == 0
    assert [step.value for step in desk.frame.one_pass.steps] == [
        step.value for step in shown.steps
    ]


@pytest.mark.parametrize("place", ["graph", "side", "choices", "data", "timeline"])
def test_it_is_pasted_wherever_the_keyboard_is(desk, clipboard, place):
    clipboard.setText(f"\n{MAZUR}\n")
    commands = desk.program.furniture.commands
    match place:
        case "graph":
            desk.window.graph.setFocus()
        case "side":
            desk.window.derivation.setFocus()
        case "choices":
            commands.show_choices()
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        case "data":
            commands.show_data()
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        case "timeline":
            desk.window.timeline.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_V, CONTROL)
    assert desk.stage.session.lesson == example("mazur-2-2-2")
    assert desk.stage.session.path is None
    # It is in no file yet.
    assert desk.frame.dirty


def test_it_is_pasted_over_a_field_that_is_being_typed_in(open_desk, clipboard):
    desk = open_desk("logistic-neuron")
    desk.settle()
    desk.press(Qt.Key.Key_P, CONTROL_SHIFT)
    desk.stage.go_to_step(0)
    desk.settle()
    panel = desk.program.furniture.classroom.predicting.panel
    desk.wait(lambda: QApplication.focusWidget() is panel.field)
    clipboard.setText(MAZUR)
    desk.press(Qt.Key.Key_V, CONTROL)
    assert panel.field.text() == ""
    assert desk.stage.session.lesson == example("mazur-2-2-2")


def test_it_opens_over_a_formula_too(open_desk, clipboard):
    desk = open_desk("recurrent")
    desk.settle()
    clipboard.setText(text_from_lesson(example("xor-2-2-1")))
    desk.press(Qt.Key.Key_V, CONTROL)
    assert desk.stage.session.lesson == example("xor-2-2-1")


def test_unsaved_changes_are_asked_about_first(desk, clipboard):
    desk.stage.do(desk.stage.session.set_parameter, "w1", 0.5)
    before = desk.stage.session.lesson
    clipboard.setText(MAZUR)
    said = answered("Cancel")
    desk.press(Qt.Key.Key_V, CONTROL)
    assert "not saved" in said[0]
    assert desk.stage.session.lesson is before
    # The keyboard comes back to the window.
    desk.settle()
    answered("Don’t save")
    desk.press(Qt.Key.Key_V, CONTROL)
    assert desk.stage.session.lesson == example("mazur-2-2-2")


@pytest.mark.parametrize("text", [MAZUR[:-30], "explainer:9:abc", "explainer:1:"])
def test_a_damaged_text_is_told_in_one_sentence_and_changes_nothing(desk, clipboard, text):
    before = desk.stage.session.lesson
    clipboard.setText(text)
    said = answered("Close")
    desk.press(Qt.Key.Key_V, CONTROL)
    assert said[0].startswith("The lesson was not opened text: ")
    assert desk.stage.session.lesson is before


def test_other_text_is_pasted_as_ever(open_desk, clipboard):
    desk = open_desk("logistic-neuron")
    desk.settle()
    desk.press_and_settle(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_P, CONTROL_SHIFT)
    desk.settle()
    panel = desk.program.furniture.classroom.predicting.panel
    desk.wait(lambda: QApplication.focusWidget() is panel.field)
    clipboard.setText("0.25")
    desk.press(Qt.Key.Key_V, CONTROL)
    assert panel.field.text() == "0.25"


def test_the_dialog_says_what_is_wrong_and_opens_what_is_right(desk, clipboard):
    clipboard.setText("nothing of the kind")
    dialog = SharedTextDialog(desk.stage, "", desk.window)
    dialog.show()
    dialog.field.setPlainText(MAZUR[:-8])
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "damaged" in dialog.fault.text()
    dialog.field.setPlainText(MAZUR)
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.lesson == example("mazur-2-2-2")
    dialog.deleteLater()


def test_the_menu_entry_offers_what_is_on_the_clipboard(desk, clipboard):
    clipboard.setText(MAZUR)
    answered("Open")
    desk.press(Qt.Key.Key_O, CONTROL_SHIFT)
    assert desk.stage.session.lesson == example("mazur-2-2-2")


def test_a_large_lesson_is_read_beside_the_window(desk, clipboard):
    large = new_lesson((8, 60, 60, 4), Choice("tanh"), Choice("xavier_uniform"))
    text = text_from_lesson(large)
    assert len(text) > 12 * 1024
    clipboard.setText(text)
    desk.press(Qt.Key.Key_V, CONTROL)
    desk.wait(lambda: desk.stage.session.lesson == large)
