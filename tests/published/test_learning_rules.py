"""Single neurons that learn, from lecture notes.

Cornell CS472, 2004: a perceptron learns OR, http://www.cs.cornell.edu/courses/cs472/2004fa/Materials/perceptron-example.txt:
rate 0.5, the bias is the weight of an input −1, the output is 1 from 0 upwards.
Hinton: Neural networks for machine learning, lecture 3a, 2012: the prices of fish, chips and ketchup by the delta rule.
GeeksforGeeks: Hebbian learning rule with implementation of AND gate: x = (x₁, x₂, 1), from zero, η = 1.
Rashid: Make your own neural network, 2016, the weight update worked example as corrected in
http://makeyourownneuralnetwork.blogspot.co.uk/2016/08/: the outputs 0.4 and 0.5 of two hidden nodes and the error 1.5 are given.
Q4quant: the first update of Adam by hand, g = 4 and ε = 0,
https://www.q4quant.studio/dashboard/learn/programming/ml/optimization-algo/exercises/adam-ex-01-first-update-solution
"""

import math

import pytest

from explainer.trace.run import trace
from tests.published.lessons import network, sgd
from tests.published.printed import assert_printed, prints_as

# ⟨w1, w2, w3⟩ after each example of the first two epochs; of the third on it stays ⟨.5, .5, .5⟩.
OR = [
    (0, 0, 0.5), (0, 0.5, 0), (0, 0.5, 0), (0, 0.5, 0),
    (0, 0.5, 0.5), (0, 0.5, 0.5), (0.5, 0.5, 0), (0.5, 0.5, 0),
    *[(0.5, 0.5, 0.5)] * 8,
]  # fmt: skip


def test_perceptron_learns_or():
    lesson = network(
        ["x1 x2 x3", "l"],
        {f"w{n}": (f"x{n}", "l", 0) for n in (1, 2, 3)},
        hidden={"name": "heaviside", "at_zero": 1},
        data=[((0, 0, -1), (0,)), ((0, 1, -1), (1,)), ((1, 0, -1), (1,)), ((1, 1, -1), (1,))],
        update={"rule": "perceptron", "learning_rate": 0.5},
    )
    runs = trace(lesson, len(OR))
    assert [tuple(run.summary.parameters_after.values()) for run in runs] == OR


@pytest.mark.parametrize("update", [sgd(1 / 35), {"rule": "delta", "learning_rate": 1 / 35}])
def test_fish_chips_and_ketchup(update):
    lesson = network(
        ["fish chips ketchup", "price"],
        {
            "w_fish": ("fish", "price", 50), "w_chips": ("chips", "price", 50),
            "w_ketchup": ("ketchup", "price", 50),
        },
        output="identity",
        data=[((2, 5, 3), (850,))],
        update=update,
    )  # fmt: skip
    found = trace(lesson)[0].summary
    assert found.values["0"]["price"] == 500
    assert found.deltas["0"]["price"] == -350
    after = {name: round(value, 9) for name, value in found.parameters_after.items()}
    assert after == {"w_fish": 70, "w_chips": 100, "w_ketchup": 80}


def test_hebb_learns_and():
    lesson = network(
        ["x1 x2 x3", "y"],
        {f"w{n}": (f"x{n}", "y", 0) for n in (1, 2, 3)},
        hidden="sign",
        data=[
            ((-1, -1, 1), (-1,)), ((-1, 1, 1), (-1,)), ((1, -1, 1), (-1,)), ((1, 1, 1), (1,)),
        ],
        update={"rule": "hebb", "learning_rate": 1},
    )  # fmt: skip
    found = [tuple(run.summary.parameters_after.values()) for run in trace(lesson, 4)]
    assert found == [(1, 1, -1), (2, 0, -2), (1, 1, -3), (2, 2, -2)]


def test_one_weight_of_a_sigmoid_node():
    target = 1.5 + 1 / (1 + math.exp(-2.3))
    lesson = network(
        ["o1 o2", "o"],
        {"w11": ("o1", "o", 2.0), "w21": ("o2", "o", 3.0)},
        data=[((0.4, 0.5), (target,))],
        update=sgd(0.1),
    )
    found = trace(lesson)[0].summary
    assert_printed(found.values["0"], {"o.z": "2.3", "o": "0.909"})
    assert prints_as(found.gradients["w11"], "-0.04969")
    assert prints_as(found.parameters_after["w11"], "2.005")


def test_first_update_of_adam():
    lesson = network(
        ["x", "y"],
        {"w": ("x", "y", 4)},
        output="identity",
        data=[((1,), (0,))],
        update={"rule": "adam", "learning_rate": 0.1, "epsilon": 0},
    )
    found = trace(lesson)[0].summary
    assert found.gradients == {"w": 4}
    assert found.state_after["w"] == pytest.approx({"m": 0.4, "v": 0.016}, rel=1e-15)
    assert found.parameters_after["w"] - 4 == pytest.approx(-0.1, rel=1e-14)
