"""The field of a number inside a window with keys of its own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from explainer.gui.canvas.numbers import editable_numbers
from explainer.gui.canvas.view import GraphCanvas
from explainer.lesson.examples import example
from explainer.pages.page import Reference
from explainer.render.diagram import draw
from explainer.trace.moment import starting_moment

W1 = Reference("parameter", "w1")


class Window(QWidget):
    """A canvas in a window with the shortcuts that step through a lesson, and another field."""

    def __init__(self) -> None:
        super().__init__()
        self.canvas = GraphCanvas(self)
        self.other = QLineEdit(self)
        self.canvas.setGeometry(0, 0, 900, 650)
        self.other.setGeometry(0, 660, 200, 30)
        self.stepped: list[str] = []
        for key in ("Right", "Space", "Home", "Ctrl+Z"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setObjectName(key)
            shortcut.activated.connect(self.step)

    def step(self) -> None:
        self.stepped.append(self.sender().objectName())


@pytest.fixture
def window(qtbot):
    made = Window()
    qtbot.addWidget(made)
    made.resize(900, 700)
    lesson = example("lecture-2-2-1")
    moment = starting_moment(lesson)
    made.canvas.set_editable_values(editable_numbers(lesson, moment))
    made.canvas.show_drawing(draw(lesson, moment, digits=5, language="en"))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize(
    ("key", "modifier", "name"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "Right"),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, "Space"),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, "Home"),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "Ctrl+Z"),
    ],
)
def test_until_something_is_typed_the_keys_step(window, key, modifier, name):
    window.canvas.editing.click("weight:i1>h1")
    field = window.canvas.editing.field
    QTest.keyClick(field, key, modifier)
    assert window.stepped == [name]
    assert not window.canvas.editing.is_open
    window.canvas.editing.click("weight:i1>h1")
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, key, modifier)
    assert window.stepped == [name]
    assert window.canvas.editing.is_open


def test_a_click_into_the_text_begins_editing(window):
    window.canvas.editing.click("weight:i1>h1")
    field = window.canvas.editing.field
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClicks(field, "1")
    assert window.stepped == []
    assert field.text() == "10.11"


def test_another_widget_takes_the_keyboard_and_the_number_is_accepted(window, qtbot):
    window.canvas.editing.click("weight:i1>h1")
    QTest.keyClicks(window.canvas.editing.field, "4")
    with qtbot.waitSignal(window.canvas.value_edited) as edited:
        window.other.setFocus(Qt.FocusReason.MouseFocusReason)
    assert edited.args == [W1, 4.0]
    assert window.other.hasFocus()


def test_another_window_in_front_changes_nothing(window):
    window.canvas.editing.click("weight:i1>h1")
    QTest.keyClicks(window.canvas.editing.field, "4")
    window.other.setFocus(Qt.FocusReason.PopupFocusReason)
    assert window.canvas.editing.is_open
