import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from explainer.pages.page import Reference

ORDER = [
    "value:i1", "value:i2",
    "weight:i1>h1", "weight:i2>h1", "weight:i1>h2", "weight:i2>h2", "weight:h1>o1", "weight:h2>o1",
    "target:o1",
]  # fmt: skip


def test_tab_walks_through_the_numbers_and_back(hand, canvas):
    walked = []
    for _ in ORDER:
        hand.press(Qt.Key.Key_Tab)
        walked.append(canvas.editing.chosen)
    assert walked == ORDER
    hand.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.editing.chosen == ORDER[-2]
    assert hand.of_kind("jump") == []


def test_arriving_by_tab_chooses_an_end(hand, canvas):
    for reason, key in (
        (Qt.FocusReason.TabFocusReason, ORDER[0]),
        (Qt.FocusReason.BacktabFocusReason, ORDER[-1]),
    ):
        QApplication.sendEvent(canvas, QFocusEvent(QEvent.Type.FocusIn, reason))
        assert canvas.editing.chosen == key


def test_what_has_the_keyboard_can_be_seen(hand, canvas):
    before = canvas.grab().toImage()
    hand.press(Qt.Key.Key_Tab)
    first = canvas.grab().toImage()
    hand.press(Qt.Key.Key_Tab)
    assert before != first != canvas.grab().toImage()
    hand.press(Qt.Key.Key_Escape)
    assert canvas.editing.chosen is None
    assert canvas.grab().toImage() == before


def test_a_screen_reader_is_told_what_it_is(hand, canvas):
    assert canvas.accessibleName() == "Graph of the network"
    said = []
    for _ in range(3):
        hand.press(Qt.Key.Key_Tab)
        said.append(canvas.accessibleDescription())
    assert said == [
        "input i₁, 2. Enter types another value.",
        "input i₂, 3. Enter types another value.",
        "weight w₁, 0.11. Enter types another value.",
    ]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2])
def test_a_key_opens_the_field(hand, canvas, key):
    hand.press(Qt.Key.Key_Tab)
    hand.press(key)
    assert canvas.editing.is_open
    assert canvas.editing.field.accessibleName() == "input i₁"


@pytest.mark.parametrize("key", [Qt.Key.Key_4, Qt.Key.Key_Minus, Qt.Key.Key_Period])
def test_a_digit_begins_the_number(hand, canvas, key):
    hand.press(Qt.Key.Key_Tab)
    hand.press(key)
    assert canvas.editing.field.text() == chr(key)
    hand.type("5")
    hand.press(Qt.Key.Key_Return)
    [(_, reference, value)] = hand.of_kind("edit")
    assert reference == Reference("neuron", "i1")
    assert value == float(chr(key) + "5")


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_A])
def test_other_keys_belong_to_the_window(hand, canvas, key):
    hand.press(Qt.Key.Key_Tab)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
        canvas.event(event)
        assert not event.isAccepted()
    assert not canvas.editing.is_open


def test_the_chosen_number_is_brought_into_sight(hand, canvas):
    for _ in range(8):
        canvas.zoom_in()
    canvas.pan_by(4000, 4000)
    for _ in ORDER:
        hand.press(Qt.Key.Key_Tab)
    assert canvas.viewport().rect().contains(hand.place(ORDER[-1]))
