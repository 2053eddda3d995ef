"""The numbers of the chain rule's factors on the graph: beside what they belong to, over nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explainer.lesson.lesson import Network
from explainer.pages.page import Badge, Reference
from explainer.render.edges import point_at
from explainer.render.layout import Layout
from explainer.render.metrics import label_width
from explainer.render.places import BIAS_HEIGHT, ERROR_HEIGHT, ERROR_WIDTH, PILL_HEIGHT, RADIUS
from explainer.render.shapes import Box, Label, Run, Shape, Underline
from explainer.render.space import Space, around, first_free, spiral

_SIZE = 13.0
_HEIGHT = 24.0
_PADDING = 9.0
_GAP = 5.0
# Centre and width of the pill on an edge, by its ends.
PillPlaces = dict[tuple[str, str], tuple[float, float, float]]
# Far enough to find room in any drawing that is not completely full.
_LONGEST_SEARCH = 4000


def badge_shapes(
    badges: Sequence[Badge], network: Network, found: Layout, occupied: Space, pills: PillPlaces
) -> list[Shape]:
    """Return the shapes of the badges; `occupied` is what else this drawing holds, `pills` the centre and width of each pill."""
    shapes: list[Shape] = []
    for number, badge in enumerate(badges):
        runs = (Run(badge.text),)
        text_width = label_width(runs, _SIZE, bold=True)
        width = text_width + 2 * _PADDING
        anchor = _anchor(badge.reference, network, found, pills)
        if anchor is None:
            continue
        place = first_free(
            (found.taken, occupied), _places(badge.reference, anchor, width), width + 4, _HEIGHT + 4
        )
        x, y = place or anchor[:2]
        occupied.add(around(x, y, width + 4, _HEIGHT + 4))
        shapes.append(
            Box(
                f"badge:{number}",
                x,
                y,
                width,
                _HEIGHT,
                5.0,
                "plain",
                "solid",
                badge.factor,
                True,
                badge.reference,
            )
        )
        shapes.append(
            Label(
                f"badgetext:{number}",
                x,
                y + 3.4,
                runs,
                _SIZE,
                "plain",
                True,
                "middle",
                badge.factor,
                True,
                True,
                badge.reference,
            )  # fmt: skip
        )
        shapes.append(
            Underline(f"underline:{number}", x - text_width / 2, y + 8.0, text_width, badge.factor)
        )
    return shapes


# Centre of what a badge belongs to, and half its width and height.
_Anchor = tuple[float, float, float, float]


def _anchor(
    reference: Reference, network: Network, found: Layout, pills: PillPlaces
) -> _Anchor | None:
    """Return what a badge stands beside; None where the reference names nothing of this network."""
    if reference.kind == "neuron" and reference.first in found.neurons:
        return (*found.neurons[reference.first], RADIUS, RADIUS)
    if reference.kind == "error":
        return (*found.error, ERROR_WIDTH / 2, ERROR_HEIGHT / 2)
    if reference.kind in ("error_link", "target"):
        outputs = [neuron.id for neuron in network.of_role("output")]
        if reference.first in outputs:
            return (*point_at(found.links[outputs.index(reference.first)], 0.5), 0.0, 4.0)
        return None
    if reference.kind == "edge":
        return _edge_anchor((reference.first, reference.second), network, found, pills)
    return _parameter_anchor(reference.first, network, found, pills)


def _edge_anchor(
    ends: tuple[str, str], network: Network, found: Layout, pills: PillPlaces
) -> _Anchor | None:
    if ends in pills:
        x, y, width = pills[ends]
        return (x, y, width / 2, PILL_HEIGHT / 2)
    for edge, points in zip(network.edges, found.edges, strict=True):
        if (edge.source, edge.target) == ends:
            return (*point_at(points, 0.5), 0.0, 4.0)
    return None


def _parameter_anchor(
    name: str, network: Network, found: Layout, pills: PillPlaces
) -> _Anchor | None:
    for neuron in network.neurons:
        if neuron.bias == name:
            return (*found.biases[neuron.id], 40.0, BIAS_HEIGHT / 2)
    for edge in network.edges:
        if edge.weight == name:
            return _edge_anchor((edge.source, edge.target), network, found, pills)
    return None


def _places(reference: Reference, anchor: _Anchor, width: float) -> Iterator[tuple[float, float]]:
    """Yield places for a badge, best first, then ever farther away."""
    x, y, half_width, half_height = anchor
    beside, below = half_width + _GAP + width / 2, half_height + _GAP + _HEIGHT / 2
    if reference.kind == "neuron":
        yield from ((x + side * (beside + 3), y + drop) for drop in (24, -24) for side in (1, -1))
        yield from ((x + side * beside * 0.8, y + drop) for drop in (44, -44) for side in (1, -1))
    elif reference.kind == "edge" and half_width:
        inner = max(half_width - width / 2, 0.0) + width * 0.3
        yield from ((x + side * inner, y + drop) for drop in (below, -below) for side in (1, -1))
        yield from ((x + side * beside, y) for side in (1, -1))
    yield from ((x, y + side * (below + 4)) for side in (-1, 1))
    for count, place in enumerate(spiral(x, y)):
        if count > _LONGEST_SEARCH:
            return
        yield place
