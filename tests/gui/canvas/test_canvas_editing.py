import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explainer.gui.canvas.numbers import editable_numbers
from explainer.lesson.edits import set_parameter
from explainer.lesson.examples import example
from explainer.pages.page import Reference
from explainer.render.diagram import draw
from explainer.render.palette import PALETTES
from explainer.trace.moment import starting_moment

W1 = Reference("parameter", "w1")


def test_a_click_on_a_weight_jumps_and_opens_the_field_over_its_number(hand, canvas):
    hand.click("weight:i1>h1")
    assert hand.of_kind("jump") == [("jump", "w1")]
    field = canvas.editing.field
    assert field.hasFocus()
    assert field.text() == field.selectedText() == "0.11"
    assert field.geometry().contains(hand.place("weight:i1>h1"))


@pytest.mark.parametrize(
    ("key", "reference"),
    [
        ("weight:h1>o1", Reference("parameter", "w5")),
        ("value:i2", Reference("neuron", "i2")),
        ("target:o1", Reference("target", "o1")),
    ],
)
def test_enter_accepts(hand, canvas, key, reference):
    hand.click(key)
    hand.type("-0,25")
    hand.press(Qt.Key.Key_Return)
    assert hand.of_kind("edit") == [("edit", reference, -0.25)]
    assert not canvas.editing.field.isVisible()
    assert canvas.hasFocus()


def test_an_input_or_target_opens_without_a_jump(hand, canvas):
    for key in ("value:i1", "target:o1"):
        hand.click(key)
        assert canvas.editing.is_open
    assert hand.of_kind("jump") == []


def test_the_circle_of_an_input_opens_its_number(hand, canvas):
    circle = canvas.shown.shapes["circle:i1"]
    hand.click(hand.spot(circle.x - 25, circle.y - 20))
    assert canvas.editing.chosen == "value:i1"
    assert canvas.editing.is_open


def test_a_bias_is_a_parameter(canvas, qtbot):
    lesson = example("mazur-2-2-2")
    moment = starting_moment(lesson)
    canvas.set_editable_values(editable_numbers(lesson, moment))
    canvas.show_drawing(draw(lesson, moment, digits=5, language="en"))
    keys = [key for key in canvas.editing.numbers if key.startswith("biastext:")]
    assert keys
    with qtbot.waitSignal(canvas.parameter_clicked) as jumped:
        canvas.editing.click(keys[0])
    [name] = jumped.args
    QTest.keyClicks(canvas.editing.field, "0.9")
    with qtbot.waitSignal(canvas.value_edited) as edited:
        QTest.keyClick(canvas.editing.field, Qt.Key.Key_Enter)
    assert edited.args == [Reference("parameter", name), 0.9]


def test_escape_gives_up(hand, canvas):
    hand.click("weight:i1>h1")
    hand.type("7")
    hand.press(Qt.Key.Key_Escape)
    assert not canvas.editing.is_open
    assert hand.of_kind("edit") == []
    assert canvas.hasFocus()


def test_the_same_number_is_no_edit(hand, canvas):
    hand.click("weight:i1>h1")
    hand.type("0.110")
    hand.press(Qt.Key.Key_Return)
    hand.click("weight:i1>h1")
    hand.press(Qt.Key.Key_Return)
    assert hand.of_kind("edit") == []
    assert not canvas.editing.is_open


def test_a_click_elsewhere_accepts(hand, canvas):
    hand.click("weight:i1>h1")
    hand.type("0.5")
    hand.click(hand.spot(2, 2))
    assert hand.of_kind("edit") == [("edit", W1, 0.5)]
    assert not canvas.editing.is_open


def test_a_click_on_the_next_number_accepts_and_goes_there(hand, canvas):
    hand.click("weight:i1>h1")
    hand.type("0.5")
    hand.click("value:i2")
    assert hand.of_kind("edit") == [("edit", W1, 0.5)]
    assert canvas.editing.field.text() == "3"


@pytest.mark.parametrize("nonsense", ["abc", "1..2", "", "1e7", "nan", "--1"])
def test_nonsense_is_refused_in_place(hand, canvas, nonsense):
    hand.click("weight:i1>h1")
    hand.press(Qt.Key.Key_Backspace)
    hand.type(nonsense)
    hand.press(Qt.Key.Key_Return)
    field = canvas.editing.field
    assert field.isVisible()
    assert field.hasFocus()
    assert field.text() == nonsense
    sentence = field.sentence
    assert sentence.isVisible()
    assert sentence.text().endswith(".")
    assert hand.of_kind("refused") == [("refused", sentence.text())]
    assert canvas.viewport().rect().contains(sentence.geometry())
    assert not sentence.geometry().intersects(field.geometry())
    assert PALETTES["light"].tones["error"].line in field.styleSheet()
    assert hand.of_kind("edit") == []
    hand.press(Qt.Key.Key_Backspace)
    hand.type("5")
    if nonsense:
        assert not sentence.isVisible()


def test_the_refused_field_keeps_the_keyboard_when_the_graph_is_clicked(hand, canvas):
    hand.click("weight:i1>h1")
    hand.type("x")
    hand.click("value:i2")
    assert canvas.editing.field.hasFocus()
    assert canvas.editing.field.text() == "x"
    assert canvas.editing.chosen == "weight:i1>h1"
    hand.press(Qt.Key.Key_Escape)
    assert not canvas.editing.field.sentence.isVisible()


def test_the_window_can_ask_for_what_is_being_typed(hand, canvas):
    assert canvas.close_editor() is True
    hand.click("weight:i1>h1")
    hand.type("x")
    assert canvas.close_editor() is False
    hand.press(Qt.Key.Key_Backspace)
    hand.type("2")
    assert canvas.close_editor() is True
    assert hand.of_kind("edit") == [("edit", W1, 2.0)]


def test_tab_accepts_and_opens_the_next_number(hand, canvas):
    hand.click("weight:i1>h1")
    hand.type("0.5")
    hand.press(Qt.Key.Key_Tab)
    assert hand.of_kind("edit") == [("edit", W1, 0.5)]
    assert canvas.editing.chosen == "weight:i2>h1"
    assert canvas.editing.field.selectedText() == "0.21"
    hand.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.editing.chosen == "weight:i1>h1"
    assert canvas.editing.is_open


def test_tab_at_the_last_number_closes(hand, canvas):
    hand.click("target:o1")
    hand.type("2")
    hand.press(Qt.Key.Key_Tab)
    assert hand.of_kind("edit") == [("edit", Reference("target", "o1"), 2.0)]
    assert not canvas.editing.is_open


def test_the_field_shows_every_digit_of_the_number(hand, canvas):
    hand.lesson = set_parameter(hand.lesson, "w1", 0.12345678901234567)
    hand.show_start()
    hand.click("weight:i1>h1")
    assert canvas.editing.field.text() == repr(0.12345678901234567)


def test_a_jump_may_change_the_drawing_under_the_field(hand, canvas):
    def jump(_name: str) -> None:
        hand.lesson = set_parameter(hand.lesson, "w1", 0.75)
        hand.show_start()

    canvas.parameter_clicked.connect(jump)
    hand.click("weight:i1>h1")
    assert canvas.editing.field.text() == "0.75"
    hand.lesson = set_parameter(hand.lesson, "w1", 0.85)
    hand.show_start()
    assert canvas.editing.field.text() == canvas.editing.field.selectedText() == "0.85"
    hand.type("3")
    hand.show_start()
    assert canvas.editing.field.text() == "3"


def test_the_field_is_given_up_with_its_number(hand, canvas):
    hand.click("weight:i1>h1")
    hand.type("3")
    canvas.show_drawing(msgspec.structs.replace(canvas.drawing, shapes=()))
    assert not canvas.editing.is_open
    assert canvas.editing.chosen is None
    assert hand.of_kind("edit") == []


def test_the_field_follows_the_camera(hand, canvas):
    hand.click("weight:i1>h1")
    canvas.pan_by(30, 40)
    assert canvas.editing.field.geometry().contains(hand.place("weight:i1>h1"))
    canvas.zoom_in()
    assert canvas.editing.field.geometry().contains(hand.place("weight:i1>h1"))


def test_the_field_stays_inside(hand, canvas):
    hand.click("target:o1")
    hand.type("0.123456789012345678901234567890")
    assert canvas.viewport().rect().contains(canvas.editing.field.geometry())


def test_russian_has_a_decimal_comma(hand, canvas):
    canvas.set_language("ru")
    hand.click("weight:i1>h1")
    assert canvas.editing.field.text() == "0,11"


def test_another_language_gives_up_what_was_begun_in_the_one_before(hand, canvas):
    hand.click("weight:i1>h1")
    hand.type("0.5")
    canvas.set_language("ru")
    assert not canvas.editing.is_open
    assert hand.of_kind("edit") == []


def test_without_values_the_graph_is_read_only(hand, canvas):
    place = hand.place("weight:i1>h1")
    canvas.set_editable_values({})
    hand.click(place)
    assert not canvas.editing.is_open
    assert hand.reported == [("hover", Reference("edge", "i1", "h1"))]


@pytest.mark.parametrize("name", ["dark", "contrast"])
def test_the_open_field_follows_the_palette(hand, canvas, name):
    hand.click("weight:i1>h1")
    canvas.set_palette(PALETTES[name])
    assert PALETTES[name].paper in canvas.editing.field.styleSheet()
