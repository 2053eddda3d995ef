"""Numbers get the colours that the scale beside them promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from explainer.gui.training.colouring import ENDS, SHADES, Picture, Scale, table
from explainer.gui.training.regions import Finer, Regions
from explainer.gui.training.scales import Scales, around, held
from explainer.gui.training.thumbnails import SIZE, Thumbnails, side_of
from explainer.lesson.choice import Choice
from explainer.training.build import lesson_for
from explainer.training.classes import classes_of
from explainer.training.datasets import dataset, together
from explainer.training.looking import Looking
from explainer.training.trainer import Trainer

STOPS = ("#ff0000", "#808080", "#0000ff")


def colour(picture, x, y):
    return picture.image.pixelColor(x, y).name()


def painted(values, bands=SHADES):
    array = np.array(values, np.float32)
    picture = Picture(array.shape[1], array.shape[0])
    picture.paint(array, Scale(-1, 1), table(STOPS, bands))
    return picture


def test_ends_middle_and_what_lies_beyond():
    picture = painted([[-1, 0, 1], [-9, np.nan, 9]])
    # The first row of values is the lowest line of the image.
    assert [colour(picture, x, 1) for x in (0, 2)] == ["#ff0000", "#0000ff"]
    middle = picture.image.pixelColor(1, 1)
    assert all(abs(part - 128) <= 2 for part in (middle.red(), middle.green(), middle.blue()))
    assert [colour(picture, x, 0) for x in (0, 2)] == ["#ff0000", "#0000ff"]


def test_two_bands_are_the_two_ends_and_meet_in_the_middle():
    picture = painted([[-0.9, -0.01, 0.01, 0.9]], bands=2)
    assert [colour(picture, x, 0) for x in range(4)] == ["#ff0000"] * 2 + ["#0000ff"] * 2


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_a_larger_number_is_never_nearer_to_the_low_end(one, other):
    low, high = sorted((one, other))
    picture = painted([[low, high]])
    first, second = (picture.image.pixelColor(x, 0) for x in range(2))
    assert first.blue() - first.red() <= second.blue() - second.red()


def test_an_image_is_filled_in_place():
    picture = painted([[-1.0, -1.0]])
    before = picture.pixels.ctypes.data
    picture.paint(np.ones((1, 2), np.float32), Scale(-1, 1), table(STOPS))
    assert colour(picture, 0, 0) == "#0000ff"
    assert picture.pixels.ctypes.data == before


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_both_ends_stand_out_from_the_middle_also_without_their_hue(theme):
    ends = ENDS[theme]

    def light(name):
        parts = (QColor(name).redF(), QColor(name).greenF(), QColor(name).blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one, other):
        a, b = sorted((light(one), light(other)))
        return (b + 0.05) / (a + 0.05)

    for end in (ends.low, ends.high):
        assert contrast(end, ends.middle) > 1.8
    for mark in (ends.low_mark, ends.high_mark):
        assert contrast(mark, ends.middle) > 4.5


def test_scales_are_what_an_activation_can_say_or_what_its_targets_are():
    data = together(dataset("plane", 60))
    lesson = lesson_for(data, (3,), activation=Choice("sigmoid"))
    scales = Scales(lesson, classes_of(lesson))
    assert scales.of("h1", np.zeros(3)) == (0, 1)
    low, high = scales.of("o1", np.zeros(3))
    assert low == -high
    assert max(abs(row[0]) for row in data.targets) <= high
    wide = lesson_for(data, (3,), activation=Choice("hard_tanh", {"minimum": -3.0, "maximum": 2.0}))
    assert Scales(wide, classes_of(wide)).of("h1", np.zeros(3)) == (-3, 2)
    assert scales.of("x1", np.array([-5.5, 5.9])) == (-7.5, 7.5)
    assert held(np.array([np.nan, 0.0])) == (-1, 1)
    assert around([2.0, 3.0]) == (2, 3)
    assert around([]) == (-1, 1)


def moment_of(name="circle", hidden=(4, 2), **settings):
    lesson = lesson_for(together(dataset(name, 60, seed=2)), hidden, **settings)
    trainer = Trainer(lesson)
    trainer.run(20)
    return lesson, Looking(trainer).moment()


def test_thumbnails_show_each_neuron_upright_within_its_circle():
    lesson, moment = moment_of(output=Choice("tanh"))
    names = tuple(neuron.id for neuron in lesson.network.neurons)
    thumbnails = Thumbnails(names, Scales(lesson, classes_of(lesson)))
    thumbnails.set_ends(ENDS["light"])
    thumbnails.fill(moment)
    for name in names:
        assert thumbnails.images[name].pixelColor(0, 0).alpha() == 0
        assert thumbnails.images[name].pixelColor(SIZE // 2, SIZE // 2).alpha() == 255
    upper, lower = (thumbnails.images["x2"].pixelColor(SIZE // 2, y) for y in (3, SIZE - 4))
    assert upper.blue() > upper.red()
    assert lower.red() > lower.blue()
    left, right = (thumbnails.images["x1"].pixelColor(x, SIZE // 2) for x in (3, SIZE - 4))
    assert left.red() > left.blue()
    assert right.blue() > right.red()


@pytest.mark.parametrize("side", [8, 25, 66, 100])
def test_an_image_has_the_pixels_of_its_circle(side):
    lesson, moment = moment_of(hidden=(15, 15), output=Choice("tanh"))
    names = tuple(neuron.id for neuron in lesson.network.neurons)
    scales = Scales(lesson, classes_of(lesson))
    thumbnails = Thumbnails(names, scales, side)
    thumbnails.set_ends(ENDS["light"])
    thumbnails.fill(moment)
    assert thumbnails.side == side
    ends = ENDS["light"]
    colours = table((ends.low, ends.middle, ends.high))
    at = np.rint(np.linspace(0, 99, side)).astype(int)
    for name in names:
        surface = moment.surfaces[name]
        scale = scales.of(name, surface.ravel()[thumbnails._points])
        for x, y in ((side // 2, side // 2), (side // 2, 1), (side // 3, side // 2 + 1)):
            value = surface[at[side - 1 - y], at[x]]
            place = (value - scale.low) * SHADES / (scale.high - scale.low)
            near = {int(np.clip(np.floor(place + error), 0, SHADES - 1)) for error in (-1e-2, 0, 1e-2)}  # fmt: skip
            assert thumbnails.images[name].pixel(x, y) in {int(colours[each]) for each in near}


@pytest.mark.parametrize(("pixels", "side"), [(0.0, 8), (12.4, 12), (66.6, 67), (480.0, 100)])
def test_no_image_has_more_pixels_than_there_are_points(pixels, side):
    assert side_of(pixels) == side


def test_a_curve_is_a_thumbnail_of_columns():
    lesson, moment = moment_of("sine", (3,))
    thumbnails = Thumbnails(("x1",), Scales(lesson, None))
    thumbnails.set_ends(ENDS["dark"])
    thumbnails.fill(moment)
    column = {thumbnails.images["x1"].pixelColor(10, y).name() for y in range(20, 30)}
    assert len(column) == 1


def test_finer_is_straight_between_the_points():
    values = np.array([[0.0, 1.0, 4.0], [2.0, 3.0, 6.0], [0, 0, 0]], np.float32)
    finer = Finer(3, 2)
    found = finer.of(values)
    assert found.shape == (5, 5)
    assert found[::2, ::2] == pytest.approx(values)
    assert found[0].tolist() == [0, 0.5, 1, 2.5, 4]
    assert found[1, 1] == pytest.approx(1.5)


def test_the_largest_output_wins_and_the_surer_the_stronger():
    data = dataset("circle", 20).training
    lesson = lesson_for(
        type(data)(data.inputs, tuple((1.0, 0.0) if n % 2 else (0.0, 1.0) for n in range(10))),
        loss=Choice("cross_entropy"),
    )
    regions = Regions(lesson, ("#ff0000", "#0000ff"), "#ffffff")
    picture = Picture(3, 1)
    first = np.array([[0.99, 0.6, 0.1]], np.float32)
    regions.paint([first, 1 - first], picture, is_discrete=False)
    sure, unsure, other = (picture.image.pixelColor(x, 0) for x in range(3))
    assert sure.red() == unsure.red() == 255
    assert sure.green() < unsure.green()
    assert other.blue() == 255 > other.red()
    regions.paint([first, 1 - first], picture, is_discrete=True)
    assert picture.image.pixelColor(0, 0) == picture.image.pixelColor(1, 0)
