"""Single neurons that learn, from lecture notes.

Cornell CS472, 2004: a perceptron learns OR, http://www.cs.cornell.edu/courses/cs472/2004fa/Materials/perceptron-example.txt:
rate 0.5, the bias is the weight of an input −1, the output is 1 from 0 upwards.
Hinton: Neural networks for machine learning, lecture 3a, 2012: the prices of fish, chips and ketchup by the delta rule.
Q4quant: the first update of Adam by hand, g = 4 and ε = 0,
https://www.q4quant.studio/dashboard/learn/programming/ml/optimization-algo/exercises/adam-ex-01-first-update-solution
"""

import pytest

from explainer.trace.run import trace
from tests.published.lessons import network, sgd

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
