from explainer.gui.canvas.hits import HitMap, area_of
from explainer.pages.page import Reference
from explainer.render.shapes import Box, Circle, Curve, Label, Run, Underline, point_at

EDGE = Reference("edge", "a", "b")
CURVE = Curve("edge:a>b", (0, 0, 50, 0, 50, 100, 100, 100), 2.0, "quiet", reference=EDGE)
PILL = Box("pill:a>b", 50, 50, 60, 26, 13, "quiet", reference=EDGE)
CIRCLE = Circle("circle:b", 140, 100, 40, "quiet", reference=Reference("neuron", "b"))


def test_the_nearest_edge_within_reach():
    other = Curve("edge:a>c", (0, 8, 50, 8, 50, 108, 100, 108), 2.0, "quiet", reference=EDGE)
    hits = HitMap([CURVE, other])
    x, y = point_at(CURVE.points, 0.3)
    assert hits.at(x, y + 1, 7) is CURVE
    x, y = point_at(other.points, 0.3)
    assert hits.at(x, y, 7) is other
    assert hits.at(x + 60, y, 7) is None


def test_a_pill_lies_over_its_edge():
    assert HitMap([PILL, CURVE]).at(50, 50, 7) is PILL


def test_a_circle_is_round():
    hits = HitMap([CIRCLE])
    assert hits.at(140, 62, 0) is CIRCLE
    assert hits.at(105, 65, 0) is None


def test_what_stands_for_nothing_is_not_there():
    label = Label("header:0", 50, 50, (Run("INPUT"),), 12, "quiet")
    mark = Underline("underline:0", 40, 60, 20, 0)
    assert HitMap([label, mark]).at(50, 48, 3) is None


def test_a_label_covers_its_text():
    label = Label(
        "target:b", 100, 50, (Run("target "), Run("y", "italic"), Run(" = 1")), 12, "plain"
    )
    left, top, right, bottom = area_of(label)
    assert left < 75
    assert right > 125
    assert top < 42
    assert bottom > 50
