"""What belongs to one piece, or to one function of a neuron, is pointed at and edited by itself."""

import pytest
from PySide6.QtCore import Qt

from explainer.gui.canvas.hits import HitMap
from explainer.gui.canvas.numbers import editable_numbers, numbers_on
from explainer.pages.page import Reference
from explainer.render.diagram import draw
from explainer.render.shapes import point_at
from explainer.trace.moment import starting_moment
from tests.render.special import SPECIAL


def show(canvas, name):
    drawn = SPECIAL[name]
    moment = starting_moment(drawn)
    drawing = draw(drawn, moment, digits=5, language="en")
    canvas.set_editable_values(editable_numbers(drawn, moment))
    canvas.show_drawing(drawing)
    return drawing


@pytest.mark.parametrize(
    ("name", "key", "parameter"),
    [
        ("maxout", "weight:x2>h1", "w1_21"),
        ("maxout", "weight:x2>h1 2", "w1_22"),
        ("maxout", "biastext:h1", "b11"),
        ("maxout", "biastext:h1 2", "b12"),
        ("normalised", "biastext:h2 gamma", "gamma2"),
        ("normalised", "biastext:h2 beta", "beta2"),
        ("shared slope", "biastext:h2 alpha", "alpha"),
    ],
)
def test_a_click_edits_the_number_under_it(hand, canvas, name, key, parameter):
    show(canvas, name)
    hand.click(key)
    hand.type("0.125")
    hand.press(Qt.Key.Key_Return)
    assert hand.of_kind("jump") == [("jump", parameter)]
    assert hand.of_kind("edit") == [("edit", Reference("parameter", parameter), 0.125)]


def test_parallel_edges_are_pointed_at_one_by_one(canvas):
    drawing = show(canvas, "maxout")
    curves = {shape.key: shape for shape in drawing.shapes if shape.key.startswith("edge:")}
    hits = HitMap(curves.values())
    for key in ("edge:x2>h1", "edge:x2>h1 2"):
        x, y = point_at(curves[key].points, 0.45)
        assert hits.at(x, y, 7.0).key == key


def test_pointing_at_a_piece_lights_only_that_piece(hand, canvas):
    show(canvas, "maxout")
    canvas.highlight(Reference("edge", "x2", "h1", 1))
    lit = {shape.key for shape in canvas.pointing.lit()}
    assert lit == {"edge:x2>h1 2", "pill:x2>h1 2", "weight:x2>h1 2"}


@pytest.mark.parametrize("name", SPECIAL)
def test_every_number_of_a_lesson_can_be_reached(name):
    drawn = SPECIAL[name]
    moment = starting_moment(drawn)
    drawing = draw(drawn, moment, digits=5, language="en")
    found = numbers_on(drawing, editable_numbers(drawn, moment))
    references = {number.editable.reference for number in found.values()}
    assert {each.first for each in references if each.kind == "parameter"} == set(
        drawn.network.parameters
    )
    assert {each.first for each in references if each.kind == "neuron"} == {
        neuron.id for neuron in drawn.network.of_role("input")
    }
