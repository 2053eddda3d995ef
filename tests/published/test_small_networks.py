"""Small networks worked out in courses and books on the web.

Won Joon Yoo: an introduction to natural language processing by deep learning, https://wikidocs.net/37406: 2-2-2, no biases.
Brownlee: How to code a neural network with back-propagation in Python, machinelearningmastery.com, 2016: the forward pass.
Neural network timeline, https://surafelml.github.io/nn-timeline/supp/04_mlp_backprop_numerical.html: 2-2-1, cross-entropy.
Jurafsky, Martin: Speech and language processing, 3rd edition, chapter 5: sentiment by logistic regression.
Goodfellow, Bengio, Courville: Deep learning, 2016, section 6.1: exclusive OR by two rectified linear units.
Martinez: CS 478, Brigham Young University, http://axon.cs.byu.edu/~martinez/classes/478/stuff/labhints/neuralnet.html: numbers
to test a program by, 2-2-2-2, to ten figures; each row holds the bias first, the errors are −∂E/∂z.
PixelBank: https://pixelbank.dev/problems/69600de42a516eab5414e9bf: batch normalisation of two features.
"""

import pytest

from explainer.trace.run import trace
from tests.published.lessons import network, sgd
from tests.published.printed import BOTH_WAYS, assert_printed, negated, prints_as


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_wikidocs(way, tmp_path, capsys):
    lesson = network(
        ["x1 x2", "h1 h2", "o1 o2"],
        {
            "w1": ("x1", "h1", 0.3), "w2": ("x2", "h1", 0.25), "w3": ("x1", "h2", 0.4),
            "w4": ("x2", "h2", 0.35), "w5": ("h1", "o1", 0.45), "w6": ("h2", "o1", 0.4),
            "w7": ("h1", "o2", 0.7), "w8": ("h2", "o2", 0.6),
        },
        data=[((0.1, 0.2), (0.4, 0.6))],
        update=sgd(0.5),
    )  # fmt: skip
    first, second = way(lesson, 2, tmp_path, capsys)
    assert_printed(
        first["values"]["0"],
        {
            "h1.z": "0.08", "h2.z": "0.11", "h1": "0.51998934", "h2": "0.52747230",
            "o1.z": "0.44498412", "o2.z": "0.68047592", "o1": "0.60944600", "o2": "0.66384491",
        },
    )  # fmt: skip
    assert prints_as(first["loss"], "0.02397190")
    assert_printed(first["gradients"], {"w5": "0.02592286", "w1": "0.00080888"})
    assert_printed(
        first["parameters_after"],
        {
            "w1": "0.29959556", "w2": "0.24919112", "w3": "0.39964496", "w4": "0.34928991",
            "w5": "0.43703857", "w6": "0.38685205", "w7": "0.69629578", "w8": "0.59624247",
        },
    )  # fmt: skip
    assert second["loss"] < first["loss"]


def test_brownlee():
    lesson = network(
        ["x1 x2", "h", "o1 o2"],
        {
            "w1": ("x1", "h", 0.13436424411240122), "w2": ("x2", "h", 0.8474337369372327),
            "w3": ("h", "o1", 0.2550690257394217), "w4": ("h", "o2", 0.4494910647887381),
        },
        {
            "b1": ("h", 0.763774618976614), "b2": ("o1", 0.49543508709194095),
            "b3": ("o2", 0.651592972722763),
        },
        data=[((1, 0), (0, 1))],
    )  # fmt: skip
    values = trace(lesson)[0].summary.values["0"]
    assert values["h"] == pytest.approx(0.7105668883115941, rel=1e-15)
    assert values["o1"] == pytest.approx(0.6629970129852887, rel=1e-15)
    assert values["o2"] == pytest.approx(0.7253160725279748, rel=1e-15)


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_timeline(way, tmp_path, capsys):
    lesson = network(
        ["x1 x2", "h1 h2", "y"],
        {
            "w11": ("x1", "h1", 0.1), "w12": ("x2", "h1", 0.2), "w21": ("x1", "h2", 0.3),
            "w22": ("x2", "h2", 0.4), "v1": ("h1", "y", 0.5), "v2": ("h2", "y", 0.6),
        },
        data=[((1, 0), (1,))],
        loss="binary_cross_entropy",
    )  # fmt: skip
    found = way(lesson, 1, tmp_path, capsys)[0]
    assert_printed(
        found["values"]["0"],
        {"h1.z": "0.1", "h2.z": "0.3", "h1": "0.525", "h2": "0.5744", "y.z": "0.6072", "y": "0.6473"},
    )  # fmt: skip
    assert prints_as(found["loss"], "0.435")
    assert_printed(found["deltas"]["0"], {"y": "-0.3527"})
    assert_printed(found["gradients"], {"v1": "-0.1852", "v2": "-0.2026"})


def sentiment(features, weights, bias, target):
    names = [f"x{n}" for n in range(1, len(features) + 1)]
    lesson = network(
        [" ".join(names), "p"],
        {
            f"w{n}": (name, "p", w)
            for n, (name, w) in enumerate(zip(names, weights, strict=True), 1)
        },
        {"b": ("p", bias)},
        data=[(features, (target,))],
        loss="binary_cross_entropy",
        update=sgd(0.1),
    )
    return trace(lesson)[0].summary


@pytest.mark.parametrize(("target", "loss"), [(1, "0.36"), (0, "1.2")])
def test_sentiment_of_a_review(target, loss):
    found = sentiment((3, 2, 1, 3, 0, 4.19), (2.5, -5.0, -1.2, 0.5, 2.0, 0.7), 0.1, target)
    assert prints_as(found.values["0"]["p.z"], "0.833")
    assert prints_as(found.values["0"]["p"], "0.70")
    assert prints_as(found.loss, loss)


def test_first_step_of_logistic_regression():
    found = sentiment((3, 2), (0, 0), 0, 1)
    assert found.gradients == {"w1": -1.5, "w2": -1.0, "b": -0.5}
    assert_printed(found.parameters_after, {"w1": "0.15", "w2": "0.1", "b": "0.05"})


def test_goodfellow():
    lesson = network(
        ["x1 x2", "h1 h2", "y"],
        {
            "W11": ("x1", "h1", 1), "W12": ("x1", "h2", 1), "W21": ("x2", "h1", 1),
            "W22": ("x2", "h2", 1), "w1": ("h1", "y", 1), "w2": ("h2", "y", -2),
        },
        {"c1": ("h1", 0), "c2": ("h2", -1), "b": ("y", 0)},
        hidden="relu",
        output="identity",
        data=[((0, 0), (0,)), ((0, 1), (1,)), ((1, 0), (1,)), ((1, 1), (0,))],
        loss="mean_squared_error",
        update=sgd(0.1, batch_size="all"),
    )  # fmt: skip
    found = trace(lesson)[0].summary
    of_samples = [found.values[str(sample)] for sample in range(4)]
    assert [(v["h1.z"], v["h2.z"]) for v in of_samples] == [(0, -1), (1, 0), (1, 0), (2, 1)]
    assert [(v["h1"], v["h2"]) for v in of_samples] == [(0, 0), (1, 0), (1, 0), (2, 1)]
    assert [v["y"] for v in of_samples] == [0, 1, 1, 0]
    assert found.loss == 0


def test_pixelbank():
    lesson = network(
        ["x1 x2", "y1 y2"],
        {"w1": ("x1", "y1", 1), "w2": ("x2", "y2", 1)},
        output="identity",
        data=[((1, 2), (0, 0)), ((3, 4), (0, 0)), ((5, 6), (0, 0))],
        update=sgd(0.1, batch_size="all"),
        normalise={"y1": ("g1", "s1"), "y2": ("g2", "s2")},
    )
    values = trace(lesson)[0].summary.values
    found = {f"{name}{n}": values[str(n)][name] for n in range(3) for name in ("y1", "y2")}
    assert_printed(
        found, {"y10": "-1.22", "y20": "-1.22", "y11": "0", "y21": "0", "y12": "1.22", "y22": "1.22"}
    )  # fmt: skip


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_martinez(way, tmp_path, capsys):
    lesson = network(
        ["x1 x2", "h1 h2", "g1 g2", "y1 y2"],
        {
            "w11": ("x1", "h1", 0.2), "w12": ("x2", "h1", -0.1), "w21": ("x1", "h2", 0.3),
            "w22": ("x2", "h2", -0.3), "v11": ("h1", "g1", -0.2), "v12": ("h2", "g1", -0.3),
            "v21": ("h1", "g2", -0.1), "v22": ("h2", "g2", 0.3), "u11": ("g1", "y1", -0.1),
            "u12": ("g2", "y1", 0.3), "u21": ("g1", "y2", -0.2), "u22": ("g2", "y2", -0.3),
        },
        {
            "b1": ("h1", 0.1), "b2": ("h2", -0.2), "c1": ("g1", 0.1), "c2": ("g2", 0.2),
            "d1": ("y1", 0.2), "d2": ("y2", 0.1),
        },
        data=[((0.3, 0.7), (0.1, 1))],
        update=sgd(0.1),
    )  # fmt: skip
    found = way(lesson, 1, tmp_path, capsys)[0]
    assert_printed(found["values"]["0"], {"y1": "0.5802212893", "y2": "0.4591181386"})
    assert_printed(
        negated(found["deltas"]["0"]),
        {
            "h1": "0.0006498826879", "h2": "-0.001076309464", "g1": "-0.003775554904",
            "g2": "-0.01849687375", "y1": "-0.1169648797", "y2": "0.1343164751",
        },
    )  # fmt: skip
    assert_printed(
        found["parameters_after"],
        {
            "b1": "0.1000649883", "w11": "0.2000194965", "w12": "-0.09995450821",
            "b2": "-0.2001076309", "w21": "0.2999677107", "w22": "-0.3000753417",
            "c1": "0.09962244451", "v11": "-0.200197267", "v12": "-0.3001588284",
            "c2": "0.1981503126",
        },
    )  # fmt: skip
