"""Anything a user may do, in any order: no exception, no Qt warning, nothing on the graph but the model, and no wrong number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from explainer.lesson.files import lesson_to_json
from explainer.maths.numbers import canvas_digits, shown
from explainer.pages.narrate import narrate
from explainer.render.shapes import Curve
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from explainer.worker.terms import in_terms
from tests.counts import count
from tests.gui.any_user import AnyUser
from tests.gui.conftest import narrated

CONTROL = Qt.KeyboardModifier.ControlModifier
LESSONS = ("lecture-2-2-1", "xor-2-2-1", "mazur-2-2-2", "circle-features", "softmax-classifier")
SEEDS = range(count(5, 20))


@pytest.mark.parametrize("seed", SEEDS)
def test_anything_in_any_order(open_desk, seed):
    desk = open_desk(LESSONS[seed % len(LESSONS)])
    desk.settle()
    start = lesson_to_json(desk.frame.lesson)
    user = AnyUser(desk, seed)
    for number in range(count(60, 200)):
        user.act()
        if number % 20 == 19:
            user.rest()
            assert_true(desk, user.done)
    user.rest()
    assert_true(desk, user.done)
    assert_all_is_undone_and_redone(desk, start)


def assert_all_is_undone_and_redone(desk, start) -> None:
    """Take every edit back and make all again, by keys."""
    desk.window.graph.setFocus()
    end, edits = lesson_to_json(desk.frame.lesson), 0
    while desk.frame.undo_name is not None:
        desk.press(Qt.Key.Key_Z, CONTROL)
        edits += 1
    assert lesson_to_json(desk.frame.lesson) == start
    assert not desk.window.isWindowModified()
    for _ in range(edits):
        desk.press(Qt.Key.Key_Y, CONTROL)
    assert lesson_to_json(desk.frame.lesson) == end
    desk.settle()
    assert_graph_is_of_lesson(desk.window.graph, desk.frame.lesson)


def assert_true(desk, done) -> None:
    """Compare what the window shows with its lesson and a trace made here and now; `done` is told where they differ."""
    frame = desk.frame
    assert_graph_is_of_lesson(desk.window.graph, frame.lesson)
    runs = trace(frame.lesson, frame.pass_index + 1)
    summary = runs[frame.pass_index].summary
    assert frame.one_pass == summary, done
    index = frame.step_index
    moment = starting_moment(frame.lesson) if index < 0 else moment_at(frame.lesson, summary, index)
    assert frame.moment == moment, done
    assert frame.page is not None, (done, frame.trouble)
    page = in_terms(narrate(runs, frame.pass_index, index, frame.language, frame.digits))
    assert narrated(frame.page.page) == page, done
    assert_numbers_are_of(desk.window.graph, frame, moment)


def assert_graph_is_of_lesson(graph, lesson) -> None:
    """Compare the circles and curves, the items on the scene, and the model, one to one."""
    found = graph.shown
    circles = {key.removeprefix("circle:") for key in found.shapes if key.startswith("circle:")}
    curves = [key for key in found.shapes if key.startswith("edge:")]
    network = lesson.network
    if lesson.expression is None:
        assert circles == {neuron.id for neuron in network.neurons}
        named = (
            f"edge:{edge.source}>{edge.target}" + (f" {edge.piece + 1}" if edge.piece else "")
            for edge in network.edges
        )
        assert sorted(curves) == sorted(named)
    assert found.items.keys() == found.shapes.keys()
    halos = {
        key for key, shape in found.shapes.items() if isinstance(shape, Curve) and shape.active
    }
    assert found.halos.keys() == halos


def assert_numbers_are_of(graph, frame, moment) -> None:
    """Compare what is written inside the neurons, and what can be typed over, with a moment."""
    digits = canvas_digits(frame.digits)
    for key, shape in graph.shown.shapes.items():
        kind, _, name = key.partition(":")
        text = "".join(run.text for run in getattr(shape, "runs", ()))
        if kind == "value" and "=" not in text:
            assert text == shown(moment.values[name], digits, frame.language), name
    for editable in graph._editable.values():
        if editable.reference.kind == "parameter":
            assert editable.value == moment.parameters[editable.reference.first]
