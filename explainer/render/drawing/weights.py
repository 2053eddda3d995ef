"""Edges, the ways from the outputs into the error, and the pills with the weights."""

from __future__ import annotations

from typing import Literal

from explainer.lesson.lesson import Edge
from explainer.pages.page import Reference
from explainer.render.drawing.highlight import Look
from explainer.render.drawing.pills import PLACES_ALONG
from explainer.render.drawing.places import PILL_HEIGHT
from explainer.render.drawing.scene import MOST_PILLS, PILL_SIZE, Scene
from explainer.render.drawing.space import Rectangle, around, first_free
from explainer.render.drawing.wording import fitted
from explainer.render.metrics import CAP_HEIGHT
from explainer.render.shapes import Box, Curve, Label, Points, Shape, point_at

_MOST_EXTRA_PILLS = 16
_THINNEST, _THICKEST, _THINNEST_ACTIVE = 1.2, 3.8, 3.6
_LINK_WIDTH = 2.0
# How far the card behind the pill of a shared parameter stands out.
_CARD = 3.0
# What is left beside a number that is longer than the room for it was meant.
_LEAST_AIR = 10.0


def edge_curves(scene: Scene) -> list[Curve]:
    """Return the edges: as wide as their weight is large, dashed where it is negative."""
    edges = zip(scene.network.edges, scene.found.edges, strict=True)
    return [edge_curve(scene, edge, points) for edge, points in edges]


def edge_curve(scene: Scene, edge: Edge, points: Points) -> Curve:
    """Return one edge on its way."""
    weight, highlight = scene.moment.parameters[edge.weight], scene.highlight
    look = highlight.edge(edge)
    width = _THINNEST + (_THICKEST - _THINNEST) * abs(weight) / scene.largest
    width = scene.fineness * (_THINNEST if edge.source in highlight.dropped else width)
    return Curve(
        f"edge:{name_of(edge)}",
        points,
        round(max(width, _THINNEST_ACTIVE) if look.active else width, 2),
        look.tone,
        weight < 0,
        look.active,
        Reference("edge", edge.source, edge.target, edge.piece),
    )


def name_of(edge: Edge) -> str:
    """Return an edge as it stands in keys; those of further pieces of a maxout neuron are numbered."""
    ends = f"{edge.source}>{edge.target}"
    return f"{ends} {edge.piece + 1}" if edge.piece else ends


def link_curves(scene: Scene) -> list[Curve]:
    """Return the ways from the outputs into the error."""
    curves = []
    for output, points in zip(scene.outputs, scene.found.links, strict=True):
        look = scene.highlight.link(output)
        width = _THINNEST_ACTIVE if look.active else _LINK_WIDTH
        reference = Reference("error_link", output)
        curves.append(
            Curve(f"link:{output}", points, width, look.tone, False, look.active, reference)
        )
    return curves


def weight_pills(scene: Scene) -> list[Shape]:
    """Return the weights on their edges; in a large network only those the step speaks of, where there is room."""
    shapes: list[Shape] = []
    for edge, place in zip(scene.network.edges, scene.found.pills, strict=True):
        if place is not None:
            shapes += _pill(scene, edge, *place)
    if len(scene.network.edges) > MOST_PILLS:
        shapes += _extra_pills(scene)
    return shapes


def parameter_shapes(
    scene: Scene,
    name: str,
    ends: str,
    box: str,
    text: str,
    look: Look,
    reference: Reference,
    area: Rectangle,
) -> list[Shape]:
    """Return a weight or bias: its box, the card behind it where it is shared, its text.

    `ends` says which use of the parameter this is; `box` and `text` are the first words of the keys.
    """
    left, top, right, bottom = area
    x, y, width, height = (left + right) / 2, (top + bottom) / 2, right - left, bottom - top
    corner = height / 2
    shapes: list[Shape] = []
    if name in scene.tied:
        card = (f"tied:{ends}", x + _CARD, y - _CARD, width, height, corner)
        shapes.append(Box(*card, look.tone, "tint", look.factor, reference=reference))
    # A shared one is outlined like its card even while it is quiet.
    fill: Literal["paper", "tint"] = "tint" if look.active or name in scene.tied else "paper"
    pill = (f"{box}:{ends}", x, y, width, height, corner)
    shapes.append(Box(*pill, look.tone, fill, look.factor, look.active, reference))
    shapes.append(
        Label(
            f"{text}:{ends}",
            x,
            y + PILL_SIZE * CAP_HEIGHT / 2,
            *fitted(scene.written(name), PILL_SIZE, width - _LEAST_AIR),
            look.text,
            factor=look.factor,
            active=look.active,
            reference=reference,
        )
    )
    return shapes


def _pill(scene: Scene, edge: Edge, x: float, y: float) -> list[Shape]:
    width = scene.pill_width(edge.weight)
    scene.pills[edge.source, edge.target, edge.piece] = (x, y, width)
    return parameter_shapes(
        scene,
        edge.weight,
        name_of(edge),
        "pill",
        "weight",
        scene.highlight.pill(edge),
        Reference("edge", edge.source, edge.target, edge.piece),
        around(x, y, width, PILL_HEIGHT),
    )


def _extra_pills(scene: Scene) -> list[Shape]:
    """Return pills for the edges of the step in a network that has too many for all."""
    spoken_of = [
        (edge, points)
        for edge, points in zip(scene.network.edges, scene.found.edges, strict=True)
        if scene.highlight.is_spoken_of(edge)
    ]
    shapes: list[Shape] = []
    for edge, points in spoken_of if len(spoken_of) <= _MOST_EXTRA_PILLS else ():
        width, height = scene.pill_width(edge.weight) + 2 * _CARD, PILL_HEIGHT + 2 * _CARD
        places = [point_at(points, t) for t in PLACES_ALONG]
        place = first_free((scene.found.taken, scene.occupied), places, width, height)
        if place is not None:
            scene.occupied.add(around(*place, width, height))
            shapes += _pill(scene, edge, *place)
    return shapes
