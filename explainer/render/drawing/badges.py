"""The numbers of the chain rule's factors on the graph: beside what they belong to, over nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from explainer.pages.page import Badge, Reference
from explainer.render.drawing.places import (
    ERROR_HEIGHT,
    ERROR_WIDTH,
    PILL_HEIGHT,
    RADIUS,
)
from explainer.render.drawing.scene import Scene
from explainer.render.drawing.slots import own_parameters, piece_at
from explainer.render.drawing.space import Space, around, first_free, spiral
from explainer.render.metrics import label_width
from explainer.render.shapes import Box, Label, Run, Shape, Underline, point_at

_SIZE = 13.0
_HEIGHT = 24.0
_PADDING = 9.0
_GAP = 5.0
_CORNER = 5.0
# A number beside a line stays this far off it.
_BESIDE_LINE = 4.0
# Baseline of the number and its underline, under the middle of the badge.
_TEXT_DROP, _UNDERLINE_DROP = 3.4, 8.0
# Centre of what a badge belongs to, and half its width and height.
Anchor = tuple[float, float, float, float]
# Far enough to find room in any drawing that is not completely full.
_LONGEST_SEARCH = 4000


class BadgeGround(NamedTuple):
    """What a badge is put on: its size, the room that things take, and that which badges take."""

    width: float
    height: float
    taken: Space
    occupied: Space


def badge_shapes(scene: Scene) -> list[Shape]:
    """Return the badges; they come last, for they stand beside everything else."""
    shapes: list[Shape] = []
    for number, badge in enumerate(scene.badges):
        anchor = _anchor(badge.reference, scene)
        if anchor is not None:
            found = scene.found
            ground = BadgeGround(found.width, found.height, found.taken, scene.occupied)
            shapes += badge_at(ground, number, badge, anchor)
    return shapes


def badge_at(ground: BadgeGround, number: int, badge: Badge, anchor: Anchor) -> list[Shape]:
    """Return a badge beside what it belongs to, and take its room; `number` is its own in the page."""
    runs = (Run(badge.text),)
    text_width = label_width(runs, _SIZE, bold=True)
    width = text_width + 2 * _PADDING
    room = (width + 4, _HEIGHT + 4)
    inside = (
        (x, y)
        for x, y in _places(badge.reference, anchor, width)
        if room[0] / 2 <= x <= ground.width - room[0] / 2
        and room[1] / 2 <= y <= ground.height - room[1] / 2
    )
    place = first_free((ground.taken, ground.occupied), inside, *room)
    x, y = place or anchor[:2]
    ground.occupied.add(around(x, y, *room))
    frame = (f"badge:{number}", x, y, width, _HEIGHT, _CORNER)
    return [
        Box(*frame, "plain", "solid", badge.factor, True, badge.reference),
        Label(
            f"badgetext:{number}",
            x,
            y + _TEXT_DROP,
            runs,
            _SIZE,
            "plain",
            True,
            factor=badge.factor,
            on_solid=True,
            active=True,
            reference=badge.reference,
        ),
        Underline(
            f"underline:{number}", x - text_width / 2, y + _UNDERLINE_DROP, text_width, badge.factor
        ),
    ]


def _anchor(reference: Reference, scene: Scene) -> Anchor | None:
    """Return what a badge stands beside; None where the reference names nothing of this network."""
    found, name = scene.found, reference.first
    match reference.kind:
        case "neuron" if reference.second:
            return _slot_anchor(scene, name, f"sum {reference.second.removeprefix('z')}")
        case "neuron":
            return (*found.neurons[name], RADIUS, RADIUS) if name in found.neurons else None
        case "error":
            return (*found.error, ERROR_WIDTH / 2, ERROR_HEIGHT / 2)
        case "error_link" | "target":
            if name not in scene.outputs:
                return None
            return (*point_at(found.links[scene.outputs.index(name)], 0.5), 0.0, _BESIDE_LINE)
        case "edge":
            return _edge_anchor((name, reference.second, reference.piece), scene)
        case "parameter":
            return _parameter_anchor(name, scene)


def _edge_anchor(ends: tuple[str, str, int], scene: Scene) -> Anchor | None:
    if ends in scene.pills:
        x, y, width = scene.pills[ends]
        return (x, y, width / 2, PILL_HEIGHT / 2)
    for edge, points in zip(scene.network.edges, scene.found.edges, strict=True):
        if (edge.source, edge.target, edge.piece) == ends:
            return (*point_at(points, 0.5), 0.0, _BESIDE_LINE)
    return None


def _slot_anchor(scene: Scene, neuron_id: str, slot: str) -> Anchor | None:
    area = scene.found.slots.get((neuron_id, slot))
    if area is None:
        return None
    left, top, right, bottom = area
    return ((left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2)


def _parameter_anchor(name: str, scene: Scene) -> Anchor | None:
    """Return where the parameter of that name stands; of several uses the one that the step speaks of."""
    uses = [
        (neuron, slot)
        for neuron in scene.network.neurons
        for slot, parameter in own_parameters(neuron)
        if parameter == name
    ]
    if uses:
        bright = [use for use in uses if scene.highlight.own(use[0], name, piece_at(use[1])).active]
        neuron, slot = (bright or uses)[0]
        return _slot_anchor(scene, neuron.id, slot)
    edges = [edge for edge in scene.network.edges if edge.weight == name]
    if not edges:
        return None
    spoken_of = [edge for edge in edges if scene.highlight.edge(edge).active]
    edge = (spoken_of or edges)[0]
    return _edge_anchor((edge.source, edge.target, edge.piece), scene)


def _places(reference: Reference, anchor: Anchor, width: float) -> Iterator[tuple[float, float]]:
    """Yield places for a badge, best first, then ever farther away."""
    x, y, half_width, half_height = anchor
    beside, below = half_width + _GAP + width / 2, half_height + _GAP + _HEIGHT / 2
    if reference.kind == "neuron" and reference.second:
        yield from ((x + side * beside, y) for side in (-1, 1))
    elif reference.kind == "neuron":
        yield from ((x + side * (beside + 3), y + drop) for drop in (24, -24) for side in (1, -1))
        yield from ((x + side * beside * 0.8, y + drop) for drop in (44, -44) for side in (1, -1))
    elif half_width and reference.kind in ("edge", "parameter"):
        inner = max(half_width - width / 2, 0.0) + width * 0.3
        yield from ((x + side * inner, y + drop) for drop in (below, -below) for side in (1, -1))
        yield from ((x + side * beside, y) for side in (1, -1))
    yield from ((x, y + side * (below + 4)) for side in (-1, 1))
    for count, place in enumerate(spiral(x, y)):
        if count > _LONGEST_SEARCH:
            return
        yield place
