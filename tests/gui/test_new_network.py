"""The dialog for a new network: what is typed is shown, what cannot be is said, what is created is open."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.dialogs.new_network import NewNetworkDialog, typed_sizes
from explainer.lesson.lesson import text_in
from explainer.messages import Refused


def in_dialog(desk, deed):
    def act():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewNetworkDialog)
        deed(dialog)

    QTimer.singleShot(0, act)
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("text", ["2-4-1", " 2, 4, 1 ", "2 4 1", "2;4;1", "2×4×1", "2–4–1"])
def test_sizes_are_read_as_people_write_them(text):
    assert typed_sizes(text) == [2, 4, 1]


@pytest.mark.parametrize("text", ["2-a-1", "2-99999-1", "2.5-1", "２-1"])
def test_other_sizes_are_refused(text):
    with pytest.raises(Refused):
        typed_sizes(text)


def test_a_network_is_created(desk):
    def create(dialog):
        dialog.sizes.selectAll()
        QTest.keyClicks(dialog.sizes, "3-4-2")
        dialog.activation.setCurrentIndex(dialog.activation.findData("relu"))
        dialog.show_preview()
        assert len([key for key in dialog.preview.shown.shapes if key.startswith("circle:")]) == 9
        QTest.keyClick(dialog.sizes, Qt.Key.Key_Return)

    in_dialog(desk, create)
    desk.settle()
    lesson = desk.frame.lesson
    assert [len(lesson.network.of_role(role)) for role in ("input", "hidden", "output")] == [
        3,
        4,
        2,
    ]
    assert text_in(lesson.title, "en") == "Regression, 3-4-2"
    assert desk.frame.path is None
    assert lesson.network.of_role("hidden")[0].activation.name == "relu"


def test_nonsense_is_said_and_creates_nothing(desk):
    before = desk.frame.lesson

    def type_nonsense(dialog):
        dialog.sizes.setText("2-0-1")
        QTest.keyClick(dialog.sizes, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert dialog.fault.isVisible()
        assert not dialog.ok.isEnabled()
        dialog.reject()

    in_dialog(desk, type_nonsense)
    assert desk.frame.lesson == before


def test_several_classes_have_several_outputs_and_drawing_anew_changes_the_weights(desk):
    def look(dialog):
        dialog.template.setCurrentIndex(dialog.template.findData("multi-class"))
        dialog.show_preview()
        assert len(dialog.lesson.network.of_role("output")) == 3
        first = dialog.lesson.network.parameters
        QTest.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
        assert dialog.lesson.network.parameters != first
        dialog.sizes.setText("2-150-1")
        dialog.template.setCurrentIndex(0)
        dialog.show_preview()
        assert dialog.large.isVisible()
        assert not dialog.preview.isVisible()
        dialog.reject()

    in_dialog(desk, look)
