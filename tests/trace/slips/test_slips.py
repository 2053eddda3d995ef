"""Typical slips, against numbers worked out by hand on Mazur's example and on small lessons."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.lesson.examples import example, example_names
from explainer.trace.run import run_pass
from explainer.trace.slips.explaining import explain, slips
from explainer.trace.slips.slip import (
    FORGOT_SLOPE,
    MISSING_PATH,
    MIXED,
    NEW_WEIGHT,
    ROUNDED,
    SIGN,
    TWICE,
    USED_Z,
)
from tests.counts import EXAMPLES, MODE

MAZUR = run_pass(example("mazur-2-2-2"), 0, None)
VALUES = MAZUR.summary.values["0"]


def step_of(run, kind, subject):
    return next(step for step in run.summary.steps if (step.kind, step.subject) == (kind, subject))


def said(run, kind, subject, number):
    step = step_of(run, kind, subject)
    return explain(run, step, number, 1e-6 * abs(step.value))


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


# Published numbers of Mazur's example (A step by step backpropagation example, 2015).
def test_the_published_numbers_are_right():
    for kind, subject, number in (
        ("weighted_sum", "h1", 0.3775),
        ("activation", "h1", 0.593269992),
        ("gradient_weight", "w5", 0.082167041),
        ("update", "w5", 0.35891648),
    ):
        step = step_of(MAZUR, kind, subject)
        assert explain(MAZUR, step, number, 1e-6).status == "right"


def test_slips_on_the_way_forward():
    z = 0.15 * 0.05 + 0.2 * 0.1
    assert said(MAZUR, "weighted_sum", "h1", z).slips[0].key == "no bias"
    assert said(MAZUR, "weighted_sum", "h1", z - 0.35).slips[0].key == "minus bias"
    assert said(MAZUR, "weighted_sum", "h1", 0.15 + 0.05 + 0.2 + 0.1 + 0.35).slips[0].key == "added"
    with_sums = 0.4 * VALUES["h1.z"] + 0.45 * VALUES["h2.z"] + 0.6
    assert said(MAZUR, "weighted_sum", "o1", with_sums).sentence == USED_Z
    assert said(MAZUR, "activation", "h1", 0.3775).slips[0].key == "no activation"
    assert said(MAZUR, "activation", "h1", sigmoid(-0.3775)).slips[0].key == "sign of z"
    assert said(MAZUR, "loss", "E", 2 * 0.298371109).sentence == TWICE


def test_slips_on_the_way_back():
    out, target, h1 = VALUES["o1"], 0.01, VALUES["h1"]
    assert said(MAZUR, "delta", "o1", out - target).sentence == FORGOT_SLOPE
    assert said(MAZUR, "delta", "o1", -(out - target) * out * (1 - out)).sentence == SIGN
    assert said(MAZUR, "delta", "o1", 2 * (out - target) * out * (1 - out)).sentence == TWICE
    delta1, delta2 = (MAZUR.summary.deltas["0"][name] for name in ("o1", "o2"))
    slope = h1 * (1 - h1)
    assert said(MAZUR, "delta", "h1", delta1 * 0.4 * slope).sentence == MISSING_PATH
    new = MAZUR.summary.parameters_after
    updated = (delta1 * new["w5"] + delta2 * new["w7"]) * slope
    assert said(MAZUR, "delta", "h1", updated).sentence == NEW_WEIGHT
    assert said(MAZUR, "gradient_weight", "w5", delta1 * 0.4).sentence == MIXED
    assert said(MAZUR, "gradient_weight", "w5", (out - target) * h1).sentence == FORGOT_SLOPE
    assert said(MAZUR, "gradient_weight", "w5", delta1 * VALUES["h1.z"]).sentence == USED_Z


def test_slips_at_the_update():
    gradient = MAZUR.gradients["w5"]
    assert said(MAZUR, "update", "w5", 0.4 + 0.5 * gradient).slips[0].key == "added"
    assert said(MAZUR, "update", "w5", 0.4 - gradient).slips[0].key == "no rate"
    assert said(MAZUR, "update", "w5", 0.4).slips[0].key == "unchanged"
    assert said(MAZUR, "update", "w5", -0.5 * gradient).slips[0].key == "only change"


def test_rounding_too_early_is_seen():
    run = run_pass(example("lecture-2-2-1"), 0, None)
    step = step_of(run, "gradient_weight", "w1")
    # With two decimals ŷ − y = −0.81, times 0.14 is −0.11, times 2 is −0.22; it should be −0.22652.
    verdict = explain(run, step, -0.22, 1e-3)
    assert [slip.sentence for slip in verdict.slips] == [ROUNDED]


def test_what_no_slip_explains_is_said_to_be_unknown():
    assert said(MAZUR, "gradient_weight", "w5", 123.0).status == "unknown"
    assert said(MAZUR, "gradient_weight", "w5", 123.0).sentence.key.startswith("No well-known slip")


def test_every_slip_is_explained_by_itself_or_with_what_gives_the_same():
    for step in MAZUR.summary.steps:
        for slip in slips(MAZUR, step):
            verdict = explain(MAZUR, step, slip.value, 1e-12)
            assert verdict.status == "right" or slip.sentence in [
                *(found.sentence for found in verdict.slips),
                ROUNDED,
            ]


@pytest.mark.parametrize("name", example_names())
def test_every_step_of_every_built_in_lesson_has_finite_slips(name):
    run = run_pass(example(name), 0, None)
    for step in run.summary.steps[:40]:
        assert all(math.isfinite(slip.value) for slip in slips(run, step))
        assert explain(run, step, step.value, 0.0).status == "right"


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 20))
@settings(max_examples=EXAMPLES[MODE], deadline=None)
def test_any_number_gets_a_verdict(number, place):
    step = MAZUR.summary.steps[place % len(MAZUR.summary.steps)]
    verdict = explain(MAZUR, step, number, 1e-4)
    assert (verdict.status == "right") is (abs(number - step.value) <= 1e-4)
    assert str(verdict.sentence)
