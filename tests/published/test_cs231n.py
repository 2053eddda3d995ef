"""Stanford CS231n, the course notes on back-propagation and on linear classification: the numbers in the figures.

https://cs231n.github.io/optimization-2/ and https://cs231n.github.io/linear-classify/

The circuits show every value in green and every gradient in red; the softmax figure shows scores and the loss of one sample
whose right class is the third. The two-layer network of the course's first assignment is worked out to twelve places in
https://github.com/g-eoj/cs231n/blob/master/two-layer-backprop-math.ipynb.
"""

import pytest

from tests.published.lessons import formula, network
from tests.published.printed import BOTH_WAYS, assert_printed, graph, prints_as

# In each: the formula, its inputs, the values and the gradients printed, the inputs' among them.
ADD_AND_MULTIPLY = (
    "q = x + y; f = q*z",
    {"x": -2, "y": 5, "z": -4},
    {"q": "3", "f": "-12"},
    {"x": "-4", "y": "-4", "z": "3", "q": "-4", "f": "1"},
)
NEURON = (
    "a = w0*x0; b = w1*x1; c = a + b; d = c + w2; m = d*(-1); n = exp(m); p = n + 1; f = 1/p",
    {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3},
    {
        "a": "-2.00", "b": "6.00", "c": "4.00", "d": "1.00", "m": "-1.00", "n": "0.37", "p": "1.37",
        "f": "0.73",
    },
    {
        "w0": "-0.20", "x0": "0.39", "w1": "-0.39", "x1": "-0.59", "w2": "0.20", "a": "0.20",
        "b": "0.20", "c": "0.20", "d": "0.20", "m": "-0.20", "n": "-0.53", "p": "-0.53", "f": "1.00",
    },
)  # fmt: skip
SIGMOID_GATE = (
    "d = w0*x0 + w1*x1 + w2; f = sigmoid(d)",
    NEURON[1],
    {"d": "1.0", "f": "0.73"},
    {"d": "0.20", "w0": "-0.20", "x0": "0.39", "w1": "-0.39", "x1": "-0.59", "w2": "0.20"},
)
PATTERNS = (
    "a = x*y; b = max(z, w); c = a + b; f = c*2",
    {"x": 3, "y": -4, "z": 2, "w": -1},
    {"a": "-12.00", "b": "2.00", "c": "-10.00", "f": "-20.00"},
    {
        "x": "-8.00", "y": "6.00", "z": "2.00", "w": "0.00", "a": "2.00", "b": "2.00", "c": "2.00",
        "f": "1.00",
    },
)  # fmt: skip

WEIGHTS = {
    "cat": (0.01, -0.05, 0.1, 0.05), "dog": (0.7, 0.2, 0.05, 0.16), "ship": (0.0, -0.45, -0.2, 0.03),
}  # fmt: skip
SCORES = {"cat.z": "-2.85", "dog.z": "0.86", "ship.z": "0.28"}
LOSS = "1.04"


@pytest.mark.parametrize(
    ("text", "inputs", "values", "gradients"),
    [ADD_AND_MULTIPLY, NEURON, SIGMOID_GATE, PATTERNS],
    ids=["add and multiply", "neuron", "sigmoid gate", "patterns"],
)
def test_circuits(text, inputs, values, gradients, tmp_path, capsys):
    found = graph(formula(text, **inputs), tmp_path, capsys)
    assert_printed(found.values, values)
    assert_printed(found.gradients, gradients)


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_softmax_classifier(way, tmp_path, capsys):
    weights = {
        f"w{row}{column}": (f"x{column}", name, value)
        for row, (name, values) in enumerate(WEIGHTS.items(), 1)
        for column, value in enumerate(values, 1)
    }
    lesson = network(
        ["x1 x2 x3 x4", "cat dog ship"],
        weights,
        {"b1": ("cat", 0.0), "b2": ("dog", 0.2), "b3": ("ship", -0.3)},
        output="softmax",
        data=[((-15, 22, -44, 56), (0, 0, 1))],
        loss="cross_entropy",
    )
    found = way(lesson, 1, tmp_path, capsys)[0]
    values = found["values"]["0"]
    assert_printed(values, SCORES | {"dog": "0.631", "ship": "0.353"})
    # The figure's 0.016 for the cat comes from e^z rounded to 0.058.
    assert prints_as(0.058 / (0.058 + 2.36 + 1.32), "0.016")
    assert prints_as(found["loss"], LOSS)


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_two_layers_with_relu_and_softmax(way, tmp_path, capsys):
    first_layer = {"w11": 0.18, "w12": 0.04, "w21": 0.1, "w22": 0.22}
    second_layer = {"v11": 0.19, "v12": -0.1, "v13": 0.1, "v21": -0.02, "v22": -0.01, "v23": 0.04}
    weights = {name: (f"x{name[1]}", f"h{name[2]}", w) for name, w in first_layer.items()}
    weights |= {name: (f"h{name[1]}", f"s{name[2]}", w) for name, w in second_layer.items()}
    lesson = network(
        ["x1 x2", "h1 h2", "s1 s2 s3"],
        weights,
        {f"b{unit}": (unit, 0) for unit in ("h1", "h2", "s1", "s2", "s3")},
        hidden="relu",
        output="softmax",
        data=[((16, -6), (0, 0, 1))],
        loss="cross_entropy",
    )
    found = way(lesson, 1, tmp_path, capsys)[0]
    assert_printed(
        found["values"]["0"],
        {
            "h1.z": "2.28", "h2.z": "-0.68", "h1": "2.28", "h2": "0",
            "s1.z": "0.4332", "s2.z": "-0.228", "s3.z": "0.228",
        },
    )  # fmt: skip
    assert prints_as(found["loss"], "1.051375468504")
    assert_printed(
        found["deltas"]["0"],
        {
            "s1": "0.429052723714", "s2": "0.221490524653", "s3": "-0.650543248367",
            "h1": "-0.005683359796", "h2": "0",
        },
    )  # fmt: skip
    assert_printed(
        found["gradients"],
        {
            "v11": "0.97824021", "v12": "0.5049984", "v13": "-1.48323861", "v21": "0", "v22": "0",
            "v23": "0", "w11": "-0.09093376", "w12": "0", "w21": "0.03410016", "w22": "0",
            "bh1": "-0.00568336", "bh2": "0", "bs1": "0.42905272", "bs2": "0.22149052",
        },
    )  # fmt: skip
