"""While a network trains, the box of the error holds the loss of the training, and the timeline its epoch."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.training.numerals import loss_text
from explainer.lesson.examples import example
from explainer.training.looking import Looking
from explainer.training.trainer import Trainer
from scripts.looking.scene import scene_faults
from tests.gui.training.hands import LESSON, View

ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def view(open_desk):
    desk = open_desk(LESSON)
    desk.settle()
    return View(desk)


def number_in_the_box(graph):
    return graph._live.error


def status(desk) -> str:
    return str(desk.window.timeline.status.accessibleName())


def test_the_box_holds_the_loss_of_the_epoch_that_is_shown(view):
    graph, trainer = view.desk.window.graph, Trainer(LESSON)
    for epoch in (0, 3):
        if epoch:
            view.train(epoch)
            trainer.run(epoch)
        QTest.qWait(150)
        loss = trainer.losses().training
        assert number_in_the_box(graph).text == loss_text(loss, "en")
        assert number_in_the_box(graph).item.isVisible()
        view.panel.show_page("loss")
        assert view.conductor.moment.training_loss == pytest.approx(loss, rel=1e-12)
    letters = [each for each in graph.drawing.shapes if each.key.startswith("error:")]
    assert [each.key for each in letters] == ["error:symbol"]
    view.desk.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    view.desk.settle()
    assert not number_in_the_box(graph).item.isVisible()


@pytest.mark.parametrize("loss", [8.92e-7, 12345678.0, 0.1, float("inf")])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_any_number_fits_into_the_box(open_desk, loss, language):
    from dataclasses import replace

    lesson = example("mazur-2-2-2")
    desk = open_desk(lesson, language)
    desk.settle()
    desk.stage.go_to_step(len(desk.frame.one_pass.steps) - 1)
    desk.settle()
    graph = desk.window.graph
    moment = replace(Looking(Trainer(lesson)).moment(), training_loss=loss)
    graph.show_moment(moment)
    QTest.qWait(120)
    number = number_in_the_box(graph)
    assert number.text == loss_text(loss, language)
    item = number.item
    ink = QRectF()
    for origin, glyphs in item.pieces:
        ink = ink.united(glyphs.boundingRect().translated(origin + item.pos()))
    name = graph.shown.items["error:symbol"]
    assert number.place.adjusted(3, 3, -3, -3).contains(ink)
    assert not name.mapRectToScene(name.boundingRect().adjusted(0, 6, 0, -6)).intersects(ink)
    assert scene_faults(graph) == []


def test_another_number_leaves_the_pictures_as_they_are(view):
    graph, trainer = view.desk.window.graph, Trainer(LESSON)
    looking = Looking(trainer)
    trainer.run(300)
    view.conductor.look_away()
    numbers, quick = set(), 0
    for _ in range(14):
        trainer.step_epoch()
        graph.show_moment(looking.moment())
        QTest.qWait(45)
        numbers.add(number_in_the_box(graph).text)
        quick += graph._live._layers._cells is not None
    assert len(numbers) > 2
    assert quick > 5


def test_the_timeline_tells_the_epoch_while_the_graph_shows_the_training(view):
    desk = view.desk
    assert status(desk).startswith("training · epoch 0,")
    view.train(2)
    desk.wait(lambda: status(desk).startswith("training · epoch 2,"))
    # Other views show the step all along, and so does the timeline.
    desk.press(Qt.Key.Key_3, ALT)
    assert status(desk).startswith("epoch 1 · sample")
    desk.press(Qt.Key.Key_1, ALT)
    assert status(desk).startswith("training · epoch 2,")
    desk.stage.set_language("ru")
    assert "η = 0,1" in status(desk)
    desk.stage.set_language("en")
    # Whoever steps looks at the step.
    desk.press_and_settle(Qt.Key.Key_Right)
    assert status(desk).startswith("epoch 1 · sample 1 of")


def test_the_timeline_is_not_laid_out_anew_at_every_epoch(view):
    from dataclasses import replace

    timeline, moment = view.desk.window.timeline, view.conductor.moment
    view.conductor.look_away()
    before = timeline.track.geometry()
    for epoch in (9, 99, 999, 9999):
        timeline.show_moment(replace(moment, epoch=epoch))
        QTest.qWait(110)
        QApplication.processEvents()
        assert timeline.track.geometry() == before
