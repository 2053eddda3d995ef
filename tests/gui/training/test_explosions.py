"""Where numbers run away: training says so and offers the step that shows it."""

from dataclasses import replace as with_fields

import pytest
from msgspec.structs import replace

from explainer.gui.theme import themes
from explainer.gui.training.norm_chart import NormChart
from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Update
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset
from explainer.training.looking import Looking
from explainer.training.trainer import Trainer
from tests.gui.training.hands import View


def test_an_explosion_is_named_and_its_step_can_be_opened(open_desk):
    wild = replace(
        lesson_for(dataset("plane", 40).training, (3,)),
        update=Update(learning_rate=1e6, batch_size=10),
    )
    desk = open_desk(wild)
    desk.settle()
    view = View(desk)
    view.click(view.panel.controls.run)
    desk.wait(lambda: view.conductor.trouble is not None)
    notice = view.panel.foot.trouble
    assert notice.text().startswith("Training stopped in epoch")
    # Seen without scrolling, and so is what it offers.
    for part in (notice, view.panel.explain_fault):
        assert part.visibleRegion().boundingRect() == part.rect()
    assert not view.panel.controls.run.isEnabled()
    assert not view.panel.controls.steps["train_epoch"].isEnabled()
    assert view.panel.controls.data.isEnabled()
    assert not view.conductor.is_running
    assert not view.panel.explain.isVisible()
    view.panel.show_page("norms")
    assert not view.panel.explain.isVisible()
    phase, place = view.conductor.seen.at
    view.click(view.panel.explain_fault)
    desk.wait(lambda: desk.frame.lesson is not wild)
    desk.settle()
    step = desk.frame.one_pass.steps[desk.frame.step_index]
    assert (step.phase, step.subject) == (phase, place)


def test_of_a_number_that_is_infinite_the_update_before_is_offered(open_desk):
    lesson = lesson_for(
        dataset("circle", 40).training,
        (3,),
        activation=Choice("expression", expression="exp(z)"),
        update=Update(learning_rate=5.0, batch_size=5),
    )
    desk = open_desk(lesson)
    desk.settle()
    view = View(desk)
    view.click(view.panel.controls.run)
    desk.wait(lambda: view.conductor.trouble is not None)
    assert "∞" in view.panel.foot.trouble.text()
    assert view.panel.explain_fault.text() == "Explain the update before"
    before = view.conductor.moment.parameters
    view.click(view.panel.explain_fault)
    desk.wait(desk.window.side.derivation.isVisible)
    desk.settle()
    assert desk.frame.one_pass.steps[desk.frame.step_index].phase == "update"
    assert desk.frame.one_pass.parameters_after == pytest.approx(before, rel=1e-12)


def test_gradients_without_end_are_not_drawn(qtbot):
    lesson = lesson_for(dataset("circle", 20).training, (3,))
    looking = Looking(Trainer(lesson))
    chart = NormChart(themes()["light"])
    qtbot.addWidget(chart)
    chart.lesson_shown(lesson)
    moment = looking.moment()
    chart.keep(moment)
    for passes, norm in ((3, float("inf")), (4, float("nan"))):
        endless = with_fields(moment, passes=passes, norms=(norm, *moment.norms[1:]))
        chart.keep(endless)
        chart.show_moment(endless)
        chart.grab()
    assert chart.course.passes == [0]
