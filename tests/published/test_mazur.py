"""Matt Mazur: A Step by Step Backpropagation Example, 2015.

https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/

A 2-2-2 network of sigmoid neurons with two shared biases that are not trained. The article derives ∂E/∂w1 with the *old* output
weights; the error it gives after the first update is nevertheless the one with the *new* ones, in place.
"""

import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from tests.published.printed import BOTH_WAYS, assert_printed, prints_as

LESSON = example("mazur-2-2-2")
IN_PLACE = replace(LESSON, update=replace(LESSON.update, order="in_place"))

FORWARD = {
    "h1.z": "0.3775", "h1": "0.593269992", "h2": "0.596884378",
    "o1.z": "1.105905967", "o1": "0.75136507", "o2": "0.772928465",
}  # fmt: skip
ERROR = "0.298371109"
DELTA_O1 = "0.138498562"
GRADIENTS = {"w5": "0.082167041", "w1": "0.000438568"}
NEW_OUTPUT_WEIGHTS = {
    "w5": "0.35891648", "w6": "0.408666186", "w7": "0.511301270", "w8": "0.561370121",
}  # fmt: skip
NEW_HIDDEN_WEIGHTS = {
    "w1": "0.149780716", "w2": "0.19956143", "w3": "0.24975114", "w4": "0.29950229",
}  # fmt: skip
NEXT_ERROR_SIMULTANEOUS = "0.291027774"
NEXT_ERROR_IN_PLACE = "0.291027924"


@pytest.fixture(params=BOTH_WAYS, ids=lambda way: way.__name__)
def passes_of(request, tmp_path, capsys):
    return lambda lesson: request.param(lesson, 2, tmp_path, capsys)


def test_the_lesson_is_the_one_of_the_article():
    values = [LESSON.network.value(name) for name in ("w1", "w2", "w3", "w4")]
    assert values == [0.15, 0.2, 0.25, 0.3]
    values = [LESSON.network.value(name) for name in ("w5", "w6", "w7", "w8")]
    assert values == [0.4, 0.45, 0.5, 0.55]
    assert [LESSON.network.value(name) for name in ("b1", "b2")] == [0.35, 0.6]
    assert LESSON.data.inputs == ((0.05, 0.1),)
    assert LESSON.data.targets == ((0.01, 0.99),)
    assert LESSON.update.learning_rate == 0.5
    assert LESSON.update.order == "simultaneous"


def test_forward_pass_and_error(passes_of):
    first = passes_of(LESSON)[0]
    assert_printed(first["values"]["0"], FORWARD)
    assert prints_as(first["loss"], ERROR)


def test_gradients(passes_of):
    first = passes_of(LESSON)[0]
    assert prints_as(first["deltas"]["0"]["o1"], DELTA_O1)
    assert_printed(first["gradients"], GRADIENTS)


def test_new_weights(passes_of):
    first = passes_of(LESSON)[0]
    assert_printed(first["parameters_after"], NEW_OUTPUT_WEIGHTS | NEW_HIDDEN_WEIGHTS)
    assert {first["parameters_after"][name] for name in ("b1", "b2")} == {0.35, 0.6}


def test_the_error_after_one_update_depends_on_the_order(passes_of):
    assert prints_as(passes_of(LESSON)[1]["loss"], NEXT_ERROR_SIMULTANEOUS)
    assert prints_as(passes_of(IN_PLACE)[1]["loss"], NEXT_ERROR_IN_PLACE)


def test_in_place_the_output_weights_are_the_same_and_the_hidden_ones_are_not(passes_of):
    first = passes_of(IN_PLACE)[0]
    assert_printed(first["parameters_after"], NEW_OUTPUT_WEIGHTS)
    assert not prints_as(first["parameters_after"]["w1"], NEW_HIDDEN_WEIGHTS["w1"])
    phases = [step["phase"] for step in first["steps"]]
    assert phases.index("update") < len(phases) - phases[::-1].index("backward")
