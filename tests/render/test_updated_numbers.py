"""After an update the graph shows the new weight as one that is told from the old one, and nothing moves for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import text_in
from explainer.maths.numbers import canvas_digits, rounded, shown, telling_digits
from explainer.pages.page import Reference
from explainer.render.drawing.hovered import pill_on_hover
from explainer.render.metrics import label_width
from explainer.render.shapes import Box, Circle, Drawing, Label
from explainer.render.views import View, draw_view
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from scripts.bench.networks import layered

_NUMBERS = ("weight:", "biastext:")
floats = st.floats(-1e6, 1e6, allow_nan=False)


def numbers_of(drawing: Drawing) -> dict[str, str]:
    """Return the number in each pill by the key of its label."""
    return {
        shape.key: "".join(run.text for run in shape.runs).split(" ")[-1]
        for shape in drawing.shapes
        if isinstance(shape, Label) and shape.key.startswith(_NUMBERS)
    }


def uses_of(lesson, name: str) -> list[str]:
    edges = [f"weight:{e.source}>{e.target}" for e in lesson.network.edges if e.weight == name]
    return edges + [f"biastext:{n.id}" for n in lesson.network.neurons if n.bias == name]


def moments(name: str):
    """Yield the lesson, its first pass and the moments of the updates."""
    lesson = example(name)
    one_pass = trace(lesson, 1)[0].summary
    for step in one_pass.steps:
        if step.kind == "update":
            yield lesson, one_pass, step, moment_at(lesson, one_pass, step.index)


@pytest.mark.parametrize(
    ("view", "digits"),
    [("neurons", 2), ("neurons", 5), ("neurons", 8), ("matrices", 2), ("matrices", 5)],
)
@pytest.mark.parametrize("name", ["lecture-2-2-1", "mazur-2-2-2"])
def test_an_updated_number_is_told_from_the_old_one(name, view: View, digits):
    for lesson, one_pass, step, moment in moments(name):
        drawn = draw_view(view, lesson, moment, one_pass, digits=digits, language="en")
        texts = numbers_of(drawn)
        for parameter in moment.updated:
            value, before = (
                one_pass.parameters_after[parameter],
                one_pass.parameters_before[parameter],
            )
            for key in uses_of(lesson, parameter):
                written = texts[key]
                most = max(digits, canvas_digits(digits))
                assert written in {
                    shown(value, count, "en") for count in range(canvas_digits(digits), most + 1)
                }
                if shown(value, digits, "en") != shown(before, digits, "en"):
                    assert written != shown(before, canvas_digits(digits), "en"), step.subject
        others = set(one_pass.parameters_before) - moment.updated
        for parameter in others:
            usual = shown(one_pass.parameters_before[parameter], canvas_digits(digits), "en")
            assert all(texts[key] == usual for key in uses_of(lesson, parameter))


def test_mazur_shows_what_the_page_says():
    *_, (lesson, _, _, moment) = moments("mazur-2-2-2")
    texts = numbers_of(draw_view("neurons", lesson, moment, None, digits=5, language="en"))
    # Three digits would say 0.15, 0.2, 0.25 and 0.3 again.
    found = [
        texts[f"weight:{source}>{target}"] for target in ("h1", "h2") for source in ("i1", "i2")
    ]
    assert found == ["0.1498", "0.1996", "0.2498", "0.2995"]


@pytest.mark.parametrize("name", ["lecture-2-2-1", "mazur-2-2-2"])
def test_nothing_moves_for_it_and_it_fits(name):
    places = []
    for lesson, one_pass, _, moment in moments(name):
        drawn = draw_view("neurons", lesson, moment, one_pass, digits=5, language="en")
        boxes = {s.key: s for s in drawn.shapes if isinstance(s, Box)}
        places.append(
            {
                key: (box.x, box.y, box.width, box.height)
                for key, box in boxes.items()
                if "pill" in key
            }
        )
        for shape in drawn.shapes:
            if isinstance(shape, Label) and shape.key.startswith("weight:"):
                box = boxes["pill:" + shape.key.removeprefix("weight:")]
                assert label_width(shape.runs, shape.size) <= box.width - 8
                assert shape.size > 11
    assert len(places) > 1
    assert all(each == places[0] for each in places)


def test_so_does_the_pill_under_the_pointer():
    *_, (lesson, one_pass, _, moment) = moments("mazur-2-2-2")
    drawn = draw_view("neurons", lesson, moment, one_pass, digits=5, language="en")
    bare = replace(drawn, shapes=tuple(s for s in drawn.shapes if s.key.startswith("edge:")))
    edge = lesson.network.edges[0]
    reference = Reference("edge", edge.source, edge.target)
    pill = pill_on_hover(lesson, moment, bare, reference, digits=5, language="en")
    assert isinstance(pill[1], Label)
    assert re.search(r"0\.1498$", "".join(run.text for run in pill[1].runs))


@given(floats, floats, st.integers(2, 6), st.integers(2, 10))
def test_as_few_digits_as_tell_two_numbers_apart(value, before, digits, most):
    found = telling_digits(value, before, digits, most)
    apart = [
        count
        for count in range(digits, most + 1)
        if rounded(value, count)[:3] != rounded(before, count)[:3]
    ]
    assert found == (apart[0] if apart and value != before else digits)
    assert telling_digits(value, None, digits, most) == digits


@pytest.mark.parametrize("view", ["neurons", "computation"])
@pytest.mark.parametrize(
    "lesson",
    [
        *(each for name in example_names() if (each := example(name)).expression is None),
        # One of its weights takes four digits after the update.
        layered([2, 4, 2, 1], "tanh"),
    ],
    ids=lambda lesson: text_in(lesson.title, "en"),
)
def test_nothing_moves_from_the_first_step_of_a_pass_to_the_last(lesson, view: View):
    one_pass = trace(lesson, 1)[0].summary
    last = len(one_pass.steps) - 1
    found = []
    for moment in (starting_moment(lesson), *(moment_at(lesson, one_pass, at) for at in (0, last))):
        drawn = draw_view(view, lesson, moment, one_pass, digits=5, language="en")
        found.append(
            {
                shape.key: (shape.x, shape.y)
                for shape in drawn.shapes
                if isinstance(shape, Box | Circle)
                and shape.key.startswith(("circle:", "bias:", "pill:", "error", "node:"))
            }
        )
    start, first, end = found
    assert start.keys() & end.keys()
    for key in start.keys() & end.keys():
        assert start[key] == first[key] == end[key], key
