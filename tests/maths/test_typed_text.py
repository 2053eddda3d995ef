"""Parts of formulas in sentences: as they were typed, and what is written reads as the same formula."""

import pytest
from hypothesis import given

from explainer.lesson.lesson import FORMAT, VERSION, Expression, Lesson
from explainer.maths.expression import parse_formula
from explainer.maths.typed_text import typed_text
from explainer.messages import Refused
from explainer.trace.run import trace
from tests.maths.formulas import parts


@pytest.mark.parametrize(
    "text",
    [
        "log(x)",
        "1/x",
        "-x",
        "-x^2 + 3*(x - 1)/2",
        "(x + 1)^0.5",
        "a - (b - c)",
        "a/(b/c)",
        "(a/b)/c",
        "(-x)^2",
        "x^(-2)",
        "max(log(x), 3, -y)",
        "(x^2)^3",
        "2*pi*x",
    ],
)
def test_what_is_typed_is_said(text):
    said = typed_text(parse_formula(text).statements[0].tree)
    assert said.replace("(a/b)/c", "a/b/c") == text.replace("(a/b)/c", "a/b/c")


@given(parts(["x", "y"], 3))
def test_what_is_said_is_the_same_formula(text):
    tree = parse_formula(text).statements[0].tree
    said = typed_text(tree)
    if not said.endswith("…"):
        assert typed_text(parse_formula(said).statements[0].tree) == said


def test_a_long_part_is_cut():
    assert len(typed_text(parse_formula("+".join(["x"] * 60)).statements[0].tree)) == 40


@pytest.mark.parametrize(
    ("formula", "values", "begin"),
    [
        ("log(x)*2", {"x": -1.0}, "log(x) has no real value"),
        ("y + 1/x", {"x": 0.0, "y": 1.0}, "1/x has no real value"),
        ("sqrt(x)*3", {"x": 0.0}, "sqrt(x) has no finite derivative"),
        ("exp(exp(x))", {"x": 700.0}, "At exp(exp(x)) the result is infinite"),
        # A name that was typed is the name.
        ("a = log(x); a*2", {"x": -1.0}, "a has no real value"),
        ("(x - 2)^0.5", {"x": 1.0}, "(x - 2)^0.5 has no real value"),
    ],
)
def test_a_refusal_names_what_was_typed(formula, values, begin):
    lesson = Lesson(FORMAT, VERSION, "A formula", expression=Expression(formula, values))
    with pytest.raises(Refused) as refusal:
        trace(lesson)
    assert str(refusal.value).startswith(begin)
