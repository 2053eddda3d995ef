"""Every change of a lesson is told, none that was not made."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from explainer.lesson.differences import differences
from explainer.lesson.edits import set_input, set_learning_rate, set_parameter
from explainer.lesson.examples import example, example_names
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.lesson import Edge, Neuron, Parameter
from tests.lesson.strategies import lessons, numbers

LECTURE = example("lecture-2-2-1")


def said(before, after, point="."):
    return [str(line) for line in differences(before, after, point)]


def test_equal_lessons_differ_in_nothing():
    assert said(LECTURE, lesson_from_json(lesson_to_json(LECTURE))) == []


def test_values_stand_before_and_after():
    assert said(LECTURE, set_parameter(LECTURE, "w1", 0.2)) == ["w1: 0.11 → 0.2"]
    assert said(LECTURE, set_parameter(LECTURE, "w1", -0.2), ",") == ["w1: 0,11 → −0,2"]
    assert said(LECTURE, set_input(LECTURE, 0, 1, 7.0)) == ["sample 1, input 2: 3 → 7"]
    assert said(LECTURE, set_learning_rate(LECTURE, 0.5)) == ["learning rate: 0.05 → 0.5"]
    titled = replace(LECTURE, title="<b>Mine</b>\u202e")
    assert "title: – → <b>Mine</b>\\u202e" in said(LECTURE, titled)


def test_structure_is_named():
    network = LECTURE.network
    more = replace(
        network,
        neurons=(*network.neurons, Neuron("h3", "hidden", bias="b3")),
        edges=(*network.edges[1:], Edge("h3", "o1", "w7")),
        parameters=network.parameters | {"w7": 1.0, "b3": Parameter(0.5, trainable=False)},
    )
    lines = said(LECTURE, replace(LECTURE, network=more))
    assert lines == [
        "neuron h3 added",
        "edge i1 → h1 removed",
        "edge h3 → o1 added",
        "w7 added: 1",
        "b3 added: 0.5",
    ]
    back = said(replace(LECTURE, network=more), LECTURE)
    assert "neuron h3 removed" in back
    assert "b3 removed (it was 0.5)" in back


def test_order_freezing_and_fields_are_told():
    network = LECTURE.network
    turned = replace(
        network, neurons=(network.neurons[1], network.neurons[0], *network.neurons[2:])
    )
    assert said(LECTURE, replace(LECTURE, network=turned)) == ["the neurons stand in another order"]
    frozen = replace(
        network, parameters=network.parameters | {"w1": Parameter(0.11, trainable=False)}
    )
    assert said(LECTURE, replace(LECTURE, network=frozen)) == ["w1.trainable: true → false"]


@given(lessons(values=numbers), lessons(values=numbers))
def test_something_is_told_exactly_when_lessons_differ(one, other):
    assert bool(said(one, other)) == (one != other)
    assert all("\n" not in line for line in said(one, other))


@pytest.mark.parametrize("name", example_names())
def test_any_two_built_in_lessons_can_be_compared(name):
    lesson = example(name)
    assert bool(said(LECTURE, lesson)) == (lesson != LECTURE)
    assert said(lesson, lesson) == []
