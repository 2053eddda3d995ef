"""The graph lives while a network trains, and is the step's own again afterwards."""

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from explainer.gui.canvas.picture import is_large
from explainer.gui.theme import themes
from explainer.lesson.choice import Choice
from explainer.maths.numbers import shown
from explainer.pages.page import Reference
from explainer.render.shapes import Label
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset
from explainer.training.looking import Looking
from explainer.training.trainer import Trainer
from tests.gui.training.live_graphs import circle, circles


def test_nothing_moves_and_no_number_of_a_step_is_left(live):
    desk, graph, _, looking = live
    desk.press_and_settle(Qt.Key.Key_Right)
    before, camera = graph.drawing, graph.camera
    graph.show_moment(looking.moment())
    assert circles(graph.drawing) == circles(before)
    assert graph.camera == camera
    kinds = {each.key.partition(":")[0] for each in graph.drawing.shapes}
    assert not kinds & {"value", "weight", "pill", "bias", "biastext", "badge", "target", "delta"}
    assert not any(getattr(each, "active", False) for each in graph.drawing.shapes)
    graph.show_moment(None)
    assert graph.drawing == before
    assert all(item.isVisible() for key, item in graph.shown.items.items())
    assert not graph._live.edges.isVisible()


def test_edges_are_as_wide_as_their_weights_and_dashed_where_negative(live):
    _, graph, trainer, looking = live
    trainer.run(20)
    moment = looking.moment()
    graph.show_moment(moment)
    widths = graph._live.edges.widths
    edges = trainer.lesson.network.edges
    weights = [moment.parameters[edge.weight] for edge in edges]
    assert len(widths) == len(edges)
    by_weight = dict(zip(graph._live._weights, widths, strict=True))
    for weight, edge in zip(weights, edges, strict=True):
        assert (by_weight[edge.weight] < 0) == (weight < 0)
    largest = max(edges, key=lambda edge: abs(moment.parameters[edge.weight]))
    assert abs(by_weight[largest.weight]) == max(map(abs, widths))
    ordered = sorted(edges, key=lambda edge: abs(moment.parameters[edge.weight]))
    sizes = [abs(by_weight[edge.weight]) for edge in ordered]
    assert sizes == sorted(sizes)


def test_every_neuron_shows_its_surface_inside_its_ring(live):
    _, graph, trainer, looking = live
    trainer.run(100)
    graph.show_moment(looking.moment())
    QApplication.processEvents()
    image = graph.grab().toImage()
    scale = graph.camera.scale
    for neuron, side in (("x1", 1), ("x1", -1)):
        x, y, radius = circles(graph.drawing)[f"circle:{neuron}"]
        place = graph.camera.to_screen(x + side * radius * 0.7, y)
        found = image.pixelColor(*map(round, place))
        assert (found.blue() > found.red()) == (side > 0)
    x, y, radius = circles(graph.drawing)["circle:x1"]
    outside = graph.camera.to_screen(x - radius * 0.8, y - radius * 0.8)
    assert image.pixelColor(*map(round, outside)) == graph.backgroundBrush().color()
    assert scale > 0.55
    names = [each for each in graph.drawing.shapes if isinstance(each, Label) and each.key.startswith("symbol:")]  # fmt: skip
    assert all(graph.shown.items[each.key].isVisible() for each in names)


@pytest.mark.parametrize("hidden", [(10, 11), (11, 10), (9, 12, 1), (8, 11, 3)])
def test_no_number_of_edges_makes_one_picture_of_it(open_desk, hidden):
    lesson = circle(hidden)
    desk = open_desk(lesson)
    desk.settle()
    desk.window.graph.show_moment(Looking(Trainer(lesson)).moment())
    assert not is_large(desk.window.graph.drawing)
    assert desk.window.graph._live.heat.isVisible()


def test_a_network_with_many_edges_lives_too(open_desk, monkeypatch):
    lesson = circle((14, 14))
    desk = open_desk(lesson)
    desk.settle()
    graph = desk.window.graph
    assert is_large(graph.drawing)
    before = graph.grab().toImage()
    trainer = Trainer(lesson)
    moment = Looking(trainer).moment()
    graph.show_moment(moment)
    assert not is_large(graph.drawing)
    QApplication.processEvents()
    image = graph.grab().toImage()
    x, y, radius = circles(graph.drawing)["circle:x1"]
    left, right = (
        image.pixelColor(*map(round, graph.camera.to_screen(x + side * radius * 0.7, y)))
        for side in (-1, 1)
    )
    assert left.red() > left.blue()
    assert right.blue() > right.red()
    edge = lesson.network.edges[100]
    said = []
    monkeypatch.setattr(graph._floating, "show", lambda shapes, *_, **__: said.extend(shapes))
    ends = [circles(graph.drawing)[f"circle:{name}"] for name in (edge.source, edge.target)]
    at = graph.camera.to_screen(*(sum(end[part] for end in ends) / 2 for part in (0, 1)))
    graph.point_at(QPointF(*at))
    assert graph.pointing.pointed.kind == "edge"
    assert any(isinstance(each, Label) for each in said)
    monkeypatch.undo()
    graph.point_at(None)
    graph.show_moment(None)
    assert is_large(graph.drawing)
    QApplication.processEvents()
    assert graph.grab().toImage() == before


def test_names_too_small_to_read_are_withdrawn(live):
    _, graph, _, looking = live
    graph.show_moment(looking.moment())
    for _ in range(8):
        graph.zoom_out()
    assert not graph.shown.items["symbol:x1"].isVisible()
    assert not graph.shown.items["ground:x1"].isVisible()
    graph.fit()
    assert graph.shown.items["symbol:x1"].isVisible()


def test_the_weight_of_an_edge_that_is_pointed_at_is_the_present_one(live, monkeypatch):
    _, graph, trainer, looking = live
    trainer.run(10)
    moment = looking.moment()
    graph.show_moment(moment)
    edge = trainer.lesson.network.edges[0]
    said = []
    monkeypatch.setattr(graph._floating, "show", lambda shapes, *_, **__: said.extend(shapes))
    graph.hovered.emit(Reference("edge", edge.source, edge.target))
    (label,) = [each for each in said if isinstance(each, Label)]
    text = "".join(run.text for run in label.runs)
    assert text.endswith(shown(moment.parameters[edge.weight], 3, "en"))


def test_other_views_show_the_step_and_nothing_is_edited_meanwhile(live):
    _, graph, _, looking = live
    editable = set(graph._editable)
    assert editable
    graph.show_moment(looking.moment())
    assert not graph._editable
    graph.show_view("matrices")
    assert not graph._live.heat.isVisible()
    graph.show_view("neurons")
    assert graph._live.heat.isVisible()
    graph.show_moment(None)
    assert set(graph._editable) == editable


def test_a_moment_of_another_lesson_shows_nothing_wrong(live):
    desk, graph, _, looking = live
    graph.show_moment(looking.moment())
    other = circle((3,))
    graph.show_moment(Looking(Trainer(other)).moment())
    assert desk.frame.lesson.network.neurons != other.network.neurons
    QApplication.processEvents()
    graph.grab()


def test_moments_with_too_many_inputs_leave_the_circles_empty(open_desk):
    data = dataset("circle", 30).training
    wide = replace(data, inputs=tuple((x, y, x * y) for x, y in data.inputs))
    lesson = lesson_for(wide, (3,), output=Choice("tanh"))
    desk = open_desk(lesson)
    desk.settle()
    moment = Looking(Trainer(lesson)).moment()
    desk.window.graph.show_moment(moment)
    assert desk.window.graph._live.heat._images == {}
    assert desk.window.graph._live.edges.widths


@pytest.mark.parametrize("theme", ["dark", "contrast", "light"])
def test_other_colours_are_taken_at_once(live, theme):
    _, graph, _, looking = live
    graph.show_moment(looking.moment())
    before = graph._live._thumbnails.pixels.copy()
    graph.set_theme(themes()[theme])
    assert theme == "light" or not np.array_equal(before, graph._live._thumbnails.pixels)
    ring = graph.shown.items["circle:x1"]
    assert ring.brush().style() == Qt.BrushStyle.NoBrush


def test_a_frame_repaints_without_a_new_layout(live):
    _, graph, trainer, looking = live
    graph.show_moment(looking.moment())
    drawing, items = graph.drawing, dict(graph.shown.items)
    for _ in range(5):
        trainer.step_epoch()
        graph.show_moment(looking.moment())
    assert graph.drawing is drawing
    assert graph.shown.items == items
