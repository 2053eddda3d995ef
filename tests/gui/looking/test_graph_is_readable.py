"""Every word of a graph can be read where the window shows it: in its pill, clear of the others, inside the view."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication, QGraphicsEllipseItem, QGraphicsPathItem

from explainer.gui.canvas.camera import Camera
from explainer.gui.canvas.hits import active_area
from explainer.lesson.examples import example_names
from explainer.render.views import VIEWS
from scripts.looking.faults import faults_of
from scripts.looking.scene import scene_faults
from tests.counts import MODE, count

SIZES = ((1280, 720), (1440, 900), (1920, 1080))
# Plain, with several paths, with a group, with what neurons do besides summing, deep, a formula of matrices.
SAMPLE = (
    "lecture-2-2-1",
    "mazur-2-2-2",
    "softmax-classifier",
    "dropout",
    "exploding-gradient",
    "matrix-product",
)
LESSONS = example_names() if MODE == "long" else SAMPLE


@pytest.mark.parametrize("name", LESSONS)
def test_every_word_of_a_graph_can_be_read(open_desk, name):
    desk = open_desk(name)
    desk.settle()
    graph, steps = desk.window.graph, desk.frame.one_pass.steps
    graph.moves = False
    # From forward to update; at what a weight is asked for the graph wears badges.
    asked = [step.index for step in steps if step.kind.startswith("gradient")]
    picks = {0, asked[len(asked) // 2], len(steps) - 1, *range(0, len(steps), count(1000, 5))}
    faults = {}
    with_badges = 0
    for language, size in product(("en", "ru"), SIZES):
        desk.stage.set_language(language)
        desk.window.resize(*size)
        for step in sorted(picks):
            desk.stage.go_to_step(step)
            desk.settle()
            for view in VIEWS:
                graph.show_view(view)
                with_badges += any(key.startswith("badge:") for key in graph.shown.shapes)
                for fault in scene_faults(graph):
                    faults.setdefault(fault, (language, size, step, view))
    assert faults == {}
    assert with_badges or name not in SAMPLE


@pytest.fixture
def worn(open_desk):
    """The lecture example at a step with badges."""
    desk = open_desk("lecture-2-2-1")
    desk.settle()
    desk.stage.go_to_step(8)
    desk.settle()
    assert faults_of(desk.window) == []
    return desk


def texts(desk, kind) -> set[str]:
    return {fault.text for fault in faults_of(desk.window) if fault.kind == kind}


@pytest.mark.parametrize(
    ("key", "text"), [("pill:i1>h1", "w1 0.11"), ("badge:0", "−0.809"), ("error", "0.327")]
)
@pytest.mark.parametrize("across", [True, False])
def test_a_word_whose_box_is_shrunk_is_found(worn, key, text, across):
    item = worn.window.graph.shown.items[key]
    assert isinstance(item, QGraphicsPathItem)
    box = item.path().boundingRect()
    wide, high = (0.35, 1.0) if across else (1.0, 0.2)
    small = QRectF(0, 0, box.width() * wide, box.height() * high)
    small.moveCenter(box.center())
    path = QPainterPath()
    path.addRect(small)
    item.setPath(path)
    assert text in texts(worn, "cut")


def test_a_value_whose_circle_is_shrunk_is_found(worn):
    item = worn.window.graph.shown.items["circle:h1"]
    assert isinstance(item, QGraphicsEllipseItem)
    item.setRect(item.rect().adjusted(22, 22, -22, -22))
    assert texts(worn, "cut") >= {"0.85"}


def test_words_upon_each_other_under_a_circle_and_struck_through_are_found(worn):
    items = worn.window.graph.shown.items
    target, value, header = items["target:o1"], items["weight:i1>h1"], items["header:0"]
    target.setPos(value.pos())
    assert texts(worn, "covered") & {"target y = 1", "w1 0.11"}
    circle = items["circle:h2"]
    target.setPos(circle.rect().center() - QPointF(20, 0))
    circle.setZValue(1000)
    assert "target y = 1" in texts(worn, "covered")
    line = items["edge:i1>h2"]
    middle = line.path().pointAtPercent(0.3)
    header.setPos(middle - QPointF(header.boundingRect().width() / 2, -4))
    assert texts(worn, "struck through")


def test_what_leaves_the_view_is_found_unless_the_user_has_moved_it(worn):
    graph = worn.window.graph
    graph.shown.items["circle:i1"].moveBy(-400, 0)
    assert texts(worn, "outside") == {"circle:i1"}
    graph.pan_by(5, 0)
    assert texts(worn, "outside") == set()


def test_a_graph_under_the_table_is_not_looked_at(worn):
    worn.window.graph.shown.items["circle:i1"].moveBy(-400, 0)
    worn.program.furniture.actions["view_table"].trigger()
    QApplication.processEvents()
    assert faults_of(worn.window) == []


@pytest.mark.parametrize("size", [(640, 400), (1280, 720)])
def test_a_strip_over_the_graph_covers_no_word_and_gives_the_room_back(worn, size):
    worn.window.resize(*size)
    graph = worn.window.graph
    QApplication.processEvents()
    before = graph.camera
    worn.program.furniture.actions["blanks"].trigger()
    QApplication.processEvents()
    strip = worn.program.furniture.commands.worksheets.blanking.strip
    assert strip.isVisible()
    worn.wait(lambda: scene_faults(graph) == [])
    left, top, *_ = active_area(graph.drawing)
    corner = strip.geometry().topLeft()
    graph.look(Camera(1.0, corner.x() - left, corner.y() - top))
    assert ("covered", "a strip") in {(fault.kind, fault.by) for fault in scene_faults(graph)}
    strip.end.click()
    assert graph.camera == before
