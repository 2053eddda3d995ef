"""The whole layout of a network, found once for an outline and kept: places, ways of the edges, pills, free room."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from explainer.render.drawing.edges import routes
from explainer.render.drawing.pills import place_pills
from explainer.render.drawing.places import (
    ERROR_WIDTH,
    LINE_HEIGHT,
    RADIUS,
    Outline,
    Places,
    error_box,
    places,
)
from explainer.render.drawing.slots import Rows, width_of
from explainer.render.drawing.softmax import Frame
from explainer.render.drawing.space import Rectangle, Space, around
from explainer.render.shapes import Points, point_at

# The layout is spread step by step until every pill lies on its edge; in the last step pills may lie beside.
_STRETCHES = (1.0, 1.15, 1.35, 1.6, 2.0)
_MARGIN_X = 48.0
MARGIN_Y = 30.0
_HEADER_RISE = 62.0
# Places along an arc where its height is looked at, and the room a pill needs there.
_ARC_SAMPLES = (0.25, 0.4, 0.5, 0.6, 0.75)
_ARC_ROOM = 20.0
# Room over a neuron for δ, or for the derivative by another of its quantities.
DELTA_WIDTH, DERIVATIVE_WIDTH = 84.0, 122.0


class Layout(Struct):
    """Places of everything, in a drawing of width × height at the origin; `taken` is the room that labels may not use."""

    width: float
    height: float
    neurons: dict[str, tuple[float, float]]
    headers: tuple[tuple[float, float], ...]
    error: tuple[float, float]
    error_header: tuple[float, float]
    edges: tuple[Points, ...]
    links: tuple[Points, ...]
    pills: tuple[tuple[float, float] | None, ...]
    slots: dict[tuple[str, str], Rectangle]
    deltas: dict[str, tuple[float, float]]
    targets: tuple[tuple[float, float], ...]
    note: tuple[float, float]
    frames: tuple[Frame, ...]
    taken: Space


@lru_cache(maxsize=16)
def layout(outline: Outline) -> Layout:
    """Return the layout of an outline; the same object for the same outline, so do not change it."""
    for stretch in _STRETCHES:
        placed = places(outline, stretch)
        outputs = [neuron.id for neuron in outline.neurons if neuron.role == "output"]
        edges, links = routes(outline.edges, outputs, placed)
        area = _area(outline, placed, (*edges, *links))
        placed = placed.moved(-area.left, -area.top)
        edges, links = (_moved(curves, -area.left, -area.top) for curves in (edges, links))
        taken = _taken(outline, placed)
        pills = place_pills(edges, outline.pills, taken, last_resort=stretch == _STRETCHES[-1])
        if pills is not None:
            break
    header_y = MARGIN_Y
    headers = tuple((x, header_y) for x in placed.column_x)
    error_header = (placed.error[0], header_y)
    for (x, y), header_width in zip(
        (*headers, error_header), (*outline.headers, ERROR_WIDTH), strict=True
    ):
        taken.add(around(x, y, header_width, LINE_HEIGHT))
    return Layout(
        width=area.right - area.left,
        height=area.bottom - area.top,
        neurons=placed.neurons,
        headers=headers,
        error=placed.error,
        error_header=error_header,
        edges=edges,
        links=links,
        pills=pills or (),
        slots=_slot_areas(outline, placed),
        deltas=placed.deltas,
        targets=tuple(placed.targets),
        note=placed.note,
        frames=tuple(placed.frames),
        taken=taken,
    )


def _slot_areas(outline: Outline, placed: Places) -> dict[tuple[str, str], Rectangle]:
    """Return where the things under the neurons lie, by neuron and key."""
    found: dict[tuple[str, str], Rectangle] = {}
    for neuron, rows in zip(outline.neurons, outline.under, strict=True):
        if rows:
            found |= slot_areas(neuron.id, rows, placed.slots[neuron.id])
    return found


def slot_areas(
    neuron_id: str, rows: Rows, places: dict[str, tuple[float, float]]
) -> dict[tuple[str, str], Rectangle]:
    """Return where the things under one neuron lie, by the neuron and their key."""
    return {
        (neuron_id, slot.key): around(*places[slot.key], slot.width, slot.height)
        for row in rows
        for slot in row
    }


def _area(outline: Outline, placed: Places, curves: tuple[Points, ...]) -> Rectangle:
    """Return what the drawing covers, with its margins and the line of the headers."""
    neurons = placed.neurons.values()
    targets = zip(placed.targets, outline.targets, strict=True)
    widths = [
        *((x, 2 * RADIUS) for x, _ in neurons),
        *zip(placed.column_x, outline.headers, strict=True),
        *(
            (placed.neurons[neuron.id][0], max(width_of(rows), over))
            for neuron, rows, over in zip(outline.neurons, outline.under, outline.over, strict=True)
        ),
        *((x, width) for (x, _), width in targets),
        (placed.note[0], outline.note),
    ]
    frames = [each.area for each in placed.frames]
    widths += [((area.left + area.right) / 2, area.right - area.left) for area in frames]
    ys = [y for _, y in neurons]
    box = error_box(placed.error)
    # A curve between the heights of its ends stays between the circles there.
    arcs = [
        point_at(points, t)[1]
        for points in curves
        if points[1] != points[3] and _swings_out(points)
        for t in _ARC_SAMPLES
    ]
    below = [
        *placed.bottoms.values(),
        *(y + LINE_HEIGHT / 2 for _, y in placed.targets),
        *(y + _ARC_ROOM for y in arcs),
        *(each.area.bottom for each in placed.frames),
        *([placed.note[1] + LINE_HEIGHT / 2] if outline.note else []),
    ]
    above = [
        min(ys) - RADIUS - LINE_HEIGHT,
        box.top,
        *(y - _ARC_ROOM for y in arcs),
        *(each.name_area.top for each in placed.frames),
        0.0,
    ]
    return Rectangle(
        min(x - width / 2 for x, width in widths) - _MARGIN_X,
        min(above) - MARGIN_Y - _HEADER_RISE,
        max(box.right, *(x + width / 2 for x, width in widths)) + _MARGIN_X,
        max(box.bottom, *below) + MARGIN_Y,
    )


def _swings_out(points: Points) -> bool:
    """Tell whether a curve may leave the heights between its ends."""
    low, high = (points[1], points[7]) if points[1] < points[7] else (points[7], points[1])
    return not (low <= points[3] <= high and low <= points[5] <= high)


def _moved(curves: tuple[Points, ...], right: float, down: float) -> tuple[Points, ...]:
    """Return curves moved to the right and down."""
    moved: list[Points] = []
    for x0, y0, x1, y1, x2, y2, x3, y3 in curves:
        moved.append((
            x0 + right, y0 + down, x1 + right, y1 + down,
            x2 + right, y2 + down, x3 + right, y3 + down,
        ))  # fmt: skip
    return tuple(moved)


def _taken(outline: Outline, placed: Places) -> Space:
    """Return the room of everything that stands still: circles, what hangs on them, targets, the error."""
    taken = Space()
    for x, y in placed.neurons.values():
        taken.add_circle(x, y, RADIUS + 2)
    for area in _slot_areas(outline, placed).values():
        taken.add(area.grown(3))
    for neuron, width in zip(outline.neurons, outline.over, strict=True):
        if width:
            taken.add(around(*placed.deltas[neuron.id], width, LINE_HEIGHT))
    for place, width in zip(placed.targets, outline.targets, strict=True):
        taken.add(around(*place, width + 4, LINE_HEIGHT))
    if outline.note:
        taken.add(around(*placed.note, outline.note + 4, LINE_HEIGHT))
    for each in placed.frames:
        for border in each.borders():
            taken.add(border)
    taken.add(error_box(placed.error).grown(3))
    return taken
