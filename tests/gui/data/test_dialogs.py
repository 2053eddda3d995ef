"""The dialogs of the data: import with its preview, columns, noise, test samples."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from explainer.gui.data import importing
from explainer.gui.data.chance_dialogs import NoiseDialog, SplitDialog
from explainer.gui.data.columns_dialog import ColumnsDialog
from explainer.gui.data.import_dialog import ImportDialog
from explainer.lesson.examples import example
from explainer.lesson.inputs import inputs_of
from explainer.lesson.lesson import Feature
from tests.gui.data.helpers import Hands

FLOWERS = "длина;ширина;класс\n1,5;2;0\n3;4,25;1\n".encode("cp1251")


@pytest.fixture
def lecture(open_desk):
    desk = open_desk("lecture-2-2-1")
    desk.settle()
    return desk


def open_import(desk, content):
    dialog = ImportDialog(desk.stage, desk.window, "table.csv", content)
    dialog.show()
    return dialog


def press(dialog, name):
    """Press the button of a dialog with this text."""
    (button,) = (
        each
        for each in dialog.findChildren(QPushButton)
        if each.text() == name and each.isVisible()
    )
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_an_import_shows_what_it_found_and_puts_the_table_in(lecture):
    dialog = open_import(lecture, FLOWERS)
    assert dialog.delimiter.value == ";"
    assert dialog.decimal.value == "comma"
    assert dialog.encoding.value == "cp1251"
    assert dialog.header.isChecked()
    assert dialog.preview.horizontalHeaderItem(0).text() == "длина"
    assert [box.currentData() for box in dialog.roles] == ["input", "input", "target"]
    assert not dialog.fit.isVisible()
    press(dialog, "Import")
    data = lecture.frame.lesson.data
    assert data.inputs == ((1.5, 2), (3, 4.25))
    assert data.targets == ((0,), (1,))
    assert str(lecture.frame.undo_name) == "import of a table"
    lecture.program.furniture.actions["undo"].trigger()
    assert lecture.frame.lesson == example("lecture-2-2-1")


def test_names_that_features_can_use_are_kept(lecture):
    press(open_import(lecture, b"width,height,kind\n1,2,0\n3,4,1\n"), "Import")
    assert lecture.frame.lesson.data.names == ("width", "height")
    hands = Hands(lecture)
    assert [column.note for column in hands.table.cells.columns] == ["width", "height", "target"]


def test_another_number_of_columns_fits_the_network_or_is_refused(lecture):
    dialog = open_import(lecture, b"1,2,3,4\n5,6,7,8\n")
    assert dialog.fit.text() == "Fit the network to the table: 3 inputs, 1 output"
    dialog.fit.click()
    assert dialog.fault.text().startswith("The table has 3 input and 1 target columns; the network")
    dialog.fit.click()
    dialog.roles[0].setCurrentIndex(2)
    assert not dialog.fit.isVisible()
    dialog.roles[0].setCurrentIndex(1)
    press(dialog, "Import")
    network = lecture.frame.lesson.network
    assert [len(network.of_role(role)) for role in ("input", "output")] == [2, 2]
    assert lecture.frame.lesson.data.targets == ((1, 4), (5, 8))
    lecture.settle()
    assert lecture.frame.trouble is None


def test_a_bad_cell_is_named_and_its_column_can_be_left_out(lecture):
    dialog = open_import(lecture, b"a,b,c,d\n1,2,3,0\n4,x,3,1\n")
    assert dialog.fault.text() == "Line 3, column 2: “x” is not a number."
    assert dialog.preview.item(2, 1).text() == "x"
    assert not dialog._import.isEnabled()
    dialog.roles[1].setCurrentIndex(2)
    assert not dialog.fault.isVisible()
    press(dialog, "Import")
    assert lecture.frame.lesson.data.inputs == ((1, 3), (4, 3))


def test_lines_that_are_no_table_are_shown(lecture):
    dialog = open_import(lecture, b"a,b,c\n1,2,3\n4,3\n")
    assert dialog.fault.text() == "Line 3 has 2 cells, the table has 3 columns."
    assert dialog.preview.item(2, 0).text() == "3:  4,3"
    assert not dialog._import.isEnabled()
    dialog.reject()


def test_words_are_classes_and_names_are_not_used(lecture):
    text = b"name,width,height,kind\nada,1,2,rose\nbob,3,4,tulip\neve,5,6,rose\n"
    dialog = open_import(lecture, text)
    assert [box.currentData() for box in dialog.roles] == ["unused", "input", "input", "target"]
    assert dialog.classes.text() == "Classes: rose = 0, tulip = 1"
    assert dialog.preview.item(1, 3).text() == "rose"
    # A name is none of two numbers.
    dialog.roles[0].setCurrentIndex(0)
    assert dialog.fault.text() == "Line 2, column 1: “ada” is not a number."
    dialog.roles[0].setCurrentIndex(1)
    assert dialog.fault.text() == "A column of words can be a target only on its own."
    dialog.roles[0].setCurrentIndex(2)
    press(dialog, "Import")
    assert lecture.frame.lesson.data.targets == ((0,), (1,), (0,))


def test_each_of_several_classes_has_an_output(lecture):
    dialog = open_import(lecture, b"1;2,5;lily\n3;4;rose\n5;6;tulip\n")
    assert not dialog.header.isChecked()
    assert dialog.classes.text() == "One output for each class: lily, rose, tulip"
    assert dialog.fit.text() == "Fit the network to the table: 2 inputs, 3 outputs"
    press(dialog, "Import")
    assert lecture.frame.lesson.data.targets == ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    lecture.settle()
    assert lecture.frame.trouble is None


def test_numbers_beyond_what_the_error_takes_are_offered_the_squared_error(open_desk):
    desk = open_desk("logistic-cross-entropy")
    desk.settle()
    dialog = open_import(desk, b"a,b,y\n1,2,3.5\n4,5,-6\n")
    fit = "Fit the network to the table: 2 inputs, 1 output, squared error"
    assert dialog.fit.text() == fit
    dialog.fit.click()
    assert dialog.fault.text().startswith("The error (binary cross-entropy) needs targets between")
    assert not dialog._import.isEnabled()
    dialog.fit.click()
    press(dialog, "Import")
    lesson = desk.frame.lesson
    assert lesson.loss.choice.name == "half_squared_error"
    assert [neuron.activation.name for neuron in lesson.network.of_role("output")] == ["identity"]
    desk.settle()
    assert desk.frame.lesson.data.targets == ((3.5,), (-6,))
    assert desk.frame.trouble is None


def test_rows_with_empty_cells_can_be_left_out(lecture):
    dialog = open_import(lecture, b"a,b,y\n1,2,3\n4,,6\n7,8,9\n")
    assert dialog.fault.text() == "Line 3, column 2: the cell is empty."
    assert dialog.skip.text() == "Leave out 1 row with empty cells"
    assert not dialog.fit.isVisible()
    dialog.skip.click()
    assert not dialog.fault.isVisible()
    press(dialog, "Import")
    assert lecture.frame.lesson.data.inputs == ((1, 2), (7, 8))


def test_no_target_is_refused(lecture):
    dialog = open_import(lecture, b"1,2\n3,4\n")
    dialog.roles[1].setCurrentIndex(0)
    assert dialog.fault.text() == "Choose at least one column as target."
    dialog.reject()


def test_a_file_that_is_no_text_is_told(lecture, monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr(importing, "tell", lambda *arguments: told.append(str(arguments[2])))
    file = tmp_path / "table.csv"
    file.write_bytes(b"\0\1\2")
    importing.import_file(lecture.stage, lecture.window, file)
    importing.import_file(lecture.stage, lecture.window, tmp_path / "gone.csv")
    assert told[0] == "This is not a text file."
    assert "gone.csv" in told[1]


def test_columns_of_the_lecture_are_added_with_a_click(lecture):
    dialog = ColumnsDialog(lecture.stage, lecture.window)
    dialog.show()
    press(dialog, "+ x₁·x₂")
    press(dialog, "+ sin x₁")
    press(dialog, "Use these columns")
    lesson = lecture.frame.lesson
    assert [feature.expression for feature in lesson.data.features] == ["x1*x2", "sin(x1)"]
    assert inputs_of(lesson, 0)[:3] == (2, 3, 6)
    assert len(lesson.network.of_role("input")) == 4
    lecture.settle()
    assert lecture.frame.trouble is None
    # The computed inputs stand on the graph and take no typing.
    hands = Hands(lecture)
    assert hands.texts(0)[:3] == ["2", "3", "6"]


def test_a_column_that_cannot_be_computed_is_refused_in_the_dialog(lecture):
    dialog = ColumnsDialog(lecture.stage, lecture.window)
    dialog.show()
    press(dialog, "+ own expression")
    write(dialog.lines[0].expression, "x1*x9")
    press(dialog, "Use these columns")
    assert "“x9” is no column" in dialog.fault.text()
    write(dialog.lines[0].expression, "x1/x2")
    write(dialog.lines[0].name, "ratio")
    dialog.given[0].click()
    press(dialog, "Use these columns")
    data = lecture.frame.lesson.data
    assert data.features == (Feature("ratio", "x1/x2"),)
    assert data.columns == ("x2",)
    again = ColumnsDialog(lecture.stage, lecture.window)
    again.show()
    press(again, "×")
    again.given[0].click()
    press(again, "Use these columns")
    assert lecture.frame.lesson.data == example("lecture-2-2-1").data


def test_noise_is_added(lecture):
    dialog = NoiseDialog(lecture.stage, lecture.window)
    dialog.show()
    write(dialog.deviation, "0")
    press(dialog, "Add noise")
    assert dialog.fault.text() == "The standard deviation must be greater than 0."
    write(dialog.deviation, "0,5")
    write(dialog.seed, "7")
    press(dialog, "Add noise")
    assert lecture.frame.lesson.data.inputs != example("lecture-2-2-1").data.inputs
    assert lecture.frame.lesson.data.targets == example("lecture-2-2-1").data.targets
    assert str(lecture.frame.undo_name) == "noise"


def test_samples_are_held_out(open_desk):
    desk = open_desk("circle-features")
    desk.settle()
    dialog = SplitDialog(desk.stage, desk.window)
    dialog.show()
    assert dialog.number.text() == "2"
    write(dialog.number, "8")
    press(dialog, "Hold out")
    assert dialog.fault.text() == "Type a whole number from 0 to 7."
    write(dialog.number, "0")
    press(dialog, "Hold out")
    assert desk.frame.lesson.data.test is None
    assert len(desk.frame.lesson.data.inputs) == 8
