"""The computation graph of a network at one moment, as shapes: every quantity a node, local derivatives on the edges.

Keys as in `diagram`, with addresses (`h1.z`) in the place of ids: `circle:ID` an input, `box:ADDRESS` an operation with
`symbol:`, `value:`, `delta:` and `operation:`; `edge:S>T` between two quantities. A weight stands on its edge as `pill:S>T` (ids
of neurons) with `weight:S>T`; every other edge wears its local derivative, `slope:S>T` with `slopetext:S>T`, once the way back has
used it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from explainer.lesson.lesson import Edge, Lesson, text_in
from explainer.maths.numbers import shown
from explainer.pages.page import Badge, Reference
from explainer.render.drawing.badges import Anchor, BadgeGround, badge_at
from explainer.render.drawing.computation_nodes import node_shapes
from explainer.render.drawing.computation_scene import SLOPE_SIGN, ComputationScene
from explainer.render.drawing.edges import MOST_CURVES
from explainer.render.drawing.headers import header_labels
from explainer.render.drawing.highlight import Look
from explainer.render.drawing.lit_quantities import lit
from explainer.render.drawing.nodes import error_shapes, target_labels
from explainer.render.drawing.pills import PLACES_ALONG
from explainer.render.drawing.places import ERROR_HEIGHT, ERROR_WIDTH, PILL_HEIGHT, RADIUS
from explainer.render.drawing.quantities import Quantity
from explainer.render.drawing.scene import MOST_PILLS, PILL_SIZE
from explainer.render.drawing.slots import own_parameters
from explainer.render.drawing.space import around, first_free
from explainer.render.drawing.weights import link_curves, name_of, parameter_shapes
from explainer.render.drawing.wording import fitted
from explainer.render.drawing.worn_factors import WornFactors
from explainer.render.metrics import CAP_HEIGHT, label_width
from explainer.render.shapes import (
    Box,
    Curve,
    Drawing,
    Label,
    Points,
    Run,
    Shape,
    Tone,
    Underline,
    point_at,
)
from explainer.trace.moment import Moment

_MOST_EXTRA_PILLS = 16
_THINNEST, _THICKEST, _ACTIVE, _PLAIN = 1.2, 3.8, 3.6, 1.8
_FINENESS = ((MOST_PILLS, 1.0), (MOST_CURVES, 0.75), (10**9, 0.5))
_BESIDE_LINE = 4.0
# Baseline of a number that wears a factor and its underline, under the middle of its pill.
_WORN_DROP, _UNDERLINE_DROP = 3.4, 8.0


def draw_computation(
    lesson: Lesson,
    moment: Moment,
    *,
    digits: int,
    language: str,
    badges: tuple[Badge, ...] = (),
    ends: Mapping[str, float] | None = None,
) -> Drawing:
    """Return the computation graph of a lesson with a network; arguments as those of `diagram.draw`."""
    scene = ComputationScene(lesson, moment, digits, language, badges, ends)
    shapes = tuple(_Picture(scene).shapes())
    return Drawing(scene.found.width, scene.found.height, shapes, text_in(lesson.title, language))


class _Picture:
    """The shapes of one drawing in the making."""

    def __init__(self, scene: ComputationScene) -> None:
        self._scene = scene
        self._lit = lit(scene.quantities, scene.moment)
        self._ways = list(
            zip(scene.network.edges, scene.links, _weights(scene), scene.found.edges, strict=True)
        )
        inner = [link for _, link, edge, _ in self._ways if edge is None]
        bright = [(s, q.address) for s, q in inner if self._is_lit(s, q)]
        self._worn = WornFactors(scene, bright)

    def shapes(self) -> Iterator[Shape]:
        scene = self._scene
        curves = [*self._curves(), *link_curves(scene)]
        yield from header_labels(scene.headers, scene.found, scene.language)
        yield from (curve for curve in curves if not curve.active)
        yield from (curve for curve in curves if curve.active)
        yield from self._pills()
        for quantity in scene.quantities:
            is_lit, factor = quantity.address in self._lit, self._worn.of_node(quantity.address)
            yield from node_shapes(scene, quantity, is_lit=is_lit, factor=factor)
        yield from error_shapes(scene)
        yield from target_labels(scene)
        yield from self._badges()

    def _curves(self) -> Iterator[Curve]:
        scene = self._scene
        sizes = [abs(scene.moment.parameters[e.weight]) for _, _, e, _ in self._ways if e]
        largest = max(sizes, default=0.0) or 1.0
        count = len(scene.network.edges)
        fineness = next(share for most, share in _FINENESS if count <= most)
        for ends, link, edge, points in self._ways:
            weight = 0.0 if edge is None else scene.moment.parameters[edge.weight]
            share = abs(weight) / largest
            width = _PLAIN if edge is None else _THINNEST + (_THICKEST - _THINNEST) * share
            look = self._look(link, edge)
            yield Curve(
                f"edge:{ends.source}>{ends.target}",
                points,
                round(_ACTIVE if look.active else fineness * width, 2),
                look.tone,
                weight < 0,
                look.active,
                _reference(edge, link),
            )

    def _is_lit(self, source: str, target: Quantity) -> bool:
        return source in self._lit and target.address in self._lit

    def _look(self, link: tuple[str, Quantity], edge: Edge | None) -> Look:
        if self._is_lit(*link):
            if edge is None:
                tone = self._scene.moment.phase or "plain"
                return Look(tone, "plain", None, True)
            return self._scene.highlight.edge(edge)
        return Look("quiet", "quiet")

    def _pills(self) -> Iterator[Shape]:
        scene = self._scene
        many = len(scene.network.edges) > MOST_PILLS
        if not many:
            for way, place in zip(self._ways, scene.found.pills, strict=True):
                if place is not None:
                    yield from self._pill(way, *place)
            return
        wanted = [way for way in self._ways if self._is_spoken_of(way)]
        for way in wanted if len(wanted) <= _MOST_EXTRA_PILLS else ():
            width = scene.slope_width() if way[2] is None else scene.pill_width(way[2].weight)
            size = (width + 6.0, PILL_HEIGHT + 6.0)
            places = [point_at(way[3], t) for t in PLACES_ALONG]
            place = first_free((scene.found.taken, scene.occupied), places, *size)
            if place is not None:
                scene.occupied.add(around(*place, *size))
                yield from self._pill(way, *place)

    def _is_spoken_of(self, way: tuple[Edge, tuple[str, Quantity], Edge | None, Points]) -> bool:
        _, link, edge, _ = way
        if edge is not None:
            return self._scene.highlight.is_spoken_of(edge)
        return self._look(link, edge).active

    def _pill(
        self, way: tuple[Edge, tuple[str, Quantity], Edge | None, Points], x: float, y: float
    ) -> Iterator[Shape]:
        scene, (ends, link, edge, _) = self._scene, way
        if edge is None:
            yield from self._slope(ends, link, x, y)
            return
        width = scene.pill_width(edge.weight)
        scene.pills[edge.source, edge.target, edge.piece] = (x, y, width)
        area = around(x, y, width, PILL_HEIGHT)
        look = scene.highlight.pill(edge)
        reference = Reference("edge", edge.source, edge.target, edge.piece)
        yield from parameter_shapes(
            scene, edge.weight, name_of(edge), "pill", "weight", look, reference, area
        )

    def _slope(self, ends: Edge, link: tuple[str, Quantity], x: float, y: float) -> Iterator[Shape]:
        """Yield the local derivative on an edge once the way back has used it."""
        scene = self._scene
        value = scene.moment.slopes.get(f"{ends.source}>{ends.target}")
        if value is None:
            return
        look = self._look(link, None)
        number = self._worn.slopes.get((ends.source, ends.target))
        factor = None if number is None else scene.badges[number].factor
        tone: Tone = "backward" if look.active else "quiet"
        text: Tone = "backward" if look.active else scene.highlight.rest
        width, reference = scene.slope_width(), _reference(None, link)
        name = f"{ends.source}>{ends.target}"
        fill: Literal["tint", "paper"] = "tint" if look.active else "paper"
        box = (f"slope:{name}", x, y, width, PILL_HEIGHT, 6.0, tone)
        if number is not None:
            yield Box(*box, "solid", factor, True, reference)
        else:
            yield Box(*box, fill, None, look.active, reference)
        runs = (*SLOPE_SIGN, Run(f" {shown(value, scene.digits, scene.language)}"))
        fitting, size = fitted(runs, PILL_SIZE, width - 8)
        drop = size * CAP_HEIGHT / 2 if number is None else _WORN_DROP
        yield Label(
            f"slopetext:{name}",
            x,
            y + drop,
            fitting,
            size,
            text,
            factor=factor,
            on_solid=number is not None,
            active=look.active,
            reference=reference,
        )
        if factor is not None:
            length = label_width(fitting, size)
            yield Underline(
                f"underline:{number}", x - length / 2, y + _UNDERLINE_DROP, length, factor
            )

    def _badges(self) -> Iterator[Shape]:
        scene, found = self._scene, self._scene.found
        ground = BadgeGround(found.width, found.height, found.taken, scene.occupied)
        worn = set(self._worn.slopes.values())
        for number, badge in enumerate(scene.badges):
            if number in worn:
                continue
            anchor = self._anchor(number, badge.reference)
            if anchor is not None:
                yield from badge_at(ground, number, badge, anchor)

    def _anchor(self, number: int, reference: Reference) -> Anchor | None:
        """Return what a badge stands beside; None where the reference names nothing of this graph."""
        scene, found, name = self._scene, self._scene.found, reference.first
        match reference.kind:
            case "error":
                return (*found.error, ERROR_WIDTH / 2, ERROR_HEIGHT / 2)
            case "error_link" | "target":
                if name not in scene.outputs:
                    return None
                middle = point_at(found.links[scene.outputs.index(name)], 0.5)
                return (*middle, 0.0, _BESIDE_LINE)
            case "edge":
                return self._edge_anchor((name, reference.second, reference.piece))
            case "parameter":
                return self._parameter_anchor(name)
            case _:
                return self._neuron_anchor(number, f"{name}.{reference.second}")

    def _neuron_anchor(self, number: int, address: str) -> Anchor | None:
        """Return the node that wears a factor, or that of the weighted sum which the factor names."""
        nodes = [node for node, worn in self._worn.nodes.items() if worn == number]
        if address in self._scene.by_address:
            nodes.append(address)
        return (*self._scene.found.neurons[nodes[0]], RADIUS, RADIUS) if nodes else None

    def _edge_anchor(self, ends: tuple[str, str, int]) -> Anchor | None:
        if ends in self._scene.pills:
            x, y, width = self._scene.pills[ends]
            return (x, y, width / 2, PILL_HEIGHT / 2)
        for _, _, edge, points in self._ways:
            if edge is not None and (edge.source, edge.target, edge.piece) == ends:
                return (*point_at(points, 0.5), 0.0, _BESIDE_LINE)
        return None

    def _parameter_anchor(self, name: str) -> Anchor | None:
        scene = self._scene
        for quantity in scene.quantities:
            for slot, parameter in own_parameters(quantity.neuron):
                area = scene.found.slots.get((quantity.address, slot))
                if parameter == name and area is not None:
                    x, y = (area.left + area.right) / 2, (area.top + area.bottom) / 2
                    return (x, y, (area.right - area.left) / 2, (area.bottom - area.top) / 2)
        edges = [edge for _, _, edge, _ in self._ways if edge is not None and edge.weight == name]
        spoken_of = [edge for edge in edges if scene.highlight.edge(edge).active]
        for edge in spoken_of or edges:
            return self._edge_anchor((edge.source, edge.target, edge.piece))
        return None


def _weights(scene: ComputationScene) -> list[Edge | None]:
    """Return the lesson's edge behind each edge of the graph; None between quantities of one kind of unit."""
    return [
        quantity.edges[place] if quantity.edges else None
        for quantity in scene.quantities
        for place in range(len(quantity.sources))
    ]


def _reference(edge: Edge | None, link: tuple[str, Quantity]) -> Reference:
    if edge is not None:
        return Reference("edge", edge.source, edge.target, edge.piece)
    return Reference("neuron", link[1].neuron.id)
