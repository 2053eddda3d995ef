"""Michael Nielsen: Neural Networks and Deep Learning, 2015, chapter 3, the cross-entropy cost function.

http://neuralnetworksanddeeplearning.com/chap3.html

One sigmoid neuron with the input 1 and the target 0, trained for 300 epochs at η = 0.15 with C = (y − a)²/2: from w = 0.6
and b = 0.9 its answer goes from 0.82 to 0.09, from w = b = 2, where it is saturated, from 0.98 only to 0.20.
"""

import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.trace.run import trace
from tests.published.printed import prints_as


def outputs(lesson):
    """Return the first answer and the one after 300 updates."""
    runs = trace(lesson, 301)
    return [runs[n].summary.values["0"]["o1"] for n in (0, 300)]


def test_the_lesson_is_the_saturated_neuron_of_the_book():
    lesson = example("saturated-squared-error")
    assert (lesson.data.inputs, lesson.data.targets) == (((1,),), ((0,),))
    assert lesson.network.parameters == {"w": 2, "b": 2}
    assert lesson.update.learning_rate == 0.15


def test_the_saturated_neuron_learns_slowly():
    first, last = outputs(example("saturated-squared-error"))
    assert prints_as(first, "0.98")
    assert prints_as(last, "0.20")


def test_the_other_start_of_the_book_learns_fast():
    lesson = example("saturated-squared-error")
    lesson = replace(lesson, network=replace(lesson.network, parameters={"w": 0.6, "b": 0.9}))
    first, last = outputs(lesson)
    assert prints_as(first, "0.82")
    assert prints_as(last, "0.09")


@pytest.mark.parametrize("name", ["saturated-squared-error", "saturated-cross-entropy"])
def test_both_lessons_begin_alike(name):
    lesson = example(name)
    assert lesson.network == example("saturated-squared-error").network
    assert lesson.data == example("saturated-squared-error").data
