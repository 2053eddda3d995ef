"""The rules before back-propagation, step by step: no chain rule where there is none."""

import json

import pytest

from explainer.trace.check import check
from explainer.trace.moment import moment_at
from explainer.trace.run import trace
from tests.trace.training_lessons import DATA, ONE_LAYER, kinds, lesson, update

# Fausett: Fundamentals of Neural Networks (1994), example 2.7: AND with bipolar inputs and targets.
BIPOLAR = {"data": {**DATA, "targets": [[1], [-1], [-1], [-1]]}}


def test_hebb_learns_and_as_in_the_textbook():
    runs = trace(lesson(ONE_LAYER, **BIPOLAR, update=update("hebb") | {"learning_rate": 1}), 4)
    after = [run.summary.parameters_after for run in runs]
    assert [tuple(step.values()) for step in after] == [
        (1.0, 1.0, 1.0),
        (0.0, 2.0, 0.0),
        (1.0, 1.0, -1.0),
        (2.0, 2.0, -2.0),
    ]


def test_hebb_on_errors_only_follows_the_sign_of_the_sum():
    started = json.loads(json.dumps(ONE_LAYER)) | {"parameters": {"w1": 1.0, "w2": 1.0, "b": 0.5}}
    fields = {"update": update("hebb", only_on_error=True, batch_size="all")}
    (run,) = trace(lesson(started, **BIPOLAR, **fields))
    # z = 2.5, 0.5, 0.5, −1.5: the second and the third are errors.
    changes = dict.fromkeys(("w1", "w2"), (-1 + 1) / 4 * 0.5) | {"b": (-1 - 1) / 4 * 0.5}
    for name, change in changes.items():
        assert run.summary.parameters_after[name] == started["parameters"][name] + change


def test_the_perceptron_moves_by_error_times_input():
    step = json.loads(json.dumps(ONE_LAYER))
    step["neurons"][2]["activation"] = {"name": "heaviside", "at_zero": 0}
    runs = trace(lesson(step, update=update("perceptron")), 2)
    # ŷ = 0 for z = 0, so the first sample is an error of 1; then z = 0.5 is one of −1 for the second.
    assert runs[0].summary.parameters_after == {"w1": 0.5, "w2": 0.5, "b": 0.5}
    assert runs[1].summary.parameters_after == {"w1": 0.0, "w2": 1.0, "b": 0.0}


@pytest.mark.parametrize("rule", ["perceptron", "hebb"])
def test_a_rule_without_a_chain_rule_shows_none(rule):
    (run,) = trace(lesson(ONE_LAYER, **BIPOLAR, update=update(rule, batch_size=2)))
    found = run.summary
    assert kinds(run) == [
        "weighted_sum",
        "activation",
        "weighted_sum",
        "activation",
        "loss",
        "batch_loss",
        "rule",
    ]
    assert found.gradients == {}
    assert found.deltas == {"0": {}, "1": {}}
    assert found.input_gradients == {"0": {}, "1": {}}
    report = check(lesson(ONE_LAYER, **BIPOLAR, update=update(rule)))
    assert report.agrees
    assert report.rows == ()
    assert "has no gradient" in str(report.reason)


def test_the_delta_rule_is_gradient_descent_on_the_weighted_sum():
    (run,) = trace(lesson(ONE_LAYER, **BIPOLAR, update=update("delta", batch_size="all")))
    found = run.summary
    assert found.deltas == {"0": {"o1": -1.0}, "1": {"o1": 1.0}, "2": {"o1": 1.0}, "3": {"o1": 1.0}}
    assert found.gradients == {"w1": -0.5, "w2": -0.5, "b": 0.5}
    assert found.parameters_after == {"w1": 0.25, "w2": 0.25, "b": -0.25}
    assert found.loss == 0.5
    report = check(lesson(ONE_LAYER, **BIPOLAR, update=update("delta", batch_size="all")))
    assert report.agrees
    assert {row.status for row in report.rows} == {"ok"}


def test_a_learning_rule_leaves_frozen_weights_alone():
    frozen = json.loads(json.dumps(ONE_LAYER))
    frozen["parameters"]["w2"] = {"value": 0.0, "trainable": False}
    (run,) = trace(lesson(frozen, **BIPOLAR, update=update("hebb")))
    assert run.summary.parameters_after == {"w1": 0.5, "w2": 0.0, "b": 0.5}
    assert [step.subject for step in run.summary.steps if step.kind == "rule"] == ["w1", "b"]


def test_the_board_knows_what_a_learning_rule_has_changed():
    one = lesson(ONE_LAYER, **BIPOLAR, update=update("hebb"))
    (run,) = trace(one)
    board = moment_at(one, run.summary, len(run.summary.steps) - 1)
    assert board.updated == {"w1", "w2", "b"}
    assert board.parameters == run.summary.parameters_after
