"""C. MacLeod: An Introduction to Practical Neural Networks and Genetic Algorithms, the chapter on back-propagation.

The worked example on two inputs 0.35 and 0.9 with the target 0.5, copied by many courses. η = 1, no biases, "in place": the
errors of the hidden neurons are computed with the *new* output weights. The example rounds δ = −0.0406 and goes on from
there, so its weights 0.272392 and 0.87305 and its new error −0.18205 are good to three figures; of w6 it prints 0.5928, where
its own factors give 0.6 − 0.007916·0.9 = 0.59288.
"""

import pytest

from tests.published.lessons import network, sgd
from tests.published.printed import BOTH_WAYS, assert_printed, prints_as

FORWARD = {"h1.z": "0.755", "h1": "0.68", "h2.z": "0.68", "h2": "0.6637", "o.z": "0.801", "o": "0.69"}  # fmt: skip
NEW_WEIGHTS = {
    "w1": "0.272", "w2": "0.873", "w3": "0.09916", "w4": "0.7978", "w5": "0.3972", "w6": "0.593",
}  # fmt: skip
OLD_ERROR, NEW_ERROR = "-0.19", "-0.182"


@pytest.fixture(params=BOTH_WAYS, ids=lambda way: way.__name__)
def passes(request, tmp_path, capsys):
    return lambda order: request.param(lesson(order), 2, tmp_path, capsys)


def lesson(order):
    return network(
        ["A B", "h1 h2", "o"],
        {
            "w1": ("h1", "o", 0.3), "w2": ("h2", "o", 0.9), "w3": ("A", "h1", 0.1),
            "w4": ("B", "h1", 0.8), "w5": ("A", "h2", 0.4), "w6": ("B", "h2", 0.6),
        },
        data=[((0.35, 0.9), (0.5,))],
        update=sgd(1, order=order),
    )  # fmt: skip


def test_in_place(passes):
    first, second = passes("in_place")
    assert_printed(first["values"]["0"], FORWARD)
    assert_printed(first["parameters_after"], NEW_WEIGHTS)
    assert prints_as(0.5 - first["values"]["0"]["o"], OLD_ERROR)
    assert prints_as(0.5 - second["values"]["0"]["o"], NEW_ERROR)


def test_simultaneously_the_hidden_weights_differ(passes):
    after = passes("simultaneous")[0]["parameters_after"]
    assert_printed(after, {name: NEW_WEIGHTS[name] for name in ("w1", "w2")})
    assert not prints_as(after["w3"], NEW_WEIGHTS["w3"])
