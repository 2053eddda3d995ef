"""Whole passes of several lessons, predicted by real keys as a learner types them, in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from explainer.lesson.lesson import FORMAT, VERSION, Expression, Lesson
from explainer.maths.numbers import shown
from tests.gui.answering import answered

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
FORMULA = Lesson(
    FORMAT, VERSION, "A formula", expression=Expression("sin(x^2)*log(y)", {"x": 1.5, "y": 2.0})
)


def type_answer(desk, text):
    """Type into whatever has the keyboard; the test library types no letters beyond ASCII."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(QApplication.focusWidget(), event)
    desk.press_and_settle(Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("lesson", "language"),
    [
        ("adam", "ru"),
        ("weight-decay", "en"),
        ("logistic-neuron", "ru"),
        ("perceptron-rule", "en"),
        (FORMULA, "ru"),
    ],
    ids=str,
)
def test_a_pass_is_predicted_with_the_numbers_as_they_are_shown(open_desk, lesson, language):
    desk = open_desk(lesson, language)
    desk.settle()
    desk.press_and_settle(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_P, CONTROL_SHIFT)
    desk.settle()
    mode = desk.program.furniture.classroom.predicting
    asked = wrong = 0
    count = len(desk.frame.one_pass.steps)
    while True:
        desk.wait(lambda: QApplication.focusWidget() in (mode.panel.field, mode.panel.next))
        if mode.panel.field.isVisible():
            value = desk.stage.session.current_step.value
            asked += 1
            if asked % 4 == 2 and value:
                wrong += 1
                type_answer(desk, shown(-value, 5, language))
                assert mode.panel.verdict.text().startswith("✗")
                desk.wait(lambda: bool(mode.panel.reason.text()))
            type_answer(desk, shown(value, 5, language))
            assert mode.panel.verdict.text().startswith("✓")
        if desk.frame.step_index == count - 1:
            break
        desk.press_and_settle(Qt.Key.Key_Return)
    assert mode.record.score() == (asked, asked - wrong, asked - wrong / 2)
    closes = {"en": "Close", "ru": "Закрыть"}[language]
    said = answered(closes)
    desk.press(Qt.Key.Key_Return)
    assert str(asked - wrong) in said[0]
