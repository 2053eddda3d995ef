"""What others do to the file of the open lesson is noticed; what cannot be saved is offered another place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from explainer.gui.app import Program
from explainer.gui.open_files import OpenFiles
from explainer.lesson.edits import set_parameter
from explainer.lesson.examples import example
from explainer.lesson.files import read_lesson, write_lesson
from explainer.pages.page import Reference
from tests.gui.answering import answered, press
from tests.gui.conftest import close

W1 = Reference("parameter", "w1")
LECTURE = example("lecture-2-2-1")
THEIRS = set_parameter(LECTURE, "w1", 0.75)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "lesson.json"
    write_lesson(LECTURE, place)
    return place


@pytest.fixture
def opened(desk, path):
    """The lecture example, opened from a file."""
    desk.program.furniture.documents.open_path(path)
    desk.settle()
    assert desk.frame.path == path
    return desk


def strip_of(desk):
    return desk.program.furniture.documents.guard.strip


def test_a_changed_file_is_noticed_and_reloading_can_be_undone(opened, path):
    opened.stage.edit_value(W1, 0.5)
    write_lesson(THEIRS, path)
    opened.wait(strip_of(opened).isVisible)
    press(strip_of(opened), "Reload")
    opened.wait(lambda: opened.frame.lesson == THEIRS)
    assert not strip_of(opened).isVisible()
    assert not opened.frame.dirty
    opened.press(Qt.Key.Key_Z, CONTROL)
    assert opened.frame.lesson.network.value("w1") == 0.5
    assert opened.frame.dirty


def test_keeping_one_s_own_makes_it_unsaved(opened, path):
    write_lesson(THEIRS, path)
    opened.wait(strip_of(opened).isVisible)
    press(strip_of(opened), "Keep mine")
    assert not strip_of(opened).isVisible()
    assert opened.frame.dirty
    assert opened.frame.lesson == LECTURE


def test_the_strip_speaks_the_language_that_is_chosen(opened, path):
    write_lesson(THEIRS, path)
    opened.wait(strip_of(opened).isVisible)
    opened.stage.set_language("ru")
    labels = [button.text() for button in strip_of(opened).findChildren(QPushButton)]
    assert "Сохранить" in labels
    assert strip_of(opened).isVisible()


def test_the_same_content_written_again_is_no_change(opened, path, qtbot):
    write_lesson(LECTURE, path)
    path.touch()
    qtbot.wait(600)
    assert not strip_of(opened).isVisible()
    opened.stage.edit_value(W1, 0.5)
    opened.press(Qt.Key.Key_S, CONTROL)
    assert not opened.frame.dirty
    qtbot.wait(600)
    assert not strip_of(opened).isVisible()


def test_it_is_noticed_when_the_user_comes_back(opened, path):
    watch = opened.program.furniture.documents.guard._watch
    watch._watcher.removePaths(watch._watcher.files() + watch._watcher.directories())
    write_lesson(THEIRS, path)
    QApplication.sendEvent(opened.window, QEvent(QEvent.Type.WindowActivate))
    opened.wait(strip_of(opened).isVisible)


def test_a_deleted_file_leaves_something_to_save(opened, path):
    path.unlink()
    opened.wait(strip_of(opened).isVisible)
    assert opened.frame.dirty
    said = answered("Save there again")
    press(strip_of(opened), "Save")
    assert "has been deleted or moved" in said[0]
    assert read_lesson(path) == LECTURE
    assert not opened.frame.dirty


@pytest.mark.parametrize(
    ("button", "on_disk", "shown", "dirty"),
    [
        ("Overwrite", 0.5, 0.5, False),
        ("Reload", 0.75, 0.75, False),
        ("Cancel", 0.75, 0.5, True),
        (Qt.Key.Key_Escape, 0.75, 0.5, True),
        ("Save as…", 0.75, 0.5, False),
    ],
)
def test_saving_over_a_changed_file_asks(
    opened, path, tmp_path, monkeypatch, button, on_disk, shown, dirty
):
    other = tmp_path / "other.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(other), ""))
    opened.stage.edit_value(W1, 0.5)
    write_lesson(THEIRS, path)
    said = answered(button)
    opened.press(Qt.Key.Key_S, CONTROL)
    opened.wait(lambda: opened.frame.lesson.network.value("w1") == shown)
    assert "Another program has changed lesson.json" in said[0]
    assert read_lesson(path).network.value("w1") == on_disk
    assert opened.frame.dirty is dirty
    assert other.exists() is (button == "Save as…")
    assert opened.frame.path == (other if other.exists() else path)


def test_what_cannot_be_written_is_offered_another_place(opened, path, tmp_path, monkeypatch):
    other = tmp_path / "other.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(other), ""))
    before = path.read_bytes()
    opened.stage.edit_value(W1, 0.5)
    opened.stage.session.path = tmp_path / "none" / "lesson.json"
    said = answered("Save as…")
    opened.press(Qt.Key.Key_S, CONTROL)
    assert "not written: there is no such file or folder" in said[0]
    assert path.read_bytes() == before
    assert read_lesson(other).network.value("w1") == 0.5
    assert not opened.frame.dirty


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_limit_of_the_system_leaves_the_old_file(opened, path):
    import resource

    before = path.read_bytes()
    opened.stage.edit_value(W1, 0.5)
    said = answered("Cancel")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        opened.press(Qt.Key.Key_S, CONTROL)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "the file would be larger than is allowed here" in said[0]
    assert path.read_bytes() == before
    assert opened.frame.dirty


@pytest.mark.parametrize(
    ("button", "own"), [("Open anyway", True), ("Open a copy", False), ("Cancel", None)]
)
def test_a_second_window_on_a_file_is_told(desk, path, preferences, button, own):
    other = OpenFiles(preferences.state_folder)
    assert other.take(path)
    said = answered(button)
    desk.program.furniture.documents.open_path(path)
    assert "is open in another window" in said[0]
    assert desk.frame.path == (path if own else None)
    assert (desk.frame.lesson == LECTURE) or own is None
    other.release()


def test_a_second_window_from_the_command_line_says_so(fonts, qtbot, preferences, path, open_desk):
    first = open_desk()
    first.program.furniture.documents.open_path(path)
    told = []
    program = Program(read_lesson(path), path, "en", preferences)
    program.stage.told.connect(told.append)
    program.window.show()
    program.furnish()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["lesson.json is open in another window as well."]
    close(program)


def test_a_closed_window_lets_its_file_go(fonts, qtbot, preferences, path):
    program = Program(read_lesson(path), path, "en", preferences)
    program.window.show()
    program.furnish()
    others = OpenFiles(preferences.state_folder)
    qtbot.waitUntil(lambda: not others.is_free(path))
    close(program)
    assert others.is_free(path)
    assert list(preferences.state_folder.iterdir()) == []
