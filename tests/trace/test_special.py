"""Neurons that look across units and samples, on the way forward and back, against differences and against hand."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from msgspec.structs import replace

from explainer.lesson.edits import set_input, set_parameter
from explainer.lesson.lesson import Arithmetic
from explainer.trace.run import trace
from tests.trace.special_lessons import (
    ALL,
    dropped,
    maxout,
    normalised,
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
