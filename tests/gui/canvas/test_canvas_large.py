import random

import pytest
from PySide6.QtCore import QPointF

from explainer.gui.canvas.scene import SceneItems
from explainer.pages.page import Reference
from explainer.render.shapes import Circle, Curve, Drawing, Points, Shape


def straight(x0: float, y0: float, x3: float, y3: float) -> Points:
    x, y = (x3 - x0) / 3, (y3 - y0) / 3
    return (x0, y0, x0 + x, y0 + y, x3 - x, y3 - y, x3, y3)


def large_drawing(tone: str = "quiet") -> Drawing:
    """Return 300 neurons and 6000 edges."""
    chance = random.Random(5)
    places = [(60.0 + 180 * (n // 50), 40.0 + 90 * (n % 50)) for n in range(300)]
    shapes: list[Shape] = []
    while len(shapes) < 6000:
        first = chance.randrange(250)
        second = chance.randrange(50 * (first // 50 + 1), min(300, 50 * (first // 50 + 2)))
        points = straight(*places[first], *places[second])
        reference = Reference("edge", f"n{first}", f"n{second}")
        shapes.append(Curve(f"edge:{len(shapes)}", points, 1.5, tone, reference=reference))  # type: ignore[arg-type]
    for number, (x, y) in enumerate(places):
        shapes.append(
            Circle(f"c{number}", x, y, 39, "quiet", reference=Reference("neuron", f"n{number}"))
        )
    return Drawing(1020, 4540, tuple(shapes))


@pytest.fixture
def paintings(monkeypatch):
    """Count how often the drawing itself is painted."""
    counted = []
    painted = SceneItems.paint

    def paint(items, painter):
        counted.append(1)
        painted(items, painter)

    monkeypatch.setattr(SceneItems, "paint", paint)
    return counted


def test_a_gesture_shows_the_picture_and_sharpens_afterwards(canvas, paintings, qtbot):
    canvas.show_drawing(large_drawing())
    canvas.viewport().repaint()
    once = len(paintings)
    assert once == 1
    for _ in range(10):
        canvas.zoom_at(1.1, QPointF(400, 300))
        canvas.pan_by(5, 3)
        canvas.viewport().repaint()
    assert len(paintings) == once
    blurred = canvas.grab().toImage()
    qtbot.waitUntil(lambda: len(paintings) == once + 1, timeout=2000)
    assert canvas.grab().toImage() != blurred


def test_pointing_does_not_paint_the_edges_anew(canvas, paintings):
    canvas.show_drawing(large_drawing())
    canvas.viewport().repaint()
    before = canvas.grab().toImage()
    canvas.highlight(Reference("neuron", "n7"))
    canvas.viewport().repaint()
    assert canvas.grab().toImage() != before
    canvas.highlight(None)
    assert canvas.grab().toImage() == before
    assert len(paintings) == 1


def test_a_changed_drawing_or_size_is_painted_anew(canvas, paintings):
    canvas.show_drawing(large_drawing())
    canvas.viewport().repaint()
    canvas.show_drawing(large_drawing("backward"))
    canvas.viewport().repaint()
    assert len(paintings) == 2
    canvas.resize(700, 500)
    canvas.viewport().repaint()
    assert len(paintings) == 3


def test_a_small_drawing_after_a_large_one_is_painted_as_usual(hand, canvas, paintings):
    small = canvas.drawing
    expected = canvas.grab().toImage()
    canvas.show_drawing(large_drawing())
    canvas.grab()
    canvas.show_drawing(small)
    painted = len(paintings)
    assert canvas.grab().toImage() == expected
    assert len(paintings) == painted
