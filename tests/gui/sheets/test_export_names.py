"""The name under which an example is exported: its ending is added, and a file of that name is kept unless it is replaced."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from explainer.gui.dialogs.export import ExportDialog
from tests.gui.sheets.helpers import click, settle


@pytest.fixture
def dialog(desk, qtbot):
    found = ExportDialog(
        desk.stage, desk.program.preferences, desk.program.keeper.theme, desk.window
    )
    qtbot.addWidget(found)
    found.show()
    _place(found, "csv")
    settle(desk, found)
    return found


def _place(dialog, name):
    for place in range(dialog.format.count()):
        dialog.format.setCurrentIndex(place)
        if dialog.format.value == name:
            return place
    raise KeyError(name)


@pytest.mark.parametrize(("answer", "asked"), [("write", 1), ("cancel", 1), ("other", 2)])
def test_a_file_that_the_added_ending_meets_is_kept_unless_it_is_replaced(
    dialog, desk, tmp_path, monkeypatch, answer, asked
):
    there = tmp_path / "mine.csv"
    there.write_text("mine")
    names, told = [], []

    def choose(*_given):
        names.append(str(tmp_path / "mine") if not names else "")
        return names[-1], ""

    def press():
        question = QApplication.activeModalWidget()
        told.extend(label.text() for label in question.findChildren(QLabel))
        click(question.findChild(QPushButton, answer))

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    QTimer.singleShot(100, press)
    click(dialog.footer.main)
    desk.wait(lambda: dialog.footer.state != "working")
    assert (there.read_text() == "mine") is (answer != "write")
    assert len(names) == asked
    assert "mine.csv" in " ".join(told)


def test_a_new_file_is_written_without_a_question(dialog, desk, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new"), ""))
    click(dialog.footer.main)
    desk.wait(lambda: dialog.footer.state == "done")
    assert (tmp_path / "new.csv").exists()


def test_a_fault_of_the_steps_is_a_sentence(dialog):
    _place(dialog, "pdf")
    dialog.steps.setFocus()
    QTest.keyClicks(dialog.steps, "4-1")
    assert dialog.fault.text().startswith("Steps are")
    QTest.keyClick(dialog.steps, Qt.Key.Key_Backspace)
    QTest.keyClicks(dialog.steps, "7")
    assert not dialog.fault.isVisible()
