"""Every lesson in each of its three views, at several of its steps."""

import pytest
from hypothesis import given

from explainer.lesson.examples import example, example_names
from explainer.pages.narrate import narrate
from explainer.render.drawing.matrix_entries import MatrixEntries
from explainer.render.svg import to_svg
from explainer.render.views import VIEWS, draw_view
from explainer.trace.layered import why_not_layered
from explainer.trace.matrices import matrices
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.properties.lessons import lessons
from tests.render.areas import collisions, curves_through_circles, outside, spilled
from tests.render.golden import compare, normalised
from tests.render.networks import dense, late
from tests.render.random_special import special_lessons

STEPS = 7
NETWORKS = [name for name in example_names() if example(name).expression is None]
LAYERED = [name for name in NETWORKS if why_not_layered(example(name)) is None]


def at(lesson, view, index, *, language="en", digits=5):
    runs = trace(lesson, 1)
    one_pass = runs[0].summary
    index = min(index, len(one_pass.steps) - 1)
    if index < 0:
        start = starting_moment(lesson)
        return draw_view(view, lesson, start, None, digits=digits, language=language)
    badges = narrate(runs, 0, index, language, digits).badges
    moment = moment_at(lesson, one_pass, index)
    return draw_view(
        view, lesson, moment, one_pass, digits=digits, language=language, badges=badges
    )


def shapes(drawing):
    found = {shape.key: shape for shape in drawing.shapes}
    assert len(found) == len(drawing.shapes), "a key stands for one shape"
    return found


def text(label) -> str:
    return "".join(run.text for run in label.runs)


def check(drawing) -> None:
    shapes(drawing)
    assert collisions(without_frames(drawing)) == []
    assert spilled(drawing) == []
    assert outside(drawing) == []
    assert curves_through_circles(drawing) == []


def without_frames(drawing):
    """A matrix frames its numbers, which the ground of a bright one lies under."""
    kept = tuple(s for s in drawing.shapes if s.key.partition(":")[0] not in ("matrix", "cell"))
    return type(drawing)(drawing.width, drawing.height, kept, drawing.title)


@pytest.mark.parametrize("name", example_names())
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_lies_upon_anything_else(name, view):
    lesson = example(name)
    runs = trace(lesson, 1)
    one_pass = runs[0].summary
    count = len(one_pass.steps)
    check(draw_view(view, lesson, starting_moment(lesson), None, digits=5, language="ru"))
    for index in sorted({round(part * (count - 1) / STEPS) for part in range(STEPS + 1)}):
        badges = narrate(runs, 0, index, "en", 5).badges
        moment = moment_at(lesson, one_pass, index)
        drawing = draw_view(view, lesson, moment, one_pass, digits=5, language="en", badges=badges)
        check(drawing)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_computation_graph_has_the_same_size_at_every_step(name):
    lesson = example(name)
    steps = trace(lesson, 1)[0].summary.steps
    # An update may make a weight longer.
    last = max(step.index for step in steps if step.phase != "update")
    start, end = (at(lesson, "computation", index) for index in (-1, last))
    assert (start.width, start.height) == (end.width, end.height)
    places = [
        {key: (s.x, s.y) for key, s in shapes(d).items() if key.startswith(("box:", "circle:"))}
        for d in (start, end)
    ]
    assert places[0] == places[1]


@given(lessons())
def test_any_network_as_a_computation_graph(lesson):
    check(draw_view("computation", lesson, late(lesson), None, digits=5, language="en"))


@given(special_lessons())
def test_any_special_network_as_a_computation_graph(lesson):
    check(draw_view("computation", lesson, late(lesson), None, digits=5, language="en"))


@pytest.mark.parametrize("name", LAYERED)
def test_the_numbers_in_the_matrices_are_those_of_the_matrix_form(name):
    lesson = example(name)
    if lesson.update.choice.name in ("perceptron", "hebb"):
        return
    run = trace(lesson, 1)[0]
    one_pass = run.summary
    moment = moment_at(lesson, one_pass, len(one_pass.steps) - 1)
    entries = MatrixEntries(lesson, moment, one_pass, "en")
    for layer, form in zip(entries.layers, matrices(run), strict=True):
        drawn = {
            matrix.name.rstrip("0123456789"): matrix
            for line in (entries.forward(layer), entries.backward(layer))
            for matrix in line.matrices
        }
        assert_same(drawn["S"], form.S)
        assert_same(drawn["X"], form.X)
        assert_same(drawn["dS"], form.dS)
        assert_same(drawn["dW"], form.dW)
        if "A" in drawn:
            assert_same(drawn["A"], form.A)
        if "Y" in drawn:
            assert_same(drawn["Y"], form.Y)


def assert_same(drawn, matrix) -> None:
    """Compare what stands in a drawn matrix; a frozen weight has no step of its own."""
    for row, expected in zip(drawn.entries, matrix, strict=True):
        for entry, value in zip(row, expected, strict=True):
            if entry.value is not None:
                assert entry.value == pytest.approx(value, rel=1e-12, abs=1e-15), entry.key
    if drawn.name[0] in "SXAY" or drawn.name.startswith("dS"):
        assert all(entry.value is not None for row in drawn.entries for entry in row)


def test_matrices_fill_step_by_step():
    lesson = example("mazur-2-2-2")
    before, after = (shapes(at(lesson, "matrices", index)) for index in (0, 2))
    assert text(before["entry:S1 0 h1"]) == "0.378"
    assert text(before["entry:S1 0 h2"]) == "·"
    assert text(after["entry:S1 0 h2"]) == "0.393"
    lit = {key for key in before if key.startswith("cell:")}
    assert lit == {
        "cell:value:i1",
        "cell:value:i2",
        "cell:weight:i1>h1",
        "cell:weight:i2>h1",
        "cell:biastext:h1",
        "cell:entry:S1 0 h1",
    }


def test_local_derivatives_come_with_the_way_back():
    lesson = example("mazur-2-2-2")
    runs = trace(lesson, 1)
    steps = runs[0].summary.steps
    first = next(step.index for step in steps if step.phase == "backward")
    before, after = (shapes(at(lesson, "computation", index)) for index in (first - 1, first))
    assert "slope:o1.z>o1" not in before
    assert text(after["slopetext:o1.z>o1"]) == "∂ 0.187"
    assert "slope:h1.z>h1" not in after


def test_the_slope_on_an_edge_is_a_finite_difference():
    for name in ("mazur-2-2-2", "softmax-classifier", "batch-norm", "dropout", "prelu"):
        run = trace(example(name), 1)[0]
        graph = run.graph
        for sample, slopes in run.summary.slopes.items():
            for key, slope in slopes.items():
                source, target = key.split(">")
                node = graph.nodes[_place(graph, int(sample), target)]
                position = _place(graph, int(sample), source)
                values = [run.values[place] for place in node.inputs]
                step, found = 1e-6, []
                for sign in (1, -1):
                    moved = [
                        value + sign * step * (place == position)
                        for value, place in zip(values, node.inputs, strict=True)
                    ]
                    found.append(node.operation.value(moved))
                assert slope == pytest.approx((found[0] - found[1]) / 2 / step, abs=1e-5), key


def _place(graph, sample, address):
    return graph.place.get((sample, address), graph.place.get((None, address)))


def test_a_lesson_without_layers_says_why_in_one_sentence():
    drawing = at(example("batch-norm"), "matrices", 0)
    said = " ".join(text(shape) for shape in drawing.shapes)
    assert said.startswith("h₁ is normalised over the batch")
    assert said.count(".") == 1


def test_a_large_matrix_shows_its_first_its_last_and_what_the_step_speaks_of():
    lesson = dense(20, 15, 1)
    weighted = at(lesson, "matrices", 18)
    assert "entry:S1 0 h1_10" in shapes(weighted)
    other = at(lesson, "matrices", 12)
    assert (weighted.width, weighted.height) == (other.width, other.height)


@pytest.mark.parametrize("name", ["lecture-2-2-1", "softmax-classifier"])
@pytest.mark.parametrize("view", ["computation", "matrices"])
def test_as_text(name, view, request):
    drawing = at(example(name), view, 8)
    compare(
        f"{view}-{name}",
        normalised(to_svg(drawing, "light")),
        regenerate=request.config.getoption("--regen"),
    )


@pytest.mark.parametrize("name", LAYERED)
def test_an_equation_that_is_too_wide_goes_on_in_the_next_line(name):
    lesson = example(name)
    one_pass = trace(lesson, 1)[0].summary
    moment = moment_at(lesson, one_pass, len(one_pass.steps) - 1)
    whole = draw_view("matrices", lesson, moment, one_pass, digits=5, language="en")
    for share in (0.8, 0.6, 0.01):
        widest = share * whole.width
        broken = draw_view(
            "matrices", lesson, moment, one_pass, digits=5, language="en", widest=widest
        )
        assert sorted(shapes(broken)) == sorted(shapes(whole))
        check(broken)
        if broken.width > widest:
            # A matrix is never broken.
            last = max(frames(broken), key=lambda frame: frame.x + frame.width / 2)
            assert [frame.y for frame in frames(broken)].count(last.y) == 1


def frames(drawing):
    return [shape for shape in drawing.shapes if shape.key.startswith("matrix:")]
