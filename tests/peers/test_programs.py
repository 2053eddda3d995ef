"""The PyTorch program of every built-in lesson, run by PyTorch: it asserts every number of the trace, and trains."""

import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import FORMAT, VERSION, Expression, Lesson
from explainer.maths.activations import ACTIVATIONS
from explainer.trace.run import trace
from tests.render.programs import ran
from tests.trace.special_lessons import lesson, normalised

pytest.importorskip("torch", reason="PyTorch is not installed")


@pytest.mark.parametrize("name", example_names())
def test_every_built_in_lesson_recomputes_itself(name):
    assert "every number agrees" in ran(trace(example(name), 1)[0], "torch")


def one_neuron(activation, z, target=0.0, loss="half_squared_error"):
    """A lesson of one edge with the weight 1."""
    neurons = [
        {"id": "x", "role": "input"},
        {"id": "o", "role": "output", "activation": activation},
    ]
    network = {
        "neurons": neurons,
        "edges": [{"from": "x", "to": "o", "weight": "w"}],
        "parameters": {"w": 1.0},
    }
    update = {"rule": "sgd", "learning_rate": 1e-9}
    data = {"inputs": [[z]], "targets": [[target]]}
    return lesson("One neuron", network=network, data=data, update=update, loss=loss)


@pytest.mark.parametrize("z", [-800.0, 800.0])
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_what_overflows_in_a_case_that_does_not_hold_stays_out_of_the_derivative(name, z):
    assert "every number agrees" in ran(trace(one_neuron(name, z))[0], "torch")


@pytest.mark.parametrize(("z", "target"), [(40.0, 1.0), (30.0, 0.0), (-800.0, 0.0), (-40.0, 1.0)])
def test_cross_entropy_of_a_saturated_neuron(z, target):
    plain = one_neuron("sigmoid", z, target, "binary_cross_entropy")
    assert "every number agrees" in ran(trace(plain)[0], "torch")


@pytest.mark.parametrize(
    ("text", "z"),
    [
        ("3", 2.0),
        ("min(z, 1)*2 - max(1, z)", 1.0),
        ("max_mean(z, 1, 2) + max_each(z, 1)", 1.0),
        ("swish(2*z + 1) - softplus(z)*sigmoid(-z)", 900.0),
    ],
)
def test_a_typed_activation(text, z):
    assert "every number agrees" in ran(trace(one_neuron({"expression": text}, z))[0], "torch")


@pytest.mark.parametrize("rule", ["adam", "adagrad", "rmsprop"])
def test_the_dust_of_a_gradient_of_zero_is_not_compared(rule):
    plain = normalised()
    plain = replace(plain, update=replace(plain.update, choice=Choice(rule)))
    assert "every number agrees" in ran(trace(plain)[0], "torch")


@pytest.mark.parametrize(
    "formula",
    ["a = x; a*x + a", "heaviside(x)*x", "sign(x - 1) + x/x", "min(x, 2)*max(2, x)*identity(x)"],
)
def test_a_formula_whose_nodes_take_over_a_value_or_are_flat(formula):
    about = Lesson(FORMAT, VERSION, "Formula", expression=Expression(formula, {"x": 2.0}))
    assert "every number agrees" in ran(trace(about)[0], "torch")
