"""The blackboard after each step: what is known by then, and nothing more."""

import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.trace.networks import dense

LESSON = example("mazur-2-2-2")
PASS = trace(LESSON, 1)[0].summary


def after(kind, subject):
    index = next(step.index for step in PASS.steps if (step.kind, step.subject) == (kind, subject))
    return moment_at(LESSON, PASS, index)


def test_before_the_first_step_there_are_inputs_and_parameters():
    moment = starting_moment(LESSON)
    assert moment.values == {"i1": 0.05, "i2": 0.1}
    assert moment.parameters == PASS.parameters_before
    assert (moment.phase, moment.loss, moment.deltas, moment.updated) == (
        None,
        None,
        {},
        frozenset(),
    )


def test_a_sum_is_known_before_its_activation():
    moment = after("weighted_sum", "h2")
    assert set(moment.values) == {"i1", "i2", "h1.z", "h1", "h2.z"}
    assert set(after("activation", "h2").values) == {"i1", "i2", "h1.z", "h1", "h2.z", "h2"}


def test_a_linear_neuron_is_known_with_its_sum():
    lesson = example("lecture-2-2-1")
    one_pass = trace(lesson, 1)[0].summary
    assert set(moment_at(lesson, one_pass, 0).values) == {"i1", "i2", "h1.z", "h1"}


def test_the_error_is_known_from_its_step_on():
    assert after("activation", "o2").loss is None
    assert after("loss", "E").loss == PASS.loss
    assert moment_at(LESSON, PASS, len(PASS.steps) - 1).loss == PASS.loss


def test_deltas_come_one_by_one():
    assert set(after("loss", "E").deltas) == set()
    assert set(after("delta", "h1").deltas) == {"o1", "o2", "h1"}
    assert after("delta", "h1").deltas["o1"] == PASS.deltas["0"]["o1"]


def test_parameters_change_one_by_one():
    moment = after("update", "w2")
    assert moment.updated == {"w1", "w2"}
    assert moment.parameters["w2"] == PASS.parameters_after["w2"]
    assert moment.parameters["w3"] == PASS.parameters_before["w3"]


def test_at_the_end_everything_is_known():
    moment = moment_at(LESSON, PASS, len(PASS.steps) - 1)
    assert moment.values == PASS.values["0"]
    assert moment.deltas == PASS.deltas["0"]
    assert moment.parameters == PASS.parameters_after


@pytest.mark.parametrize("order", ["simultaneous", "in_place"])
def test_in_a_batch_the_sample_of_the_step_is_shown(order):
    lesson = dense([2, 2, 1], samples=3)
    lesson = replace(lesson, update=replace(lesson.update, order=order))
    one_pass = trace(lesson, 1)[0].summary
    shown = None
    for step in one_pass.steps:
        moment = moment_at(lesson, one_pass, step.index)
        shown = step.sample if step.sample is not None else shown
        assert moment.sample == shown
        assert moment.focus == step.focus
        assert moment.values.items() <= one_pass.values[str(shown)].items()
        if step.phase == "error" and step.kind == "loss":
            assert moment.loss == one_pass.loss_per_sample[step.sample]
        if step.phase in ("backward", "update"):
            assert moment.loss == one_pass.loss
