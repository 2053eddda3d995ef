"""The trace against a pass done with pencil and paper: in-place updates, rounded arithmetic, batches, several passes."""

import math
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.updates import UPDATES
from explainer.messages import Refused
from explainer.trace.batches import batch_of
from explainer.trace.run import trace
from tests.properties.by_hand import Learner
from tests.properties.lessons import lessons, nice, rounded_arithmetic

tame = nice.map(lambda value: value / 2)


HELD = 1e15


def runs_of(lesson, passes):
    try:
        return trace(lesson, passes)
    except Refused:
        assume(False)


def compare(lesson, passes, same):
    learner = Learner(lesson)
    for index, run in enumerate(runs_of(lesson, passes)):
        found = run.summary
        learner.learn(batch_of(lesson, index))
        assume(lesson.arithmetic.mode == "rounded" or not near_a_kink(learner))
        assert found.samples == tuple(learner.values)
        same(found.loss, learner.loss)
        same_tables(found.values, learner.values, same)
        same_tables(found.deltas, learner.deltas, same)
        same_tables(found.input_gradients, learner.input_gradients, same)
        same_table(found.gradients, learner.gradients, same)
        same_table(found.parameters_after, learner.parameters, same)
        same_tables(found.state_after, learner.rule.memory, same)
        same(found.learning_rate, learner.rate)
        same_table(
            dict(zip(found.samples, found.loss_per_sample, strict=True)), learner.errors, same
        )


def near_a_kink(learner):
    """Tell whether a neuron stands where the last digit of a double decides on which side of a kink it is."""
    return any(
        abs(values[f"{neuron.id}.z"] - Decimal(kink)) < Decimal("1e-9")
        for values in learner.values.values()
        for neuron in learner.network.neurons
        for kink in ACTIVATIONS[neuron.activation.name].kinks_at(dict(neuron.activation.parameters))
    )


def same_tables(found, wanted, same):
    assert set(found) == {str(name) for name in wanted}
    for name, table in wanted.items():
        same_table(found[str(name)], table, same)


def same_table(found, wanted, same):
    assert set(found) == set(wanted)
    for name, value in wanted.items():
        same(found[name], value, name)


def closely(found, wanted, name=""):
    assert math.isclose(found, float(wanted), rel_tol=1e-9, abs_tol=1e-11), name


def exactly(found, wanted, name=""):
    # A double cannot hold the decimals of larger numbers, which are then carried as its shortest text.
    tolerance = 1e-15 if abs(wanted) > HELD else 0.0
    assert math.isclose(found, float(wanted), rel_tol=tolerance, abs_tol=0.0), name


@given(lessons(tame, orders=("in_place",)))
def test_in_place_updates_as_by_hand(lesson):
    compare(lesson, 3, closely)


@given(lessons(tame, orders=("simultaneous",)))
def test_simultaneous_updates_as_by_hand(lesson):
    compare(lesson, 3, closely)


@given(lessons(tame, rules=tuple(UPDATES), extras=True))
def test_every_rule_with_its_memory_penalty_clipping_and_schedule_as_by_hand(lesson):
    compare(lesson, 4, closely)


@given(lessons(tame, arithmetic=rounded_arithmetic, rules=tuple(UPDATES), extras=True))
def test_every_rule_rounded_as_by_hand_to_the_last_digit(lesson):
    compare(lesson, 2, exactly)


@given(lessons(tame, arithmetic=rounded_arithmetic), st.integers(1, 3))
def test_rounded_arithmetic_as_by_hand_to_the_last_digit(lesson, passes):
    compare(lesson, passes, exactly)
