"""Sketches on the canvas: only what an edit changed is painted, and it looks as if everything had been."""

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explainer.gui.canvas.picture import is_large
from explainer.gui.canvas.view import GraphCanvas
from explainer.lesson import structure
from explainer.lesson.edits import set_parameter
from explainer.render.diagram import draw
from explainer.render.drawing.changes import LessonAtMoment
from explainer.render.drawing.sketch import sketch
from explainer.trace.moment import starting_moment
from scripts.bench.networks import layered

LESSON = layered((9, 30, 20, 4), "tanh")


def drawn(lesson):
    return draw(lesson, starting_moment(lesson), digits=5, language="en")


def sketched(before, after, shown=None):
    moments = [LessonAtMoment(each, starting_moment(each)) for each in (before, after)]
    return sketch(shown or drawn(before), *moments, digits=5, language="en")


def picture(canvas) -> np.ndarray:
    """Return what is seen, as numbers of shape (height, width, 4)."""
    image = canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    seen = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return seen.astype(int)


def unlike(one: np.ndarray, other: np.ndarray) -> int:
    """Return how many pixels of two pictures differ so that it could be seen."""
    assert one.shape == other.shape
    return int((abs(one - other).max(axis=2) > 6).sum())


@pytest.fixture
def painted(monkeypatch):
    """Count how often the whole drawing is painted."""
    from explainer.gui.canvas.picture import Pictures

    counted = []
    taken = Pictures._taken

    def take(*arguments):
        counted.append(1)
        return taken(*arguments)

    monkeypatch.setattr(Pictures, "_taken", take)
    return counted


@pytest.fixture
def other(canvas, qtbot) -> GraphCanvas:
    found = GraphCanvas()
    qtbot.addWidget(found)
    found.resize(canvas.size())
    found.show()
    return found


def test_what_is_new_is_seen_without_painting_everything(canvas, painted):
    canvas.show_drawing(drawn(LESSON))
    assert is_large(canvas.drawing)
    canvas.viewport().repaint()
    before = len(painted)
    after, name = structure.add_neuron(LESSON, 1)
    canvas.show_sketch(sketched(LESSON, after))
    shown = picture(canvas)
    assert len(painted) == before
    assert not canvas.is_sharp
    circle = canvas.shown.shapes[f"circle:{name}"]
    left, top = canvas.camera.to_screen(circle.x - circle.radius, circle.y - circle.radius)
    ratio = canvas.viewport().devicePixelRatio()
    left, top, size = (
        ratio * each for each in (left, top, 2 * circle.radius * canvas.camera.scale)
    )
    seen = shown[round(top) : round(top + size), round(left) : round(left + size)]
    assert seen.size
    # A ring, not ground alone.
    assert seen[..., :3].min() < seen[..., :3].max() - 30
    canvas.show_drawing(drawn(after))
    canvas.viewport().repaint()
    assert canvas.is_sharp
    assert len(painted) == before + 1


@pytest.mark.parametrize("edit", ["undo", "weight"])
def test_what_is_mended_looks_like_what_is_painted_whole(canvas, other, painted, edit):
    larger, _ = structure.add_neuron(LESSON, 1)
    weight = larger.network.edges[40].weight
    after = LESSON if edit == "undo" else set_parameter(larger, weight, -0.9)
    canvas.show_drawing(drawn(larger))
    canvas.viewport().repaint()
    before, shown = len(painted), picture(canvas)
    found = sketched(larger, after)
    canvas.show_sketch(found)
    mended = picture(canvas)
    assert len(painted) == before
    other.show_drawing(found)
    assert other.camera == canvas.camera
    assert unlike(mended, picture(other)) == 0
    assert unlike(mended, shown) > 0


def test_a_small_change_of_a_large_drawing_is_mended_too(canvas, other, painted):
    canvas.show_drawing(drawn(LESSON))
    canvas.viewport().repaint()
    before = len(painted)
    after = set_parameter(LESSON, LESSON.network.edges[7].weight, 0.05)
    canvas.show_drawing(drawn(after))
    mended = picture(canvas)
    assert len(painted) == before
    other.show_drawing(drawn(after))
    assert unlike(mended, picture(other)) == 0


def test_sketch_upon_sketch_and_back(canvas, other):
    lesson, shown = LESSON, drawn(LESSON)
    canvas.show_drawing(shown)
    canvas.viewport().repaint()
    lessons = [lesson]
    for column in (1, 2, 1):
        after, _ = structure.add_neuron(lesson, column)
        shown = sketched(lesson, after, shown)
        canvas.show_sketch(shown)
        lesson = after
        lessons.append(lesson)
    for earlier in reversed(lessons[:-1]):
        shown = sketched(lesson, earlier, shown)
        canvas.show_sketch(shown)
        canvas.viewport().repaint()
        lesson = earlier
    assert {shape.key for shape in shown.shapes} == {shape.key for shape in drawn(LESSON).shapes}
    canvas.show_drawing(drawn(LESSON))
    other.show_drawing(drawn(LESSON))
    assert canvas.camera == other.camera
    assert unlike(picture(canvas), picture(other)) == 0
