"""The engine computes what the trace computes: for every row of every table, on random lessons."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example, example_names
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import UPDATES
from explainer.messages import Refused
from explainer.trace.run import trace
from explainer.training.refusals import why_not_trained
from tests.counts import count
from tests.properties.across import special_lessons, tame
from tests.properties.everything import any_lessons, one_layer_lessons
from tests.properties.lessons import lessons
from tests.trace.special_lessons import normalised
from tests.trace.training_lessons import NETWORK, lesson, update
from tests.training.agreement import agree, must_agree, trainable, trained

ONE_STEP, TWENTY_STEPS = 1e-12, 1e-9
RULES = tuple(UPDATES)
special = special_lessons(tame, RULES, extras=True)


@settings(max_examples=count(60, 3000))
@given(any_lessons(tame).map(trainable))
def test_any_lesson_is_the_same_after_one_step(lesson):
    must_agree(lesson, 1, ONE_STEP)


@settings(max_examples=count(40, 2000))
@given(special)
def test_softmax_maxout_dropout_and_batches_are_the_same_after_one_step(lesson):
    must_agree(trainable(lesson), 1, ONE_STEP)


@settings(max_examples=count(30, 1000))
@given(one_layer_lessons())
def test_the_rules_before_back_propagation_are_the_same(lesson):
    must_agree(lesson, 1, ONE_STEP)
    must_agree(lesson, 3, ONE_STEP)


@settings(max_examples=count(25, 1000))
@given(
    st.one_of(special, lessons(tame, ("simultaneous",), rules=RULES, extras=True)),
    st.sampled_from((0.1, 0.05, 0.01)),
)
def test_twenty_steps_are_the_same(lesson, rate):
    lesson = replace(lesson, update=replace(lesson.update, learning_rate=rate))
    must_agree(trainable(lesson), 20, TWENTY_STEPS)


def with_activation(lesson, choice):
    neurons = tuple(
        neuron if neuron.role == "input" else replace(neuron, activation=choice)
        for neuron in lesson.network.neurons
    )
    return replace(lesson, network=replace(lesson.network, neurons=neurons))


@pytest.mark.parametrize("rule", ["sgd", "adam"])
@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if not ACTIVATIONS[name].trained])
def test_every_activation(name, rule):
    lesson = with_activation(example("xor-2-2-1"), Choice(name))
    lesson = replace(lesson, update=replace(lesson.update, choice=Choice(rule), learning_rate=0.1))
    must_match(lesson, 1, ONE_STEP)
    must_match(lesson, 20, TWENTY_STEPS)


@pytest.mark.parametrize("batch_size", [1, 3, 4])
def test_a_slope_that_is_learnt_over_several_batches(batch_size):
    neurons = [neuron | {"activation": "prelu"} for neuron in NETWORK["neurons"][2:]]
    network = NETWORK | {"neurons": [*NETWORK["neurons"][:2], *neurons]}
    must_match(lesson(network, update=update(batch_size=batch_size)), 9, TWENTY_STEPS)


@pytest.mark.parametrize("batch_size", [2, 3])
def test_scale_and_shift_over_batches_of_two_sizes(batch_size):
    plain = normalised("apply" if batch_size == 2 else "train", batch=batch_size)
    must_match(plain, 9, TWENTY_STEPS)


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss(name):
    lesson = example("xor-2-2-1")
    must_match(replace(lesson, loss=replace(lesson.loss, choice=Choice(name))), 1, ONE_STEP)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("penalty", [None, *PENALTIES])
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_rule_with_every_penalty_and_schedule(rule, penalty, schedule):
    lesson = example("xor-2-2-1")
    update = replace(
        lesson.update,
        choice=Choice(rule),
        learning_rate=0.1,
        schedule=Choice(schedule),
        batch_size=3,
        shuffle=True,
    )
    lesson = replace(lesson, update=update, penalty=penalty and Choice(penalty))
    must_match(lesson, 1, ONE_STEP)
    must_match(lesson, 20, TWENTY_STEPS)


@pytest.mark.parametrize("name", example_names())
def test_the_built_in_lessons(name):
    lesson = example(name)
    if why_not_trained(lesson) is not None:
        with pytest.raises(Refused):
            trained(lesson, 1)
        return
    must_match(lesson, 1, ONE_STEP)


def must_match(lesson, passes, tolerance):
    try:
        end = trace(lesson, passes)[-1].end
    except Refused:
        pytest.skip("the trace refuses its numbers")
    assert agree(end, trained(lesson, passes), tolerance) == []
