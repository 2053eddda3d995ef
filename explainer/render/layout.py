"""The whole layout of a network, found once for an outline and kept: places, ways of the edges, pills, free room."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from explainer.render.edges import Points, point_at, routes, s_curve, straight
from explainer.render.pills import place_pills
from explainer.render.places import (
    BIAS_HEIGHT,
    ERROR_WIDTH,
    LINE_HEIGHT,
    RADIUS,
    Outline,
    Places,
    error_box,
    places,
)
from explainer.render.space import Space, around

# The layout is spread step by step until every pill lies on its edge; in the last step pills may lie beside.
_STRETCHES = (1.0, 1.15, 1.35, 1.6, 2.0)
_MARGIN_X = 36.0
_MARGIN_Y = 30.0
_HEADER_RISE = 62.0
DELTA_WIDTH = 84.0


class Layout(Struct):
    """Places of everything, in a drawing of width × height at the origin; `taken` is the room that labels may not use."""

    width: float
    height: float
    neurons: dict[str, tuple[float, float]]
    columns: dict[str, int]
    headers: tuple[tuple[float, float], ...]
    error: tuple[float, float]
    error_header: tuple[float, float]
    edges: tuple[Points, ...]
    links: tuple[Points, ...]
    pills: tuple[tuple[float, float] | None, ...]
    biases: dict[str, tuple[float, float]]
    deltas: dict[str, tuple[float, float]]
    targets: tuple[tuple[float, float], ...]
    taken: Space


@lru_cache(maxsize=16)
def layout(outline: Outline) -> Layout:
    """Return the layout of an outline; the same object for the same outline, so do not change it."""
    for stretch in _STRETCHES:
        placed = places(outline, stretch)
        edges = routes(outline.edges, placed)
        placed, edges, links, width, height = _at_origin(outline, placed, edges)
        taken = _taken(outline, placed)
        pills = place_pills(edges, outline.pills, taken, last_resort=stretch == _STRETCHES[-1])
        if pills is not None:
            break
    header_y = _MARGIN_Y
    headers = tuple((x, header_y) for x in placed.column_x)
    error_header = (placed.error[0], header_y)
    for (x, y), header_width in zip(
        (*headers, error_header), (*outline.headers, ERROR_WIDTH), strict=True
    ):
        taken.add(around(x, y, header_width, LINE_HEIGHT))
    return Layout(
        width, height, placed.neurons, placed.columns, headers, placed.error, error_header, edges, links,
        pills or (), placed.biases, placed.deltas, tuple(placed.targets), taken,
    )  # fmt: skip


def _at_origin(
    outline: Outline, placed: Places, edges: tuple[Points, ...]
) -> tuple[Places, tuple[Points, ...], tuple[Points, ...], float, float]:
    """Return the places and edges moved so that the drawing begins at (0, 0) with its margins, the links, its size."""
    half = max((RADIUS, *(width / 2 for width in (*outline.biases, *outline.headers))))
    xs = [x for x, _ in placed.neurons.values()]
    left, right = min(xs) - half, max(placed.error[0] + ERROR_WIDTH / 2, *(x + half for x in xs))
    target_half = max(outline.targets, default=0.0) / 2
    right = max(right, *(x + target_half for x, _ in placed.targets))
    box = error_box(placed.error)
    reach = RADIUS + BIAS_HEIGHT + LINE_HEIGHT + 16
    ys = [y for _, y in placed.neurons.values()]
    arcs = [
        point_at(points, t)[1]
        for points in edges
        if points[1] != points[3]
        for t in (0.3, 0.5, 0.7)
    ]
    top = min(min(ys) - RADIUS - LINE_HEIGHT, box.top, *(y - 20 for y in arcs), 0.0)
    bottom = max(max(ys) + reach, box.bottom + LINE_HEIGHT + 12, *(y + 20 for y in arcs))
    right_by, down_by = _MARGIN_X - left, _MARGIN_Y + _HEADER_RISE - top
    moved = Places(
        placed.columns,
        {name: (x + right_by, y + down_by) for name, (x, y) in placed.neurons.items()},
        [x + right_by for x in placed.column_x],
        (placed.error[0] + right_by, placed.error[1] + down_by),
        {name: (x + right_by, y + down_by) for name, (x, y) in placed.biases.items()},
        {name: (x + right_by, y + down_by) for name, (x, y) in placed.deltas.items()},
        [(x + right_by, y + down_by) for x, y in placed.targets],
    )
    shift = (right_by, down_by) * 4
    moved_edges = tuple(
        tuple(value + by for value, by in zip(points, shift, strict=True)) for points in edges
    )
    links = tuple(_link(moved, neuron.id) for neuron in outline.neurons if neuron.role == "output")
    return moved, moved_edges, links, right - left + 2 * _MARGIN_X, bottom + down_by + _MARGIN_Y  # type: ignore[return-value]  # zip keeps the eight numbers


def _link(placed: Places, output: str) -> Points:
    """Return the way from an output into the error."""
    x, y = placed.neurons[output]
    end_x, end_y = placed.error[0] - ERROR_WIDTH / 2, placed.error[1]
    shape = straight if abs(y - end_y) < 1 else s_curve
    return shape(x + RADIUS, y, end_x, end_y)


def _taken(outline: Outline, placed: Places) -> Space:
    """Return the room of everything that stands still: circles, biases, δ, targets, the error."""
    taken = Space()
    for x, y in placed.neurons.values():
        taken.add_circle(x, y, RADIUS + 2)
    for neuron, width in zip(outline.neurons, outline.biases, strict=True):
        if width:
            taken.add(around(*placed.biases[neuron.id], width + 6, BIAS_HEIGHT + 6))
    for place in placed.deltas.values():
        taken.add(around(*place, DELTA_WIDTH, LINE_HEIGHT))
    for place, width in zip(placed.targets, outline.targets, strict=True):
        taken.add(around(*place, width + 4, LINE_HEIGHT))
    taken.add(error_box(placed.error).grown(3))
    return taken
