"""What is asked stands under the derivation, and leaves training its room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from scripts.looking.faults import faults_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def begin(desk):
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    desk.settle()
    QApplication.processEvents()
    return desk.program.furniture.classroom.predicting


def test_predicting_begins_with_a_question_whatever_was_in_front(desk):
    desk.press(Qt.Key.Key_4, CTRL)
    desk.wait(lambda: desk.window.side.training.conductor.moment is not None)
    desk.wait(lambda: desk.window.graph.shown_moment is not None)
    predicting = begin(desk)
    assert desk.window.derivation.isVisible()
    assert desk.window.graph.shown_moment is None
    assert desk.frame.step_index == 0
    assert QApplication.focusWidget() is predicting.panel.field
    QTest.keyClicks(predicting.panel.field, "0.85")
    desk.press_and_settle(Qt.Key.Key_Return)
    assert predicting.record.score() == (1, 1, 1.0)


def test_training_has_all_the_room_and_the_question_waits(desk):
    desk.press(Qt.Key.Key_4, CTRL)
    desk.wait(lambda: desk.window.side.training.conductor.moment is not None)
    height = desk.window.side.training.height()
    predicting = begin(desk)
    question = predicting.panel.question.text()
    assert predicting.panel.isVisible()
    desk.press(Qt.Key.Key_4, CTRL)
    QApplication.processEvents()
    assert predicting.is_on
    assert not predicting.panel.isVisible()
    assert desk.window.side.training.height() == height
    assert faults_of(desk.window) == []
    desk.press(Qt.Key.Key_1, CTRL)
    desk.settle()
    assert predicting.panel.isVisible()
    assert predicting.panel.question.text() == question
    assert desk.window.graph.shown_moment is None


def test_a_number_that_is_refused_keeps_predicting_from_beginning(desk):
    desk.press_and_settle(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_3, CTRL)
    desk.settle()
    table = desk.window.side.data.table
    table.setCurrentIndex(table.model().index(0, 0))
    table.edit(table.currentIndex())
    QTest.keyClicks(QApplication.focusWidget(), "no number")
    desk.program.furniture.actions["predict"].trigger()
    predicting = desk.program.furniture.classroom.predicting
    assert predicting is None or not predicting.is_on
    assert not desk.program.furniture.actions["predict"].isChecked()
    assert desk.window.side.data.isVisible()


def test_what_would_give_the_results_away_is_shown_afterwards(desk):
    begin(desk)
    side = desk.window.side
    desk.press(Qt.Key.Key_6, CTRL)
    layers = side.lab.layers
    assert "give away" in layers.said.text()
    assert not layers.view.isVisible()
    desk.press(Qt.Key.Key_7, CTRL)
    assert "give away" in side.descent.note.text()
    assert not side.descent.view.isVisible()
    assert "E =" not in side.descent.readout.text()
    assert faults_of(desk.window) == []
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    desk.settle()
    desk.press(Qt.Key.Key_7, CTRL)
    desk.wait(lambda: "E =" in side.descent.readout.text())
    assert side.descent.view.isVisible()
    desk.press(Qt.Key.Key_6, CTRL)
    assert layers.view.isVisible()


def test_a_landscape_in_front_is_hidden_with_the_results(desk):
    desk.press(Qt.Key.Key_7, CTRL)
    descent = desk.window.side.descent
    desk.wait(lambda: "E =" in descent.readout.text())
    begin(desk)
    desk.press(Qt.Key.Key_7, CTRL)
    QTest.qWait(150)
    assert not descent.view.isVisible()
    assert "E =" not in descent.readout.text()
