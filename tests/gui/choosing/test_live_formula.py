"""A formula counts as it is typed: the graph follows, the last good one stays, all of it is one undo step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.choosing.helpers import Choosing


@pytest.fixture
def typing(open_desk):
    desk = open_desk("graph-sin")
    desk.settle()
    choosing = Choosing(desk)
    formula = choosing.field("formula").formula
    formula.setFocus()
    formula.selectAll()
    return desk, choosing, formula


def keys(desk) -> set[str]:
    return {shape.key for shape in desk.window.graph.drawing.shapes}


def text_of(desk):
    return desk.frame.lesson.expression.formula


def test_the_graph_follows_what_is_typed_and_keeps_the_last_good_one(typing):
    desk, choosing, formula = typing
    QTest.keyClicks(formula, "x*y")
    assert text_of(desk) == "x*y"
    nodes = {key for key in keys(desk) if key.startswith(("box:", "circle:"))}
    assert len(nodes) == 3
    QTest.keyClicks(formula, " + ")
    assert choosing.fault("formula") != ""
    assert text_of(desk) == "x*y"
    assert nodes <= keys(desk)
    QTest.keyClicks(formula, "q")
    assert choosing.fault("formula") == ""
    assert "circle:q" in keys(desk)
    # The cursor stays where one types, also behind a space that the formula does without.
    assert formula.text() == "x*y + q"
    QTest.keyClicks(formula, " ")
    assert formula.text() == "x*y + q "
    QTest.keyClick(formula, Qt.Key.Key_Return)
    desk.settle()
    assert formula.text() == text_of(desk) == "x*y + q"
    assert not formula.isModified()


def test_a_typing_is_one_undo_step_and_values_survive_it(typing):
    desk, _, formula = typing
    before = desk.frame.lesson
    values = before.expression.values
    QTest.keyClicks(formula, "y + x")
    QTest.keyClick(formula, Qt.Key.Key_Return)
    desk.settle()
    assert desk.frame.lesson.expression.values == {"y": values["y"], "x": values["x"]}
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.frame.lesson == before
    assert desk.frame.undo_name is None


def test_two_typings_are_two_undo_steps(typing):
    desk, _, formula = typing
    QTest.keyClicks(formula, "x*y")
    QTest.keyClick(formula, Qt.Key.Key_Return)
    QTest.keyClicks(formula, "x")
    formula.selectAll()
    QTest.keyClicks(formula, "x - y")
    QTest.keyClick(formula, Qt.Key.Key_Return)
    desk.settle()
    assert text_of(desk) == "x - y"
    desk.stage.do(desk.stage.session.undo)
    assert text_of(desk) == "x*y"


def test_escape_brings_back_what_was_there_before(typing):
    desk, choosing, formula = typing
    before, shown = desk.frame.lesson, formula.text()
    QTest.keyClicks(formula, "x + x*(")
    QTest.keyClick(formula, Qt.Key.Key_Escape)
    assert desk.frame.lesson == before
    assert formula.text() == shown
    assert choosing.fault("formula") == ""
    assert desk.frame.undo_name is None


def test_undo_from_the_menu_while_typing_takes_the_whole_typing_back(typing):
    desk, _, formula = typing
    before = desk.frame.lesson
    QTest.keyClicks(formula, "x + y + y")
    desk.program.furniture.actions["undo"].trigger()
    assert desk.frame.lesson == before
    assert not formula.isModified()
