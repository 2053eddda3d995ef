"""Batch normalisation by the book: statistics of the batch, running averages carried on and applied."""

import statistics

import pytest
from msgspec.structs import replace

from explainer.lesson.continuing import continued
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.messages import Refused
from explainer.trace.check import check
from explainer.trace.moment import moment_at
from explainer.trace.run import trace
from tests.trace.special_lessons import normalised, normalised_classes


def test_mean_variance_and_running_averages_by_the_book():
    runs = trace(normalised(), 4)
    averages = {"running_mean": 0.0, "running_variance": 1.0}
    for run in runs:
        found = run.summary
        sums = [found.values[str(sample)]["h1.z"] for sample in found.samples]
        one = found.values[str(found.samples[0])]
        assert one["h1.mean"] == pytest.approx(statistics.fmean(sums))
        assert one["h1.variance"] == pytest.approx(statistics.pvariance(sums))
        averages["running_mean"] += 0.2 * (statistics.fmean(sums) - averages["running_mean"])
        averages["running_variance"] += 0.2 * (
            statistics.variance(sums) - averages["running_variance"]
        )
        assert found.state_after["h1"] == pytest.approx(averages)
    assert runs[1].summary.state_before == runs[0].summary.state_after
    # Batches of three and two, again and again.
    assert [run.summary.samples for run in runs] == [(0, 1, 2), (3, 4)] * 2


def test_the_applied_network_goes_by_the_running_averages_and_leaves_them():
    trained = trace(normalised(), 3)[-1].summary
    lesson = continued(normalised(), 3, trained.parameters_after, trained.state_after)
    assert lesson_from_json(lesson_to_json(lesson)) == lesson
    applied = replace(lesson, mode="apply")
    found = trace(applied)[0].summary
    for values in found.values.values():
        averages = lesson.state.neurons["h1"]
        assert values["h1.mean"] == averages["running_mean"]
        assert values["h1.variance"] == averages["running_variance"]
        inside = (values["h1.z"] - values["h1.mean"]) / (values["h1.variance"] + 0.001) ** 0.5
        assert values["h1.normalised"] == pytest.approx(inside)
    assert found.state_after["h1"] == found.state_before["h1"]
    assert not [step for step in found.steps if (step.phase, step.kind) == ("update", "normalise")]


def test_training_that_goes_on_is_training_that_was_never_interrupted():
    lesson = normalised_classes()
    whole = trace(lesson, 4)
    half = whole[1].summary
    going_on = continued(lesson, 2, half.parameters_after, half.state_after)
    assert set(going_on.state.neurons) == {"p1", "p2"}
    rest = trace(going_on, 2)
    assert rest[-1].summary.parameters_after == whole[-1].summary.parameters_after
    assert rest[-1].summary.state_after == whole[-1].summary.state_after


def test_a_neuron_called_as_a_parameter_keeps_its_own_memory():
    lesson = normalised()
    network = lesson.network
    named = {"h1": 0.1, **network.parameters}
    neurons = tuple(
        replace(neuron, bias="h1") if neuron.id == "h1" else neuron for neuron in network.neurons
    )
    clash = replace(lesson, network=replace(network, neurons=neurons, parameters=named))
    found = trace(clash, 2)[-1].summary
    assert set(found.state_after["h1"]) == {"v", "running_mean", "running_variance"}
    kept = continued(clash, 2, found.parameters_after, found.state_after).state
    assert set(kept.parameters["h1"]) == {"v"}
    assert set(kept.neurons["h1"]) == {"running_mean", "running_variance"}
    assert (
        trace(continued(clash, 2, found.parameters_after, found.state_after))[
            0
        ].summary.state_before
        == found.state_after
    )


def test_the_board_keeps_what_belongs_to_the_whole_batch():
    lesson = normalised()
    (run,) = trace(lesson)
    scaled = [step for step in run.summary.steps if step.address == "h2.scaled"]
    scaled = [step for step in scaled if step.phase == "forward"]
    board = moment_at(lesson, run.summary, scaled[-1].index)
    assert {"h2.mean", "h2.variance", "h2.scaled", "h2"} <= set(board.values)
    assert "h1" not in board.values
    done = moment_at(lesson, run.summary, len(run.summary.steps) - 1)
    assert done.deltas == run.summary.deltas[str(done.sample)]
    assert done.parameters == run.summary.parameters_after


def test_without_epsilon_a_batch_has_the_variance_1_and_equal_samples_have_none():
    plain = normalised()
    settings = replace(plain.network.neurons[2].normalise, epsilon=0.0)
    neurons = tuple(
        neuron if neuron.normalise is None else replace(neuron, normalise=settings)
        for neuron in plain.network.neurons
    )
    bare = replace(plain, network=replace(plain.network, neurons=neurons))
    found = [values["h1.normalised"] for values in trace(bare)[0].summary.values.values()]
    assert statistics.pvariance(found) == pytest.approx(1.0, rel=1e-14)
    assert check(bare).agrees
    same = replace(bare.data, inputs=(bare.data.inputs[0],) * 5)
    with pytest.raises(Refused, match="normalised has no real value"):
        trace(replace(bare, data=same))
