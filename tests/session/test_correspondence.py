"""Where the learner stands after a change: at the same quantity, or the nearest there is."""

import pytest
from msgspec.structs import replace

from explainer.lesson.activation_edits import set_activation
from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.lesson import Clip
from explainer.lesson.training_edits import set_penalty, set_rule, set_update
from explainer.session.correspondence import corresponding
from explainer.trace.run import trace

LECTURE = example("lecture-2-2-1")
XOR = example("xor-2-2-1")


def steps_of(lesson):
    return trace(lesson, 1)[0].summary.steps


def told(step):
    return (step.phase, step.kind, step.subject, step.sample, step.edge, step.neuron, step.piece)


def moved(old, new):
    """Return for every step of `old` what stands where the learner is led."""
    before, after = steps_of(old), steps_of(new)
    return [(told(step), told(after[corresponding(before, step.index, after)])) for step in before]


SIGMOID = set_activation(LECTURE, ("h1", "h2"), Choice("sigmoid"))
CLIPPED = set_update(LECTURE, replace(LECTURE.update, clip=Clip("norm", 0.1)))
PENALISED = set_penalty(LECTURE, Choice("l2"))
BATCH = set_update(XOR, replace(XOR.update, batch_size="all"))
SINGLE = set_update(XOR, replace(XOR.update, batch_size=1))
IN_PLACE = set_update(LECTURE, replace(LECTURE.update, order="in_place"))


@pytest.mark.parametrize(
    ("old", "new"),
    [(LECTURE, SIGMOID), (LECTURE, CLIPPED), (LECTURE, PENALISED), (LECTURE, IN_PLACE)],
)
def test_what_is_put_in_moves_nobody_from_his_quantity(old, new):
    assert len(steps_of(new)) >= len(steps_of(old))
    for before, after in moved(old, new):
        assert after == before


def test_the_number_of_the_step_changes_where_steps_are_put_in():
    before, after = steps_of(LECTURE), steps_of(SIGMOID)
    last = len(before) - 1
    assert corresponding(before, last, after) == len(after) - 1 != last


def test_where_an_activation_is_taken_out_one_stands_at_its_sum():
    found = dict(moved(SIGMOID, LECTURE))
    activation = ("forward", "activation", "h1", 0, None, None, 0)
    assert found[activation] == ("forward", "weighted_sum", "h1", 0, None, None, 0)


def test_where_clipping_is_taken_out_one_stands_at_the_first_update():
    found = dict(moved(CLIPPED, LECTURE))
    first = next(step for step in steps_of(LECTURE) if step.phase == "update")
    assert found["update", "clip", "g", None, None, None, 0] == told(first)


def test_where_a_penalty_is_taken_out_one_stands_at_the_error():
    found = dict(moved(PENALISED, LECTURE))
    error = ("error", "loss", "E", 0, None, None, 0)
    assert found["error", "penalty", "R", None, None, None, 0] == error
    assert found["error", "batch_loss", "E", None, None, None, 0] == error
    assert found["backward", "gradient_parameter", "w1", None, None, None, 0][:3] == (
        "backward",
        "gradient_weight",
        "w1",
    )


def test_another_sample_is_the_nearest_where_the_own_one_is_gone():
    for before, after in moved(BATCH, SINGLE):
        same_place = (before[0], before[2]) == (after[0], after[2])
        assert same_place, before
        assert after[3] in (0, None)


def test_a_larger_batch_keeps_the_sample():
    for before, after in moved(SINGLE, BATCH):
        assert after[:3] == before[:3]
        assert after[3] == before[3]


def test_a_phase_that_is_gone_leads_to_what_the_subject_has_elsewhere():
    delta = example("logistic-neuron")
    perceptron = set_rule(delta, Choice("perceptron"))
    found = moved(delta, perceptron)
    weights = [pair for pair in found if pair[0][1] == "gradient_weight"]
    assert weights
    for before, after in weights:
        assert after[:3] == ("update", "rule", before[2])


@pytest.mark.parametrize("lesson", [LECTURE, SIGMOID, BATCH, IN_PLACE])
def test_the_same_steps_stay(lesson):
    steps = steps_of(lesson)
    assert [corresponding(steps, place, steps) for place in range(len(steps))] == list(
        range(len(steps))
    )


def test_before_the_first_step_stays_before_it():
    assert corresponding(steps_of(LECTURE), -1, steps_of(SIGMOID)) == -1
    assert corresponding(steps_of(LECTURE), 3, ()) == -1


def test_nothing_in_common_leads_as_far_into_the_pass():
    formula = steps_of(example("graph-sin"))
    found = corresponding(steps_of(LECTURE), 18, formula)
    assert 0 <= found < len(formula)
