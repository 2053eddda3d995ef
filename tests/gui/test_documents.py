"""Opening and saving: nothing is lost unasked, and what cannot be done is said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from explainer.gui import documents
from explainer.gui.app import Program
from explainer.gui.dialogs.asking import PlainDialog, SaveQuestion
from explainer.lesson.examples import example
from explainer.lesson.files import read_lesson, write_lesson
from explainer.pages.page import Reference
from tests.gui.conftest import close

W1 = Reference("parameter", "w1")


@pytest.fixture
def chooses(monkeypatch):
    """Let the file dialogs choose a path."""

    def choose(path):
        def answer(*_arguments):
            return str(path) if path else "", ""

        monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)

    return choose


@pytest.fixture
def answers(monkeypatch):
    """Answer the question about unsaved changes, and note how often it is asked."""
    asked = []

    def answer(word):
        def ask(*arguments):
            asked.append(arguments[1])
            return word

        monkeypatch.setattr(documents, "ask_to_save", ask)
        return asked

    return answer


def test_save_as_writes_the_lesson_and_names_the_window(desk, chooses, tmp_path):
    path = tmp_path / "mine.json"
    chooses(path)
    desk.stage.edit_value(W1, 0.5)
    assert desk.window.isWindowModified()
    desk.press(
        Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert read_lesson(path) == desk.frame.lesson
    assert read_lesson(path).network.value("w1") == 0.5
    assert not desk.window.isWindowModified()
    assert "mine.json" in desk.window.windowTitle()


def test_save_writes_to_the_file_that_was_opened(desk, chooses, tmp_path):
    path = tmp_path / "lesson.json"
    write_lesson(example("logistic-neuron"), path)
    chooses(path)
    desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.frame.path == path
    chooses(None)
    desk.stage.edit_value(Reference("parameter", "w1"), 0.25)
    desk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert read_lesson(path).network.value("w1") == 0.25


def test_a_name_without_ending_gets_one(desk, chooses, tmp_path):
    chooses(tmp_path / "mine")
    assert desk.program.furniture.documents.save_with_dialog()
    assert (tmp_path / "mine.json").is_file()


def test_a_bad_file_is_refused_with_a_sentence_and_the_lesson_stays(desk, chooses, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text('{"format": "explainer-lesson", "version": 1}')
    chooses(path)
    lesson = desk.frame.lesson
    said = seen_dialog()
    desk.program.furniture.commands.open_file()
    assert "bad.json" in said[0]
    assert desk.frame.lesson is lesson
    assert desk.program.preferences.recent == ()


def test_a_file_that_cannot_be_written_is_told(desk, chooses, tmp_path):
    chooses(tmp_path / "no such folder" / "mine.json")
    desk.stage.edit_value(W1, 0.5)
    said = seen_dialog()
    desk.program.furniture.commands.save()
    assert said
    assert desk.frame.dirty


@pytest.mark.parametrize(("word", "opens"), [("discard", True), ("cancel", False)])
def test_unsaved_changes_are_asked_about(desk, answers, word, opens):
    asked = answers(word)
    desk.stage.edit_value(W1, 0.5)
    desk.program.furniture.documents.open_example("xor-2-2-1")
    assert len(asked) == 1
    assert (desk.frame.lesson == example("xor-2-2-1")) is opens


def test_saving_first_opens_afterwards(desk, answers, chooses, tmp_path):
    answers("save")
    chooses(tmp_path / "kept.json")
    desk.stage.edit_value(W1, 0.5)
    desk.program.furniture.documents.open_example("xor-2-2-1")
    assert read_lesson(tmp_path / "kept.json").network.value("w1") == 0.5
    assert desk.frame.lesson == example("xor-2-2-1")


def test_nothing_is_asked_without_changes(desk, answers):
    asked = answers("cancel")
    desk.program.furniture.documents.open_example("xor-2-2-1")
    assert asked == []


def test_closing_asks_and_stays_open_on_cancel(desk, answers):
    asked = answers("cancel")
    desk.stage.edit_value(W1, 0.5)
    assert not desk.window.close()
    assert desk.window.isVisible()
    assert len(asked) == 1


def test_the_question_itself_offers_three_ways(desk):
    question = SaveQuestion(desk.window, "My <b>lesson</b>", "en")
    words = [button.text() for button in question.findChildren(QPushButton)]
    assert words == ["Don’t save", "Cancel", "Save"]
    question.findChildren(QPushButton)[0].click()
    assert question.answer == "discard"
    question.deleteLater()


def test_recent_files_are_at_most_ten_newest_first_and_pruned(desk, tmp_path):
    paths = [tmp_path / f"lesson{number}.json" for number in range(12)]
    for path in paths:
        write_lesson(example("lecture-2-2-1"), path)
        desk.program.preferences.add_recent(path)
    assert list(desk.program.preferences.recent) == paths[:1:-1]
    paths[11].unlink()
    assert desk.program.preferences.recent[0] == paths[10]


def test_a_recent_file_opens_from_the_menu(desk, tmp_path):
    path = tmp_path / "a&b.json"
    write_lesson(example("logistic-neuron"), path)
    desk.program.preferences.add_recent(path)
    menus = desk.program.furniture.menus
    menus.fill_recent()
    menus._recent.actions()[0].trigger()
    assert desk.frame.path == path
    menus._recent.actions()[-1].trigger()
    assert desk.program.preferences.recent == ()


def test_a_file_dropped_on_the_window_opens(desk, tmp_path):
    path = tmp_path / "dropped.json"
    write_lesson(example("logistic-neuron"), path)
    drop(desk.window, [QUrl.fromLocalFile(str(path))])
    assert desk.frame.path == path


def test_other_things_dropped_are_not_accepted(desk, tmp_path):
    for urls in (
        [],
        [QUrl("https://example.org/x.json")],
        [QUrl.fromLocalFile(str(tmp_path / "x.txt"))],
    ):
        assert not drop(desk.window, urls)
    assert desk.frame.path is None


def drop(window, urls) -> bool:
    """Drag and drop these over the middle of the window; tell whether they were accepted."""
    data = QMimeData()
    data.setUrls(urls)
    place = window.rect().center()
    arguments = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(place, *arguments)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    event = QDropEvent(QPointF(place), *arguments)
    event.ignore()
    QApplication.sendEvent(window, event)
    return enter.isAccepted()


def seen_dialog() -> list[str]:
    """Close the next dialog, and keep what it said."""
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, PlainDialog):
            QTimer.singleShot(20, look)
            return
        said.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(20, look)
    return said


def test_a_file_opened_from_the_command_line_is_recent(fonts, qtbot, preferences, tmp_path):
    path = tmp_path / "named.json"
    write_lesson(example("lecture-2-2-1"), path)
    program = Program(read_lesson(path), path, "en", preferences)
    program.window.show()
    program.furnish()
    assert preferences.recent == (path,)
    close(program)
