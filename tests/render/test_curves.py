"""Plots: files that can be read, numbers that are complete, pixels that tell where their axes lie."""

import math
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from explainer.gui.lab.drawing import FILE_SIZE, Drawer, Scene, file_of, plot_of
from explainer.lesson.choice import Choice
from explainer.maths.chosen import activation_operation
from explainer.render.curves.activation import is_beside
from explainer.render.curves.activation_plot import Words
from explainer.render.curves.look import Look, Size
from explainer.render.palette import PALETTES
from explainer.session.looking.comparison import compared

NAMES = ("sigmoid", "tanh", "leaky_relu", "hard_shrink")


def scene(*names, z=0.85, front=0, sketched=False):
    functions = tuple(compared(Choice(name)) for name in names)
    return Scene(functions, names, front, -6.0, 6.0, z, (-1.0, 2.0), Words(), sketched)


def look(name="light", language="en"):
    return Look(PALETTES[name], language)


@pytest.mark.parametrize("palette", ["light", "dark", "contrast", "print"])
def test_a_plot_is_drawn_in_every_palette(palette):
    size = Size(640, 300, 2.0)
    raster, point = Drawer().draw(scene(*NAMES), look(palette), size)
    assert (raster.width, raster.height) == (1280, 600)
    assert len(raster.pixels) == 4 * 1280 * 600
    pixels = np.frombuffer(raster.pixels, np.uint8).reshape(600, 1280, 4)
    assert len(np.unique(pixels.reshape(-1, 4), axis=0)) > 50
    operation = activation_operation(Choice("sigmoid"))
    assert point is not None
    assert (point.value, point.slope) == (operation.value((0.85,)), operation.partials((0.85,))[0])


def test_places_and_numbers_of_the_axes_belong_together():
    raster, _ = Drawer().draw(scene("sigmoid"), look(), Size(640, 300))
    f, slope = raster.boxes
    assert f.left + f.width < slope.left
    for box in (f, slope):
        assert box.x == (-6.0, 6.0)
        x, y = box.place_of(1.5, 0.2)
        assert box.holds(x, y)
        assert box.number_at(x, y) == pytest.approx((1.5, 0.2))
    assert not f.holds(*slope.place_of(0, 0))


def test_where_there_is_little_room_one_stands_above_the_other():
    size = Size(420, 460)
    assert not is_beside(size, look())
    raster, _ = Drawer().draw(scene("tanh"), look(), size)
    f, slope = raster.boxes
    assert f.left == slope.left
    assert f.top + f.height < slope.top


def test_drawing_again_gives_the_same_pixels_and_another_front_gives_others():
    drawer, size = Drawer(), Size(600, 300)
    first, _ = drawer.draw(scene(*NAMES), look(), size)
    other, _ = drawer.draw(scene(*NAMES, front=2), look(), size)
    again, _ = drawer.draw(scene(*NAMES), look(), size)
    assert first.pixels == again.pixels
    assert first.pixels != other.pixels


def test_csv_holds_the_numbers_of_the_operations_to_the_last_digit():
    text = file_of("csv", scene("sigmoid", "relu"), look("light", "ru")).decode()
    head, *rows = text.splitlines()
    assert head == "z,f sigmoid,f' sigmoid,f relu,f' relu"
    assert len(rows) == 241
    for row in rows[::16]:
        z, *numbers = map(float, row.split(","))
        expected = [
            number
            for name in ("sigmoid", "relu")
            for operation in [activation_operation(Choice(name))]
            for number in (operation.value((z,)), operation.partials((z,))[0])
        ]
        assert all(math.isclose(a, b, rel_tol=1e-15, abs_tol=1e-300) for a, b in zip(numbers, expected, strict=True))  # fmt: skip


def test_svg_is_xml_without_fonts_of_this_machine_and_the_same_each_time():
    first = file_of("svg", scene(*NAMES), look())
    root = ET.fromstring(first)  # noqa: S314 - our own file
    assert root.tag.endswith("svg")
    assert b"font-family" not in first
    assert first == file_of("svg", scene(*NAMES), look())


def test_png_is_three_times_as_fine_as_the_screen():
    png = file_of("png", scene("elu"), look())
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 3 * FILE_SIZE.width


def test_a_sketch_has_fewer_points():
    full, sketch = (plot_of(scene("gelu", sketched=True), count) for count in (361, 121))
    assert len(sketch.lines[0].sampled.z) < len(full.lines[0].sampled.z) / 2
