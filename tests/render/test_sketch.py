"""The sketch of an edit: what it touched is right, what it did not touch is the very same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson import structure
from explainer.lesson.edits import set_parameter
from explainer.lesson.layers import columns
from explainer.lesson.lesson import Lesson
from explainer.render.diagram import draw
from explainer.render.drawing.changes import LessonAtMoment
from explainer.render.drawing.sketch import sketch
from explainer.render.metrics import label_width
from explainer.render.shapes import Circle, Curve, Drawing, Label
from explainer.trace.moment import starting_moment
from scripts.bench.networks import sparse
from tests.render.networks import dense

WIDE = dense(6, 8, 7, 3, bias=True)
THIN = sparse((8, 9, 10, 9, 4), "tanh")


def at_start(lesson: Lesson) -> LessonAtMoment:
    return LessonAtMoment(lesson, starting_moment(lesson))


def drawn(lesson: Lesson) -> Drawing:
    return draw(lesson, starting_moment(lesson), digits=5, language="en")


def sketched(before: Lesson, after: Lesson) -> Drawing | None:
    return sketch(drawn(before), at_start(before), at_start(after), digits=5, language="en")


def circles(drawing: Drawing) -> dict[str, Circle]:
    return {shape.key: shape for shape in drawing.shapes if isinstance(shape, Circle)}


@pytest.mark.parametrize("lesson", [WIDE, THIN])
@pytest.mark.parametrize("row", [0, 3, None])
@pytest.mark.parametrize("column", [1, 2])
def test_a_new_neuron_stands_in_its_column_with_all_its_edges(lesson, column, row):
    after, name = structure.add_neuron(lesson, column, row)
    whole, before = drawn(after), drawn(lesson)
    found = sketch(before, at_start(lesson), at_start(after), digits=5, language="en")
    assert found is not None
    assert {shape.key for shape in found.shapes} == {shape.key for shape in whole.shapes}
    # What was there is the same object, and what is new comes after it.
    assert all(one is other for one, other in zip(before.shapes, found.shapes, strict=False))
    places = circles(found)
    new = places.pop(f"circle:{name}")
    mates = [each for each in places.values() if abs(each.x - new.x) < 1]
    assert len(mates) == len(structure_column(lesson, column))
    above = sum(each.y < new.y for each in mates)
    assert above == (len(mates) if row is None else row)
    assert 0 < new.y < found.height
    looks = {shape.key: shape for shape in whole.shapes}
    for shape in found.shapes[len(before.shapes) :]:
        as_it_will_be = looks[shape.key]
        if isinstance(shape, Curve):
            assert isinstance(as_it_will_be, Curve)
            assert (shape.width, shape.dashed) == (as_it_will_be.width, as_it_will_be.dashed)
        if isinstance(shape, Label):
            assert isinstance(as_it_will_be, Label)
            assert (shape.runs, shape.size) == (as_it_will_be.runs, as_it_will_be.size)


def structure_column(lesson: Lesson, column: int) -> list[str]:
    return list(columns(lesson.network)[column])


@pytest.mark.parametrize("lesson", [WIDE, THIN])
def test_what_is_taken_away_is_gone_and_nothing_else(lesson):
    after, _ = structure.add_neuron(lesson, 1)
    back = sketched(after, lesson)
    assert back is not None
    assert {shape.key for shape in back.shapes} == {shape.key for shape in drawn(lesson).shapes}
    there = drawn(after)
    found = sketch(there, at_start(after), at_start(lesson), digits=5, language="en")
    assert found is not None
    assert {id(shape) for shape in found.shapes} <= {id(shape) for shape in there.shapes}


@settings(deadline=None)
@given(st.data())
def test_a_changed_number_looks_as_in_the_whole_drawing(data):
    lesson = [WIDE, THIN][data.draw(st.integers(0, 1))]
    names = sorted(lesson.network.parameters)
    name = data.draw(st.sampled_from(names))
    value = data.draw(st.floats(-0.5, 0.5).map(lambda number: round(number, 3)))
    after = set_parameter(lesson, name, value)
    found, whole = sketched(lesson, after), drawn(after)
    if after == lesson:
        return
    assert found is not None
    looks = {shape.key: shape for shape in whole.shapes}
    before = {shape.key: shape for shape in drawn(lesson).shapes}
    for shape in found.shapes:
        other = looks[shape.key]
        if shape == before[shape.key]:
            continue
        if isinstance(shape, Curve) and isinstance(other, Curve):
            assert (shape.width, shape.dashed) == (other.width, other.dashed)
        elif isinstance(shape, Label) and isinstance(other, Label):
            assert shape.runs == other.runs
        else:
            raise AssertionError(shape.key)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 9)), max_size=4))
def test_sketches_can_be_made_of_sketches(steps):
    lesson, shown = WIDE, drawn(WIDE)
    for column, row in steps:
        after, name = structure.add_neuron(lesson, column, row)
        found = sketch(shown, at_start(lesson), at_start(after), digits=5, language="en")
        assert found is not None
        assert f"circle:{name}" in circles(found)
        places = [(each.x, each.y) for each in circles(found).values()]
        assert len(set(places)) == len(places)
        lesson, shown = after, found


def test_what_is_small_or_another_lesson_is_drawn_whole():
    small = dense(2, 3, 1)
    assert sketched(small, structure.add_neuron(small, 1)[0]) is None
    for other in (
        replace(WIDE, title="another"),
        replace(WIDE, mode="apply"),
        structure.move_neuron(WIDE, WIDE.network.neurons[7].id, 3),
        structure.add_layer(WIDE, 1)[0],
        THIN,
    ):
        assert sketched(WIDE, other) is None


def test_labels_of_a_new_neuron_fit():
    after, name = structure.add_neuron(WIDE, 1)
    found = sketched(WIDE, after)
    assert found is not None
    symbol = next(each for each in found.shapes if each.key == f"symbol:{name}")
    assert isinstance(symbol, Label)
    assert label_width(symbol.runs, symbol.size) < 2 * circles(found)[f"circle:{name}"].radius
