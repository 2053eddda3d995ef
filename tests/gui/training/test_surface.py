"""The surface tells the numbers of the network, by pixels, by the pointer and by keys."""

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explainer.gui.theme import load_fonts, themes
from explainer.gui.training.colouring import ENDS
from explainer.gui.training.lines import line_pen
from explainer.gui.training.surface import SurfaceView
from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.lesson import Data, Samples
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset, together
from explainer.training.looking import Looking
from explainer.training.trainer import Trainer


def circle():
    return lesson_for(together(dataset("circle", 80, seed=2)), (4, 2), output=Choice("tanh"))


def three_classes():
    inputs = tuple((np.cos(k) * 3, np.sin(k) * 3) for k in range(30))
    targets = tuple(tuple(float(k % 3 == place) for place in range(3)) for k in range(30))
    data = Data(inputs[:20], targets[:20], test=Samples(inputs[20:], targets[20:]))
    return lesson_for(data, (4,), loss=Choice("cross_entropy"))


def four_columns():
    inputs = tuple((k / 9, -k / 7, k % 3, 1.0 - k) for k in range(20))
    return lesson_for(Data(inputs, tuple((sum(row),) for row in inputs)), (3,))


@pytest.fixture
def shown(qtbot):
    load_fonts()

    def show(lesson, theme="light", language="en", epochs=30):
        view = SurfaceView(themes()[theme])
        qtbot.addWidget(view)
        view.set_language(language)
        view.lesson_shown(lesson)
        view.resize(520, 560)
        view.show()
        qtbot.waitExposed(view)
        trainer = Trainer(lesson)
        trainer.run(epochs)
        view.show_moment(Looking(trainer).moment())
        return view, trainer

    return show


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_colour_of_a_place_is_that_of_its_number(shown, theme):
    view, trainer = shown(circle(), theme, epochs=200)
    view.test.setChecked(False)
    chart = view.surface
    ends = ENDS[theme]
    image = chart._smooth.image
    x_axis, y_axis = view._moment.axes
    for column, row in ((0, 0), (99, 99), (50, 45)):
        x = x_axis.low + column / 99 * (x_axis.high - x_axis.low)
        y = y_axis.low + row / 99 * (y_axis.high - y_axis.low)
        value = trainer.predict([(x, y)])[0, 0]
        found = image.pixelColor(column, 99 - row)
        assert (found.blue() > found.red()) == (value > 0)
        if abs(value) > 0.98:
            end = ends.high if value > 0 else ends.low
            wanted = [int(end[at : at + 2], 16) for at in (1, 3, 5)]
            assert (found.red(), found.green(), found.blue()) == pytest.approx(wanted, abs=4)
    place = chart.axes().area.topLeft().toPoint() + QPoint(2, 2)
    assert chart.grab().toImage().pixelColor(place) == image.pixelColor(0, 0)


def test_the_pointer_reads_what_the_network_says(shown):
    view, trainer = shown(circle())
    chart = view.surface
    place = chart.axes().place(1.5, -2.0).toPoint()
    QTest.mouseMove(chart, place)
    x, y = chart.axes().numbers(place.toPointF())
    value = trainer.predict([(x, y)])[0, 0]
    assert chart.value_at("o1", x, y) == pytest.approx(value, abs=0.02)
    assert view.reading.text().startswith("x₁ = 1.")
    assert f"ŷ = {chart.number(chart.value_at('o1', x, y), 4)}" in view.reading.text()
    QTest.mouseMove(chart, QPoint(2, 2))
    assert view.reading.text() == ""


def test_shift_and_arrows_read_without_a_pointer(shown):
    view, _ = shown(circle(), language="ru")
    chart = view.surface
    chart.setFocus()
    (low, high), (bottom, top) = chart.axes().x, chart.axes().y
    QTest.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    wanted = ((low + high) / 2 + 0.02 * (high - low), (bottom + top) / 2)
    assert chart.spot == pytest.approx(wanted)
    assert view.reading.text().startswith(f"x₁ = {chart.number(wanted[0], 3)}")
    assert "," in chart.number(wanted[0], 3)
    for _ in range(60):
        QTest.keyClick(chart, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert chart.spot[1] == chart.axes().y[1]


def test_a_neuron_pointed_at_is_shown_for_a_while(shown):
    view, _ = shown(circle())
    view.look_at("h1_1")
    assert view.surface.shown_neuron == "h1_1"
    view.look_at("nobody")
    assert view.surface.shown_neuron == "o1"
    view.which.setCurrentIndex(view.which.findData("x2"))
    view.which.activated.emit(view.which.currentIndex())
    assert view.surface.shown_neuron == "x2"
    assert view.surface.scale.low == -view.surface.scale.high
    view.look_at("h2_1")
    view.look_at(None)
    assert view.surface.shown_neuron == "x2"


def test_bands_have_two_colours_for_two_classes(shown):
    view, _ = shown(circle())
    view.discrete.click()
    assert len(np.unique(view.surface._fine.pixels)) == 2
    view.discrete.click()
    assert len(np.unique(view.surface._smooth.pixels)) > 50


def test_test_samples_come_and_go(shown):
    view, _ = shown(circle())
    with_test = view.surface.grab().toImage()
    view.test.click()
    without = view.surface.grab().toImage()
    assert with_test != without
    view.test.click()
    assert view.surface.grab().toImage() == with_test


def test_several_outputs_are_regions_or_one_of_them(shown):
    view, trainer = shown(three_classes(), epochs=50)
    assert view.which.itemText(0) == "All classes"
    assert view.surface.shown_neuron is None
    view.surface.point_at((2.0, 1.0))
    best = int(trainer.predict([(2.0, 1.0)])[0].argmax())
    assert f"class ŷ{'₁₂₃'[best]}" in view.reading.text()
    view.which.setCurrentIndex(2)
    view.which.activated.emit(2)
    assert view.surface.shown_neuron == "o2"
    assert "ŷ₂ = " in view.reading.text()


def test_one_input_is_a_curve(shown):
    view, trainer = shown(lesson_for(together(dataset("wave", 60)), (5,)))
    assert view.curve.isVisible()
    assert not view.discrete.isVisible()
    view.curve.point_at((0.5, 0.0))
    assert view.curve.value_at("o1", 0.5) == pytest.approx(
        trainer.predict([(0.5,)])[0, 0], abs=1e-4
    )
    assert view.reading.text().startswith("x₁ = 0.5: ŷ = ")
    low, high = view.curve.axes().y
    targets = [row[0] for row in view._subject.lesson.data.targets]
    assert low <= min(targets)
    assert max(targets) <= high


def test_bumps_are_drawn_with_their_steps(shown):
    """The lesson on approximation by bumps: the curve is what pairs of steps put together."""
    view, trainer = shown(example("bumps"), epochs=0)
    for x in (0.5, 1.5, 2.5):
        wanted = trainer.predict([(x,)])[0, 0]
        assert view.curve.value_at("o1", x) == pytest.approx(wanted, abs=1e-6)
    view.look_at("u2")
    assert view.curve.value_at("u2", 0.9) == 0
    assert view.curve.value_at("u2", 1.1) == 1


def test_many_columns_are_compared_with_their_targets(shown):
    lesson = four_columns()
    view, trainer = shown(lesson)
    assert view.agreement.isVisible()
    assert "depends on 4 columns" in view.sentence.text()
    said = trainer.predict(lesson.data.inputs)[:, 0]
    points = view.agreement.points()
    assert [point[0] for point in points] == [row[0] for row in lesson.data.targets]
    assert [point[1] for point in points] == pytest.approx(said.tolist())
    low, high = view.agreement.axes().y
    assert low <= min(said)
    assert max(said) <= high


def test_another_lesson_takes_over_and_none_clears(shown):
    view, _ = shown(circle())
    view.show_moment(None)
    assert view.surface.axes() is None
    view.surface.grab()
    other = four_columns()
    view.lesson_shown(other)
    view.show_moment(Looking(Trainer(other)).moment())
    assert view.agreement.isVisible()
    view.lesson_shown(replace(circle(), data=replace(circle().data, test=None)))
    assert not view.test.isVisible()
    assert view.surface.isVisible()


def test_a_curve_that_has_run_away_is_still_drawn(shown):
    lesson = lesson_for(together(dataset("linear", 20)), (), output=Choice("identity"))
    assert lesson.network.parameters
    network = replace(lesson.network, parameters=dict.fromkeys(lesson.network.parameters, 1e12))
    view, _ = shown(replace(lesson, network=network), epochs=0)
    picture = view.curve.grab().toImage()
    area, ink = view.curve.axes().area, line_pen(themes()["light"], 0, 1.0).color()
    assert any(
        picture.pixelColor(round(area.left()) + 8, y) == ink
        for y in range(round(area.top()), round(area.bottom()))
    )


def test_another_lesson_shows_what_it_shows_first(shown):
    view, _ = shown(circle())
    view.lesson_shown(three_classes())
    assert view.which.currentText() == "All classes"
    view.which.setCurrentIndex(view.which.findData("h2"))
    view.lesson_shown(circle())
    assert view.which.currentIndex() == max(0, view.which.findData("h2"))
