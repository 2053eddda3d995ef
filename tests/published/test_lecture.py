"""The lecture's 2-2-1 network, worked out on the blackboard: every number printed there.

Inputs (2, 3), target 1, linear neurons, E = ½(ŷ − y)², Δ = ŷ − y, η = 0.05. The lecture rounds only what it shows, and shows
E and the steps to three places, the new weights and the second forward pass to two.
"""

import math
from fractions import Fraction

import pytest

from explainer.lesson.examples import example
from tests.published.printed import BOTH_WAYS, assert_printed, prints_as

FORWARD = {"h1": ".85", "h2": ".48", "o1": ".191"}
ERROR = ".327"
DELTA = "-.809"
STEPS = {"w1": "-.011", "w2": "-.017", "w3": "-.012", "w4": "-.018", "w5": "-.034", "w6": "-.019"}
NEW_WEIGHTS = {"w1": ".12", "w2": ".23", "w3": ".13", "w4": ".10", "w5": ".17", "w6": ".17"}
SECOND_FORWARD = {"h1": ".92", "h2": ".56", "o1": ".26"}
RATE = 0.05


@pytest.fixture(params=BOTH_WAYS, ids=lambda way: way.__name__)
def passes(request, tmp_path, capsys):
    return request.param(example("lecture-2-2-1"), 2, tmp_path, capsys)


def test_the_lesson_is_the_one_of_the_lecture():
    lesson = example("lecture-2-2-1")
    assert lesson.data.inputs == ((2, 3),)
    assert lesson.data.targets == ((1,),)
    assert lesson.network.parameters == {
        "w1": 0.11, "w2": 0.21, "w3": 0.12, "w4": 0.08, "w5": 0.14, "w6": 0.15,
    }  # fmt: skip
    assert lesson.update.learning_rate == RATE


def test_first_forward_pass(passes):
    assert_printed(passes[0]["values"]["0"], FORWARD)


def test_error(passes):
    assert prints_as(passes[0]["loss"], ERROR)
    assert prints_as(passes[0]["deltas"]["0"]["o1"], DELTA)


def test_rate_times_gradient(passes):
    steps = {name: RATE * gradient for name, gradient in passes[0]["gradients"].items()}
    assert_printed(steps, STEPS)


def test_new_weights(passes):
    assert_printed(passes[0]["parameters_after"], NEW_WEIGHTS)


def test_second_forward_pass(passes):
    assert_printed(passes[1]["values"]["0"], SECOND_FORWARD)


def test_the_second_pass_is_nearer_the_target(passes):
    assert passes[1]["loss"] < passes[0]["loss"]


def test_nothing_was_rounded_on_the_way(passes):
    """Work the whole example out in fractions: the doubles are right to their last digit or two."""
    w = {name: Fraction(text) for name, text in
         {"w1": "0.11", "w2": "0.21", "w3": "0.12", "w4": "0.08", "w5": "0.14", "w6": "0.15"}.items()}  # fmt: skip
    for found in passes:
        h1, h2 = w["w1"] * 2 + w["w2"] * 3, w["w3"] * 2 + w["w4"] * 3
        output = w["w5"] * h1 + w["w6"] * h2
        delta = output - 1
        gradients = {
            "w1": delta * w["w5"] * 2, "w2": delta * w["w5"] * 3,
            "w3": delta * w["w6"] * 2, "w4": delta * w["w6"] * 3,
            "w5": delta * h1, "w6": delta * h2,
        }  # fmt: skip
        after = {name: w[name] - Fraction("0.05") * gradients[name] for name in w}
        values = {"h1": h1, "h2": h2, "o1": output, "h1.z": h1, "h2.z": h2, "o1.z": output}
        inputs = {
            "i1": delta * (w["w5"] * w["w1"] + w["w6"] * w["w3"]),
            "i2": delta * (w["w5"] * w["w2"] + w["w6"] * w["w4"]),
        }
        deltas = {"o1": delta, "h1": delta * w["w5"], "h2": delta * w["w6"]}
        same(found["values"]["0"], {"i1": Fraction(2), "i2": Fraction(3), **values})
        same(found["deltas"]["0"], deltas)
        same(found["gradients"], gradients)
        same(found["input_gradients"]["0"], inputs)
        same(found["parameters_before"], w)
        same(found["parameters_after"], after)
        same({"E": found["loss"]}, {"E": delta * delta / 2})
        w = after


def same(found, wanted):
    assert set(found) == set(wanted)
    for name, value in wanted.items():
        assert math.isclose(found[name], value, rel_tol=2e-15), name
