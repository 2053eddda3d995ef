"""An edit gives a new lesson and touches nothing else."""

import math

import pytest

from explainer.lesson import edits
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.messages import Refused

MAZUR = example("mazur-2-2-2")
BYTES = lesson_to_json(MAZUR)


def test_parameters():
    edited = edits.set_parameter(MAZUR, "w1", 3)
    assert edited.network.value("w1") == 3
    assert edits.set_parameter(edited, "w1", 0.15) == MAZUR
    assert lesson_to_json(MAZUR) == BYTES


def test_a_frozen_parameter_stays_frozen():
    edited = edits.with_parameters(MAZUR, {"b1": 1, "w1": 2})
    assert edited.network.value("b1") == 1
    assert not edited.network.is_trainable("b1")
    assert edited.network.is_trainable("w1")


def test_data_and_learning_rate():
    edited = edits.set_input(MAZUR, 0, 1, 7)
    edited = edits.set_target(edited, 0, 0, -1)
    edited = edits.set_learning_rate(edited, 2)
    assert edited.data.inputs == ((0.05, 7.0),)
    assert edited.data.targets == ((-1.0, 0.99),)
    assert edited.update.learning_rate == 2
    assert lesson_from_json(lesson_to_json(edited)) == edited


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_a_file_could_not_hold_is_refused(value):
    for edit in (
        lambda: edits.set_parameter(MAZUR, "w1", value),
        lambda: edits.set_input(MAZUR, 0, 0, value),
        lambda: edits.set_target(MAZUR, 0, 0, value),
        lambda: edits.set_learning_rate(MAZUR, value),
    ):
        with pytest.raises(Refused, match="The number must be finite"):
            edit()
    with pytest.raises(Refused, match="greater than 0"):
        edits.set_learning_rate(MAZUR, 0)


def test_what_does_not_exist_cannot_be_edited():
    with pytest.raises(KeyError):
        edits.set_parameter(MAZUR, "w99", 1)
    with pytest.raises(IndexError):
        edits.set_input(MAZUR, 0, -1, 1)
    with pytest.raises(IndexError):
        edits.set_target(MAZUR, 1, 0, 1)
