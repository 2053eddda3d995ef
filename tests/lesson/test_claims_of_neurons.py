"""What the lessons on first neurons and on the learning rules claim."""

from __future__ import annotations

import itertools
import random

import pytest

from explainer.lesson.examples import example
from explainer.lesson.inputs import inputs_of, received
from explainer.trace.run import trace
from tests.lesson.claims import answers, passes, said, targets, with_parameters, with_update

ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))


def fires(condition: bool) -> float:
    return 1.0 if condition else 0.0


# The formulas of the lectures, with the sum written out there.
LOGIC = {
    "logic-and": lambda a, b: fires(a + b - 3 / 2 > 0),
    "logic-or": lambda a, b: fires(a + b - 1 / 2 > 0),
    "xor-feature": lambda a, b: fires(a + b - 2 * a * b - 1 / 2 > 0),
    "xor-network": lambda a, b: fires(
        fires(a + b - 1 / 2 > 0) - fires(a + b - 3 / 2 > 0) - 1 / 2 > 0
    ),
}
TABLES = {
    "logic-and": [0, 0, 0, 1],
    "logic-or": [0, 1, 1, 1],
    "xor-feature": [0, 1, 1, 0],
    "xor-network": [0, 1, 1, 0],
}


@pytest.mark.parametrize("name", LOGIC)
def test_truth_tables(name):
    lesson = example(name)
    assert [row[:2] for row in lesson.data.inputs] == list(ROWS)
    assert answers(lesson) == TABLES[name] == [LOGIC[name](*row) for row in ROWS] == targets(lesson)
    (run,) = trace(lesson, 1)
    assert run.end.parameters == run.start.parameters


def test_not():
    assert answers(example("logic-not")) == [1, 0] == [fires(-x + 1 / 2 > 0) for x in (0, 1)]


def test_the_feature_is_the_product():
    lesson = example("xor-feature")
    rows = [inputs_of(lesson, sample) for sample in range(4)]
    assert all(row[2] == row[0] * row[1] for row in rows)


def test_squares_part_inside_from_outside_by_a_line():
    """The description of the circle: training with the squares gets every sample right, test samples too."""
    lesson = example("circle-features")
    end = trace(lesson, 60)[-1].end.parameters
    rows = [(inputs_of(lesson, at), lesson.data.targets[at][0]) for at in range(6)]
    test = lesson.data.test
    rows += [
        (received(lesson, row), y[0]) for row, y in zip(test.inputs, test.targets, strict=True)
    ]
    for (u, v), target in rows:
        assert (end["w1"] * u + end["w2"] * v + end["b"] > 0) is (target == 1)


def test_the_threshold_neuron_subtracts_its_threshold():
    lesson = example("threshold-neuron")
    assert answers(lesson) == [0, 1, 0, 0] == targets(lesson)
    assert all(row[0] == -1 for row in lesson.data.inputs)
    # With the lower threshold every sample fires that has more excitement than inhibition.
    assert answers(lesson, {"w0": 0.5}) == [1, 1, 1, 1]
    said("threshold-neuron", "w₀ = 1.5", "0.5")


def test_sums_of_or_are_larger_by_one():
    sums = [
        [run.summary.values[str(k)]["o1.z"] for k in range(4)]
        for (run,) in (passes("logic-and", 1), passes("logic-or", 1))
    ]
    assert [b - a for a, b in zip(*sums, strict=True)] == [1, 1, 1, 1]


def test_no_neuron_computes_xor():
    """Not on a fine grid of weights; the four conditions of the description contradict each other."""
    grid = [k / 2 for k in range(-8, 9)]
    right = max(
        sum(fires(w1 * a + w2 * b + bias > 0) == (a ^ b) for a, b in ROWS)
        for w1, w2, bias in itertools.product(grid, repeat=3)
    )
    assert right == 3


@pytest.mark.parametrize("start", range(5))
def test_training_never_gets_all_four_rows_of_xor_right(start):
    lesson = example("xor-one-neuron")
    chance = random.Random(start)
    if start:
        values = {name: chance.uniform(-2, 2) for name in ("w1", "w2", "b")}
        lesson = with_parameters(lesson, **values)
    for run in trace(lesson, 120):
        assert sum(a != y for a, y in zip(answers(lesson, run.end.parameters), [0, 1, 1, 0], strict=True)) >= 1  # fmt: skip


def test_the_weights_of_xor_come_round_again():
    epochs = [tuple(run.end.parameters.values()) for run in passes("xor-one-neuron", 40)[3::4]]
    assert epochs[2] == epochs[3]
    assert len(set(epochs[2:])) == 1


def test_the_perceptron_rule_finds_a_plane_for_xor_with_the_feature():
    lesson = with_update(example("xor-feature"), batch_size=1)
    lesson = with_parameters(lesson, w1=0, w2=0, w3=0, b=0)
    end = trace(lesson, 200)[-1].end.parameters
    assert answers(lesson, end) == [0, 1, 1, 0]


@pytest.mark.parametrize("spoilt", ["w1", "w5", "w6", "b3"])
def test_a_step_has_no_gradient_to_repair_a_weight(spoilt):
    lesson = example("xor-network")
    lesson = with_parameters(lesson, **{spoilt: -lesson.network.value(spoilt)})
    (run,) = trace(lesson, 1)
    assert run.loss > 0
    assert set(run.gradients.values()) == {0.0}


def test_the_perceptron_rule_learns_or_in_three_epochs():
    lesson = example("perceptron-rule")
    runs = trace(lesson, 24)
    moved = [n for n, run in enumerate(runs) if run.end.parameters != run.start.parameters]
    assert moved == [1, 4, 6, 8]
    assert runs[-1].end.parameters == {"w1": 1, "w2": 1, "b": -0.5}
    assert answers(lesson, runs[-1].end.parameters) == [0, 1, 1, 1]
    said("perceptron-rule", "−1/2", "x")


def test_the_delta_rule_moves_though_the_answer_is_right():
    run = passes("delta-rule", 1)[0]
    assert run.summary.values["0"]["o1.z"] == 0.5
    assert run.summary.values["0"]["o1"] == 1 == example("delta-rule").data.targets[0][0]
    # w − η·(z − y)·x with z − y = −1/2 and x = (1, 2).
    assert run.end.parameters == pytest.approx({"w1": 0.55, "w2": -0.15, "b": 0.55}, rel=1e-15)


def test_the_delta_rule_approaches_the_least_squares():
    lesson = with_update(example("delta-rule"), batch_size="all")
    end = trace(lesson, 400)[-1].end.parameters
    # Three samples, three unknowns: w₁ + 2w₂ + b = 1, 2w₁ − w₂ + b = 1, −w₁ + w₂ + b = −1.
    assert end == pytest.approx({"w1": 6 / 7, "w2": 2 / 7, "b": -3 / 7}, abs=1e-3)


def test_hebb_learns_and_in_one_epoch_and_grows_for_ever():
    lesson = example("hebb-rule")
    runs = trace(lesson, 12)
    for epoch in (1, 2, 3):
        assert runs[4 * epoch - 1].end.parameters == {"w1": epoch, "w2": epoch, "b": -epoch}
    assert answers(lesson, runs[3].end.parameters) == [1, -1, -1, -1] == targets(lesson)


def test_hebb_on_error_corrects_three_times_and_stops():
    lesson = example("hebb-on-error")
    runs = trace(lesson, 12)
    moved = [n for n, run in enumerate(runs) if run.end.parameters != run.start.parameters]
    assert moved == [0, 1, 3]
    assert answers(lesson, runs[-1].end.parameters) == [1, 1, 1, -1] == targets(lesson)


def test_hebb_on_error_never_starts_from_zero():
    lesson = with_parameters(example("hebb-on-error"), w1=0, w2=0, b=0)
    assert set(trace(lesson, 12)[-1].end.parameters.values()) == {0}
