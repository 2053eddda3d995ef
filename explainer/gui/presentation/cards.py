"""Cards behind words through which an edge runs: what has grown may have come to stand on one."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from explainer.gui.presentation.frames import Frame, frame_of, label_frame, meets
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Shape, point_at

_EDGES = ("edge:", "link:")
_PLACES = 60
# Scripts reach a little out of the frame of their label.
_AROUND, _ABOVE, _CORNER = 5.0, 2.0, 6.0


def with_cards(drawing: Drawing) -> Drawing:
    """Return a drawing whose words can be read, whatever runs behind them."""
    edges = [one for one in drawing.shapes if _is_edge(one)]
    cards = list(_cards(drawing, [(one, _around(one)) for one in edges if isinstance(one, Curve)]))
    if not cards:
        return drawing
    # Above the edges, below everything else.
    place = drawing.shapes.index(edges[-1]) + 1
    return replace(drawing, shapes=(*drawing.shapes[:place], *cards, *drawing.shapes[place:]))


def _is_edge(shape: Shape) -> bool:
    return isinstance(shape, Curve) and shape.key.startswith(_EDGES)


def _around(edge: Curve) -> Frame:
    """Return the frame of the points that bend a curve, which it never leaves."""
    across, down = edge.points[::2], edge.points[1::2]
    return min(across), min(down), max(across), max(down)


def _cards(drawing: Drawing, edges: list[tuple[Curve, Frame]]) -> Iterator[Box]:
    holders = [frame_of(one) for one in drawing.shapes if isinstance(one, Box | Circle)]
    for label in drawing.shapes:
        if isinstance(label, Label):
            frame = label_frame(label)
            middle = (frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2
            stands_free = not any(_contains(holder, middle) for holder in holders)
            # Most edges are nowhere near; following one takes long.
            if stands_free and any(
                meets(around, frame) and _runs_through(edge, frame) for edge, around in edges
            ):
                yield _card(label, frame)


def _card(label: Label, frame: Frame) -> Box:
    left, top, right, bottom = frame
    width = right - left + 2 * _AROUND
    place = (left + right) / 2, (top + bottom) / 2
    return Box(f"card:{label.key}", *place, width, bottom - top + 2 * _ABOVE, _CORNER, "quiet")


def _runs_through(edge: Curve, frame: Frame) -> bool:
    points = (point_at(edge.points, place / _PLACES) for place in range(_PLACES + 1))
    return any(_contains(frame, point) for point in points)


def _contains(frame: Frame, point: tuple[float, float]) -> bool:
    left, top, right, bottom = frame
    return left <= point[0] <= right and top <= point[1] <= bottom
