"""Whatever the shape of the picture: the question stays in sight, no word is cut, the newest line is there."""

from __future__ import annotations

import pytest

from explainer.gui.canvas.camera import MARGIN
from explainer.gui.canvas.hits import active_area
from explainer.gui.presentation.cut_words import without_cut_words
from explainer.gui.presentation.frames import frame_of, label_frame
from explainer.gui.presentation.projection import LEAST_TYPE
from explainer.gui.presentation.sight import beginning_in_sight, newest_in_sight
from explainer.gui.presentation.whole_nodes import cutting_least, spans
from explainer.gui.typeset.atoms import Atom, BlockKind, Layout
from explainer.lesson.examples import example
from explainer.pages.narrate import narrate
from explainer.pages.page import plain
from explainer.render.shapes import Box, Label
from explainer.render.views import draw_view
from explainer.trace.moment import moment_at
from explainer.trace.run import run_pass
from scripts.looking.scene import scene_faults
from tests.counts import MODE
from tests.gui.presentation.helpers import begin, type_sizes

SIZES = (
    (800, 600),
    (800, 800),
    (1024, 768),
    (1280, 720),
    (1920, 1080),
    (3840, 2160),
    (1080, 1920),
)
# The tied biases of the first have the longest pages of all.
WALKS = (("mazur-2-2-2", "ru", 20), ("softmax-classifier", "en", 9))
LONG = tuple(
    (name, language, 3)
    for name in ("lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1", "softmax-classifier", "graph-sin")
    for language in ("en", "ru")
)


@pytest.mark.parametrize(("name", "language", "stride"), LONG if MODE == "long" else WALKS)
def test_nothing_is_cut_on_any_picture(open_desk, name, language, stride):
    desk = open_desk(name, language)
    desk.settle()
    show = begin(desk)
    steps = desk.frame.one_pass.steps
    for step in (-1, *range(stride, len(steps), stride)):
        if step >= 0:
            show.telling.go_to(step)
            desk.settle()
        for width, height in SIZES:
            show.projection.resize(width, height)
            show.projection._arrange(show.projection.size())
            check_page(show, LEAST_TYPE * height)
            check_graph(show.projection.graph)
    show.leave()


def check_page(show, least):
    page = show.projection.page
    layout = page.layout_now()
    for atom in layout.atoms:
        assert atom.x >= 0, atom.text
        assert atom.x + atom.width <= page.width() + 1, atom.text
        assert atom.top >= -1, atom.text
        assert atom.bottom <= page.height() + 1, atom.text
    for box in layout.boxes:
        assert box.x + box.width <= page.width()
    for size, word in type_sizes(show.projection):
        assert size >= least - 1e-6, word
    whole = page._answer.page
    seen = "".join(atom.text for atom in layout.atoms).replace(" ", "")
    assert plain(whole.title).replace(" ", "")[:8] in seen
    if whole.phase is not None:
        last = layout.blocks[-1]
        assert any(atom.block == len(layout.blocks) - 1 for atom in layout.atoms), last


def check_graph(graph):
    room, camera = graph.viewport().size(), graph.camera
    for shape in graph.drawing.shapes:
        if isinstance(shape, Label):
            frame = label_frame(shape)
        elif isinstance(shape, Box) and shape.key.partition(":")[0] in ("pill", "badge", "bias"):
            frame = frame_of(shape)
        else:
            continue
        left, top = camera.to_screen(frame[0], frame[1])
        right, bottom = camera.to_screen(frame[2], frame[3])
        air = 1 + 0.5 * camera.scale
        out = right <= air or bottom <= air
        out = out or left >= room.width() - air or top >= room.height() - air
        whole = left >= -air and right <= room.width() + air
        whole = whole and top >= -air and bottom <= room.height() + air
        assert out or whole, (shape.key, left, top, right, bottom, room)


def line(number, top, text="word", block=None):
    return Atom(
        0, top + 10, 40, 10, 5, text, "ink", number if block is None else block, number, True
    )


def layout_of(count):
    atoms = tuple(line(number, 20 * number) for number in range(count))
    return Layout(100, 20 * count, atoms, (), (), tuple(BlockKind("", "") for _ in range(count)))


@pytest.mark.parametrize("room", [60, 75, 90, 130])
def test_of_a_high_page_the_heading_and_the_newest_lines_are_seen(room):
    seen = newest_in_sight(layout_of(10), 2, room, 5)
    numbers = [atom.line for atom in seen.atoms]
    assert numbers[:2] == [0, 1]
    assert numbers[2:] == list(range(10 - len(numbers[2:]), 10))
    assert numbers[-1] == 9
    assert seen.height <= room
    below = max(atom.bottom for atom in seen.atoms[:2])
    assert all(atom.top >= below + 5 for atom in seen.atoms[2:])
    # One more would not have had room.
    assert seen.height + 20 > room


@pytest.mark.parametrize("room", range(50, 120, 3))
def test_a_label_of_two_words_is_there_with_its_line_or_not_at_all(room):
    page = layout_of(5)
    # In the middle of the line with number 3, and higher than that.
    words = [line(-1, 54, "two", -1), line(-1, 69, "words", -1)]
    seen = newest_in_sight(page._replace(atoms=(*page.atoms, *words)), 1, room, 5)
    labels = [atom for atom in seen.atoms if atom.block < 0]
    assert len(labels) in (0, 2)
    below = seen.atoms[0].bottom
    assert all(atom.top >= below for atom in labels)
    assert bool(labels) == any(atom.line == 3 for atom in seen.atoms)


def test_a_page_with_room_stays_as_it_is():
    page = layout_of(3)
    assert newest_in_sight(page, 1, 60, 5) is page
    assert beginning_in_sight(page, 60) is page


def test_sentences_are_read_from_their_beginning():
    seen = beginning_in_sight(layout_of(10), 70)
    assert [atom.line for atom in seen.atoms] == [0, 1, 2]
    assert seen.atoms[-1].text == "word …"


def test_what_is_read_from_its_beginning_ends_with_a_word():
    page = layout_of(10)
    atoms = [atom._replace(latex="x") if atom.line == 2 else atom for atom in page.atoms]
    seen = beginning_in_sight(page._replace(atoms=tuple(atoms)), 70)
    assert [atom.line for atom in seen.atoms] == [0, 1]
    assert seen.atoms[-1].text == "word …"


@pytest.mark.parametrize("view", ["neurons", "computation"])
@pytest.mark.parametrize("left", [0, 130, 260, 390, 520])
def test_at_the_edge_of_a_part_words_are_whole_or_not_there(view, left):
    lesson = example("mazur-2-2-2")
    run = run_pass(lesson, 0, None)
    badges = narrate([run], 0, 12, "en", 5).badges
    moment = moment_at(lesson, run.summary, 12)
    drawing = draw_view(view, lesson, moment, run.summary, digits=5, language="en", badges=badges)
    seen = (left, 40.0, left + 300.0, 400.0)
    kept = without_cut_words(drawing, seen)
    assert set(kept.shapes) <= set(drawing.shapes)
    keys = {shape.key for shape in kept.shapes}
    for shape in drawing.shapes:
        if isinstance(shape, Label):
            frame = label_frame(shape)
            is_out = frame[2] <= seen[0] or frame[0] >= seen[2] or frame[3] <= seen[1] or frame[1] >= seen[3]  # fmt: skip
            is_in = frame[0] >= seen[0] and frame[2] <= seen[2] and frame[1] >= seen[1] and frame[3] <= seen[3]  # fmt: skip
            if shape.key in keys:
                assert is_out or is_in or max(seen[0] - frame[0], frame[2] - seen[2], seen[1] - frame[1], frame[3] - seen[3]) <= 0.5  # fmt: skip
        elif not isinstance(shape, Box) and shape.key.partition(":")[0] != "underline":
            assert shape.key in keys
    # A pill and its number, a badge and its text go together.
    for key in keys:
        for one, other in (("pill", "weight"), ("badge", "badgetext"), ("bias", "biastext")):
            if key.startswith(f"{one}:"):
                assert f"{other}:{key.partition(':')[2]}" in keys
    assert without_cut_words(drawing, (0, 0, drawing.width, drawing.height)) is drawing


def test_matrices_are_read_from_the_first_before_there_is_a_step(open_desk):
    desk = open_desk()
    desk.program.furniture.actions["view_matrices"].trigger()
    desk.settle()
    graph = begin(desk, width=1280, height=720).projection.graph
    assert graph.drawing.height * graph.camera.scale > graph.viewport().height()
    assert graph.camera.to_screen(0, 0)[1] == MARGIN


@pytest.mark.parametrize("name", ["mazur-2-2-2", "xor-2-2-1", "softmax-classifier"])
def test_equations_of_matrices_break_where_the_picture_ends(open_desk, name):
    desk = open_desk(name)
    desk.program.furniture.actions["view_matrices"].trigger()
    desk.settle()
    projection = begin(desk, width=1280, height=720).projection
    heights = []
    for width, height in ((1280, 720), (1024, 768), (3840, 1080)):
        projection.resize(width, height)
        graph = projection.graph
        assert graph.drawing.width * graph.camera.scale <= graph.viewport().width() - MARGIN + 0.5
        heights.append(graph.drawing.height)
        assert scene_faults(graph) == []
    # As the picture gets wider, the lines come together again.
    assert heights[2] < heights[0]


def test_a_picture_too_small_for_the_graph_cuts_no_neuron_in_two(desk):
    show = begin(desk, width=1024, height=768)
    graph, seen = show.projection.graph, 0
    for step in range(-1, len(desk.frame.one_pass.steps)):
        if step >= 0:
            show.telling.go_to(step)
            desk.settle()
        nodes, _ = spans(graph.drawing)
        camera, room = graph.camera, graph.viewport().width()
        assert camera.scale * graph.drawing.width > room
        first, _, last, _ = active_area(graph.drawing) or (0.0,) * 4
        if camera.scale * (last - first) > room:
            # The step speaks of more than there is room for.
            continue
        for low, high in nodes:
            left, right = camera.left + camera.scale * low, camera.left + camera.scale * high
            assert right <= 1 or left >= room - 1 or (left >= 0 and right <= room), step
            seen += 1
    assert seen > len(desk.frame.one_pass.steps)
    show.leave()


def test_what_is_lit_is_seen_even_where_a_node_is_cut():
    # The second node can be whole only where the first, which is lit, is not.
    assert cutting_least(0.0, (0.0, 50.0), {(60.0, 110.0)}, 100.0, 1.0, (-100.0, 14.0)) == 0.0
    assert cutting_least(0.0, (20.0, 50.0), {(60.0, 110.0)}, 100.0, 1.0, (-100.0, 14.0)) == -16.0
    assert cutting_least(0.0, (20.0, 50.0), {(90.0, 140.0)}, 100.0, 1.0, (-100.0, 14.0)) == 10.0
