"""The table of samples: typed into, copied, pasted, rows added and deleted, samples stepped; with real keys and clicks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explainer.lesson.data_edits import insert_rows
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from tests.gui.data.helpers import CONTROL, Hands, clipboard
from tests.work import counted

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def hands(open_desk):
    desk = open_desk("circle-features")
    desk.settle()
    return Hands(desk)


def test_the_tab_is_made_when_it_is_first_looked_at(desk):
    assert desk.window.side.data is None
    QTest.keyClick(desk.window, Qt.Key.Key_3, CONTROL)
    assert desk.window.side.data is not None
    hands = Hands(desk)
    assert hands.texts(0) == ["2", "3", "1"]
    QTest.keyClick(desk.window, Qt.Key.Key_1, CONTROL)
    assert not hands.panel.isVisible()


def test_the_table_shows_given_columns_computed_ones_targets_and_test_samples(hands):
    assert [column.symbol for column in hands.table.cells.columns] == ["x₁", "x₂", "u₁", "u₂", "y"]
    assert hands.texts(5) == ["−1.2", "−1", "1.44", "1", "0"]
    assert hands.table.cells.rowCount() == 8
    assert hands.table.cells.is_test(6)
    assert hands.table.cells.row_name(6) == "1"
    assert hands.panel.count.text() == "6 samples to train with, □ 2 held out"


def test_typing_edits_a_cell_and_enter_and_tab_move(hands):
    hands.click(0, 0)
    hands.type("0,75")
    assert hands.data.inputs[0] == (0.75, 0)
    assert hands.at() == (1, 0)
    hands.type("2", Qt.Key.Key_Tab)
    assert hands.data.inputs[1] == (2, -0.6)
    assert hands.at() == (1, 1)
    # Computed columns are passed over.
    hands.press(Qt.Key.Key_Tab)
    assert hands.at() == (1, 4)
    hands.press(Qt.Key.Key_Tab)
    assert hands.at() == (2, 0)
    hands.press(Qt.Key.Key_Tab, SHIFT)
    assert hands.at() == (1, 4)
    hands.press(Qt.Key.Key_Return, SHIFT)
    assert hands.at() == (0, 4)
    assert hands.texts(1)[2] == "4"
    assert str(hands.desk.frame.undo_name) == "change of the table"


def test_what_is_no_number_stays_in_the_field_with_the_reason(hands):
    before = hands.data
    hands.click(0, 0)
    hands.type("1e")
    assert hands.table.editor is not None
    assert hands.panel.fault.text().startswith("“1e” is not a number")
    assert hands.data == before
    hands.press(Qt.Key.Key_Escape)
    assert hands.table.editor is None
    assert not hands.panel.fault.isVisible()
    assert hands.data == before


def test_a_letter_types_nothing_and_arrows_stay_in_the_table(hands):
    hands.click(0, 0)
    step = hands.desk.frame.step_index
    QTest.keyClick(hands.table, Qt.Key.Key_A)
    assert hands.table.editor is None
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Down)
    assert hands.at() == (1, 1)
    assert hands.desk.frame.step_index == step


def test_a_block_is_copied_and_pasted_and_grows_the_table(hands):
    hands.click(3, 0)
    hands.press(Qt.Key.Key_Right, SHIFT)
    hands.press(Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(hands.table, Qt.Key.Key_C, CONTROL)
    assert clipboard() == "1.5\t0\n0\t1.4\n"
    hands.click(7, 0)
    clipboard("1,5\t2\n3\t4\n5\t−6\n")
    QTest.keyClick(hands.table, Qt.Key.Key_V, CONTROL)
    assert hands.data.test.inputs[1:] == ((1.5, 2), (3, 4), (5, -6))
    assert str(hands.desk.frame.undo_name) == "pasting into the table"
    QTest.keyClick(hands.desk.window, Qt.Key.Key_Z, CONTROL)
    assert hands.desk.frame.lesson == example("circle-features")
    assert hands.table.cells.rowCount() == 8


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1\t2\t3\t4\n", "The block is 4 columns wide; from here there is room for 3."),
        ("1\t=cmd()\n", "Line 1, column 2: “=cmd()” is not a number."),
        ("", "There is nothing to paste."),
    ],
)
def test_what_cannot_be_pasted_is_said(hands, text, fault):
    hands.click(0, 0)
    clipboard(text)
    QTest.keyClick(hands.table, Qt.Key.Key_V, CONTROL)
    assert hands.panel.fault.text() == fault
    assert hands.desk.frame.lesson == example("circle-features")


def test_a_computed_column_takes_no_numbers(hands):
    hands.click(0, 2)
    hands.type("5", None)
    assert hands.table.editor is None
    clipboard("5")
    QTest.keyClick(hands.table, Qt.Key.Key_V, CONTROL)
    assert hands.panel.fault.text() == "This column is computed from the others; change those."


def test_rows_are_added_deleted_and_moved(hands):
    before = lesson_to_json(hands.desk.frame.lesson)
    hands.click(1, 1)
    hands.button("add")
    assert len(hands.data.inputs) == 7
    assert hands.data.inputs[2] == hands.data.inputs[1]
    assert hands.table.chosen_rows() == [2]
    QTest.keyClick(hands.table, Qt.Key.Key_Down, ALT)
    assert hands.data.inputs[3] == (0, -0.6)
    hands.click_number(3)
    hands.press(Qt.Key.Key_Delete)
    assert len(hands.data.inputs) == 6
    for _ in range(3):
        hands.desk.program.furniture.actions["undo"].trigger()
    assert lesson_to_json(hands.desk.frame.lesson) == before


def test_delete_on_a_cell_opens_it_and_takes_no_row(hands):
    hands.click(1, 1)
    hands.press(Qt.Key.Key_Delete)
    assert hands.table.editor is not None
    assert len(hands.data.inputs) == 6


def test_all_rows_cannot_be_deleted(hands):
    hands.table.selectAll()
    hands.press(Qt.Key.Key_Delete)
    assert hands.panel.fault.text() == "At least one sample must be left to train with."


def test_a_click_on_a_number_steps_that_sample(hands):
    hands.desk.stage.go_to_step(2)
    kind = hands.desk.frame.moment.step.kind
    hands.click_number(4)
    assert hands.desk.frame.moment.sample == 4
    assert hands.desk.frame.moment.step.kind == kind
    assert hands.table.cells.sample == 4
    hands.click_number(7)
    assert hands.panel.fault.text() == "A test sample is never stepped: no update uses it."
    hands.click(1, 0)
    hands.press(Qt.Key.Key_Space)
    assert hands.desk.frame.moment.sample == 1


def test_the_menu_of_the_rows(hands):
    hands.click(0, 0)
    menu = hands.panel.acts.menu()
    entries = {action.objectName(): action for action in menu.actions() if action.objectName()}
    assert "hold_out" in entries
    entries["hold_out"].trigger()
    assert len(hands.data.test.inputs) == 3
    entries["copy_all"].trigger()
    assert clipboard().startswith("x₁,x₂,u₁,u₂,y\n0,-0.6,0,0.36,1\n")


def test_in_russian_commas_are_written_and_copied(open_desk):
    desk = open_desk("circle-features", "ru")
    desk.settle()
    hands = Hands(desk)
    assert hands.texts(0)[0] == "0,5"
    hands.click(0, 0)
    QTest.keyClick(hands.table, Qt.Key.Key_C, CONTROL)
    assert clipboard() == "0,5\n"
    hands.panel.acts.copy_all()
    assert "\n0,5;0;0,25;0;1\n" in clipboard()


def test_a_formula_has_its_variables(open_desk):
    desk = open_desk("graph-sin")
    desk.settle()
    hands = Hands(desk)
    assert [hands.table.cells.row_name(row) for row in range(2)] == ["x", "y"]
    hands.click(1, 0)
    hands.type("2.5")
    assert desk.frame.lesson.expression.values["y"] == 2.5
    assert not hands.panel.buttons["add"].isVisible()


def test_opening_another_lesson_while_typing_loses_nothing(hands):
    hands.click(0, 0)
    hands.type("7", None)
    hands.desk.stage.do(hands.desk.stage.session.open, example("graph-sin"))
    assert hands.table.editor is None
    assert hands.table.cells.rowCount() == 2


def test_what_is_typed_is_accepted_before_another_tab_is_shown(hands):
    hands.click(0, 0)
    hands.type("7", None)
    hands.desk.program.furniture.actions["choices"].trigger()
    assert hands.data.inputs[0][0] == 7


def test_ten_thousand_samples_do_not_hold_the_window_up(open_desk):
    """Nothing is done for each row: showing the table and typing into it take as many calls as with a few hundred rows."""
    few = example("circle-features")
    few = replace(few, update=replace(few.update, batch_size=1))
    showing, typing = [], []
    for rows in (400, 9_990):
        desk = open_desk(insert_rows(few, 3, rows))
        desk.settle()
        with counted() as work:
            hands = Hands(desk)
            hands.table.viewport().repaint()
        showing.append(work.calls)
        hands.click(5, 0)
        with counted() as work:
            hands.type("3")
        typing.append(work.calls)
        assert hands.data.inputs[5][0] == 3
    assert showing[1] < showing[0] + 5000
    assert typing[1] < typing[0] + 5000
    desk.settle()
    hands.table.scrollToBottom()
    hands.table.viewport().repaint()
    assert hands.table.cells.row_name(9_000) == "9001"
    hands.click_number(9_990)
    assert "more than 24 passes away" in hands.panel.fault.text()
    hands.table.setCurrentIndex(hands.table.cells.index(9_990, 0))
    hands.button("step")
    assert str(desk.frame.undo_name) == "exchange of two samples"
