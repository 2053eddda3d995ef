"""The pictures in the window: the pointer on a neuron, the tab that leaves, the lesson on bumps."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explainer.lesson.choice import Choice
from explainer.render.shapes import Circle
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset, together


@pytest.fixture
def training(open_desk):
    def opened(lesson):
        desk = open_desk(lesson)
        desk.settle()
        desk.program.furniture.actions["training"].trigger()
        desk.wait(lambda: desk.program.furniture.commands.training.conductor.moment is not None)
        return desk, desk.window.side.training

    return opened


def circle():
    return lesson_for(together(dataset("circle", 60, seed=2)), (4, 2), output=Choice("tanh"))


def place_of(graph, neuron):
    (shape,) = [
        each
        for each in graph.drawing.shapes
        if isinstance(each, Circle) and each.key == f"circle:{neuron}"
    ]
    return QPoint(*map(round, graph.camera.to_screen(shape.x, shape.y)))


def test_the_surface_of_a_neuron_is_shown_while_the_pointer_is_on_it(training):
    desk, panel = training(circle())
    graph, chart = desk.window.graph, panel.pictures.surface.surface
    assert chart.shown_neuron == "o1"
    QTest.mouseMove(graph.viewport(), place_of(graph, "h1_2"))
    assert chart.shown_neuron == "h1_2"
    # Its surface is asked for, and that of the output no longer.
    desk.wait(lambda: set(panel.conductor.moment.surfaces) == {"h1_2"})
    surface = panel.conductor.moment.surfaces["h1_2"]
    assert chart.value_at("h1_2", *(axis.low for axis in panel.conductor.moment.axes)) == surface[0, 0]  # fmt: skip
    QTest.mouseMove(graph.viewport(), QPoint(3, 3))
    assert chart.shown_neuron == "o1"
    desk.wait(lambda: set(panel.conductor.moment.surfaces) == {"o1"})


def test_only_what_is_seen_is_sent(training):
    desk, panel = training(circle())
    assert set(panel.conductor.moment.surfaces) == {"o1"}
    # What layers hold is counted where they are in front.
    assert not panel.conductor.moment.weights
    assert panel.conductor.moment.norms
    size = len(desk.frame.lesson.network.neurons), desk.window.graph._live._thumbnails.side**2
    desk.wait(lambda: panel.conductor.moment.heat.shape == size)
    panel.show_page("layers")
    desk.wait(lambda: bool(panel.conductor.moment.weights))
    assert not panel.conductor.moment.surfaces


def test_whoever_steps_keeps_the_step_while_pointing_at_neurons(training):
    desk, panel = training(circle())
    graph = desk.window.graph
    desk.press_and_settle(Qt.Key.Key_Right)
    assert not graph._live.heat.isVisible()
    QTest.mouseMove(graph.viewport(), place_of(graph, "h1_2"))
    desk.wait(lambda: set(panel.conductor.moment.surfaces) == {"h1_2"})
    assert not graph._live.heat.isVisible()


def test_the_graph_is_the_steps_own_again_when_the_tab_leaves(training):
    desk, _panel = training(circle())
    graph = desk.window.graph
    assert graph._live.heat.isVisible()
    assert graph._live.heat._images
    desk.program.furniture.actions["derivation"].trigger()
    assert not graph._live.heat.isVisible()
    assert any(each.key.startswith("weight:") for each in graph.drawing.shapes)
    desk.program.furniture.actions["training"].trigger()
    desk.wait(graph._live.heat.isVisible)


def test_an_epoch_changes_the_surface_and_every_heat_map(training):
    desk, panel = training(circle())
    thumbnails = desk.window.graph._live._thumbnails
    desk.wait(lambda: panel.conductor.moment.heat.shape[1] == thumbnails.side**2)
    before = thumbnails.pixels.copy()
    surface = panel.pictures.surface.surface._smooth.pixels.copy()
    desk.program.furniture.actions["train_epoch"].trigger()
    desk.wait(lambda: panel.conductor.moment.epoch == 1)
    assert (panel.pictures.surface.surface._smooth.pixels != surface).any()
    changed = [
        bool((now != then).any()) for now, then in zip(thumbnails.pixels, before, strict=True)
    ]
    # The inputs are what they are.
    assert changed == [False, False] + [True] * 7


def test_the_lesson_on_bumps_shows_its_fit(training):
    _, panel = training("bumps")
    curve = panel.pictures.surface.curve
    assert curve.isVisible()
    assert curve.value_at("o1", 1.5) == 1.125
    assert panel.pictures.norms.course.passes == [0]
