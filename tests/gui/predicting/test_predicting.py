"""Predict mode by real keys: what is hidden, what is judged, what is kept."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget

from explainer.gui.predicting.record import as_csv, as_text, table
from explainer.gui.predicting.summary import SummaryDialog
from explainer.gui.veil import lines_of
from explainer.maths.numbers import shown
from tests.gui.answering import answered

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def learner(desk):
    """A desk at the first step, predict mode on."""
    desk.press_and_settle(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_P, CONTROL_SHIFT)
    desk.settle()
    return desk


def predicting(desk):
    return desk.program.furniture.classroom.predicting


def typed(desk, text):
    field = predicting(desk).panel.field
    assert QApplication.focusWidget() is field
    field.selectAll()
    QTest.keyClicks(field, text)
    desk.press_and_settle(Qt.Key.Key_Return)


def value(desk):
    return desk.stage.session.current_step.value


def labels(desk):
    """Return everything the graph says."""
    drawing = desk.window.graph.drawing
    return " ".join(
        run.text for shape in drawing.shapes if hasattr(shape, "runs") for run in shape.runs
    )


def test_the_result_is_on_neither_page_nor_graph_and_comes_with_the_answer(learner):
    assert "result" not in lines_of(learner.frame.page.page)
    assert "h1" not in learner.frame.moment.values
    assert "0.85" not in labels(learner)
    assert "0.85" not in learner.frame.page.page.announcement
    typed(learner, "0.85")
    assert "result" in lines_of(learner.frame.page.page)
    assert "0.85" in labels(learner)
    assert predicting(learner).record.score() == (1, 1, 1.0)


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_End])
def test_no_later_step_is_reached_before_the_answer(learner, key):
    learner.window.graph.setFocus()
    learner.press_and_settle(key)
    assert learner.frame.step_index == 0
    assert learner.stage.session.cursor == (0, 0)
    learner.wait(lambda: learner.program.furniture.notice.isVisible())


def test_neither_the_timeline_nor_a_weight_leads_past_the_question(learner):
    learner.window.timeline.scrubbed.emit(7)
    assert learner.frame.step_index == 0
    learner.program.furniture.commands.go_to_parameter("w1")
    assert learner.frame.step_index == 0
    learner.press(Qt.Key.Key_Space)
    learner.settle()
    assert learner.frame.step_index == 0


def test_what_is_wrong_is_explained_and_may_be_tried_again(open_desk):
    desk = open_desk()
    desk.settle()
    # How the error changes with w1.
    desk.stage.go_to_step(8)
    desk.settle()
    desk.press(Qt.Key.Key_P, CONTROL_SHIFT)
    desk.settle()
    right = value(desk)
    typed(desk, str(-right))
    panel = predicting(desk).panel
    desk.wait(lambda: "sign" in panel.reason.text())
    assert panel.field.isVisible()
    typed(desk, str(right))
    assert panel.verdict.text().startswith("✓")
    assert predicting(desk).record.entries[0].outcome == "later"


def test_close_is_said_of_what_is_nearly_right(learner):
    typed(learner, "0.87")
    assert predicting(learner).panel.verdict.text().startswith("≈")
    assert "h1" not in learner.frame.moment.values


def test_the_numbers_of_the_page_may_be_typed_as_they_stand_there(open_desk):
    desk = open_desk("mazur-2-2-2", "ru")
    desk.settle()
    # How the error changes with w5.
    desk.stage.go_to_step(10)
    desk.settle()
    desk.press(Qt.Key.Key_P, CONTROL_SHIFT)
    desk.settle()
    typed(desk, "(0,75137 - 0,01) * 0,75137 * (1 - 0,75137) * 0,59327")
    assert predicting(desk).panel.verdict.text().startswith("✓")


def test_what_is_no_number_counts_as_nothing(learner):
    typed(learner, "much")
    assert "not a number" in predicting(learner).panel.verdict.text()
    assert predicting(learner).record.entries[0].tries == ()


def test_a_whole_pass_by_keys_alone_ends_with_the_summary(learner, qtbot):
    steps = len(learner.frame.one_pass.steps)
    seen = []
    for _ in range(steps - 1):
        seen.append(learner.frame.step_index)
        typed(learner, repr(value(learner)))
        learner.press_and_settle(Qt.Key.Key_Return)
        learner.wait(lambda: predicting(learner).panel.field.isVisible())
    assert seen == list(range(steps - 1))
    typed(learner, repr(value(learner)))
    said = answered("Close")
    learner.press(Qt.Key.Key_Return)
    assert f"{steps} of {steps} right at once" in said[0]


def test_a_factor_can_be_picked_with_a_digit(open_desk):
    desk = open_desk()
    desk.settle()
    desk.stage.go_to_step(8)
    desk.settle()
    desk.press(Qt.Key.Key_M, CONTROL_SHIFT)
    desk.press(Qt.Key.Key_P, CONTROL_SHIFT)
    desk.settle()
    found = predicting(desk).missing
    assert found is not None
    assert all(badge.factor != found.factor for badge in desk.frame.page.page.badges)
    numbers = next(
        row
        for block in desk.frame.page.page.blocks
        if hasattr(block, "rows")
        for row in block.rows
        if row.role == "numbers"
    )
    assert "?" in numbers.text
    wrong = (found.right + 1) % 4
    desk.press(Qt.Key(Qt.Key.Key_1 + wrong))
    assert predicting(desk).panel.verdict.text().startswith("✗")
    turned, other = (found.explain(place) for place in _kinds(found))
    assert "sign" in str(turned)
    assert "already" in str(other)
    desk.press_and_settle(Qt.Key(Qt.Key.Key_1 + found.right))
    assert predicting(desk).panel.verdict.text().startswith("✓")
    assert "result" in lines_of(desk.frame.page.page)
    _, row = table(predicting(desk).record, "en", 5)
    assert row[1].endswith("Which factor is missing?")
    assert row[2] == found.choices[found.right]


def _kinds(found):
    """Return the places of the right number with its sign turned, and of another factor."""
    right = found.choices[found.right]
    turned = right.removeprefix("−") if right.startswith("−") else f"−{right}"
    other = next(text for text in found.choices if text in found.others)
    return found.choices.index(turned), found.choices.index(other)


def test_another_language_keeps_what_was_answered(learner):
    typed(learner, "0.5")
    learner.program.furniture.commands.set_language("ru")
    learner.settle()
    entry = predicting(learner).record.entries[0]
    assert [one.text for one in entry.tries] == ["0.5"]
    assert predicting(learner).panel.verdict.text() != ""
    assert "h1" not in learner.frame.moment.values
    typed(learner, "0,85")
    assert predicting(learner).record.score().settled == 1


def test_each_verdict_is_announced(learner, monkeypatch):
    spoken = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: spoken.append(event.message())
    )
    typed(learner, "7")
    typed(learner, "0.85")
    assert any(text.startswith("Not this number") for text in spoken)
    assert any(text.startswith("Right") for text in spoken)


def test_escape_gives_the_keyboard_back_and_the_switch_shows_everything(learner):
    learner.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is learner.window.graph
    learner.press(Qt.Key.Key_P, CONTROL_SHIFT)
    learner.settle()
    assert not predicting(learner).panel.isVisible()
    assert "result" in lines_of(learner.frame.page.page)


def test_the_answer_can_be_shown(learner):
    QTest.mouseClick(predicting(learner).panel.show_it, Qt.MouseButton.LeftButton)
    learner.settle()
    assert "0.85" in labels(learner)
    assert predicting(learner).record.entries[0].outcome == "shown"


def test_the_summary_is_saved_as_table_and_as_text(learner, tmp_path):
    typed(learner, "-0.85")
    typed(learner, "0.85")
    record = predicting(learner).record
    learner.wait(lambda: record.entries[0].tries[0].reason is not None)
    rows = list(csv.reader(io.StringIO(as_csv(record, "en", 5))))
    assert rows[1][0] == "1"
    assert rows[1][2] == "0.85"
    assert rows[1][4] == "right later"
    assert "sign" in as_text(record, "en", 5)
    dialog = SummaryDialog(record, learner.stage, learner.program.preferences, learner.window)
    assert dialog.findChild(QTableWidget).rowCount() == 1
    for name in ("s.csv", "s.txt"):
        dialog.write_to(tmp_path / name)
        assert shown(0.85, 5, "en") in (tmp_path / name).read_text("utf-8-sig")
    dialog.deleteLater()


def test_nothing_is_presented_meanwhile(learner):
    learner.window.graph.setFocus()
    learner.press(Qt.Key.Key_F5)
    assert learner.program.furniture.classroom.presentation is None


def test_another_lesson_begins_anew(learner):
    typed(learner, "0.85")
    learner.program.furniture.documents.open_example("logistic-neuron")
    learner.settle()
    learner.wait(lambda: learner.frame.page is not None)
    assert predicting(learner).record.score().settled == 0


def test_the_numbers_are_in_sight_where_the_page_is_too_high(open_desk):
    desk = open_desk("mazur-2-2-2", "ru")
    desk.window.resize(1280, 720)
    desk.settle()
    desk.stage.go_to_step(24)
    desk.settle()
    desk.press(Qt.Key.Key_P, CONTROL_SHIFT)
    desk.settle()
    bar = desk.window.derivation.verticalScrollBar()
    desk.wait(lambda: 0 < bar.maximum() == bar.value())
