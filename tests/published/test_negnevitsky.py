"""Michael Negnevitsky: Artificial Intelligence, A Guide to Intelligent Systems, chapter 6.

The exclusive-OR network: thresholds θ are subtracted, so they are weights of an input that is always −1. α = 0.1, the error
e = y_d − y, the gradients δ are −∂E/∂z. Every number has four places. With the weights printed at the end of the training the
answers and the sum of squared errors are those of the book. (Its 224 epochs do not follow from α = 0.1.)

The perceptron that learns AND: θ = 0.2 stays, α = 0.1, the step is 1 from 0 upwards. The table is decimal arithmetic: where a
sum is exactly θ, doubles are a little below it, so the lesson has to count in decimals.

The numbers were checked by recomputing them, not against a copy of the book.
"""

import pytest

from explainer.trace.run import trace
from tests.published.lessons import network, sgd
from tests.published.printed import BOTH_WAYS, assert_printed, negated, prints_as

FORWARD = {"n3": "0.5250", "n4": "0.8808", "n5": "0.5097"}
GRADIENTS = {"n5": "-0.1274", "n3": "0.0381", "n4": "-0.0147"}
CORRECTIONS = {
    "w35": "-0.0067", "w45": "-0.0112", "theta5": "0.0127", "w13": "0.0038", "w23": "0.0038",
    "theta3": "-0.0038", "w14": "-0.0015", "w24": "-0.0015", "theta4": "0.0015",
}  # fmt: skip
NEW_WEIGHTS = {
    "w13": "0.5038", "w14": "0.8985", "w23": "0.4038", "w24": "0.9985", "w35": "-1.2067",
    "w45": "1.0888", "theta3": "0.7962", "theta4": "-0.0985", "theta5": "0.3127",
}  # fmt: skip
START = {
    "w13": 0.5, "w14": 0.9, "w23": 0.4, "w24": 1.0, "w35": -1.2, "w45": 1.1,
    "theta3": 0.8, "theta4": -0.1, "theta5": 0.3,
}  # fmt: skip
TRAINED = {
    "w13": 4.7621, "w14": 6.3917, "w23": 4.7618, "w24": 6.3917, "w35": -10.3788, "w45": 9.7691,
    "theta3": 7.3061, "theta4": 2.8441, "theta5": 4.5589,
}  # fmt: skip
FINAL_ANSWERS = ["0.0155", "0.9849", "0.9849", "0.0175"]
SUM_OF_SQUARED_ERRORS = "0.0010"

# After every sample: w₁ and w₂.
AND = """
    0.3 -0.1   0.3 -0.1   0.2 -0.1   0.3  0.0
    0.3  0.0   0.3  0.0   0.2  0.0   0.2  0.0
    0.2  0.0   0.2  0.0   0.1  0.0   0.2  0.1
    0.2  0.1   0.2  0.1   0.1  0.1   0.1  0.1
    0.1  0.1   0.1  0.1   0.1  0.1   0.1  0.1
"""


def exclusive_or(values, data, **fields):
    ends = {
        "w13": "x1 n3", "w14": "x1 n4", "w23": "x2 n3", "w24": "x2 n4", "w35": "n3 n5",
        "w45": "n4 n5", "theta3": "m n3", "theta4": "m n4", "theta5": "m n5",
    }  # fmt: skip
    weights = {name: (*ends[name].split(), value) for name, value in values.items()}
    samples = [((x1, x2, -1), (target,)) for x1, x2, target in data]
    return network(["x1 x2 m", "n3 n4", "n5"], weights, data=samples, **fields)


@pytest.fixture(params=BOTH_WAYS, ids=lambda way: way.__name__)
def first(request, tmp_path, capsys):
    return lambda lesson: request.param(lesson, 1, tmp_path, capsys)[0]


@pytest.mark.parametrize("arithmetic", [{"mode": "exact"}, {"mode": "rounded", "decimals": 4}])
def test_exclusive_or(first, arithmetic):
    found = first(exclusive_or(START, [(1, 1, 0)], update=sgd(0.1), arithmetic=arithmetic))
    assert_printed(found["values"]["0"], FORWARD)
    assert_printed(negated(found["deltas"]["0"]), GRADIENTS)
    after, before = found["parameters_after"], found["parameters_before"]
    assert_printed({name: after[name] - before[name] for name in after}, CORRECTIONS)
    assert_printed(after, NEW_WEIGHTS)


def test_the_trained_network(first):
    found = first(
        exclusive_or(
            TRAINED,
            [(1, 1, 0), (0, 1, 1), (1, 0, 1), (0, 0, 0)],
            loss={"name": "squared_error", "reduction": "sum"},
            update=sgd(0.1, batch_size="all"),
        )
    )
    answers = {str(sample): found["values"][str(sample)]["n5"] for sample in range(4)}
    assert_printed(answers, {str(n): text for n, text in enumerate(FINAL_ANSWERS)})
    assert prints_as(found["loss"], SUM_OF_SQUARED_ERRORS)


def conjunction(**fields):
    return network(
        ["x1 x2", "Y"],
        {"w1": ("x1", "Y", 0.3), "w2": ("x2", "Y", -0.1)},
        {"theta": ("Y", {"value": -0.2, "trainable": False})},
        hidden={"name": "heaviside", "at_zero": 1},
        data=[((0, 0), (0,)), ((0, 1), (0,)), ((1, 0), (0,)), ((1, 1), (1,))],
        update={"rule": "perceptron", "learning_rate": 0.1},
        **fields,
    )


def test_the_perceptron_learns_and():
    runs = trace(conjunction(arithmetic={"mode": "rounded", "decimals": 1}), 20)
    found = [run.summary.parameters_after[name] for run in runs for name in ("w1", "w2")]
    assert found == [float(text) for text in AND.split()]


def test_in_doubles_a_sum_that_should_be_the_threshold_is_not():
    last = trace(conjunction(), 20)[-1].summary.parameters_after
    assert prints_as(last["w1"], "0.2")
    assert prints_as(last["w2"], "0.1")
