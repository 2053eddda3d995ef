"""What looks for overlaps and cut-off labels finds them."""

from explainer.render.shapes import Box, Circle, Drawing, Label, Run
from tests.render.areas import collisions, outside, spilled


def drawing(*shapes):
    return Drawing(200.0, 100.0, shapes)


def label(key, x, text):
    return Label(key, x, 54.0, (Run(text),), 12.0, "plain")


def test_a_label_larger_than_its_box_is_found():
    box = Box("pill:a>b", 100.0, 50.0, 60.0, 24.0, 12.0, "plain")
    assert spilled(drawing(box, label("weight:a>b", 100.0, "0.15"))) == []
    assert spilled(drawing(box, label("weight:a>b", 100.0, "0.15 and more"))) == ["weight:a>b"]
    circle = Circle("circle:a", 100.0, 50.0, 20.0, "plain")
    assert spilled(drawing(circle, label("value:a", 100.0, "1234567890"))) == ["value:a"]


def test_labels_upon_each_other_or_outside_are_found():
    assert collisions(drawing(label("one:", 100.0, "first"), label("two:", 110.0, "second")))
    assert outside(drawing(label("one:", 195.0, "too far right"))) == ["one:"]
