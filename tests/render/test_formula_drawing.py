"""The drawing of a computation graph: everything has room, what is known is shown, every use is an edge."""

import pytest
from hypothesis import given

from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import Expression, Lesson
from explainer.maths.formula_nodes import formula_nodes
from explainer.pages.narrate import narrate
from explainer.pages.page import Reference
from explainer.render.diagram import draw
from explainer.render.shapes import Box, Circle, Curve, Label
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.maths.formulas import formulas
from tests.render.areas import collisions, outside, spilled

FORMULAS = [name for name in example_names() if example(name).expression is not None]


def about(formula, **values):
    return Lesson("explainer-lesson", 1, "Test", expression=Expression(formula, values))


def drawings(lesson, language="en", digits=5):
    """Yield the drawing before the first step, then that of every step."""
    yield draw(lesson, starting_moment(lesson), digits=digits, language=language)
    runs = trace(lesson)
    for step in runs[0].summary.steps:
        badges = narrate(runs, 0, step.index, language, digits).badges
        moment = moment_at(lesson, runs[0].summary, step.index)
        yield draw(lesson, moment, digits=digits, language=language, badges=badges)


def text(drawing, key):
    label = next(shape for shape in drawing.shapes if shape.key == key)
    return "".join(run.text for run in label.runs)


def edges(drawing):
    return sorted(shape.key for shape in drawing.shapes if isinstance(shape, Curve))


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_step_of_every_example_has_room(name, language):
    for drawing in drawings(example(name), language):
        assert collisions(drawing) == []
        assert spilled(drawing) == []
        assert outside(drawing) == []


@given(formulas())
def test_any_formula_has_room(lesson):
    drawing = draw(lesson, starting_moment(lesson), digits=5, language="en")
    assert collisions(drawing) == []
    assert outside(drawing) == []
    nodes = formula_nodes(lesson.expression.formula, tuple(lesson.expression.values)).nodes
    drawn = [shape for shape in drawing.shapes if isinstance(shape, (Box, Circle))]
    assert len(drawn) == len(nodes)


def test_values_and_derivatives_appear_as_they_are_computed():
    first, *_, last = drawings(about("F = x*y + x", x=2.0, y=3.0))
    keys = {shape.key for shape in first.shapes if isinstance(shape, Label)}
    assert "value:x" in keys
    assert not keys & {"value:F", "value:v1", "delta:F"}
    assert text(last, "value:F") == "8"
    assert text(last, "delta:x") == "∂F/∂x = 4"
    assert text(last, "symbol:v1") == "×"


def test_every_use_is_an_edge():
    (first, *_) = drawings(about("x*x + x", x=2.0))
    assert edges(first) == ["edge:v1>v2", "edge:x>v1", "edge:x>v1 2", "edge:x>v2", "edge:x>v2:1"]
    ways = [shape.points for shape in first.shapes if shape.key.startswith("edge:x>v1")]
    assert ways[0] != ways[1]


def test_a_variable_can_be_clicked_on_and_a_number_is_no_variable():
    (first, *_) = drawings(about("2*x", x=2.0))
    circles = [shape for shape in first.shapes if isinstance(shape, Circle)]
    assert [circle.reference for circle in circles] == [Reference("neuron", "x")]
    assert [shape.key for shape in first.shapes if isinstance(shape, Box)] == [
        "box:constant 1",
        "box:v1",
    ]


@pytest.mark.parametrize(
    ("formula", "sign"),
    [("x - y", "−"), ("x + y - x", "±"), ("x/y", "÷"), ("x^2 + y", "x2"), ("relu(x) + y", "ReLU")],
)
def test_operations_wear_their_signs(formula, sign):
    (first, *_) = drawings(about(formula, x=2.0, y=3.0))
    assert text(first, "symbol:v1") == sign


def test_inputs_stand_at_the_left_and_the_result_at_the_right():
    (first, *_) = drawings(about("a = sin(x); b = a*y; b + x", x=2.0, y=3.0))
    x = {shape.key: shape.x for shape in first.shapes if isinstance(shape, (Box, Circle))}
    assert x["circle:x"] == x["circle:y"] < x["box:a"] < x["box:b"] < x["box:v1"]


def test_the_factors_of_a_step_are_on_the_graph():
    *_, last = drawings(about("F = sin(x)*x", x=2.0))
    badges = [shape for shape in last.shapes if shape.key.startswith("badge:")]
    assert len(badges) == 3
    assert all(shape.fill == "solid" for shape in badges)
