"""The training view by keys and clicks, with the process that trains."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.lesson.edits import set_learning_rate
from explainer.lesson.lesson import Arithmetic
from explainer.lesson.shared_text import lesson_from_text
from explainer.training.trainer import Trainer
from tests.gui.training.hands import CTRL, LEFT, LESSON, View

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(open_desk):
    desk = open_desk(LESSON)
    desk.settle()
    return View(desk)


def test_it_runs_and_pauses_by_its_button_and_by_its_keys(view):
    assert view.epoch == 0
    view.click(view.panel.controls.run)
    view.desk.wait(lambda: view.epoch > 5)
    assert view.conductor.is_running
    view.desk.press(Qt.Key.Key_R, CTRL)
    view.desk.wait(lambda: not view.conductor.is_running)
    view.desk.wait(lambda: not view.conductor.seen.is_running)
    epoch = view.epoch
    QTest.qWait(150)
    assert view.epoch == epoch
    # Watching changes nothing of the lesson.
    assert view.desk.frame.lesson is LESSON
    assert not view.desk.frame.dirty


def test_epochs_and_batches_are_those_of_the_trainer(view):
    view.train(2)
    trainer = Trainer(LESSON)
    trainer.run(2)
    assert view.conductor.moment.parameters == trainer.parameters()
    view.click(view.panel.controls.steps["train_batch"])
    view.wait_for(2, 7)
    trainer.step_batch()
    assert view.conductor.moment.parameters == trainer.parameters()
    assert "1" in view.panel.controls.counter.accessibleName()
    view.desk.press(Qt.Key.Key_Left, CTRL | SHIFT)
    view.wait_for(2, 6)
    view.click(view.panel.controls.back)
    view.wait_for(1)


def test_the_update_that_is_explained_is_the_next_one_and_can_be_undone(view):
    view.train(2)
    view.click(view.panel.controls.steps["train_batch"])
    view.wait_for(2, 7)
    trainer = Trainer(LESSON)
    trainer.run(2)
    trainer.step_batch()
    before = trainer.parameters()
    view.click(view.panel.explain)
    desk = view.desk
    desk.wait(lambda: desk.frame.lesson is not LESSON)
    desk.settle()
    assert desk.window.side.derivation.isVisible()
    assert desk.frame.one_pass.parameters_before == before
    assert desk.frame.step_index == 0
    trainer.step_batch()
    after = desk.frame.one_pass.parameters_after
    assert after == pytest.approx(trainer.parameters(), rel=1e-12)
    # The training itself goes on from where it was.
    desk.press(Qt.Key.Key_4, CTRL)
    assert (view.epoch, view.conductor.moment.passes) == (2, 7)
    view.click(view.panel.controls.steps["train_epoch"])
    view.wait_for(3)
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert desk.frame.lesson == LESSON
    QTest.qWait(120)
    assert view.epoch == 3


def test_the_text_that_is_copied_holds_what_has_been_learnt(view):
    desk = view.desk
    view.train(2)
    view.click(view.panel.controls.run)
    desk.wait(lambda: view.epoch > 5)
    QGuiApplication.clipboard().clear()
    desk.press(Qt.Key.Key_C, CTRL | SHIFT)
    desk.wait(lambda: bool(QGuiApplication.clipboard().text()))
    # Whoever copies does not stop it.
    assert view.conductor.is_running
    view.click(view.panel.controls.run)
    shared = lesson_from_text(QGuiApplication.clipboard().text())
    trainer = Trainer(LESSON)
    while trainer.passes < shared.state.passes:
        trainer.step_batch()
    assert shared.state.passes > 5 * trainer.engine.per_epoch
    assert {
        name: shared.network.value(name) for name in trainer.parameters()
    } == trainer.parameters()
    assert desk.frame.lesson is LESSON
    # Of a step it is the step's own.
    desk.press(Qt.Key.Key_1, CTRL)
    desk.press(Qt.Key.Key_C, CTRL | SHIFT)
    assert lesson_from_text(QGuiApplication.clipboard().text()) == LESSON


def test_kept_weights_are_the_lesson_and_beginning_again_begins_with_them(view):
    view.train(3)
    kept = view.conductor.moment.parameters
    view.click(view.panel.keep)
    desk = view.desk
    desk.wait(lambda: desk.frame.dirty)
    network = desk.frame.lesson.network
    assert {name: network.value(name) for name in kept} == kept
    assert view.panel.isVisible()
    view.click(view.panel.controls.steps["train_epoch"])
    view.wait_for(4)
    desk.program.furniture.actions["train_again"].trigger()
    view.wait_for(3)
    assert view.conductor.moment.parameters == kept
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert desk.frame.lesson == LESSON
    assert view.epoch == 3
    desk.program.furniture.actions["train_again"].trigger()
    view.wait_for(0)


def test_a_click_in_the_chart_goes_to_its_epoch(view):
    view.train(12)
    view.panel.show_page("loss")
    QApplication.processEvents()
    chart = view.panel.losses.chart
    assert len(view.conductor.curve.points) == 13
    QTest.mouseClick(chart, LEFT, pos=QPoint(round(chart.place_of(5)), 60))
    view.wait_for(5)
    trainer = Trainer(LESSON)
    trainer.run(5)
    assert view.conductor.moment.parameters == trainer.parameters()
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    view.wait_for(6)
    QTest.keyClick(chart, Qt.Key.Key_End)
    view.wait_for(12)
    # Nothing that came later was forgotten, and the steps of the lesson stayed where they were.
    assert len(view.conductor.curve.points) == 13
    assert view.desk.frame.step_index == -1
    QTest.mouseMove(chart, QPoint(round(chart.place_of(3)), 50))
    assert "epoch 3" in view.panel.losses.note.text()


def test_switches_change_how_losses_are_drawn(view):
    view.train(3)
    view.panel.show_page("loss")
    QApplication.processEvents()
    page = view.panel.losses
    before = page.chart.grab().toImage()
    for switch in (page.logarithmic, page.smooth):
        QTest.mouseClick(switch, LEFT, pos=QPoint(8, switch.height() // 2))
        after = page.chart.grab().toImage()
        assert after != before
        before = after


def test_another_rate_goes_on_from_the_same_weights(view):
    view.train(3)
    weights = view.conductor.moment.parameters
    desk = view.desk
    desk.stage.do(desk.stage.session.set_learning_rate, 0.25)
    number = view.conductor._number
    desk.wait(lambda: view.conductor._number > number)
    desk.wait(lambda: view.conductor.seen.number == view.conductor._number)
    assert (view.epoch, view.conductor.moment.parameters) == (3, weights)
    view.click(view.panel.controls.steps["train_epoch"])
    view.wait_for(4)
    trainer = Trainer(LESSON)
    trainer.run(3)
    other = Trainer(set_learning_rate(LESSON, 0.25))
    other.engine.restore(trainer.engine.snapshot())
    other.step_epoch()
    assert view.conductor.moment.parameters == other.parameters()
    # The losses of before are still there, though only what follows can be visited.
    assert view.conductor.curve.points[0].epoch == 0
    assert view.conductor.epochs == (3, 4)


def test_another_lesson_begins_at_its_own_start(view):
    view.train(2)
    session = view.desk.stage.session
    view.desk.stage.do(session.set_parameter, "w1", 0.75)
    view.desk.wait(lambda: view.conductor.moment.parameters["w1"] == 0.75)
    assert view.epoch == 0
    assert len(view.conductor.curve.points) == 1


def test_new_weights_are_an_undo_step(view):
    view.train(1)
    view.desk.program.furniture.actions["train_new"].trigger()
    view.wait_for(0)
    assert view.desk.frame.lesson.seed == LESSON.seed + 1
    assert view.conductor.moment.parameters["w1"] != LESSON.network.value("w1")
    view.desk.press(Qt.Key.Key_Z, CTRL)
    assert view.desk.frame.lesson == LESSON


@pytest.mark.parametrize(
    "lesson", [replace(LESSON, arithmetic=Arithmetic("rounded", decimals=3)), "graph-sin"]
)
def test_what_cannot_be_trained_says_why(open_desk, lesson):
    desk = open_desk(lesson)
    desk.settle()
    view = View(desk)
    assert view.panel.fault.isVisible()
    assert view.panel.fault.text() == view.conductor.fault
    assert not view.panel.controls.steps["train_epoch"].isEnabled()
    # Nothing is shown that could not show anything.
    for part in (view.panel.explain, view.panel.keep, view.panel.switch, view.panel.pictures):
        assert not part.isVisible()
    desk.press(Qt.Key.Key_R, CTRL)
    assert not view.conductor.is_running


@pytest.mark.parametrize(
    ("lesson", "words"),
    [
        (replace(LESSON, arithmetic=Arithmetic("rounded", decimals=3)), "Compute exactly"),
        (replace(LESSON, update=replace(LESSON.update, order="in_place")), "Update simultaneously"),
    ],
)
def test_what_cannot_be_trained_can_be_made_so_in_one_step(open_desk, lesson, words):
    desk = open_desk(lesson)
    desk.settle()
    view = View(desk)
    assert view.panel.remedy.text() == words
    view.click(view.panel.remedy)
    desk.wait(lambda: view.conductor.moment is not None)
    assert desk.frame.lesson == LESSON
    assert view.panel.pictures.isVisible()
    assert not view.panel.remedy.isVisible()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert desk.frame.lesson == lesson
    assert view.panel.remedy.isVisible()


def test_the_process_may_die_and_training_begins_again(view):
    view.train(1)
    view.conductor._client._process.kill()
    view.desk.wait(lambda: view.conductor.fault is not None)
    assert "ended unexpectedly" in view.panel.fault.text()
    view.desk.program.furniture.actions["train_again"].trigger()
    view.wait_for(0)
    assert view.conductor.fault is None


def test_training_goes_on_behind_another_tab_and_is_seen_on_return(view):
    view.click(view.panel.controls.run)
    view.desk.wait(lambda: view.epoch > 2)
    view.desk.press(Qt.Key.Key_1, CTRL)
    epoch = view.epoch
    QTest.qWait(100)
    assert view.epoch == epoch
    view.desk.press(Qt.Key.Key_4, CTRL)
    view.desk.wait(lambda: view.epoch > epoch)
    view.click(view.panel.controls.run)


def test_the_process_ends_with_its_window(view):
    process = view.conductor._client._process
    view.desk.stage.stop()
    assert process.poll() is not None


def test_it_speaks_the_language_of_the_window(view):
    view.desk.stage.set_language("ru")
    QApplication.processEvents()
    assert view.panel.isVisible()
    view.desk.stage.set_language("en")
    assert view.panel.explain.text() == "Explain this step"
