"""The arithmetic of the measurements, not what is measured."""

import math

import pytest

from explainer.trace.run import run_pass
from explainer.training.datasets import dataset
from explainer.training.trainer import Trainer
from scripts.bench.arithmetic import growth, paired_ratio, percentile
from scripts.bench.children.said import heard
from scripts.bench.children.textbook import gradients
from scripts.bench.children.training import Textbook, lesson_on
from scripts.bench.figures import Target, figure
from scripts.bench.networks import layered
from scripts.bench.table import table


def test_a_percentile_is_one_of_the_samples():
    samples = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert percentile(samples, 0.5) == 3.0
    assert percentile(samples, 0.99) == 5.0
    assert percentile(samples, 0.0) == 1.0
    assert percentile([*range(1, 201)], 0.99) == 198


def test_a_ratio_is_taken_within_its_round():
    # The second round met a machine three times as slow.
    assert paired_ratio([2.0, 6.0, 2.2], [1.0, 3.0, 1.0]) == 2.0


def test_growth_is_what_each_duration_takes_more_than_the_one_before():
    assert growth([1.0, 3.0, 6.0]) == (2.0, 3.0)


def test_a_target_is_about_the_part_it_names():
    samples = [1.0] * 98 + [9.0, 9.0]
    assert figure("f", "", "ms", samples, with_p99=True, target=Target("p99", 8.0)).holds is False
    assert figure("f", "", "ms", samples, target=Target("value", 8.0)).holds is True
    assert figure("f", "", "ms", [3.0], floors=[2.0], target=Target("ratio", 1.5)).holds is True
    assert figure("f", "", "ms", [3.0]).holds is None
    with pytest.raises(ValueError, match="ratio"):
        figure("f", "", "ms", [3.0], target=Target("ratio", 1.5))


def test_the_table_says_what_does_not_hold():
    kept = figure("kept", "one thing", "ms", [3.0], floors=[2.0], target=Target("ratio", 1.7))
    broken = figure("broken", "another", "MB", [300.0], target=Target("value", 250.0))
    lines = table([kept, broken]).splitlines()
    assert " ".join(lines[2].split()) == "kept 3 ms 2 ms 1.50 ratio ≤ 1.7 yes"
    assert " ".join(lines[3].split()) == "broken 300 MB ≤ 250 MB NO"


def test_what_a_process_says_is_heard_in_order():
    assert heard("step 2.5\nfloor 1.0\nstep 1e-3\n") == {"step": [2.5, 0.001], "floor": [1.0]}


@pytest.mark.parametrize("widths", [[2, 4, 2, 1], [1, 1], [3, 2, 2]])
def test_the_textbook_finds_the_gradients_of_the_trace(widths):
    lesson = layered(widths, "tanh")
    found = run_pass(lesson, 0, None).summary.gradients
    expected = gradients(lesson, widths)
    assert found.keys() == expected.keys()
    for name, gradient in found.items():
        assert math.isclose(gradient, expected[name], rel_tol=1e-12, abs_tol=1e-15)


@pytest.mark.parametrize("widths", [[2, 4, 2, 1], [2, 8, 8, 1]])
def test_the_textbook_in_numpy_trains_as_the_engine_does(widths):
    lesson = lesson_on(widths, dataset("circle", 60).training)
    trainer, textbook = Trainer(lesson), Textbook(lesson, widths)
    for _ in range(3):
        trainer.step_epoch()
        textbook.run_epoch()
    found = textbook.biases[-1].tolist()
    assert found == pytest.approx([trainer.parameters()["b_o1"]], rel=1e-9)
