"""Edits of a large network in the window: seen at once, and soon exactly what the lesson draws."""

import random

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest

from explainer.gui.frame import Frame
from explainer.render.shapes import Drawing
from explainer.render.views import draw_view
from scripts.bench.networks import layered, sparse

DENSE = layered((4, 12, 12, 3), "tanh")
LARGE = layered((10, 24, 24, 4), "tanh")
THIN = sparse((8, 12, 14, 12, 4), "relu")


def whole(frame: Frame) -> Drawing:
    badges = frame.page.page.badges if frame.page is not None else ()
    return draw_view(
        "neurons",
        frame.lesson,
        frame.moment,
        frame.one_pass,
        digits=frame.digits,
        language=frame.language,
        badges=badges,
    )


def keys(drawing: Drawing) -> set[str]:
    return {shape.key for shape in drawing.shapes}


def come_to_rest(desk) -> None:
    desk.settle()
    desk.wait(lambda: desk.window.graph.is_settled)


@pytest.fixture(params=["dense", "large", "thin"])
def wide(request, open_desk):
    desk = open_desk({"dense": DENSE, "large": LARGE, "thin": THIN}[request.param])
    come_to_rest(desk)
    return desk


def test_every_edit_is_seen_in_the_next_frame_and_right_soon_after(wide):
    graph, session = wide.window.graph, wide.stage.session
    weight = session.lesson.network.edges[3].weight
    edits = [
        (session.add_neuron, 1),
        (session.add_neuron, 2, 0),
        (session.set_parameter, weight, 0.123),
        (session.undo,),
        (session.undo,),
        (session.redo,),
        (session.delete, (session.lesson.network.neurons[-1].id,)),
        (session.undo,),
    ]
    for intent, *arguments in edits:
        wide.stage.do(intent, *arguments)
        assert not graph.is_settled
        QCoreApplication.sendPostedEvents()
        assert {key for key in keys(graph.drawing) if key.startswith(("circle:", "edge:"))} == {
            key for key in keys(whole(wide.frame)) if key.startswith(("circle:", "edge:"))
        }
        come_to_rest(wide)
        assert graph.drawing == whole(wide.frame)


def test_edits_in_quick_succession_come_to_the_same(wide):
    chance = random.Random(4)
    graph, session = wide.window.graph, wide.stage.session
    for _ in range(12):
        chosen = chance.randrange(5)
        if chosen == 0:
            wide.stage.do(session.undo)
        elif chosen == 1:
            name = chance.choice(sorted(session.lesson.network.parameters))
            wide.stage.do(session.set_parameter, name, round(chance.uniform(-1, 1), 2))
        elif chosen == 2:
            hidden = [n.id for n in session.lesson.network.neurons if n.role == "hidden"]
            wide.stage.do(session.delete, (chance.choice(hidden),))
        else:
            wide.stage.do(session.add_neuron, chance.randrange(1, 3))
        if chance.random() < 0.3:
            QCoreApplication.processEvents()
    come_to_rest(wide)
    assert graph.drawing == whole(wide.frame)
    assert set(graph.shown.items) == set(graph.shown.shapes)


def test_a_click_right_after_an_edit_means_what_the_lesson_has(open_desk):
    desk = open_desk(DENSE)
    come_to_rest(desk)
    graph = desk.window.graph
    desk.stage.do(desk.stage.session.add_neuron, 1)
    assert not graph.is_settled
    QTest.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert keys(graph.drawing) == keys(whole(desk.frame))
    come_to_rest(desk)
    assert graph.drawing == whole(desk.frame)


def test_what_is_here_of_a_large_lesson_comes_right_after_the_frame(open_desk):
    desk = open_desk(LARGE)
    come_to_rest(desk)
    first = desk.frame.page
    assert first is not None
    desk.stage.do(desk.stage.session.add_neuron, 1)
    assert desk.frame.page is None
    come_to_rest(desk)
    desk.stage.do(desk.stage.session.undo)
    come_to_rest(desk)
    assert desk.frame.page is not None
    assert desk.frame.page.page == first.page


def test_hidden_or_another_view_needs_no_sketch(open_desk):
    desk = open_desk(LARGE)
    come_to_rest(desk)
    graph = desk.window.graph
    graph.show_view("matrices")
    desk.stage.do(desk.stage.session.add_neuron, 1)
    come_to_rest(desk)
    graph.show_view("neurons")
    assert graph.drawing == whole(desk.frame)
