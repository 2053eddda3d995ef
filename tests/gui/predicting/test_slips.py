"""Every slip gives the number it is named for, and a right answer is never accused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.gui.predicting.asked import Asked, judged
from explainer.gui.predicting.slips import KnownSlips, slips
from explainer.lesson.examples import example, example_names
from explainer.trace.run import run_pass

KNOWN = KnownSlips()


def questions(name):
    lesson = example(name)
    one_pass = run_pass(lesson, 0, None).summary
    return [Asked(lesson, one_pass, step) for step in one_pass.steps]


@pytest.mark.parametrize("name", example_names())
def test_a_slip_is_named_by_its_number_and_a_right_answer_by_none(name):
    for asked in questions(name):
        assert KNOWN.explain(asked, asked.value, 0.01) is None
        for slip in slips(asked):
            if judged(slip.value, asked.value, 0.01) != "right":
                assert KNOWN.explain(asked, slip.value, 0.01) is not None


def reason(name, kind, subject, number_of, number=0):
    found = [
        asked
        for asked in questions(name)
        if asked.step.kind == kind and asked.step.subject == subject
    ]
    asked = found[number]
    text = KNOWN.explain(asked, number_of(asked), 0.001)
    return "" if text is None else str(text)


def test_the_sign_of_the_difference():
    assert "prediction minus target" in reason(
        "lecture-2-2-1", "gradient_weight", "w1", lambda asked: -asked.value
    )


def test_the_forgotten_derivative_is_computed_from_the_lesson():
    # ŷ = σ(z): without ŷ(1 − ŷ) of its own neuron.
    def without(asked):
        slope = asked.one_pass.slopes["0"]["o1.z>o1"]
        return asked.value / slope

    assert "derivative of the activation" in reason("mazur-2-2-2", "delta", "o1", without)


def test_the_forgotten_half_and_learning_rate_and_the_wrong_direction():
    assert "½" in reason("lecture-2-2-1", "loss", "E", lambda asked: 2 * asked.value)

    def without_rate(asked):
        return asked.one_pass.parameters_before["w1"] - asked.one_pass.gradients["w1"]

    def added(asked):
        return 2 * asked.one_pass.parameters_before["w1"] - asked.value

    assert "learning rate is missing" in reason("lecture-2-2-1", "update", "w1", without_rate)
    assert "Added instead" in reason("lecture-2-2-1", "update", "w1", added)


NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@given(NUMBERS, st.sampled_from([0.001, 0.01, 0.05]), st.floats(-1, 1))
def test_what_is_within_the_tolerance_is_right(value, tolerance, share):
    number = value + share * 0.99 * tolerance * abs(value)
    assert judged(number, value, tolerance) == "right"


@given(NUMBERS, NUMBERS, st.sampled_from([0.001, 0.01, 0.05]))
def test_a_larger_tolerance_never_makes_an_answer_worse(number, value, tolerance):
    order = {"wrong": 0, "close": 1, "right": 2}
    assert order[judged(number, value, tolerance)] <= order[judged(number, value, 2 * tolerance)]
