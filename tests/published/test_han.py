"""Han, Kamber, Pei: Data Mining, Concepts and Techniques: sample calculations for learning by back-propagation.

The tables stand as "Appendix B: An Example of Back-propagation Algorithm" in several courses, with w₀ⱼ for the book's θⱼ.

A 3-2-1 network of sigmoid units with trained biases θ, one tuple (1, 0, 1) of class 1, learning rate 0.9. The book's
Err is −∂E/∂z of E = ½(T − O)². It computes by hand: net inputs and outputs to three figures, the errors from those.
"""

import pytest

from tests.published.lessons import network, sgd
from tests.published.printed import BOTH_WAYS, assert_printed, negated

NET_INPUTS_AND_OUTPUTS = {
    "O4.z": "-0.7", "O4": "0.332", "O5.z": "0.1", "O5": "0.525", "O6.z": "-0.105", "O6": "0.474",
}  # fmt: skip
# The book's Err₆, 0.1311, has a figure more: its factors 0.474·0.526·0.526 are rounded once.
ERRORS = {"O6": "0.131", "O5": "-0.0065", "O4": "-0.0087"}
NEW_WEIGHTS = {
    "w46": "-0.261", "w56": "-0.138", "w14": "0.192", "w15": "-0.306", "w24": "0.4", "w25": "0.1",
    "w34": "-0.508", "w35": "0.194", "theta6": "0.218", "theta5": "0.194", "theta4": "-0.408",
}  # fmt: skip


def lesson(**fields):
    return network(
        ["x1 x2 x3", "O4 O5", "O6"],
        {
            "w14": ("x1", "O4", 0.2), "w15": ("x1", "O5", -0.3), "w24": ("x2", "O4", 0.4),
            "w25": ("x2", "O5", 0.1), "w34": ("x3", "O4", -0.5), "w35": ("x3", "O5", 0.2),
            "w46": ("O4", "O6", -0.3), "w56": ("O5", "O6", -0.2),
        },
        {"theta4": ("O4", -0.4), "theta5": ("O5", 0.2), "theta6": ("O6", 0.1)},
        data=[((1, 0, 1), (1,))],
        update=sgd(0.9),
        notation={"pre_activation": "I", "target": "T", "delta": "Err", "learning_rate": "l"},
        **fields,
    )  # fmt: skip


BY_HAND = {"mode": "rounded", "significant": 3}


@pytest.fixture(params=BOTH_WAYS, ids=lambda way: way.__name__)
def first(request, tmp_path, capsys):
    return lambda lesson: request.param(lesson, 1, tmp_path, capsys)[0]


def test_by_hand_to_three_figures_every_number_of_the_tables(first):
    found = first(lesson(arithmetic=BY_HAND))
    assert_printed(found["values"]["0"], NET_INPUTS_AND_OUTPUTS)
    assert_printed(negated(found["deltas"]["0"]), ERRORS)
    assert_printed(found["parameters_after"], NEW_WEIGHTS)


def test_exactly_the_weights_agree_as_well(first):
    found = first(lesson())
    assert_printed(negated(found["deltas"]["0"]), ERRORS)
    assert_printed(found["parameters_after"], NEW_WEIGHTS)
