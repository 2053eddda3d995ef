"""The gradient by layer is that of the trace; the path multiplies to it; the way down is the session's own."""

import math

import pytest

from explainer.lesson.examples import example
from explainer.lesson.layers import columns
from explainer.session.looking.by_layer import along_path, by_layer
from explainer.session.looking.descent import standing, taken, tried
from explainer.session.looking.operating import neuron_looked_at, operating
from explainer.trace.moment import moment_at
from explainer.trace.run import trace

_LAYERED = ("vanishing-gradient", "exploding-gradient", "mazur-2-2-2", "batch-norm", "maxout", "softmax-classifier")  # fmt: skip


def ended(name):
    lesson = example(name)
    one_pass = trace(lesson)[0].summary
    return lesson, one_pass, moment_at(lesson, one_pass, len(one_pass.steps) - 1)


@pytest.mark.parametrize("name", _LAYERED)
def test_a_bar_is_the_norm_of_the_deltas_of_its_layer(name):
    lesson, one_pass, moment = ended(name)
    deltas = one_pass.deltas[str(moment.sample)]
    layers = by_layer(lesson, one_pass, moment)
    inner = [[n for n in column if n in deltas] for column in columns(lesson.network)]
    assert [list(layer.neurons) for layer in layers] == [column for column in inner if column]
    for layer in layers:
        norm = math.sqrt(sum(deltas[neuron] ** 2 for neuron in layer.neurons))
        assert math.isclose(layer.norm, norm, rel_tol=1e-14)


@pytest.mark.parametrize("name", ["vanishing-gradient", "exploding-gradient"])
def test_in_a_chain_the_product_leads_from_the_delta_of_the_output_to_every_other(name):
    lesson, one_pass, moment = ended(name)
    deltas = one_pass.deltas[str(moment.sample)]
    path = along_path(lesson, one_pass, moment)
    assert len(path) == len(deltas) - 1
    last = deltas[path[0].target]
    for step in path:
        assert math.isclose(last * step.product, deltas[step.source], rel_tol=1e-12)


def test_bars_are_known_when_the_board_shows_all_of_their_layer():
    lesson, one_pass, _ = ended("vanishing-gradient")
    first_delta = next(step.index for step in one_pass.steps if step.phase == "backward")
    early = by_layer(lesson, one_pass, moment_at(lesson, one_pass, first_delta))
    assert [layer.known for layer in early] == [False] * 5 + [True]
    before = by_layer(lesson, one_pass, moment_at(lesson, one_pass, 0))
    assert not any(layer.known for layer in before)


def test_formulas_and_rules_without_a_gradient_have_no_layers():
    for name in ("graph-sin", "perceptron-rule"):
        lesson, one_pass, moment = ended(name)
        assert by_layer(lesson, one_pass, moment) == ()
        assert along_path(lesson, one_pass, moment) == ()


def test_the_operating_point_is_on_the_board_or_nowhere():
    lesson, one_pass, _ = ended("mazur-2-2-2")
    neuron = lesson.network.neuron("h2")
    found = [operating(moment_at(lesson, one_pass, step), one_pass, neuron).z for step in range(5)]
    known = one_pass.values["0"]["h2.z"]
    assert found[0] is None
    assert found[-1] == known
    looked = neuron_looked_at(lesson, moment_at(lesson, one_pass, 0), None)
    assert looked is not None
    assert looked.id == one_pass.steps[0].subject
    assert neuron_looked_at(lesson, moment_at(lesson, one_pass, 0), "o2").id == "o2"


def test_trying_the_lesson_s_own_rate_goes_where_the_passes_go():
    lesson = example("adam")
    runs = trace(lesson, 6)
    passes = [run.summary for run in runs]
    place = standing(lesson, passes, 2, 0)
    path = tried(place, lesson.update.learning_rate, 3, lambda: False)
    for point, one in zip(path.points[1:], passes[2:5], strict=True):
        for name, value in one.parameters_after.items():
            assert math.isclose(point[name], value, rel_tol=1e-12)
    assert taken(passes, place).points == tuple(one.parameters_before for one in passes[:3])


def test_a_rate_too_large_ends_the_path():
    lesson = example("exploding-gradient")
    place = standing(lesson, [trace(lesson)[0].summary], 0, 0)
    path = tried(place, 10.0, 50, lambda: False)
    assert path.ended
    assert len(path.points) < 51
