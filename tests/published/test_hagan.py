"""Hagan, Demuth, Beale: Neural Network Design: chapters 4 (perceptron), 10 (ADALINE) and 11 (back-propagation).

The perceptron: a step that is 1 from 0 upwards, W_new = W_old + e·p; without a bias on the test problem of three points, with
one on the apple and the orange. ADALINE: the LMS rule W(k + 1) = W(k) + 2α·e·p, α = 0.2: twice the rate of the delta rule, or
gradient descent on e². Back-propagation: a 1-2-1 network, sigmoid and linear, approximating 1 + sin(πp/4) at p = 1 with
α = 0.1; the performance index is e², the sensitivities s are ∂e²/∂n. The chapter shows three figures of everything.

The numbers were checked by recomputing them, not against a copy of the book.
"""

import math

import pytest

from explainer.trace.run import trace
from tests.published.lessons import network, sgd
from tests.published.printed import BOTH_WAYS, assert_printed, prints_as

STEP = {"name": "heaviside", "at_zero": 1}
PERCEPTRON = {"rule": "perceptron", "learning_rate": 1}
APPLE, ORANGE = (1, 1, -1), (1, -1, -1)


@pytest.fixture(params=BOTH_WAYS, ids=lambda way: way.__name__)
def first(request, tmp_path, capsys):
    return lambda lesson: request.param(lesson, 1, tmp_path, capsys)[0]


def weights_after(lesson, updates):
    """Return the parameters after each update, to the four places of the book."""
    runs = trace(lesson, updates)
    return [[round(value, 4) for value in run.summary.parameters_after.values()] for run in runs]


def test_back_propagation(first):
    found = first(
        network(
            ["p", "a11 a12", "a2"],
            {
                "w11": ("p", "a11", -0.27), "w12": ("p", "a12", -0.41),
                "w21": ("a11", "a2", 0.09), "w22": ("a12", "a2", -0.17),
            },
            {"b11": ("a11", -0.48), "b12": ("a12", -0.13), "b2": ("a2", 0.48)},
            output="identity",
            data=[((1,), (1 + math.sin(math.pi / 4),))],
            loss="squared_error",
            update=sgd(0.1),
            notation={"pre_activation": "n", "target": "t", "delta": "s", "learning_rate": "\\alpha"},
        )
    )  # fmt: skip
    values = found["values"]["0"]
    assert_printed(values, {"a11": "0.321", "a12": "0.368", "a2": "0.446"})
    assert prints_as(1 + math.sin(math.pi / 4) - values["a2"], "1.261")
    assert_printed(found["deltas"]["0"], {"a2": "-2.522", "a11": "-0.0495", "a12": "0.0997"})
    assert_printed(
        found["parameters_after"],
        {
            "w21": "0.171", "w22": "-0.0772", "b2": "0.732",
            "w11": "-0.265", "w12": "-0.420", "b11": "-0.475", "b12": "-0.140",
        },
    )  # fmt: skip


def test_perceptron_without_a_bias():
    lesson = network(
        ["p1 p2", "a"],
        {"w1": ("p1", "a", 1.0), "w2": ("p2", "a", -0.8)},
        hidden=STEP,
        data=[((1, 2), (1,)), ((-1, 2), (0,)), ((0, -1), (0,))],
        update=PERCEPTRON,
    )
    assert weights_after(lesson, 6) == [[2.0, 1.2], [3.0, -0.8], *[[3.0, 0.2]] * 4]


def fruit(values, targets, **fields):
    weights = {f"w{n}": (f"p{n}", "a", value) for n, value in enumerate(values, 1)}
    data = list(zip((ORANGE, APPLE), targets, strict=True))
    return network(["p1 p2 p3", "a"], weights, data=data, **fields)


def test_perceptron_with_a_bias():
    lesson = fruit(
        (0.5, -1, -0.5), ((0,), (1,)), biases={"b": ("a", 0.5)}, hidden=STEP, update=PERCEPTRON
    )
    assert weights_after(lesson, 5) == [
        [-0.5, 0, 0.5, -0.5], [0.5, 1, -0.5, 0.5], *[[-0.5, 2, 0.5, -0.5]] * 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("loss", "update"),
    [
        ("squared_error", sgd(0.2)),
        ("half_squared_error", {"rule": "delta", "learning_rate": 0.4}),
    ],
)
def test_adaline(loss, update):
    lesson = fruit((0, 0, 0), ((-1,), (1,)), hidden="identity", loss=loss, update=update)
    assert weights_after(lesson, 3) == [
        [-0.4, 0.4, 0.4], [0.16, 0.96, -0.16], [0.016, 1.104, -0.016],
    ]  # fmt: skip
