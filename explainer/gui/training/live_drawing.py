"""The drawing of a network while it trains: the same places, without the numbers of a step."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.render.drawing.nodes import error_words
from explainer.render.metrics import ASCENT, DESCENT, label_width
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Shape

# The name stands in the lower part of its circle; its size, the room around it and its corners.
_NAME_SIZE, _NAME_DROP, _AROUND, _CORNER, _TAIL = 15.0, 24.0, 5.0, 7.0, 1.0
_KEPT = ("header", "group", "softmax", "softmaxtext", "error", "link")
_WORDS_OF_ERROR = ("error:symbol", "error:value")


def live_drawing(drawing: Drawing, error: str, *, with_edges: bool) -> Drawing:
    """Return what of a step's drawing stays: headers, circles, names, the error with its letter, nothing lit.

    The number under the letter is another at every moment, and is no part of the drawing.

    Names stand on a ground of their own. With edges they are there to be pointed at, straight; they are painted elsewhere.
    """
    circles = {
        shape.reference.first: shape
        for shape in drawing.shapes
        if isinstance(shape, Circle) and shape.reference is not None
    }
    lines: list[Shape] = []
    below: list[Shape] = []
    above: list[Shape] = []
    for shape in drawing.shapes:
        kind = shape.key.partition(":")[0]
        if isinstance(shape, Curve) and kind == "edge" and with_edges:
            lines.append(straightened(shape))
        elif isinstance(shape, Circle):
            below.append(replace(shape, tone="plain", factor=None, active=False, dashed=False))
        elif isinstance(shape, Label) and kind == "symbol" and shape.reference is not None:
            name = _name(shape, circles[shape.reference.first])
            above += [_ground(name), name]
        elif kind in _KEPT and shape.key not in _WORDS_OF_ERROR:
            (lines if isinstance(shape, Curve) else below).append(_quiet(shape))
    box = error_box_of(drawing)
    if box is not None:
        name, _ = error_words(box, error, "")
        above.append(_quiet(name))
    return replace(drawing, shapes=(*lines, *below, *above))


def error_box_of(drawing: Drawing) -> Box | None:
    """Return the box of the error; None where a drawing has none."""
    found = (each for each in drawing.shapes if each.key == "error" and isinstance(each, Box))
    return next(found, None)


def _quiet(shape: Shape) -> Shape:
    if isinstance(shape, Curve):
        return replace(shape, tone="quiet", active=False)
    if isinstance(shape, Box | Label) and not shape.key.startswith("header"):
        return replace(shape, tone="quiet", factor=None, active=False)
    return shape


def _name(label: Label, circle: Circle) -> Label:
    size = min(label.size, _NAME_SIZE)
    return replace(
        label, y=circle.y + _NAME_DROP, size=size, tone="plain", factor=None, active=False
    )


def straightened(curve: Curve) -> Curve:
    """Return an edge as a straight line of the same ends."""
    x0, y0, *_, x3, y3 = curve.points
    x, y = (x3 - x0) / 3, (y3 - y0) / 3
    points = (x0, y0, x0 + x, y0 + y, x3 - x, y3 - y, x3, y3)
    return replace(curve, points=points, tone="quiet", active=False)


def _ground(name: Label) -> Box:
    """Return what lies under a name, so that it can be read on any colour."""
    width = label_width(name.runs, name.size, name.bold) + 2 * _AROUND
    # The tail of a letter, smoothed, reaches a little below the descent of its font.
    height = (ASCENT + DESCENT) * name.size + _TAIL
    middle = name.y - ASCENT * name.size + height / 2
    key = name.key.replace("symbol:", "ground:")
    return Box(key, name.x, middle, width, height, _CORNER, "quiet", reference=name.reference)
