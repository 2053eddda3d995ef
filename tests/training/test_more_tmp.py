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
from tests.training.agreement import agree, must_agree, trainable, trained

ONE_STEP, TWENTY_STEPS = 1e-12, 1e-9
RULES = tuple(UPDATES)
special = special_lessons(tame, RULES, extras=True)


@settings(max_examples=500)
@given(any_lessons(tame).map(trainable))
def test_any_lesson_is_the_same_after_one_step(lesson):
    must_agree(lesson, 1, ONE_STEP)


@settings(max_examples=300)
@given(special)
def test_softmax_maxout_dropout_and_batches_are_the_same_after_one_step(lesson):
    must_agree(trainable(lesson), 1, ONE_STEP)


@settings(max_examples=count(30, 1000))
@given(one_layer_lessons())
def test_the_rules_before_back_propagation_are_the_same(lesson):
    must_agree(lesson, 1, ONE_STEP)
    must_agree(lesson, 3, ONE_STEP)


@settings(max_examples=100)
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
