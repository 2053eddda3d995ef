"""Edits, their names, their history, and the file they belong to."""

import pytest

from explainer.lesson.examples import example
from explainer.messages import Refused
from explainer.session import START, Session
from tests.session.helpers import LECTURE, deliver, go_to_pass, ready


def test_an_edit_changes_every_later_number_and_keeps_the_step():
    session = ready()
    session.go_to(0, 6)
    assert session.set_parameter("w1", 0.2)
    assert session.cursor == (0, 6)
    deliver(session, 1)
    assert session.cursor == (0, 6)
    assert session.moment().values["h1"] == pytest.approx(1.03)
    assert session.dirty


def test_each_edit_has_a_name():
    session = ready()
    names = []
    for edit in (
        lambda: session.set_parameter("w1", 5),
        lambda: session.set_input(0, 1, 5),
        lambda: session.set_target(0, 0, 5),
        lambda: session.set_learning_rate(5),
    ):
        assert edit()
        names.append(str(session.undo_name))
    assert names == [
        "change of w₁",
        "change of the input i₂",
        "change of the target for ŷ",
        "change of the learning rate",
    ]
    session.undo()
    assert str(session.redo_name) == "change of the learning rate"


def test_an_edit_that_changes_nothing_is_none():
    session = ready()
    assert not session.set_parameter("w1", 0.11)
    assert not session.can_undo
    assert not session.dirty
    assert len(session.passes) == 1


def test_nonsense_is_refused_and_changes_nothing():
    session = ready()
    with pytest.raises(Refused):
        session.set_parameter("w1", float("nan"))
    with pytest.raises(Refused):
        session.set_learning_rate(-1)
    assert session.lesson == LECTURE
    assert not session.can_undo


def test_a_continued_edit_is_one_undo_step():
    session = ready()
    for value in (0.12, 0.13, 0.14):
        session.set_parameter("w1", value, continuing=True)
    session.set_parameter("w2", 1, continuing=True)
    session.undo()
    assert session.lesson.network.value("w1") == 0.14
    session.undo()
    assert session.lesson == LECTURE
    assert not session.can_undo


def test_a_continued_edit_that_returns_leaves_no_trace():
    session = ready()
    session.set_parameter("w1", 0.12, continuing=True)
    session.set_parameter("w1", 0.11, continuing=True)
    assert not session.can_undo
    assert not session.dirty


def test_separate_edits_of_one_thing_are_separate_steps():
    session = ready()
    session.set_parameter("w1", 0.12)
    session.set_parameter("w1", 0.13)
    session.undo()
    assert session.lesson.network.value("w1") == 0.12


def test_after_an_undo_a_continued_edit_begins_a_new_step():
    session = ready()
    session.set_parameter("w1", 0.12, continuing=True)
    session.set_parameter("w1", 0.5)
    session.undo()
    session.set_parameter("w1", 0.13, continuing=True)
    session.undo()
    assert session.lesson.network.value("w1") == 0.12
    assert not Session(LECTURE).can_redo


def test_an_edit_in_a_later_pass_makes_its_weights_the_start():
    session = ready()
    go_to_pass(session, 2)
    session.go_to(2, 5)
    weights = session.current_pass.parameters_before
    session.set_parameter("w1", 0.5)
    assert session.cursor == (0, 5)
    assert session.lesson.network.value("w5") == weights["w5"]
    assert session.lesson.network.value("w1") == 0.5
    session.undo()
    assert session.lesson == LECTURE
    deliver(session, 3)
    assert session.cursor == (2, 5)
    session.redo()
    assert session.lesson.network.value("w1") == 0.5
    assert session.cursor == (0, 5)


def test_an_edit_of_the_data_in_a_later_pass_keeps_its_weights():
    session = ready()
    go_to_pass(session, 1)
    weights = session.current_pass.parameters_before
    session.set_target(0, 0, 2)
    assert {name: session.lesson.network.value(name) for name in weights} == weights


def test_keeping_these_weights():
    session = ready()
    assert not session.keep_these_weights()
    session.last()
    after = session.current_pass.parameters_after
    assert session.keep_these_weights()
    assert {name: session.lesson.network.value(name) for name in after} == after
    assert session.cursor == START
    assert str(session.undo_name) == "keeping of these weights"
    session.undo()
    assert session.lesson == LECTURE


def test_frozen_parameters_stay_frozen_when_weights_are_kept():
    session = ready("mazur-2-2-2")
    session.last()
    session.keep_these_weights()
    assert not session.lesson.network.is_trainable("b1")


def test_saving_makes_clean_and_undo_makes_dirty_again(tmp_path):
    session = ready()
    session.set_parameter("w1", 1)
    session.saved(tmp_path / "a.json")
    assert not session.dirty
    assert session.path == tmp_path / "a.json"
    session.undo()
    assert session.dirty
    session.redo()
    assert not session.dirty


def test_opening_another_lesson_forgets_this_one():
    session = ready()
    session.set_parameter("w1", 1)
    session.last()
    session.open(example("mazur-2-2-2"))
    assert (session.cursor, session.passes, session.dirty) == (START, [], False)
    assert not session.can_undo


def test_undo_and_redo_of_nothing_do_nothing():
    session = ready()
    session.undo()
    session.redo()
    assert (session.undo_name, session.redo_name) == (None, None)
    assert len(session.passes) == 1
