"""Starting weights: the distributions they are drawn from, fans, and what is left alone."""

import math
from statistics import fmean, pstdev

import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.initialise import Fans, fans, spread_of
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Data,
    Edge,
    Lesson,
    Network,
    Neuron,
    Parameter,
    State,
)
from explainer.lesson.training_edits import initialised
from explainer.maths.initialisers import INITIALISERS
from explainer.messages import Refused

INPUTS, OUTPUTS = 30, 40


def dense(inputs=INPUTS, outputs=OUTPUTS):
    """Return a lesson with one full layer, each neuron with a bias."""
    neurons = [Neuron(f"i{n}", "input") for n in range(inputs)]
    neurons += [Neuron(f"o{n}", "output", bias=f"b{n}") for n in range(outputs)]
    edges = tuple(
        Edge(f"i{n}", f"o{m}", f"w{n}_{m}") for m in range(outputs) for n in range(inputs)
    )
    parameters = {edge.weight: 0.25 for edge in edges} | {f"b{m}": 0.25 for m in range(outputs)}
    data = Data(((1.0,) * inputs,), ((0.0,) * outputs,))
    return Lesson(FORMAT, VERSION, "dense", Network(tuple(neurons), edges, parameters), data)


def weights(lesson):
    return [lesson.network.value(edge.weight) for edge in lesson.network.edges]


def biases(lesson):
    return [lesson.network.value(neuron.bias) for neuron in lesson.network.of_role("output")]


EXPECTED = {
    "zeros": ("constant", (0.0,)),
    "constant": ("constant", (0.5,)),
    "uniform": ("uniform", (-0.5, 0.5)),
    "normal": ("normal", (0.0, 0.1)),
    "xavier_uniform": ("uniform", (-math.sqrt(6 / 70), math.sqrt(6 / 70))),
    "xavier_normal": ("normal", (0.0, math.sqrt(2 / 70))),
    "he_uniform": ("uniform", (-math.sqrt(6 / 30), math.sqrt(6 / 30))),
    "he_normal": ("normal", (0.0, math.sqrt(2 / 30))),
}


@pytest.mark.parametrize("name", INITIALISERS)
def test_the_distribution_has_the_numbers_of_its_source(name):
    spread = spread_of(Choice(name), Fans(INPUTS, OUTPUTS))
    assert spread.distribution == EXPECTED[name][0]
    assert spread.numbers == pytest.approx(EXPECTED[name][1], rel=1e-15)


@pytest.mark.parametrize("name", INITIALISERS)
def test_the_weights_are_drawn_from_the_distribution(name):
    lesson = initialised(dense(), Choice(name), 11)
    drawn = weights(lesson)
    assert biases(lesson) == [0.0] * OUTPUTS
    kind, numbers = EXPECTED[name]
    if kind == "constant":
        assert set(drawn) == {numbers[0]}
        return
    assert len(set(drawn)) == len(drawn)
    low, high = numbers
    mean, deviation = (
        ((low + high) / 2, (high - low) / math.sqrt(12)) if kind == "uniform" else numbers
    )
    # Five standard errors of each estimate.
    assert abs(fmean(drawn) - mean) < 5 * deviation / math.sqrt(len(drawn))
    assert abs(pstdev(drawn) / deviation - 1) < 5 / math.sqrt(2 * len(drawn))
    distribution = _uniform(low, high) if kind == "uniform" else _normal(mean, deviation)
    ordered = sorted(drawn)
    distance = max(
        abs((index + step) / len(ordered) - distribution(value))
        for index, value in enumerate(ordered)
        for step in (0, 1)
    )
    # Kolmogorov's bound for a chance of one in a million.
    assert distance < 2.7 / math.sqrt(len(ordered))


def _uniform(low, high):
    return lambda value: (value - low) / (high - low)


def _normal(mean, deviation):
    return lambda value: (1 + math.erf((value - mean) / deviation / math.sqrt(2))) / 2


def test_the_same_seed_draws_the_same_and_another_does_not():
    first, again, other = (initialised(dense(), Choice("normal"), seed) for seed in (1, 1, 2))
    assert first == again
    assert set(weights(first)).isdisjoint(weights(other))


def test_a_weight_does_not_depend_on_the_others():
    """Chance belongs to the name of the weight, so that a wider layer draws the same first weights."""
    wide, narrow = (initialised(dense(2, count), Choice("normal"), 5) for count in (9, 3))
    shared = narrow.network.parameters.keys() & wide.network.parameters.keys()
    assert all(narrow.network.value(name) == wide.network.value(name) for name in shared)


def test_how_it_was_drawn_is_recorded_and_written():
    lesson = initialised(dense(2, 1), Choice("uniform", {"low": -2.0, "high": 3.0}), 42)
    assert (lesson.initialise, lesson.seed) == (Choice("uniform", {"low": -2.0, "high": 3.0}), 42)
    assert lesson_from_json(lesson_to_json(lesson)) == lesson


def test_frozen_and_other_parameters_stay_and_training_starts_over():
    lesson = dense(2, 1)
    parameters = {**lesson.network.parameters, "w0_0": Parameter(7.0, False), "unused": 3.0}
    trained = replace(
        lesson, network=replace(lesson.network, parameters=parameters), state=State(9)
    )
    drawn = initialised(trained, Choice("zeros"), 0)
    values = {name: drawn.network.value(name) for name in parameters}
    assert values == {"w0_0": 7.0, "w1_0": 0.0, "b0": 0.0, "unused": 3.0}
    assert not drawn.network.is_trainable("w0_0")
    assert drawn.state == State()


def test_fans_count_edges_and_a_tied_weight_has_those_of_its_first():
    neurons = (
        Neuron("i1", "input"),
        Neuron("i2", "input"),
        Neuron("h1", "hidden"),
        Neuron("o1", "output"),
        Neuron("o2", "output"),
    )
    edges = (
        Edge("i1", "h1", "a"),
        Edge("i2", "h1", "b"),
        Edge("h1", "o1", "a"),
        Edge("h1", "o2", "c"),
        Edge("i2", "o2", "d"),
    )
    network = Network(neurons, edges, dict.fromkeys("abcd", 0.0))
    assert fans(network) == {"a": (2, 1), "b": (2, 2), "c": (2, 2), "d": (2, 2)}


def test_the_pieces_of_a_maxout_neuron_are_layers_of_their_own():
    neurons = (
        Neuron("i1", "input"),
        Neuron("i2", "input"),
        Neuron("o1", "output", Choice("maxout")),
    )
    edges = tuple(Edge(f"i{n}", "o1", f"w{n}{piece}", piece) for piece in range(3) for n in (1, 2))
    network = Network(neurons, edges, {edge.weight: 0.0 for edge in edges})
    assert set(fans(network).values()) == {Fans(2, 1)}


def test_an_unknown_initialiser_is_refused():
    with pytest.raises(Refused, match='initialise: "kaiming" is not one of zeros'):
        initialised(dense(2, 1), Choice("kaiming"), 0)
