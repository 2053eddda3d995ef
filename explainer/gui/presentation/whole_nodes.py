"""Where a drawing larger than its picture is placed so that the edges of the picture cut no node in two."""

from __future__ import annotations

from explainer.gui.presentation.frames import frame_of
from explainer.render.shapes import Box, Circle, Drawing

# Room between a node and the edge of the picture, px.
_AIR = 6.0
# From where to where something reaches.
Span = tuple[float, float]


def spans(drawing: Drawing) -> tuple[set[Span], set[Span]]:
    """Return how far the neurons and the error of a drawing reach, across and down."""
    frames = [
        frame_of(shape)
        for shape in drawing.shapes
        if isinstance(shape, Circle) or (isinstance(shape, Box) and shape.key == "error")
    ]
    across = {(left, right) for left, _, right, _ in frames}
    return across, {(top, bottom) for _, top, _, bottom in frames}


def cutting_least(
    wanted: float, lit: Span, nodes: set[Span], room: float, scale: float, limits: Span
) -> float:
    """Return the offset nearest to `wanted`, within limits, that cuts the fewest nodes and shows all that is lit.

    Spans are in units of the drawing, of which one is `scale` px; `room` and offsets are in px.
    """
    tried = [wanted]
    for low, high in nodes:
        tried += (_AIR - scale * low, room - _AIR - scale * high)
        # Beyond the edge, where it is not seen at all.
        tried += (-scale * high, room - scale * low)
    fitting = [
        offset
        for offset in tried
        if limits[0] <= offset <= limits[1]
        and offset + scale * lit[0] >= 0
        and offset + scale * lit[1] <= room
    ]

    def cost(offset: float) -> tuple[int, float]:
        cut = sum(
            offset + scale * low < edge < offset + scale * high
            for low, high in nodes
            for edge in (0.0, room)
        )
        return cut, abs(offset - wanted)

    return min((wanted, *fitting), key=cost)
