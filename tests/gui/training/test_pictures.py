"""The pages behind the surface: histograms, norms over time, and how they are called."""

import math
from dataclasses import replace as with_fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from explainer.gui.theme import font, load_fonts, themes
from explainer.gui.training.calling import layer_names
from explainer.gui.training.controls import Counter
from explainer.gui.training.lines import line_pen
from explainer.gui.training.pictures import Pictures
from explainer.gui.training.ticks import powers, ticks
from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.training.build import lesson_for
from explainer.training.course import NormCourse
from explainer.training.datasets import dataset, together
from explainer.training.looking import Looking
from explainer.training.trainer import Trainer


def circle(hidden=(4, 2)):
    return lesson_for(together(dataset("circle", 60, seed=2)), hidden, output=Choice("tanh"))


@pytest.fixture
def shown(qtbot):
    load_fonts()

    def show(lesson, page, epochs=3, theme="light"):
        pictures = Pictures(themes()[theme])
        qtbot.addWidget(pictures)
        pictures.set_language("en")
        pictures.lesson_shown(lesson)
        pictures.show_page(page)
        pictures.resize(480, 420)
        pictures.show()
        qtbot.waitExposed(pictures)
        trainer = Trainer(lesson)
        looking = Looking(trainer)
        for _ in range(epochs):
            trainer.step_epoch()
            pictures.show_moment(looking.moment())
        return pictures, looking

    return show


def test_a_bar_is_as_high_as_its_count_and_says_it(shown):
    pictures, looking = shown(circle(), "layers")
    chart = pictures.histograms
    moment = looking.moment()
    image = chart.grab().toImage()
    cell = chart._cell(1, 0)
    counts = moment.activations[0].counts
    for place in (int(counts.argmax()), int(counts.argmin())):
        x = cell.left() + (place + 0.5) * cell.width() / len(counts)
        expected = counts[place] / counts.max() * cell.height()
        paper = chart.grab().toImage().pixelColor(1, chart.height() - 2)
        column = [image.pixelColor(round(x), y) for y in range(math.ceil(cell.top()), int(cell.bottom()))]  # fmt: skip
        filled = sum(abs(each.red() - paper.red()) > 60 for each in column)
        assert filled == pytest.approx(expected, abs=3)
    best = int(counts.argmax())
    x = cell.left() + (best + 0.5) * cell.width() / len(counts)
    QTest.mouseMove(chart, QPoint(round(x), round(cell.center().y())))
    assert pictures.reading.text().startswith(
        f"h₁,₁ … h₁,₄: {counts[best]} of {counts.sum()} between"
    )


def test_a_rule_without_gradients_says_so(shown):
    pictures, looking = shown(example("perceptron-rule"), "layers")
    assert looking.moment().gradients == ()
    pictures.histograms.grab()
    pictures.show_page("norms")
    assert pictures.norms.axes() is None
    assert "no gradient" in pictures.norms.empty_sentence()


def test_norms_are_kept_while_another_page_is_in_front(shown):
    pictures, looking = shown(circle(), "surface", epochs=5)
    pictures.show_page("norms")
    chart = pictures.norms
    assert len(chart.course) == 5
    assert chart.course.norms[-1] == looking.moment().norms
    low, high = chart.axes().y
    norms = [norm for each in chart.course.norms for norm in each]
    assert 10**low <= min(norms)
    assert max(norms) <= 10**high
    chart.point_at((5.0, 0.0))
    assert pictures.reading.text().startswith("epoch 5: h₁,₁ … h₁,₄ ")


def test_going_back_keeps_the_lines_until_something_else_is_trained(shown):
    pictures, looking = shown(circle(), "norms", epochs=6)
    per_epoch = looking.trainer.engine.per_epoch
    before = pictures.norms.grab().toImage()
    looking.trainer.visit(2)
    pictures.show_moment(looking.moment())
    assert pictures.norms.course.passes == [each * per_epoch for each in range(1, 7)]
    # A line marks where training stands.
    assert pictures.norms.grab().toImage() != before
    pictures.norms.forget_after(2 * per_epoch)
    assert pictures.norms.course.passes == [per_epoch, 2 * per_epoch]


def test_a_layer_without_a_gradient_stands_at_0_and_not_at_a_power_of_ten(shown):
    pictures, looking = shown(circle(), "norms", epochs=1)
    moment = looking.moment()
    chart = pictures.norms
    low, _ = chart.axes().y
    pictures.show_moment(with_fields(moment, passes=moment.passes + 1, norms=(0.0, *moment.norms[1:])))  # fmt: skip
    assert chart.axes().y[0] < low
    chart.point_at((chart.axes().x[1], 0.0))
    assert "h₁,₁ … h₁,₄ 0," in pictures.reading.text()


def test_what_is_seen_stays_where_only_weights_differ(shown):
    lesson = circle()
    pictures, looking = shown(lesson, "norms", epochs=4)
    network = replace(lesson.network, parameters=dict(looking.moment().parameters))
    pictures.lesson_shown(replace(lesson, network=network))
    assert len(pictures.norms.course) == 4
    pictures.lesson_shown(circle((3,)))
    assert len(pictures.norms.course) == 0


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("page", ["surface", "layers", "norms"])
def test_every_page_in_every_theme_and_language(shown, page, theme):
    pictures, _ = shown(circle(), page, theme=theme)
    before = pictures.grab().toImage()
    pictures.set_language("ru")
    pictures.set_theme(themes()["dark" if theme == "light" else "light"])
    assert pictures.grab().toImage() != before
    pictures.show_moment(None)
    pictures.grab()


def test_lines_differ_in_colour_and_in_dashes():
    pens = [line_pen(themes()["light"], place, 2.0) for place in range(6)]
    assert len({pen.color().name() for pen in pens}) == 6
    assert len({tuple(pen.dashPattern()) for pen in pens}) == 6
    assert pens[0].style() == Qt.PenStyle.SolidLine


def test_layers_are_called_by_their_neurons():
    assert layer_names(circle((4, 2))) == ("h₁,₁ … h₁,₄", "h₂,₁, h₂,₂", "ŷ")


def moment_at(passes, norms=(1.0,)):
    moment = Looking(Trainer(circle((2,)))).moment()
    return with_fields(moment, passes=passes, epoch=passes, norms=norms)


def test_a_course_is_thinned_out_evenly():
    course = NormCourse(16)
    for passes in range(1000):
        course.add(passes, (float(passes),))
    assert 8 <= len(course) <= 16
    steps = {b - a for a, b in zip(course.passes, course.passes[1:], strict=False)}
    assert max(steps) <= 2 * min(steps)
    assert [norm for (norm,) in course.norms] == course.passes
    known = list(course.passes)
    course.add(300, (5.0,))
    assert course.passes == known
    course.forget_after(300)
    assert course.passes[-1] <= 300
    course.add(450, (5.0,))
    assert course.passes[-1] == 450
    assert sorted(course.passes) == course.passes


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(2, 9))
def test_ticks_are_few_and_lie_on_the_axis(low, width, most):
    high = low + width
    found = ticks(low, high, most=most)
    room = width * 1e-6
    assert len(found) <= most
    assert all(low - room <= value <= high + room for value in found)


@pytest.mark.parametrize(
    ("low", "high", "most", "wanted"),
    [
        (-6.5, 6.5, 3, [-5, 0, 5]),
        (0, 0.65, 2, [0, 0.5]),
        (0, 3, 2, [0, 2]),
        # A finer step would be too many.
        (0.1, 0.9, 2, [0.5]),
    ],
)
def test_one_number_is_not_the_only_one_where_two_have_room(low, high, most, wanted):
    assert ticks(low, high, most=most) == pytest.approx(wanted)


def test_powers_of_ten_are_few():
    assert powers(1e-3, 1e3, most=10) == [-3, -2, -1, 0, 1, 2, 3]
    assert powers(1e-9, 1e9, most=4) == [-5, 0, 5]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_how_many_batches_are_done_is_never_cut(fonts, language):
    counter = Counter(themes()["light"])
    counter.set_language(language)
    metrics = QFontMetricsF(font(11))
    for within, batches in ((8, 10), (550, 1000), (9999, 10_000)):
        counter.show_count(146, within, batches)
        shown = counter._fitting(counter._lines()[1], metrics, 128)
        assert str(batches) in shown
        assert "…" not in shown
