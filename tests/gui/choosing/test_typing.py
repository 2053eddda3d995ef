"""Numbers and formulas typed beside the menus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Arithmetic
from tests.gui.choosing.helpers import Choosing, assert_fresh

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_wrong_numbers_are_said_below_and_the_last_good_one_stays(desk, choosing):
    for text, sentence in (
        ("-1", "The learning rate must be greater than 0."),
        ("abc", "“abc” is not a number"),
        ("", "Type a number"),
    ):
        choosing.type("rule", 0, text)
        assert choosing.fault("rule").startswith(sentence)
        assert desk.frame.lesson.update.learning_rate == 0.05
    QTest.keyClick(choosing.field("rule").numbers[0], Qt.Key.Key_Escape)
    assert choosing.fault("rule") == ""
    assert choosing.field("rule").numbers[0].text() == "0.05"
    choosing.type("rule", 0, "1e-1")
    assert desk.frame.lesson.update.learning_rate == 0.1


def test_what_is_typed_is_accepted_before_a_file_is_saved(desk, choosing, tmp_path, monkeypatch):
    number = choosing.field("rule").numbers[0]
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "0.75")
    saved = []
    monkeypatch.setattr(
        desk.program.furniture.documents,
        "save",
        lambda: saved.append(desk.frame.lesson.update.learning_rate),
    )
    QTest.keyClick(number, Qt.Key.Key_S, CONTROL)
    assert saved == [0.75]
    number.selectAll()
    QTest.keyClicks(number, "much")
    QTest.keyClick(number, Qt.Key.Key_S, CONTROL)
    assert saved == [0.75]
    assert choosing.fault("rule").startswith("“much” is not a number")


def test_undo_gives_up_what_is_typed(desk, choosing):
    choosing.type("rule", 0, "0.75")
    number = choosing.field("rule").numbers[0]
    number.selectAll()
    QTest.keyClicks(number, "3")
    desk.program.furniture.actions["undo"].trigger()
    desk.settle()
    assert number.text() == "0.05"
    assert desk.frame.lesson.update.learning_rate == 0.05


def test_whole_numbers_are_whole(desk, choosing):
    choosing.choose("arithmetic", "decimals")
    desk.settle()
    assert desk.frame.lesson.arithmetic == Arithmetic("rounded", decimals=3)
    choosing.type("arithmetic", 0, "2.5")
    assert choosing.fault("arithmetic") == "Type a whole number."
    choosing.type("arithmetic", 0, "2")
    desk.settle()
    assert desk.frame.lesson.arithmetic == Arithmetic("rounded", decimals=2)
    choosing.click("ties", "half_even")
    desk.settle()
    assert desk.frame.lesson.arithmetic.ties == "half_even"
    choosing.click("arithmetic", "exact")
    assert "ties" not in choosing.panel.fields


def test_a_typed_activation_is_checked_while_it_is_typed(desk, choosing):
    choosing.choose("activation", "typed by you")
    desk.settle()
    formula = choosing.field("activation").formula
    assert formula.isVisible()
    formula.setFocus()
    formula.selectAll()
    QTest.keyClicks(formula, "z*(")
    assert choosing.fault("activation") != ""
    good = desk.frame.lesson
    QTest.keyClick(formula, Qt.Key.Key_Return)
    assert desk.frame.lesson is good
    QTest.keyClicks(formula, "1-z)")
    assert choosing.fault("activation") == ""
    QTest.keyClick(formula, Qt.Key.Key_Return)
    desk.settle()
    assert desk.frame.lesson.network.neuron("h1").activation == Choice.typed("z*(1-z)")
    assert_fresh(desk)


def test_a_formula_is_edited_in_its_field(open_desk):
    desk = open_desk("graph-sin")
    desk.settle()
    choosing = Choosing(desk)
    assert set(choosing.panel.fields) == {"formula", "arithmetic"}
    formula = choosing.field("formula").formula
    formula.setFocus()
    formula.selectAll()
    QTest.keyClicks(formula, "S = x + y; S*S")
    QTest.keyClick(formula, Qt.Key.Key_Return)
    desk.settle()
    assert desk.frame.lesson.expression.formula == "S = x + y; S*S"
    assert_fresh(desk)
