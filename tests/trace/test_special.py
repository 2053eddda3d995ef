"""Neurons that look across units and samples, on the way forward and back, against differences and against hand."""

import statistics
from decimal import ROUND_HALF_UP, Decimal

import pytest
from msgspec.structs import replace

from explainer.lesson.edits import set_input, set_parameter
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.lesson import Arithmetic
from explainer.lesson.training_edits import continued
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.trace.special_lessons import (
    ALL,
    dropped,
    maxout,
    normalised,
    normalised_classes,
    softmax_classes,
)

each = pytest.mark.parametrize("lesson", ALL.values(), ids=ALL)
STEP = 1e-5


def error_of(lesson, *, total=False):
    found = trace(lesson)[0].summary
    return sum(found.loss_per_sample) if total else found.loss


@each
def test_gradients_are_what_a_small_change_of_the_parameter_does(lesson):
    gradients = trace(lesson)[0].summary.gradients
    for name in lesson.network.parameters:
        value = lesson.network.value(name)
        ends = [error_of(set_parameter(lesson, name, value + way * STEP)) for way in (1, -1)]
        difference = (ends[0] - ends[1]) / (2 * STEP)
        assert gradients[name] == pytest.approx(difference, rel=1e-6, abs=1e-8), name


@each
def test_gradients_of_inputs_are_what_a_small_change_of_the_data_does(lesson):
    found = trace(lesson)[0].summary
    inputs = [neuron.id for neuron in lesson.network.of_role("input")]
    for sample in found.samples:
        for column, name in enumerate(inputs):
            value = lesson.data.inputs[sample][column]
            ends = [
                error_of(set_input(lesson, sample, column, value + way * STEP), total=True)
                for way in (1, -1)
            ]
            difference = (ends[0] - ends[1]) / (2 * STEP)
            wanted = found.input_gradients[str(sample)][name]
            assert wanted == pytest.approx(difference, rel=1e-6, abs=1e-8), (sample, name)


@each
def test_a_bias_adds_up_the_deltas_of_its_neuron(lesson):
    found = trace(lesson)[0].summary
    for neuron in lesson.network.neurons:
        if isinstance(neuron.bias, str):
            deltas = [found.deltas[str(sample)][neuron.id] for sample in found.samples]
            mean = sum(deltas) / len(deltas)
            assert found.gradients[neuron.bias] == pytest.approx(mean, rel=1e-12, abs=1e-15)


@each
def test_what_a_step_is_made_of_was_told_before(lesson):
    (run,) = trace(lesson)
    told = set()
    for step in run.summary.steps:
        if step.kind == "gradient_input":
            continue
        if step.phase == "forward":
            place = run.graph.place[step.sample, step.address]
            needed = [
                source
                for source in run.graph.nodes[place].inputs
                if run.graph.nodes[source].operation is not None
            ]
            assert set(needed) <= told, step
            told.add(place)
        if step.kind == "delta" and not run.lesson.network.neuron(step.subject).is_plain:
            place = run.graph.place[step.sample, step.address]
            for term in run.terms[place]:
                consumer = run.graph.nodes[term.consumer]
                key = ("delta", consumer.sample, consumer.address)
                assert consumer.role == "loss" or key in told, (step, consumer.address)
        if step.kind == "delta":
            told.add(("delta", step.sample, step.address))
            address = run.graph.nodes[run.graph.place[step.sample, step.address]].address
            assert step.value == run.adjoints[run.graph.place[step.sample, address]]


def test_the_kinds_of_the_steps():
    kinds = {
        (step.phase, step.kind)
        for lesson in (softmax_classes(), maxout(), dropped(), normalised())
        for step in trace(lesson)[0].summary.steps
    }
    wanted = {
        ("forward", kind) for kind in ("softmax", "maxout", "dropout", "normalise", "weighted_sum")
    }
    assert wanted <= kinds
    assert ("update", "normalise") in kinds


def test_softmax_and_cross_entropy_give_prediction_minus_target():
    found = trace(softmax_classes())[0].summary
    for sample, targets in ((0, (1, 0, 0)), (1, (0, 0.25, 0.75))):
        values, deltas = found.values[str(sample)], found.deltas[str(sample)]
        for name, target in zip(("p1", "p2", "p3"), targets, strict=True):
            assert deltas[name] == pytest.approx(values[name] - target, rel=1e-12)


def test_the_piece_that_wins_has_the_whole_derivative():
    (run,) = trace(maxout())
    sample = 0
    pieces = {
        step.address: step.value
        for step in run.summary.steps
        if step.kind == "delta" and step.subject == "h" and step.sample == sample
    }
    assert pieces["h.z2"] == pieces["h"] == run.summary.deltas["0"]["h"] != 0
    assert pieces["h.z1"] == pieces["h.z3"] == 0
    assert run.summary.values["0"]["h"] == run.summary.values["0"]["h.z2"]


def test_parallel_edges_are_told_apart_by_their_piece():
    (run,) = trace(maxout())
    uses = [
        (step.subject, step.edge, step.piece)
        for step in run.summary.steps
        if step.kind == "gradient_weight" and step.sample == 0 and step.edge[1] == "h"
    ]
    assert uses == [
        ("w1", ("x1", "h"), 0),
        ("w2", ("x2", "h"), 0),
        ("w3", ("x1", "h"), 1),
        ("w4", ("x2", "h"), 1),
    ]
    forward = [step for step in run.summary.steps if step.kind == "weighted_sum"][:3]
    assert [step.piece for step in forward] == [0, 1, 2]
    assert [step.focus.parameters for step in forward] == [
        ("w1", "w2", "b1"),
        ("w3", "w4", "b2"),
        ("b3",),
    ]


# --- dropout -----------------------------------------------------------------------------------


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


# --- batch normalisation -----------------------------------------------------------------------


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


# --- by hand -----------------------------------------------------------------------------------


def rounded(number):
    return number.quantize(Decimal("0.001"), ROUND_HALF_UP)


def test_batch_normalisation_rounded_as_by_hand():
    lesson = replace(normalised(), arithmetic=Arithmetic("rounded", decimals=3))
    found = trace(lesson)[0].summary
    values = {name: Decimal(repr(value)) for name, value in found.values["0"].items()}
    sums = [Decimal(repr(found.values[str(sample)]["h1.z"])) for sample in range(3)]
    mean = rounded(sum(sums) / 3)
    variance = rounded(sum((z - mean) ** 2 for z in sums) / 3)
    assert (values["h1.mean"], values["h1.variance"]) == (mean, variance)
    x = rounded((sums[0] - mean) / (variance + Decimal("0.001")).sqrt())
    assert values["h1.normalised"] == x
    assert values["h1.scaled"] == rounded(Decimal("1.2") * x + Decimal("0.1"))
    running = Decimal(repr(found.state_after["h1"]["running_variance"]))
    unbiased = variance * 3 / 2
    assert running == rounded(Decimal("0.8") + Decimal("0.2") * unbiased)


@each
def test_rounded_arithmetic_rounds_everything(lesson):
    by_hand = replace(lesson, arithmetic=Arithmetic("rounded", decimals=3))
    found = trace(by_hand)[0].summary
    exact = trace(lesson)[0].summary
    for step in found.steps:
        assert Decimal(repr(step.value)) == rounded(Decimal(repr(step.value))), step
    assert found.loss == pytest.approx(exact.loss, abs=0.02)


def test_a_large_softmax_takes_no_time_and_adds_up_to_one():
    from explainer.maths.softmax import softmax

    arguments = [0.1 * place - 1 for place in range(30)]
    shares = [softmax(place, 30).value(arguments) for place in range(30)]
    assert sum(shares) == pytest.approx(1, rel=1e-14)
    slopes = softmax(3, 30).partials(arguments)
    assert sum(slopes) == pytest.approx(0, abs=1e-16)
    assert slopes[7] == pytest.approx(-shares[3] * shares[7], rel=1e-12)
