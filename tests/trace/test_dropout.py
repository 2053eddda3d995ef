"""Dropout: masks drawn from the seed, scaled where the lesson says, in training and when applied."""

import statistics

import pytest

from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.trace.special_lessons import dropped


def masks(run):
    return {
        (sample, name): values[f"{name}.mask"]
        for sample, values in run.summary.values.items()
        for name in ("x2", "h1", "h2")
    }


def test_a_mask_is_drawn_from_the_seed_for_every_pass_sample_and_neuron():
    first, again = trace(dropped(), 3), trace(dropped(), 3)
    assert [masks(run) for run in first] == [masks(run) for run in again]
    assert len({str(masks(run)) for run in trace(dropped(), 10)}) > 1
    seeds = [masks(trace(dropped(seed=seed))[0]) for seed in range(400)]
    for key, rate in (("0", "x2"), 0.25), (("1", "h1"), 0.4), (("1", "h2"), 0.4):
        off = statistics.fmean(1 - found[key] for found in seeds)
        assert abs(off - rate) < 0.08


@pytest.mark.parametrize("mode", ["train", "apply"])
@pytest.mark.parametrize("scaling", ["inverted", "at_application"])
def test_dropout_scales_where_the_lesson_says(scaling, mode):
    values = trace(dropped(scaling, mode))[0].summary.values
    for found in values.values():
        for name, rate, before in (("x2", 0.25, "x2.a"), ("h1", 0.4, "h1.a"), ("h2", 0.4, "h2.z")):
            factor = {
                ("inverted", "apply"): 1.0,
                ("at_application", "apply"): 1 - rate,
                ("inverted", "train"): found.get(f"{name}.mask", 0.0) / (1 - rate),
                ("at_application", "train"): found.get(f"{name}.mask"),
            }[scaling, mode]
            assert found[name] == pytest.approx(found[before] * factor, rel=1e-15)


def test_a_neuron_that_is_off_learns_nothing():
    drawn = [trace(dropped(batch=1, seed=seed))[0] for seed in range(20)]
    run = next(run for run in drawn if not masks(run)["0", "h1"])
    off = [name for (_, name), mask in masks(run).items() if not mask and name != "x2"]
    for name in off:
        assert run.summary.deltas["0"][name] == 0
        assert run.summary.gradients[f"w_x1_{name}"] == 0


def test_the_board_shows_an_input_as_given_until_dropout_has_worked_on_it():
    lesson = dropped("inverted")
    (run,) = trace(lesson)
    assert starting_moment(lesson).values["x2"] == 2.0
    dropouts = [step.index for step in run.summary.steps if step.kind == "dropout"]
    assert (
        moment_at(lesson, run.summary, dropouts[0]).values["x2"] == (run.summary.values["0"]["x2"])
    )
