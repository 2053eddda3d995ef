"""The rules of matrices give the numbers of the scalar graph, for any lesson in layers."""

from collections import defaultdict

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Arithmetic,
    Data,
    Dropout,
    Edge,
    Expression,
    Lesson,
    Network,
    Neuron,
    Normalise,
    Update,
)
from explainer.messages import Refused, translate
from explainer.trace.layered import layers_of, why_not_layered
from explainer.trace.learning import follows_gradient
from explainer.trace.matrices import matrices, transposed
from explainer.trace.run import trace
from tests.trace.layered_lessons import layered_lessons


def runs_of(lesson, passes=2):
    try:
        return trace(lesson, passes)
    except Refused:
        # Some random networks grow beyond every number.
        return ()


def same(left, right):
    return left == pytest.approx(right, rel=1e-12, abs=1e-12)


def gathered(run):
    """Return what the entries of all dW and db add up to for each parameter."""
    total = defaultdict(float)
    for form in matrices(run):
        for names, entries in zip(form.layer.weights, form.dW, strict=True):
            for name, entry in zip(names, entries, strict=True):
                total[name] += entry
        for name, entry in zip(form.layer.biases, form.db[0], strict=True):
            if name is not None:
                total[name] += entry
    return dict(total)


def learnt(lesson):
    """Return the parameters inside activations, whose gradients have other parts than entries of matrices."""
    choices = [neuron.activation for neuron in lesson.network.neurons]
    return {name for choice in choices for _, name in choice.named}


def assert_values_agree(run):
    summary = run.summary
    for form in matrices(run):
        for row, sample in enumerate(summary.samples):
            values, deltas = summary.values[str(sample)], summary.deltas[str(sample)]
            for column, name in enumerate(form.layer.neurons):
                assert same(form.S[row][column], values[f"{name}.z"])
                assert same(form.Y[row][column], values[name])
                assert same(form.dS[row][column], deltas[name])
            for column, name in enumerate(form.layer.sources):
                assert same(form.X[row][column], values[name])
                at = run.graph.output_of[sample, name]
                assert same(form.dX[row][column], run.adjoints[at])


def assert_single_gradients_agree(run):
    """Compare each entry of dW and db with what that edge or bias adds to its parameter's gradient."""
    count = len(run.graph.samples) if run.lesson.loss.reduction == "mean" else 1
    found = defaultdict(float)
    for name, place in run.graph.parameter.items():
        for term in run.terms[place]:
            node = run.graph.nodes[term.consumer]
            if node.role != "pre_activation":
                continue
            found[name, node.sources[term.argument], node.owner] += term.product / count
    for form in matrices(run):
        layer = form.layer
        for i, source in enumerate(layer.sources):
            for j, name in enumerate(layer.neurons):
                assert same(form.dW[i][j], found[layer.weights[i][j], source, name])
        for j, name in enumerate(layer.neurons):
            if layer.biases[j] is not None:
                assert same(form.db[0][j], found[layer.biases[j], None, name])


@given(layered_lessons())
def test_every_matrix_equals_the_scalar_graph(lesson):
    assert why_not_layered(lesson) is None
    for run in runs_of(lesson):
        assert_values_agree(run)
        assert_single_gradients_agree(run)


@given(layered_lessons(tied=st.just(True)))
def test_the_entries_of_a_tied_parameter_add_up_to_its_gradient(lesson):
    for run in runs_of(lesson):
        total = gathered(run)
        for name in total.keys() - learnt(lesson):
            penalty = run.penalty_slopes.get(name, 0.0)
            assert same(total[name] + penalty, run.gradients[name])


@given(layered_lessons(tied=st.just(False), simple=True))
def test_the_update_is_that_of_whole_matrices(lesson):
    for run in runs_of(lesson):
        rate = lesson.update.learning_rate
        for form in matrices(run):
            for names, weights, gradients in zip(form.layer.weights, form.W, form.dW, strict=True):
                for name, weight, gradient in zip(names, weights, gradients, strict=True):
                    moved = lesson.network.is_trainable(name)
                    wanted = weight - rate * gradient if moved else weight
                    assert same(run.end.parameters[name], wanted)


BY_HAND = st.builds(Arithmetic, st.just("rounded"), decimals=st.integers(2, 4))


@given(layered_lessons(tied=st.just(False), arithmetic=BY_HAND, simple=True))
def test_rounding_by_hand_rounds_the_same_numbers(lesson):
    for run in runs_of(lesson):
        assert_values_agree(run)
        total = gathered(run)
        assert {name: same(total[name], run.gradients[name]) for name in total} == dict.fromkeys(
            total, True
        )


LAYERED = [
    name
    for name in example_names()
    if why_not_layered(example(name)) is None and follows_gradient(example(name).update.choice.name)
]


@pytest.mark.parametrize("name", LAYERED)
def test_built_in_lessons(name):
    for run in trace(example(name), 2):
        assert_values_agree(run)
        assert_single_gradients_agree(run)


def test_the_lecture_example():
    """The weights stand as the lecture prints them, w₁ and w₂ in the first column."""
    hidden, output = matrices(trace(example("lecture-2-2-1"), 1)[0])
    assert hidden.layer.weights == (("w1", "w3"), ("w2", "w4"))
    assert output.layer.weights == (("w5",), ("w6",))
    assert hidden.X == ((2, 3),)
    assert hidden.W == ((0.11, 0.12), (0.21, 0.08))
    assert hidden.Y == output.X == ((0.85, 0.48),)
    assert same(output.Y[0][0], 0.191)
    assert same(output.dS[0][0], -0.809)
    # The lecture prints rate · dW rounded: −0.011 −0.012 −0.017 −0.018, and −0.034 −0.019.
    assert [[round(0.05 * x, 3) for x in row] for row in hidden.dW] == [
        [-0.011, -0.012],
        [-0.017, -0.018],
    ]
    assert [[round(0.05 * x, 3) for x in row] for row in output.dW] == [[-0.034], [-0.019]]


def test_transposed():
    assert transposed(((1.0, 2.0), (3.0, 4.0), (5.0, 6.0))) == ((1, 3, 5), (2, 4, 6))


def network(neurons, edges):
    parameters = {edge.weight: 0.5 for edge in edges} | {
        name: 0.1 for neuron in neurons for name in neuron.biases
    }
    inputs = sum(neuron.role == "input" for neuron in neurons)
    outputs = sum(neuron.role == "output" for neuron in neurons)
    return Lesson(
        FORMAT,
        VERSION,
        "Test",
        Network(tuple(neurons), tuple(edges), parameters),
        Data(((1.0,) * inputs,), ((0.5,) * outputs,)),
    )


X, H, Y = Neuron("i1", "input"), Neuron("h1", "hidden"), Neuron("o1", "output")
CHAIN = (Edge("i1", "h1", "w1"), Edge("h1", "o1", "w2"))


@pytest.mark.parametrize(
    ("lesson", "reason"),
    [
        (
            network([X, H, Y], [*CHAIN, Edge("i1", "o1", "w3")]),
            "The edge from i₁ to o₁ skips a layer, and the matrix of a layer has no place for it.",
        ),
        (
            network([X, Neuron("i2", "input"), H, Y], CHAIN),
            "There is no edge from i₂ to h₁, so the weights of that layer do not fill a matrix.",
        ),
        (
            network([X, H, Neuron("h2", "hidden", bias="b"), Y], [*CHAIN, Edge("h2", "o1", "w3")]),
            "There is no edge from i₁ to h₂, so the weights of that layer do not fill a matrix.",
        ),
        (
            network([X, Neuron("h1", "output"), Y], CHAIN),
            "h₁ would have to be in another layer: the outputs, and only they, are the last one.",
        ),
        (
            network([X, Y, Neuron("d1", "hidden")], [Edge("i1", "o1", "w"), Edge("i1", "d1", "v")]),
            "d₁ would have to be in another layer: the outputs, and only they, are the last one.",
        ),
        (
            network([X, Neuron("o1", "output", Choice("maxout"))], [Edge("i1", "o1", "w")]),
            "o₁ takes the largest of several weighted sums, and one matrix holds only one of them.",
        ),
        (
            network(
                [X, Neuron("o1", "output", normalise=Normalise("g", "b"))], [Edge("i1", "o1", "w")]
            ),
            "o₁ is normalised over the batch, so its layer is more than a product of matrices.",
        ),
        (
            network(
                [X, Neuron("o1", "output", Choice("softmax")), Neuron("o2", "output")],
                [Edge("i1", "o1", "w"), Edge("i1", "o2", "v")],
            ),
            "The softmax of o₁ does not run over its whole layer.",
        ),
        (
            Lesson(
                "explainer-lesson",
                VERSION,
                "Test",
                expression=Expression("x*y", {"x": 1.0, "y": 2.0}),
            ),
            "A formula has no layers, so its weights fill no matrix.",
        ),
    ],
)
def test_a_lesson_without_layers_says_why(lesson, reason):
    assert translate(why_not_layered(lesson), "en") == reason
    with pytest.raises(ValueError, match=reason.split(",")[0]):
        layers_of(lesson)


def test_new_weights_are_seen_where_they_are_updated_in_place():
    lecture = example("lecture-2-2-1")
    in_place = msgspec.structs.replace(lecture, update=Update(Choice("sgd"), 0.05, "in_place"))
    run = trace(in_place, 1)[0]
    _, output = matrices(run)
    assert transposed(output.W_back)[0] == (run.end.parameters["w5"], run.end.parameters["w6"])
    assert output.W == ((0.14,), (0.15,))


def test_dropout_is_a_matrix_of_its_own():
    thinned = Neuron("h1", "hidden", dropout=Dropout(0.5, "inverted"))
    lesson = network([X, thinned, Y], CHAIN)
    hidden, _ = matrices(trace(lesson, 1)[0])
    assert hidden.mask in ((((0.0,),)), ((2.0,),))
    applied, _ = matrices(trace(msgspec.structs.replace(lesson, mode="apply"), 1)[0])
    assert applied.mask == ((1.0,),)
