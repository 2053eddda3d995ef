"""Where the shapes of a drawing lie: frames around them, and how frames get out of each other's way."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.render.metrics import ASCENT, DESCENT, label_width
from explainer.render.shapes import Box, Circle, Label

AIR = 3.0
# Left, top, right, bottom.
Frame = tuple[float, float, float, float]
# What words stand in.
Holder = Circle | Box


def width_of(label: Label, size: float) -> float:
    """Return the width of a label set at a size."""
    return label_width(label.runs, size, label.bold, label.tracking * size / label.size)


def label_frame(label: Label, size: float = 0.0) -> Frame:
    """Return left, top, right and bottom of a label, at its own size or another."""
    size = size or label.size
    width = width_of(label, size)
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - ASCENT * size, left + width, label.y + DESCENT * size


def frame_of(shape: Holder) -> Frame:
    """Return left, top, right and bottom of a shape."""
    if isinstance(shape, Circle):
        across = down = shape.radius
    else:
        across, down = shape.width / 2, shape.height / 2
    return shape.x - across, shape.y - down, shape.x + across, shape.y + down


def moved(frame: Frame, across: float, down: float) -> Frame:
    """Return a frame elsewhere."""
    return frame[0] + across, frame[1] + down, frame[2] + across, frame[3] + down


def shifted(shape: Holder, move: tuple[float, float]) -> Holder:
    """Return a shape elsewhere."""
    return replace(shape, x=shape.x + move[0], y=shape.y + move[1])


def meets(one: Frame, other: Frame, air: float = 0.0) -> bool:
    """Tell whether two frames have a place in common, or come as close as `air`."""
    across = one[0] < other[2] + air and other[0] < one[2] + air
    return across and one[1] < other[3] + air and other[1] < one[3] + air


def overlap(one: Frame, other: Frame) -> bool:
    """Tell whether two frames come closer than they should."""
    return meets(one, other, AIR)
