"""Title, description and notes are changed in a dialog, in the user's language, each an edit that can be undone."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.dialogs.lesson_texts import LessonTexts


def in_dialog(desk, deed):
    def act():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LessonTexts)
        deed(dialog)

    QTimer.singleShot(0, act)
    desk.program.furniture.actions["texts"].trigger()


def test_the_texts_of_one_language_are_changed(desk):
    before = desk.frame.lesson

    def change(dialog):
        assert dialog.title.text() == before.title.en
        dialog.title.selectAll()
        QTest.keyClicks(dialog.title, "My own example")
        dialog.notes.setPlainText("Ask first.")
        QTest.keyClick(dialog.title, Qt.Key.Key_Return)

    in_dialog(desk, change)
    lesson = desk.frame.lesson
    assert lesson.title.en == "My own example"
    assert lesson.title.ru == before.title.ru
    assert "My own example" in desk.window.windowTitle()
    desk.stage.do(desk.stage.session.undo)
    desk.stage.do(desk.stage.session.undo)
    assert desk.frame.lesson == before


def test_an_empty_title_is_refused(desk):
    before = desk.frame.lesson

    def empty(dialog):
        dialog.title.clear()
        QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
        assert dialog.fault.isVisible()
        dialog.reject()

    in_dialog(desk, empty)
    assert desk.frame.lesson == before
