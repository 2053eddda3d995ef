"""The table over the graph: the same step in numbers, reached, read and edited with keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.board.model import GRADIENT, NEW, SYMBOL, VALUE

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def opened(desk):
    desk.press(Qt.Key.Key_4, CTRL_ALT)
    board = desk.program.furniture.commands.viewing.board
    assert board is not None
    assert board.isVisible()
    return board.table


def line_of(table, symbol):
    lines = table.lines
    return next(line for line in range(lines.rowCount()) if lines.text(line, SYMBOL) == symbol)


def go_to(desk, table, symbol):
    wanted = line_of(table, symbol)
    while table.currentIndex().row() != wanted:
        down = table.currentIndex().row() < wanted
        desk.press(Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def test_keys_lead_to_a_weight_its_steps_and_its_number(desk):
    table = opened(desk)
    assert QApplication.focusWidget() is table
    assert desk.window.top_bar.views.buttons["table"].isChecked()
    go_to(desk, table, "w₁")
    desk.press_and_settle(Qt.Key.Key_Return)
    assert desk.frame.step_index == 8
    line = line_of(table, "w₁")
    assert table.lines.text(line, GRADIENT) == "−0.22652"
    assert table.lines.text(line, NEW) == "–"
    assert table.lines.is_about(line)
    desk.press_and_settle(Qt.Key.Key_Return)
    assert desk.frame.step_index == 13
    assert table.lines.text(line, NEW) == "0.12133"
    desk.press_and_settle(Qt.Key.Key_Left)
    assert desk.frame.step_index == 12
    desk.press(Qt.Key.Key_F2)
    assert table.editor is not None
    QTest.keyClicks(table.editor, "0,5")
    QTest.keyClick(table.editor, Qt.Key.Key_Return)
    assert desk.frame.lesson.network.value("w1") == 0.5
    assert table.lines.text(table.currentIndex().row(), SYMBOL) == "w₂"
    assert desk.frame.undo_name is not None


def test_a_digit_begins_and_what_is_no_number_is_said(desk):
    table = opened(desk)
    board = desk.program.furniture.commands.viewing.board
    go_to(desk, table, "i₂")
    QTest.keyClicks(table, "7")
    assert table.editor is not None
    QTest.keyClicks(table.editor, "x")
    QTest.keyClick(table.editor, Qt.Key.Key_Return)
    assert board.fault.isVisible()
    assert "7x" in board.fault.text()
    QTest.keyClick(table.editor, Qt.Key.Key_Escape)
    assert not board.fault.isVisible()
    assert desk.frame.lesson.data.inputs == ((2.0, 3.0),)


def test_a_click_on_a_number_asks_where_it_comes_from(desk):
    desk.press_and_settle(Qt.Key.Key_End)
    table = opened(desk)
    place = table.visualRect(table.lines.index(line_of(table, "w₅"), GRADIENT)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    desk.settle()
    assert desk.frame.step_index == 5
    place = table.visualRect(table.lines.index(line_of(table, "w₅"), VALUE)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    QTest.mouseDClick(table.viewport(), LEFT, pos=place)
    assert table.editor is not None
    table.drop_typing()


def test_a_line_lights_its_factor_in_the_derivation(desk):
    desk.stage.go_to_step(8)
    desk.settle()
    table = opened(desk)
    go_to(desk, table, "i₁")
    sheet = desk.window.derivation.widget()
    assert sheet._lit_factor == 2
    desk.press(Qt.Key.Key_1, CTRL_ALT)
    assert sheet._lit is None


def test_a_screen_reader_hears_the_whole_line_in_the_language_of_the_window(open_desk):
    desk = open_desk(language="ru")
    desk.settle()
    desk.stage.go_to_step(8)
    desk.settle()
    table = opened(desk)
    lines = table.lines
    spoken = lines.data(lines.index(line_of(table, "w₁"), 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("w₁, i₁ → h₁, ")
    assert "0,11" in spoken
    assert "−0,22652" in spoken
    interface = QAccessible.queryAccessibleInterface(table)
    assert interface.role() == QAccessible.Role.Table
    assert interface.text(QAccessible.Text.Name)


def test_formulas_have_a_table_too(open_desk):
    desk = open_desk("graph-reuse")
    desk.settle()
    table = opened(desk)
    go_to(desk, table, "x")
    QTest.keyClicks(table, "2")
    QTest.keyClick(table.editor, Qt.Key.Key_Return)
    assert desk.frame.lesson.expression.values["x"] == 2.0
    go_to(desk, table, "F")
    desk.wait(lambda: desk.frame.one_pass is not None)
    desk.press_and_settle(Qt.Key.Key_Return)
    assert table.lines.text(line_of(table, "F"), VALUE) == "16"


def test_the_table_is_there_at_the_next_start_and_leaves_the_graph_whole(desk, open_desk):
    opened(desk)
    other = open_desk()
    board = other.program.furniture.commands.viewing.board
    assert board is not None
    assert board.isVisible()
    other.program.furniture.actions["view_neurons"].trigger()
    assert not board.isVisible()
    assert other.window.graph.view == "neurons"
    assert QApplication.focusWidget() is not board.table


def test_what_is_to_be_predicted_is_not_in_the_table(desk):
    desk.stage.go_to_step(8)
    desk.settle()
    table = opened(desk)
    desk.program.furniture.classroom.predict()
    desk.settle()
    assert table.lines.number(line_of(table, "w₁"), GRADIENT) is None


def test_the_table_grows_with_the_window(desk):
    table = opened(desk)
    line = line_of(table, "w₁")
    usual = table.rowHeight(line), table.columnWidth(SYMBOL)
    for _ in range(3):
        desk.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert table.rowHeight(line) > 1.4 * usual[0]
    assert table.columnWidth(SYMBOL) > 1.2 * usual[1]
    desk.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert (table.rowHeight(line), table.columnWidth(SYMBOL)) == usual


def test_the_walk_of_the_table_shows_where_it_is(desk):
    table = opened(desk)
    go_to(desk, table, "h₁")
    with_keyboard = table.grab().toImage()
    desk.window.top_bar.present.setFocus()
    assert table.grab().toImage() != with_keyboard
