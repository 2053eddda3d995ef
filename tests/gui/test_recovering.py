"""Whatever ends the program, at most ten seconds are lost; the next start offers the rest, and deletes nothing unasked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPlainTextEdit

from explainer.gui.app import Program
from explainer.gui.autosave import DELAY
from explainer.lesson.edits import set_parameter
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json, read_lesson, write_lesson
from explainer.pages.page import Reference
from explainer.session.recovery import RecoveryFile, left_behind, read_recovery
from tests.gui.answering import answered, press
from tests.gui.conftest import close

ROOT = Path(__file__).resolve().parents[2]
W1 = Reference("parameter", "w1")
LECTURE = example("lecture-2-2-1")
EDITED = set_parameter(LECTURE, "w1", 0.5)
CONTROL = Qt.KeyboardModifier.ControlModifier


def autosave_of(desk):
    return desk.program.furniture.autosave


@pytest.fixture
def crashed(preferences, tmp_path):
    """Leave recovery files as windows do that were killed; return the folder and the lesson's own file."""
    own = tmp_path / "lesson.json"
    write_lesson(LECTURE, own)

    def leave(lesson=EDITED, path=own, before=b"") -> Path:
        file = RecoveryFile.fresh(preferences.state_folder)
        file.write(lesson_to_json(lesson), "The lecture example", path, before)
        file.leave()
        return file.path

    return leave


@pytest.fixture
def started(fonts, qtbot, preferences):
    """Start the program anew and return its dialog of recovery."""
    programs = []

    def start():
        program = Program(LECTURE, None, "en", preferences)
        programs.append(program)
        program.window.show()
        qtbot.waitExposed(program.window)
        program.furnish()
        qtbot.waitUntil(lambda: program.furniture.recovering.dialog is not None)
        dialog = program.furniture.recovering.dialog
        qtbot.waitUntil(dialog.isVisible)
        return program, dialog

    yield start
    for program in programs:
        if shiboken6.isValid(program):
            close(program)


def test_changes_are_kept_after_a_while_and_forgotten_when_undone(desk):
    autosave = autosave_of(desk)
    desk.stage.edit_value(W1, 0.5)
    # Timers of this kind may be late by a twentieth.
    assert 0 < autosave.timer.remainingTime() <= 1.05 * DELAY < 9_000
    desk.stage.edit_value(W1, 0.6)
    assert not autosave.path.exists()
    autosave.timer.start(0)
    desk.wait(autosave.path.exists)
    found = read_recovery(autosave.path)
    assert found.lesson == desk.frame.lesson
    assert found.before == LECTURE
    assert left_behind(autosave.path.parent) == []
    assert not autosave.timer.isActive()
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.wait(lambda: not autosave.path.exists())


def test_nothing_is_written_while_nothing_changes(desk):
    autosave = autosave_of(desk)
    desk.press_and_settle(Qt.Key.Key_Right)
    assert not autosave.timer.isActive()
    desk.stage.edit_value(W1, 0.5)
    autosave.write_now()
    first = autosave.path.stat().st_mtime_ns
    autosave.write_now()
    desk.press_and_settle(Qt.Key.Key_Right)
    assert not autosave.timer.isActive()
    assert autosave.path.stat().st_mtime_ns == first


def test_saving_and_closing_remove_it(desk, tmp_path):
    autosave = autosave_of(desk)
    desk.stage.edit_value(W1, 0.5)
    autosave.write_now()
    desk.program.furniture.documents._write(tmp_path / "mine.json")
    desk.wait(lambda: not autosave.path.exists())
    desk.stage.edit_value(W1, 0.7)
    autosave.write_now()
    assert autosave.path.exists()
    said = answered("Don’t save")
    desk.window.close()
    assert said
    assert not autosave.path.exists()


@pytest.mark.qt_no_exception_capture
def test_an_exception_keeps_the_lesson_first(desk, monkeypatch, capsys):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    desk.program.report_errors()
    desk.stage.edit_value(W1, 0.5)

    def broken() -> None:
        raise ValueError("a fault of mine")

    QTimer.singleShot(0, broken)
    desk.wait(lambda: desk.program.reporter._dialog is not None)
    assert read_recovery(autosave_of(desk).path).lesson == desk.frame.lesson
    desk.program.reporter._dialog.accept()


def test_a_folder_that_cannot_be_written_to_is_told_once(desk, tmp_path):
    autosave = autosave_of(desk)
    told = []
    desk.stage.told.connect(told.append)
    autosave.path.parent.parent.mkdir(exist_ok=True)
    autosave.path.parent.write_text("not a folder")
    desk.stage.edit_value(W1, 0.5)
    autosave.write_now()
    desk.wait(lambda: bool(told))
    autosave.write_now()
    QTest.qWait(50)
    assert len(told) == 1
    assert told[0].startswith("No recovery file can be kept: ")
    assert autosave.timer.isActive()
    autosave.path.parent.unlink()


def test_recovered_changes_are_unsaved_changes_of_their_file(started, crashed, tmp_path, qtbot):
    left = crashed()
    program, dialog = started()
    press(dialog, "Recover")
    qtbot.waitUntil(lambda: program.stage.frame.lesson == EDITED)
    frame = program.stage.frame
    assert frame.path == tmp_path / "lesson.json"
    assert frame.dirty
    assert frame.undo_name is not None
    assert program.furniture.autosave.path == left
    assert read_recovery(left).lesson == EDITED
    assert left_behind(left.parent) == []
    program.window.activateWindow()
    program.window.graph.setFocus()
    qtbot.waitUntil(program.window.isActiveWindow)
    QTest.keyClick(program.window.graph, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: not left.exists())
    assert read_lesson(tmp_path / "lesson.json") == EDITED


def test_comparing_shows_what_differs_and_changes_nothing(started, crashed, qtbot):
    left = crashed()
    program, dialog = started()
    press(dialog, "Compare")
    lines = dialog.findChild(QPlainTextEdit)
    qtbot.waitUntil(lines.isVisible)
    assert lines.toPlainText() == "w1: 0.11 → 0.5"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert program.stage.frame.lesson == LECTURE
    assert left_behind(left.parent) == [left]


def test_comparing_with_what_it_was_and_with_a_file_that_is_gone(started, crashed, tmp_path, qtbot):
    crashed(path=tmp_path / "gone.json")
    crashed(path=None, before=lesson_to_json(LECTURE))
    _, dialog = started()
    texts = {row: dialog.findChild(QListWidget).item(row).text() for row in range(2)}
    row = next(row for row, text in texts.items() if "never saved" in text)
    for one, sentence in (
        (row, "Changed since it was opened:"),
        (1 - row, "is not there any more"),
    ):
        dialog.findChild(QListWidget).setCurrentRow(one)
        press(dialog, "Compare")
        qtbot.waitUntil(
            lambda: any(
                sentence in label.text() and label.isVisible()  # noqa: B023 - called at once
                for label in dialog.findChildren(QLabel)
            )
        )


def test_discarding_asks_and_deletes_that_one_alone(started, crashed, qtbot):
    crashed()
    crashed(path=None)
    program, dialog = started()
    folder = program.preferences.state_folder
    answered("Cancel")
    press(dialog, "Discard…")
    assert len(list(folder.glob("*.recovery"))) == 2
    said = answered("Discard")
    press(dialog, "Discard…")
    assert "Discard these changes?" in said[0]
    assert len(list(folder.glob("*.recovery"))) == 1
    answered("Discard")
    press(dialog, "Discard…")
    qtbot.waitUntil(lambda: program.furniture.recovering.dialog is None)
    assert list(folder.glob("*.recovery*")) == []


def test_later_and_closing_keep_everything(started, crashed):
    left = crashed()
    program, dialog = started()
    press(dialog, "Later")
    assert left_behind(left.parent) == [left]
    close(program)
    assert left_behind(left.parent) == [left]


def test_damage_is_shown_and_can_only_be_discarded(started, crashed):
    left = crashed()
    left.write_bytes(left.read_bytes()[:30])
    _, dialog = started()
    assert dialog.findChild(QListWidget).item(0).text() == f"{left.name}: damaged"
    assert not dialog._recover.isEnabled()
    assert not dialog._compare.isEnabled()
    answered("Discard")
    press(dialog, "Discard…")
    assert not left.exists()


def test_unsaved_changes_made_meanwhile_are_asked_about(started, crashed, qtbot):
    left = crashed()
    program, dialog = started()
    program.stage.edit_value(W1, 0.9)
    said = answered("Cancel")
    press(dialog, "Recover")
    qtbot.waitUntil(lambda: bool(said))
    assert program.stage.frame.lesson.network.value("w1") == 0.9
    assert left.exists()


_EDITING = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from explainer.gui.app import Program, make_application
from explainer.gui.preferences import Preferences
from explainer.lesson.examples import example
from explainer.pages.page import Reference
application = make_application()
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
program = Program(example("lecture-2-2-1"), None, "en", Preferences(settings))
program.window.show()
program.furnish()
timer = QTimer()
# The weight is the time at which it was typed.
timer.timeout.connect(lambda: program.stage.edit_value(Reference("parameter", "w1"), time.time()))
timer.start(100)
QTimer.singleShot(300, lambda: print("ready", flush=True))
application.exec()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_killed_program_loses_at_most_ten_seconds(tmp_path, preferences):
    command = [sys.executable, "-c", _EDITING, str(tmp_path / "settings.ini")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(DELAY / 1000 + 3)
        process.kill()
        killed = time.time()
    (path,) = left_behind(preferences.state_folder)
    typed = read_recovery(path).lesson.network.value("w1")
    assert killed - 10 <= typed <= killed
