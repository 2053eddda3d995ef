"""The whole layout of a network, found once for an outline and kept: places, ways of the edges, pills, free room."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from explainer.render.drawing.edges import routes
from explainer.render.drawing.pills import place_pills
from explainer.render.drawing.places import (
    BIAS_HEIGHT,
    ERROR_WIDTH,
    LINE_HEIGHT,
    RADIUS,
    Outline,
    Places,
    error_box,
    places,
)
from explainer.render.drawing.space import Rectangle, Space, around
from explainer.render.shapes import Points, point_at

# The layout is spread step by step until every pill lies on its edge; in the last step pills may lie beside.
_STRETCHES = (1.0, 1.15, 1.35, 1.6, 2.0)
_MARGIN_X = 48.0
_MARGIN_Y = 30.0
_HEADER_RISE = 62.0
# Places along an arc where its height is looked at, and the room a pill needs there.
_ARC_SAMPLES = (0.25, 0.4, 0.5, 0.6, 0.75)
_ARC_ROOM = 20.0
DELTA_WIDTH = 84.0


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
    biases: dict[str, tuple[float, float]]
    deltas: dict[str, tuple[float, float]]
    targets: tuple[tuple[float, float], ...]
    taken: Space


@lru_cache(maxsize=16)
def layout(outline: Outline) -> Layout:
    """Return the layout of an outline; the same object for the same outline, so do not change it."""
    for stretch in _STRETCHES:
        placed = places(outline, stretch)
        outputs = [neuron.id for neuron in outline.neurons if neuron.role == "output"]
        edges, links = routes(outline.edges, outputs, placed)
        area = _area(outline, placed, (*edges, *links))
        placed, edges, links = _moved(placed, edges, links, -area.left, -area.top)
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
        width=area.right - area.left,
        height=area.bottom - area.top,
        neurons=placed.neurons,
        headers=headers,
        error=placed.error,
        error_header=error_header,
        edges=edges,
        links=links,
        pills=pills or (),
        biases=placed.biases,
        deltas=placed.deltas,
        targets=tuple(placed.targets),
        taken=taken,
    )


def _area(outline: Outline, placed: Places, curves: tuple[Points, ...]) -> Rectangle:
    """Return what the drawing covers, with its margins and the line of the headers."""
    neurons = placed.neurons.values()
    biases = zip(outline.neurons, outline.biases, strict=True)
    targets = zip(placed.targets, outline.targets, strict=True)
    widths = [
        *((x, 2 * RADIUS) for x, _ in neurons),
        *zip(placed.column_x, outline.headers, strict=True),
        *((placed.neurons[neuron.id][0], width) for neuron, width in biases),
        *((x, width) for (x, _), width in targets),
    ]
    ys = [y for _, y in neurons]
    box = error_box(placed.error)
    arcs = [
        point_at(points, t)[1] for points in curves if points[1] != points[3] for t in _ARC_SAMPLES
    ]
    below = [
        *(y + BIAS_HEIGHT / 2 for _, y in placed.biases.values()),
        *(y + LINE_HEIGHT / 2 for _, y in placed.targets),
        *(y + _ARC_ROOM for y in arcs),
    ]
    return Rectangle(
        min(x - width / 2 for x, width in widths) - _MARGIN_X,
        min(min(ys) - RADIUS - LINE_HEIGHT, box.top, *(y - _ARC_ROOM for y in arcs), 0.0)
        - _MARGIN_Y
        - _HEADER_RISE,
        max(box.right, *(x + width / 2 for x, width in widths)) + _MARGIN_X,
        max(max(ys) + RADIUS, box.bottom, *below) + _MARGIN_Y,
    )


def _moved(
    placed: Places, edges: tuple[Points, ...], links: tuple[Points, ...], right: float, down: float
) -> tuple[Places, tuple[Points, ...], tuple[Points, ...]]:
    """Return everything moved to the right and down."""

    def moved(place: tuple[float, float]) -> tuple[float, float]:
        return place[0] + right, place[1] + down

    def moved_curve(points: Points) -> Points:
        x0, y0, x1, y1, x2, y2, x3, y3 = points
        return (
            x0 + right, y0 + down, x1 + right, y1 + down,
            x2 + right, y2 + down, x3 + right, y3 + down,
        )  # fmt: skip

    places_moved = Places(
        {name: moved(place) for name, place in placed.neurons.items()},
        [x + right for x in placed.column_x],
        moved(placed.error),
        {name: moved(place) for name, place in placed.biases.items()},
        {name: moved(place) for name, place in placed.deltas.items()},
        [moved(place) for place in placed.targets],
    )
    return (
        places_moved,
        tuple(moved_curve(points) for points in edges),
        tuple(moved_curve(points) for points in links),
    )


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
