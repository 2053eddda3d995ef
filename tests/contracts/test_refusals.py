"""What a row cannot work with is refused in one sentence that names the place: parameters, targets, predictions."""

import json

import pytest

from explainer.lesson.files import lesson_from_json
from explainer.messages import Refused
from explainer.trace.run import trace


def lesson(loss="half_squared_error", activation="identity", target=0.5, weight=0.5):
    neurons = [
        {"id": "i1", "role": "input"},
        {"id": "o1", "role": "output", "activation": activation},
    ]
    tree = {
        "format": "explainer-lesson",
        "version": 1,
        "title": "One neuron",
        "network": {
            "neurons": neurons,
            "edges": [{"from": "i1", "to": "o1", "weight": "w1"}],
            "parameters": {"w1": weight},
        },
        "data": {"inputs": [[1]], "targets": [[target]]},
        "loss": loss,
    }
    return lesson_from_json(json.dumps(tree).encode())


@pytest.mark.parametrize(
    ("activation", "fault"),
    [
        ({"name": "softplus", "beta": 0}, "beta: it must be greater than 0"),
        ({"name": "softplus", "beta": -1}, "beta: it must be greater than 0"),
        ({"name": "soft_shrink", "lambd": -0.1}, "lambd: it must not be negative"),
        ({"name": "hard_shrink", "lambd": -0.1}, "lambd: it must not be negative"),
        ({"name": "hard_tanh", "minimum": 1}, "minimum: it must be less than the maximum"),
        ({"name": "hard_tanh", "maximum": -2}, "minimum: it must be less than the maximum"),
        ({"name": "rrelu", "lower": 0.5}, "lower: it must not be greater than the upper bound"),
        ({"name": "relu", "alpha": 0.5}, "alpha: there is no such field"),
        ({"name": "elu", "alpha": "x y"}, "alpha: "),
    ],
)
def test_parameters_an_activation_cannot_work_with(activation, fault):
    with pytest.raises(Refused) as refusal:
        lesson(activation=activation)
    assert str(refusal.value).startswith(f"network.neurons[1].activation.{fault}")


@pytest.mark.parametrize(
    "activation",
    [
        {"name": "soft_shrink", "lambd": 0},
        {"name": "rrelu", "lower": 0.25, "upper": 0.25},
        {"name": "swish", "beta": 0},
        {"name": "swish", "beta": -1},
        {"name": "leaky_relu", "alpha": 0},
        {"name": "elu", "alpha": 0},
        {"name": "hard_tanh", "minimum": 0, "maximum": 6},
    ],
)
def test_parameters_at_the_end_of_what_makes_sense(activation):
    for weight in (-2.0, 0.0, 2.0):
        (run,) = trace(lesson(activation=activation, weight=weight), 1)
        assert run.summary.steps


@pytest.mark.parametrize(
    ("loss", "activation", "target", "weight", "sentence"),
    [
        ("binary_cross_entropy", "sigmoid", 2, 0.5, "needs targets between 0 and 1, but that of o1 is 2 for sample 1"),
        ("binary_cross_entropy", "sigmoid", -0.1, 0.5, "needs targets between 0 and 1, but that of o1 is -0.1 for sample 1"),
        ("binary_cross_entropy", "identity", 1, 2, "needs predictions between 0 and 1, but o1 puts out 2 for sample 1"),
        ("binary_cross_entropy", "tanh", 1, -1, "needs predictions between 0 and 1, but o1 puts out -0.76159 for sample 1"),
        ("cross_entropy", "identity", 1, -1, "needs predictions above 0, but o1 puts out -1 for sample 1"),
        ("cross_entropy", "softmax", -1, 0.5, "needs targets of at least 0, but that of o1 is -1 for sample 1"),
    ],
)  # fmt: skip
def test_what_a_logarithm_cannot_take(loss, activation, target, weight, sentence):
    with pytest.raises(Refused) as refusal:
        trace(lesson(loss, activation, target, weight), 1)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("loss", "target", "weight", "error", "gradient"),
    [
        ("binary_cross_entropy", 1, 1.0, 0.0, -1.0),
        ("binary_cross_entropy", 0, 0.0, 0.0, 1.0),
        ("cross_entropy", 0, 0.0, 0.0, 0.0),
        ("smape", 0, 0.0, 0.0, 0.0),
        ("smape", 1, 0.0, 1.0, -1.0),
        ("smape", 0, 1.0, 1.0, 0.0),
        ("hinge", 1, 1.0, 0.0, 0.0),
        ("mean_absolute_error", 0.5, 0.5, 0.0, 0.0),
    ],
)
def test_the_edges_a_loss_can_take(loss, target, weight, error, gradient):
    (run,) = trace(lesson(loss, "identity", target, weight), 1)
    assert run.summary.loss == error
    assert run.summary.gradients["w1"] == gradient
