"""What is painted from pictures while a network trains is what the scene would paint."""

from dataclasses import replace as with_fields

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from explainer.gui.theme import themes
from explainer.gui.training.live_edges import styles_of
from tests.gui.training.live_graphs import circles


def seen(graph):
    """Return what is on the screen of the graph, not painted for the asking."""
    corner = graph.viewport().mapTo(graph.window(), QPoint(0, 0))
    whole = graph.screen().grabWindow(graph.window().winId()).toImage()
    return whole.copy(QRect(corner, graph.viewport().size())).convertToFormat(
        QImage.Format.Format_RGB32
    )


def paint_moments(graph, trainer, looking, count):
    """Show moments one after the other; return how many of them were painted from the pictures."""
    quick = 0
    for _ in range(count):
        trainer.step_epoch()
        graph.show_moment(looking.moment())
        QTest.qWait(40)
        quick += graph._live._layers._cells is not None
    return quick


@pytest.mark.parametrize("zooms", [0, 3])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_painted_from_pictures_is_what_the_scene_paints(live, theme, zooms):
    _, graph, trainer, looking = live
    # Widths of edges change seldom by now.
    trainer.run(400)
    graph.set_theme(themes()[theme])
    graph.show_moment(looking.moment())
    for _ in range(zooms):
        graph.zoom_in()
    assert paint_moments(graph, trainer, looking, 12) > 3
    # The number in the box of the error follows later.
    QTest.qWait(150)
    assert graph._live._layers._cells is not None
    image = seen(graph)
    graph.viewport().update()
    QTest.qWait(20)
    assert graph._live._layers._cells is None
    # Two colours one over the other are rounded once more than one after the other.
    assert differ(image, seen(graph)) <= 3


def test_other_edges_are_painted_from_pictures_too_and_look_the_same(live):
    _, graph, trainer, looking = live
    trainer.run(400)
    moment = looking.moment()
    graph.show_moment(moment)
    assert paint_moments(graph, trainer, looking, 8) > 3
    before = seen(graph)
    # Every weight changes its sign: every edge looks otherwise.
    turned = {name: -value for name, value in looking.moment().parameters.items()}
    graph.show_moment(with_fields(looking.moment(), parameters=turned))
    QTest.qWait(150)
    assert graph._live._layers._cells is not None
    image = seen(graph)
    assert differ(before, image) > 20
    graph.viewport().update()
    QTest.qWait(20)
    assert graph._live._layers._cells is None
    assert differ(image, seen(graph)) <= 3


def differ(one, other):
    """Return the largest difference of two images in one pixel's colours."""
    shape = (one.height(), one.width(), 4)
    colours = [np.frombuffer(each.constBits(), np.uint8).reshape(shape) for each in (one, other)]
    return int(abs(colours[0][..., :3].astype(int) - colours[1][..., :3]).max())


def test_what_is_pointed_at_glows_at_once_and_no_longer_afterwards(live):
    _, graph, trainer, looking = live
    trainer.run(400)
    graph.show_moment(looking.moment())
    assert paint_moments(graph, trainer, looking, 8)
    QTest.qWait(100)
    before = seen(graph)
    x, y, _ = circles(graph.drawing)["circle:x1"]
    graph.point_at(QPointF(*graph.camera.to_screen(x, y)))
    QTest.qWait(20)
    assert differ(seen(graph), before) > 20
    graph.point_at(None)
    QTest.qWait(20)
    assert differ(seen(graph), before) <= 3


def test_edges_are_those_of_the_last_moment_also_when_moments_come_fast(live):
    _, graph, trainer, looking = live
    for _ in range(30):
        trainer.step_epoch()
        graph.show_moment(looking.moment())
    QTest.qWait(100)
    widths = graph._live.edges.widths
    weights = np.array([looking.moment().parameters[name] for name in graph._live._weights])
    assert widths == (styles_of(weights) * 0.5).tolist()
