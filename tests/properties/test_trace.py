"""What holds of every trace: its values, its passes, the order of its steps."""

import itertools
import math

import numpy
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from explainer.maths.activations import ACTIVATIONS
from explainer.messages import Refused
from explainer.trace.run import trace
from explainer.trace.steps import PHASES
from tests.properties.by_hand import numbers
from tests.properties.lessons import lessons, nice


def passes_of(lesson, count):
    try:
        return [run.summary for run in trace(lesson, count)]
    except Refused:
        assume(False)


def plain_forward(lesson):
    """Return every z and a of all samples at once, by NumPy from the defining formulas."""
    network = lesson.network
    rows = numpy.array(lesson.data.inputs)
    values = {neuron.id: rows[:, at] for at, neuron in enumerate(network.of_role("input"))}
    waiting = [neuron for neuron in network.neurons if neuron.role != "input"]
    while waiting:
        neuron = waiting.pop(0)
        edges = network.incoming(neuron.id)
        if any(edge.source not in values for edge in edges):
            waiting.append(neuron)
            continue
        z = numpy.zeros(len(rows)) + (network.value(neuron.bias) if neuron.bias else 0.0)
        for edge in edges:
            z = z + network.value(edge.weight) * values[edge.source]
        values[f"{neuron.id}.z"] = z
        values[neuron.id] = numpy.broadcast_to(plain_activation(neuron)(z), z.shape)
    return values


def plain_activation(neuron):
    row = ACTIVATIONS[neuron.activation.name]
    z = sympy.Symbol("z", real=True)
    formula = row.formula(sympy, z, numbers(row, neuron.activation.parameters))
    return sympy.lambdify(z, formula, [{"erf": numpy.vectorize(math.erf)}, "numpy"])


@given(lessons(nice))
def test_values_are_those_of_a_plain_forward_pass(lesson):
    (found,) = passes_of(lesson, 1)
    with numpy.errstate(over="ignore"):
        wanted = plain_forward(lesson)
    for sample in found.samples:
        for address, value in found.values[str(sample)].items():
            assert math.isclose(value, wanted[address][sample], rel_tol=1e-9, abs_tol=1e-9)


@given(lessons(nice), st.integers(2, 5))
def test_each_pass_starts_where_the_one_before_ended(lesson, count):
    passes = passes_of(lesson, count)
    first = {name: lesson.network.value(name) for name in lesson.network.parameters}
    assert passes[0].parameters_before == first
    for before, after in itertools.pairwise(passes):
        assert after.parameters_before == before.parameters_after


@given(lessons(nice), st.integers(1, 9))
def test_batches_take_the_samples_in_the_order_listed(lesson, count):
    rows = list(range(len(lesson.data.inputs)))
    size = len(rows) if lesson.update.batch_size == "all" else lesson.update.batch_size
    epoch = [tuple(rows[start : start + size]) for start in range(0, len(rows), size)]
    for index, found in enumerate(passes_of(lesson, count)):
        assert found.samples == epoch[index % len(epoch)]
        assert found.epoch == index // len(epoch) + 1


@given(lessons(nice), st.integers(1, 3))
def test_frozen_parameters_get_a_gradient_and_keep_their_value(lesson, count):
    for found in passes_of(lesson, count):
        assert set(found.gradients) == set(lesson.network.parameters)
        for name in lesson.network.parameters:
            if not lesson.network.is_trainable(name):
                assert found.parameters_after[name] == lesson.network.value(name)


@given(lessons(nice))
def test_the_loss_of_a_batch_is_the_mean_or_the_sum_of_its_samples(lesson):
    (found,) = passes_of(lesson, 1)
    total = math.fsum(found.loss_per_sample)
    wanted = total / len(found.samples) if lesson.loss.reduction == "mean" else total
    assert math.isclose(found.loss, wanted, rel_tol=1e-12, abs_tol=1e-300)


@given(lessons(nice))
def test_steps_come_in_order_and_carry_the_values_of_the_pass(lesson):
    (found,) = passes_of(lesson, 1)
    assert [step.index for step in found.steps] == list(range(len(found.steps)))
    phases = [step.phase for step in found.steps]
    if lesson.update.order == "simultaneous":
        assert phases == sorted(phases, key=PHASES.index)
    for step in found.steps:
        assert step.value == value_of(step, found, lesson)


@given(lessons(nice, orders=("simultaneous",)))
def test_a_pass_has_every_step_once(lesson):
    (found,) = passes_of(lesson, 1)
    network, samples = lesson.network, len(found.samples)
    inner = [neuron for neuron in network.neurons if neuron.role != "input"]
    curved = [neuron for neuron in inner if neuron.activation.name != "identity"]
    biases = [neuron for neuron in inner if neuron.bias is not None]
    trainable = [name for name in network.parameters if network.is_trainable(name)]
    wanted = {
        "weighted_sum": len(inner) * samples,
        "activation": len(curved) * samples,
        "loss": samples,
        "batch_loss": int(samples > 1),
        "delta": len(inner) * samples,
        "gradient_weight": len(network.edges) * samples,
        "gradient_bias": len(biases) * samples,
        "update": len(trainable),
    }
    kinds = [step.kind for step in found.steps]
    assert {kind: kinds.count(kind) for kind in wanted} == wanted


def value_of(step, found, lesson):
    """Return where else in the pass the number of a step must stand."""
    sample = str(step.sample)
    match step.kind:
        case "weighted_sum":
            return found.values[sample][f"{step.subject}.z"]
        case "activation":
            return found.values[sample][step.subject]
        case "loss":
            return found.loss_per_sample[found.samples.index(step.sample)]
        case "batch_loss":
            return found.loss
        case "delta":
            return found.deltas[sample][step.subject]
        case "gradient_weight":
            source, target = step.edge
            assert any(
                (edge.source, edge.target, edge.weight) == (source, target, step.subject)
                for edge in lesson.network.edges
            )
            return found.deltas[sample][target] * found.values[sample][source]
        case "gradient_bias":
            assert lesson.network.neuron(step.neuron).bias == step.subject
            return found.deltas[sample][step.neuron]
        case "gradient_parameter":
            return found.gradients[step.subject]
        case "update":
            return found.parameters_after[step.subject]
