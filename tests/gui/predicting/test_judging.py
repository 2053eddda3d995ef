"""Answers as they are typed and judged: what is within the tolerance is right, whatever way it is written."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.gui.predicting.asked import judged
from explainer.gui.predicting.typed_answer import typed_answer
from explainer.messages import Refused

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@given(NUMBERS, st.sampled_from([0.001, 0.01, 0.05]), st.floats(-1, 1))
def test_what_is_within_the_tolerance_is_right(value, tolerance, share):
    number = value + share * 0.99 * tolerance * abs(value)
    assert judged(number, value, tolerance) == "right"


@given(NUMBERS, NUMBERS, st.sampled_from([0.001, 0.01, 0.05]))
def test_a_larger_tolerance_never_makes_an_answer_worse(number, value, tolerance):
    order = {"wrong": 0, "close": 1, "right": 2}
    assert order[judged(number, value, tolerance)] <= order[judged(number, value, 2 * tolerance)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.85", 0.85),
        ("0,85", 0.85),
        ("−2", -2.0),
        ("-2", -2.0),
        ("1/3", 1 / 3),
        (" −1/3 ", -1 / 3),
        ("1,5/3", 0.5),
        ("1e-3", 1e-3),
        ("2.5E4", 2.5e4),
        ("1.2·10⁻³", 1.2e-3),
        ("3·10^-4", 3e-4),
        ("0.5·(1 − 0.5)", 0.25),
        ("0,593 × 0,407", 0.593 * 0.407),
        ("2^3", 8.0),
        ("1:4", 0.25),
        ("sqrt(2)/2", math.sqrt(0.5)),
        ("√(4)", 2.0),
        ("exp(-1)", math.exp(-1)),
        ("1,2⋅10^(-3)", 1.2e-3),
        ("tanh(0,5)", math.tanh(0.5)),
        ("−ln(0,5)", math.log(2)),
        ("σ(1)·(1 − σ(1))", 0.19661193324148188),
        ("σ(−1000)", 0.0),
        ("π/2", math.pi / 2),
        ("max(1, 2)", 2.0),
        ("pi/2", math.pi / 2),
        ("0,5(1−0,5)", 0.25),
        ("(1 − 0.2) (0.3)", 0.24),
        ("≈ 0,5", 0.5),
        ("½·0,5", 0.25),
    ],
)
def test_numbers_and_calculations_are_understood(text, number):
    assert typed_answer(text) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "", "much", "1/0", "0/0", "9^9^9", "x", "x/2", "a=1", "1;2", "inf", "nan", "1/", "((1)",
        "__import__('os')", "().__class__", "lambda: 1", "[1][0]", "1 if 1 else 2", "'1'", "1_0",
        "log(0)", "10^400", "(-8)^0.5", "1,2,3", "2½", "a = 1", "relu6(3)",
    ],
)  # fmt: skip
def test_whatever_else_is_refused_in_one_sentence(text):
    with pytest.raises(Refused) as refusal:
        typed_answer(text)
    assert str(refusal.value).endswith(".")


@given(st.text(max_size=40))
def test_any_text_is_a_finite_number_or_refused(text):
    try:
        assert math.isfinite(typed_answer(text))
    except Refused:
        return
