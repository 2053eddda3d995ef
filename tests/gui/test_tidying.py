"""Tidying up in the window: one undo step, the step kept, the neurons glide to their new places."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyle

from explainer.gui.canvas.motion import DURATION
from explainer.lesson.lesson import Neuron
from explainer.render.drawing.between import between
from tests.render.networks import lesson

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def crossed():
    neurons = [
        Neuron("a", "input"),
        Neuron("b", "input"),
        Neuron("h1", "hidden"),
        Neuron("h2", "hidden"),
        Neuron("y", "output"),
        Neuron("z", "output"),
    ]
    return lesson(neurons, [("a", "h2"), ("b", "h1"), ("h2", "y"), ("h1", "z")])


def height(desk, key):
    return next(shape.y for shape in desk.window.graph.drawing.shapes if shape.key == key)


@pytest.fixture
def tidy_desk(open_desk):
    desk = open_desk(crossed())
    desk.settle()
    desk.press_and_settle(Qt.Key.Key_Right)
    return desk


def test_neurons_glide_to_their_new_places_and_undo_brings_them_back(tidy_desk):
    desk, graph = tidy_desk, tidy_desk.window.graph
    before = height(desk, "circle:h1")
    subject = desk.frame.moment.step.subject
    desk.press(Qt.Key.Key_T, CTRL_SHIFT)
    assert graph._motion is not None
    assert graph._motion.is_running
    assert height(desk, "circle:h1") == before
    desk.wait(lambda: not graph._motion.is_running)
    after = height(desk, "circle:h1")
    assert after != before
    desk.settle()
    assert desk.frame.moment.step.subject == subject
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: not graph._motion.is_running)
    assert height(desk, "circle:h1") == before
    assert DURATION < 200


def test_a_step_never_glides_and_ends_a_movement(tidy_desk):
    desk, graph = tidy_desk, tidy_desk.window.graph
    desk.press_and_settle(Qt.Key.Key_Right)
    assert graph._motion is None
    desk.press(Qt.Key.Key_T, CTRL_SHIFT)
    desk.settle()
    desk.press(Qt.Key.Key_Right)
    assert not graph._motion.is_running


def test_nothing_glides_where_the_user_or_the_system_does_not_want_it(tidy_desk, monkeypatch):
    desk, graph = tidy_desk, tidy_desk.window.graph
    before = height(desk, "circle:h1")
    graph.moves = False
    desk.press(Qt.Key.Key_T, CTRL_SHIFT)
    assert graph._motion is None
    assert height(desk, "circle:h1") != before
    graph.moves = True
    monkeypatch.setattr("explainer.gui.canvas.motion.system_moves", lambda: False)
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert graph._motion is None
    assert height(desk, "circle:h1") == before


def test_the_system_is_asked(qapp, monkeypatch):
    from explainer.gui.canvas import motion

    assert motion.system_moves()
    style = qapp.style()
    asked = []

    def hint(which, *_):
        asked.append(which)
        return 0

    monkeypatch.setattr(motion.QApplication, "style", lambda: type("S", (), {"styleHint": hint}))
    assert not motion.system_moves()
    assert asked == [QStyle.StyleHint.SH_Widget_Animation_Duration]
    assert style is not None


def test_where_no_order_is_better_that_is_said(desk):
    told = []
    desk.stage.told.connect(told.append)
    desk.press(Qt.Key.Key_T, CTRL_SHIFT)
    assert told == ["No order of the hidden neurons with fewer crossings was found."]
    assert desk.frame.undo_name is None


def test_a_drawing_on_its_way_ends_where_it_should(tidy_desk):
    old = tidy_desk.window.graph.drawing
    tidy_desk.press(Qt.Key.Key_T, CTRL_SHIFT)
    graph = tidy_desk.window.graph
    tidy_desk.wait(lambda: not graph._motion.is_running)
    new = graph.drawing
    assert between(old, new, 1.0) is new
    half = {shape.key: shape for shape in between(old, new, 0.5).shapes}
    one, other = ({s.key: s for s in d.shapes} for d in (old, new))
    middle = (one["circle:h1"].y + other["circle:h1"].y) / 2
    assert half["circle:h1"].y == pytest.approx(middle)
    assert set(half) == set(other)
