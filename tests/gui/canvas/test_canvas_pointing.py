import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from explainer.pages.page import Reference
from explainer.render.palette import LIGHT
from explainer.render.shapes import point_at

EDGE = Reference("edge", "i2", "h1")


def on_edge(hand):
    points = hand.canvas.shown.shapes["edge:i2>h1"].points
    return hand.spot(*point_at(points, 0.12))


def lit(canvas) -> set[str]:
    return {shape.key for shape in canvas.pointing.lit()}


def test_pointing_at_an_edge_lights_it_and_its_weight(hand, canvas):
    hand.move_to(on_edge(hand))
    assert hand.of_kind("hover") == [("hover", EDGE)]
    assert lit(canvas) == {"edge:i2>h1", "pill:i2>h1", "weight:i2>h1"}


def test_pointing_at_a_pill_means_the_same(hand, canvas):
    hand.move_to("weight:i2>h1")
    assert hand.of_kind("hover") == [("hover", EDGE)]


def test_pointing_at_a_neuron(hand, canvas):
    circle = canvas.shown.shapes["circle:h2"]
    hand.move_to(hand.spot(circle.x + 20, circle.y + 25))
    assert hand.of_kind("hover") == [("hover", Reference("neuron", "h2"))]
    assert "circle:h2" in lit(canvas)


def test_leaving_ends_it(hand, canvas):
    hand.move_to(on_edge(hand))
    hand.move_to(hand.spot(2, 2))
    assert hand.of_kind("hover")[-1] == ("hover", None)
    hand.move_to(on_edge(hand))
    QApplication.sendEvent(canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert hand.of_kind("hover")[-1] == ("hover", None)
    assert lit(canvas) == set()


def test_a_move_along_the_same_edge_is_reported_once(hand, canvas):
    points = canvas.shown.shapes["edge:i2>h1"].points
    for t in (0.1, 0.12, 0.14):
        hand.move_to(hand.spot(*point_at(points, t)))
    assert len(hand.of_kind("hover")) == 1


@pytest.mark.parametrize("reference", [EDGE, Reference("parameter", "w2")])
def test_a_reference_from_outside_lights_the_same(hand, canvas, reference):
    before = canvas.grab().toImage()
    canvas.highlight(reference)
    assert lit(canvas) == {"edge:i2>h1", "pill:i2>h1", "weight:i2>h1"}
    assert canvas.grab().toImage() != before
    canvas.highlight(None)
    assert canvas.grab().toImage() == before
    assert hand.of_kind("hover") == []


@pytest.mark.parametrize("kind", ["error", "error_link", "target", "neuron"])
def test_every_kind_of_reference_can_be_lit(hand, canvas, kind):
    canvas.highlight(Reference(kind, "" if kind == "error" else "o1"))
    assert lit(canvas)


def test_an_unknown_reference_lights_nothing(hand, canvas):
    canvas.highlight(Reference("neuron", "nobody"))
    assert lit(canvas) == set()


def test_the_hand_says_what_can_be_clicked(hand, canvas):
    hand.move_to("weight:i2>h1")
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    hand.move_to(hand.spot(2, 2))
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_what_is_lit_stays_lit_in_the_next_drawing_and_palette(hand, canvas):
    canvas.highlight(EDGE)
    hand.show_start()
    canvas.set_palette(LIGHT)
    assert lit(canvas) == {"edge:i2>h1", "pill:i2>h1", "weight:i2>h1"}


def test_clicking_an_edge_jumps_without_opening_a_field(hand, canvas):
    hand.click(on_edge(hand))
    assert hand.of_kind("jump") == [("jump", "w2")]
    assert not canvas.editing.is_open
