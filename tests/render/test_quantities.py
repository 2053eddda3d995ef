"""The quantities that are drawn are those of the trace."""

import pytest
from hypothesis import given

from explainer.lesson.examples import example, example_names
from explainer.render.drawing.quantities import quantities
from explainer.trace.batches import batch_of
from explainer.trace.building import build_graph
from tests.properties.lessons import lessons
from tests.render.random_special import special_lessons

NETWORKS = [name for name in example_names() if example(name).expression is None]


def same_as_the_trace(lesson) -> None:
    sample = batch_of(lesson, 0)[0]
    graph = build_graph(lesson, batch_of(lesson, 0))
    own = (sample, None)
    drawn = ("parameter", "target", "loss", "penalty")
    expected = {
        node.address: {
            graph.nodes[place].address
            for place in node.inputs
            if graph.nodes[place].sample in own
            and graph.nodes[place].role != "parameter"
            and not graph.nodes[place].address.endswith(".mask")
        }
        for node in graph.nodes
        if node.sample in own and node.role not in drawn and not node.address.endswith(".mask")
    }
    found = quantities(lesson.network, training=lesson.mode == "train")
    assert {each.address: set(each.sources) for each in found} == expected
    assert len({each.address for each in found}) == len(found)
    for each in found:
        if each.is_last:
            place = graph.output_of[sample, each.neuron.id]
            assert graph.nodes[place].address == each.address


@pytest.mark.parametrize("name", NETWORKS)
def test_of_every_lesson(name):
    same_as_the_trace(example(name))


@given(lessons())
def test_of_any_lesson(lesson):
    same_as_the_trace(lesson)


@given(special_lessons())
def test_of_any_lesson_with_special_neurons(lesson):
    same_as_the_trace(lesson)
