"""Nothing on a drawing lies upon anything else, whatever the network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.examples import example, example_names
from explainer.render.diagram import draw
from explainer.trace.moment import starting_moment
from tests.properties.lessons import lessons
from tests.render.areas import collisions, curves_through_circles, outside, spilled
from tests.render.networks import LESSONS, badges, dense, late, lesson


def check(drawing):
    assert collisions(drawing) == []
    assert spilled(drawing) == []
    assert outside(drawing) == []


NETWORKS = [name for name in example_names() if example(name).expression is None]


@pytest.mark.parametrize("name", [*LESSONS, *NETWORKS])
@pytest.mark.parametrize("digits", [2, 5, 10])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_labels_pills_badges_and_circles_are_disjoint(name, digits, language):
    drawn = LESSONS.get(name) or example(name)
    check(draw(drawn, starting_moment(drawn), digits=digits, language=language))
    full = draw(drawn, late(drawn), digits=digits, language=language, badges=badges(drawn))
    check(full)
    assert curves_through_circles(full) == []


@pytest.mark.parametrize("sizes", [(4, 4, 4, 4), (6, 9), (1, 30, 1), (5, 6, 5), (12, 5)])
@pytest.mark.parametrize("bias", [False, True])
def test_up_to_sixty_pills_find_their_place(sizes, bias):
    drawn = dense(*sizes, bias=bias)
    drawing = draw(drawn, late(drawn), digits=8, language="en", badges=badges(drawn))
    check(drawing)
    pills = [shape for shape in drawing.shapes if shape.key.startswith("pill:")]
    assert len(pills) == len(drawn.network.edges)


@given(lessons(), st.sampled_from([2, 5, 10]), st.sampled_from(["forward", "backward", "update"]))
def test_any_network_has_room_for_everything(drawn, digits, phase):
    drawing = draw(drawn, late(drawn, phase), digits=digits, language="en", badges=badges(drawn))
    check(drawing)
    assert curves_through_circles(drawing) == []


def test_every_pill_touches_its_edge():
    for drawn in LESSONS.values():
        drawing = draw(drawn, starting_moment(drawn), digits=5, language="en")
        curves = {s.key.partition(":")[2]: s for s in drawing.shapes if s.key.startswith("edge:")}
        for pill in drawing.shapes:
            if pill.key.startswith("pill:"):
                curve = curves[pill.key.partition(":")[2]]
                assert _touches(curve.points, pill), pill.key


def _touches(points, pill):
    from explainer.render.shapes import point_at

    return any(
        abs(x - pill.x) <= pill.width / 2 and abs(y - pill.y) <= pill.height / 2
        for x, y in (point_at(points, step / 200) for step in range(201))
    )


def test_skip_connections_go_round_a_tall_column():
    names = [f"x0_{row + 1}" for row in range(7)]
    drawn = dense(7, 7, 7, 7, extra=[(a, b) for a in names for b in ("o3_1", "o3_4", "o3_7")])
    assert len(drawn.network.edges) > 150
    drawing = draw(drawn, late(drawn), digits=5, language="en", badges=badges(drawn))
    assert curves_through_circles(drawing) == []
    check(drawing)


def test_an_output_that_feeds_another_reaches_the_error_round_it():
    from explainer.lesson.lesson import Neuron

    neurons = [Neuron("x", "input"), Neuron("a", "output"), Neuron("b", "output")]
    drawn = lesson(neurons, [("x", "a"), ("a", "b")])
    drawing = draw(drawn, starting_moment(drawn), digits=5, language="en")
    assert curves_through_circles(drawing) == []
    check(drawing)
