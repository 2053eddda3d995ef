"""What is projected can be read from the back row: every word of every lesson, at three sizes of picture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from explainer.gui.presentation.cards import with_cards
from explainer.gui.presentation.enlarging import enlarged, smallest_type
from explainer.gui.presentation.frames import label_frame
from explainer.gui.presentation.projected_graph import ProjectedGraph
from explainer.gui.presentation.projection import LEAST_TYPE
from explainer.gui.theme import themes
from explainer.lesson.examples import example, example_names
from explainer.pages.narrate import narrate
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Run
from explainer.render.views import VIEWS, draw_view
from explainer.trace.moment import moment_at
from explainer.trace.run import run_pass
from scripts.looking.scene import scene_faults
from tests.counts import MODE, count
from tests.gui.presentation.helpers import begin, type_sizes

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_word_is_smaller_than_the_back_row_needs(open_desk, width, height, language):
    desk = open_desk("mazur-2-2-2", language)
    desk.settle()
    desk.stage.go_to_step(18)
    desk.settle()
    show = begin(desk, width=width, height=height)
    sizes = list(type_sizes(show.projection))
    assert len(sizes) > 30
    for size, word in sizes:
        assert size >= LEAST_TYPE * height - 1e-6, word
    show.leave()


@pytest.mark.parametrize("name", example_names())
def test_no_label_of_any_lesson_is_too_small_in_any_view(fonts, qtbot, name):
    lesson = example(name)
    one_pass = run_pass(lesson, 0, None).summary
    moment = moment_at(lesson, one_pass, len(one_pass.steps) // 2)
    graph = ProjectedGraph(themes()["dark"])
    qtbot.addWidget(graph)
    # Before it is shown nothing has its size.
    graph.show()
    for view in VIEWS:
        drawing = draw_view(view, lesson, moment, one_pass, digits=5, language="ru")
        graph.view = view
        for width, height in SIZES:
            graph.resize(QSize(round(width * 0.59), round(height * 0.88)))
            graph.set_least_type(LEAST_TYPE * height)
            graph.show_drawing(drawing)
            QApplication.processEvents()
            size = smallest_type(graph.drawing) * graph.camera.scale
            assert size >= LEAST_TYPE * height - 1e-6
            # The smallest picture is the fullest.
            if height == SIZES[0][1] or MODE == "long":
                assert scene_faults(graph) == []


@pytest.mark.parametrize("name", ["dropout-applied", "softmax-classifier", "matrix-inverse"])
def test_badges_and_pills_make_room_for_words_in_the_smallest_picture(fonts, qtbot, name):
    """These are the fullest: what stands beside nodes grows, and everything on the edges has to get out of its way."""
    lesson = example(name)
    run = run_pass(lesson, 0, None)
    graph = ProjectedGraph(themes()["dark"])
    qtbot.addWidget(graph)
    # Before it is shown nothing has its size.
    graph.show()
    graph.view = "computation"
    graph.resize(755, 634)
    graph.set_least_type(LEAST_TYPE * 720)
    for step in run.summary.steps[:: count(5, 1)]:
        badges = narrate([run], 0, step.index, "ru", 5).badges
        moment = moment_at(lesson, run.summary, step.index)
        drawing = draw_view(
            "computation", lesson, moment, run.summary, digits=5, language="ru", badges=badges
        )
        graph.show_drawing(drawing)
        assert scene_faults(graph) == []


def test_words_on_an_edge_stand_on_a_card():
    edge = Curve("edge:a>b", (0.0, 50.0, 40.0, 50.0, 160.0, 50.0, 200.0, 50.0), 1.0, "quiet")
    on_it = Label("delta:a", 100.0, 54.0, (Run("0.25"),), 12.0, "plain")
    beside = Label("delta:b", 100.0, 84.0, (Run("0.25"),), 12.0, "plain")
    drawing = Drawing(200.0, 100.0, (edge, on_it, beside))
    shapes = with_cards(drawing).shapes
    assert [shape.key for shape in shapes] == ["edge:a>b", "card:delta:a", "delta:a", "delta:b"]
    assert with_cards(Drawing(200.0, 100.0, (edge, beside))).shapes == (edge, beside)


def frame(shape):
    across = shape.radius if isinstance(shape, Circle) else shape.width / 2
    down = shape.radius if isinstance(shape, Circle) else shape.height / 2
    return shape.x - across, shape.y - down, shape.x + across, shape.y + down


@pytest.mark.parametrize("least", [13.0, 16.0, 20.0])
def test_words_stay_inside_what_grew_for_them(least):
    from explainer.render.metrics import label_width

    lesson = example("lecture-2-2-1")
    one_pass = run_pass(lesson, 0, None).summary
    drawing = draw_view(
        "neurons", lesson, moment_at(lesson, one_pass, 8), one_pass, digits=5, language="en"
    )
    shapes = {shape.key: shape for shape in enlarged(drawing, least).shapes}
    pairs = [
        (shapes[key], shapes[f"pill:{key.partition(':')[2]}"])
        for key in shapes
        if key.startswith("weight:")
    ]
    assert len(pairs) == 6
    for label, box in pairs:
        assert isinstance(label, Label)
        assert isinstance(box, Box)
        left, _, right, _ = frame(box)
        half = label_width(label.runs, label.size, label.bold) / 2
        assert left <= label.x - half
        assert label.x + half <= right


def test_a_drawing_that_can_be_read_stays_as_it_is():
    lesson = example("lecture-2-2-1")
    one_pass = run_pass(lesson, 0, None).summary
    drawing = draw_view(
        "neurons", lesson, moment_at(lesson, one_pass, 8), one_pass, digits=5, language="en"
    )
    assert enlarged(drawing, 9.0) is drawing


def on_each_other(drawing):
    """Return the pairs of words that lie on each other."""
    words = [(one.key, label_frame(one)) for one in drawing.shapes if isinstance(one, Label)]
    return {
        (key, other)
        for number, (key, one) in enumerate(words)
        for other, two in words[number + 1 :]
        if one[0] < two[2] - 1 and two[0] < one[2] - 1
        if one[1] + 2 < two[3] - 2 and two[1] + 2 < one[3] - 2
    }


@pytest.mark.parametrize("name", example_names())
def test_no_word_grows_onto_another(fonts, qtbot, name):
    lesson = example(name)
    run = run_pass(lesson, 0, None)
    graph = ProjectedGraph(themes()["dark"])
    qtbot.addWidget(graph)
    # Before it is shown nothing has its size.
    graph.show()
    graph.resize(1133, 950)
    graph.set_least_type(LEAST_TYPE * 1080)
    for step in run.summary.steps[::5]:
        badges = narrate([run], 0, step.index, "en", 5).badges
        moment = moment_at(lesson, run.summary, step.index)
        drawing = draw_view(
            "neurons", lesson, moment, run.summary, digits=5, language="en", badges=badges
        )
        graph.show_drawing(drawing)
        assert on_each_other(graph.drawing) <= on_each_other(drawing)
        assert scene_faults(graph) == []
