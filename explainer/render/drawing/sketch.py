"""What an edit of a large network looks like at once: the drawing before it, with what the edit touched put right.

To lay a large network out anew takes longer than a frame. So the frame after an edit shows a sketch, and the layout, which
alone is right, comes as soon as it is found. In a sketch what is new stands beside its neighbours where they stood before,
what is gone is gone, and a changed number is the new one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from explainer.lesson.layers import drawn_columns
from explainer.lesson.lesson import Edge, Network, Neuron
from explainer.render.drawing.attachments import ends_of
from explainer.render.drawing.changes import Changes, LessonAtMoment, changes_between
from explainer.render.drawing.edges import straight
from explainer.render.drawing.headers import worn_names
from explainer.render.drawing.layout import MARGIN_Y, Layout, slot_areas
from explainer.render.drawing.nodes import neuron_shapes
from explainer.render.drawing.places import RADIUS
from explainer.render.drawing.scene import MOST_PILLS, Scene
from explainer.render.drawing.slots import height_of, own_parameters, placed
from explainer.render.drawing.space import Rectangle, Space
from explainer.render.drawing.weights import edge_curve, name_of
from explainer.render.shapes import Circle, Curve, Drawing, Label, Points, Shape, Underline

# From the only neuron of a column to one more: there is no other to measure the distance by.
_PITCH = 3.6 * RADIUS
_OF_EDGE = ("edge", "pill", "weight", "tied")

_Places = dict[str, tuple[float, float]]


def sketch(
    drawing: Drawing, old: LessonAtMoment, new: LessonAtMoment, *, digits: int, language: str
) -> Drawing | None:
    """Return the sketch of an edit that led from `old`, which the drawing shows, to `new`; what is new comes last in it.

    None for a network that is laid out within a frame, and for an edit that leaves little as it was.
    """
    if len(new.lesson.network.edges) <= MOST_PILLS:
        return None
    changes = changes_between(old, new)
    if changes is None:
        return None
    places = _circles(drawing) if changes.new or changes.new_edges else {}
    columns = _place_beside(places, changes, old.lesson.network, new.lesson.network)
    if columns is None:
        return None
    shapes = drawing.shapes
    if changes.gone or changes.gone_edges:
        shapes = tuple(_remaining(shapes, changes))
    scene = _scene(new, changes, digits, language)
    if changes.parameters:
        shapes = tuple(_put_right(shapes, scene, changes))
    if changes.new:
        scene.worn = _worn(changes.new, new.lesson.network, columns, language)
    scene.found = _laid_out(scene, drawing, places, changes.new)
    added: list[Shape] = [edge_curve(scene, edge, _way(edge, places)) for edge in changes.new_edges]
    for neuron in changes.new:
        added += neuron_shapes(scene, neuron)
    return Drawing(drawing.width, scene.found.height, (*shapes, *added), drawing.title)


def _circles(drawing: Drawing) -> _Places:
    return {
        shape.key.removeprefix("circle:"): (shape.x, shape.y)
        for shape in drawing.shapes
        if isinstance(shape, Circle)
    }


def _place_beside(
    places: _Places, changes: Changes, old: Network, new: Network
) -> dict[str, int] | None:
    """Give every new neuron a place in its column; return the columns, None where there must be others."""
    columns = drawn_columns(old)
    for neuron in changes.new:
        column = _column(neuron, changes.new_edges, columns)
        if column is None:
            return None
        mates = [
            one.id
            for one in new.neurons
            if one is neuron or (one.id in places and columns.get(one.id) == column)
        ]
        place = _between(mates, mates.index(neuron.id), places)
        if place is None:
            return None
        columns[neuron.id], places[neuron.id] = column, place
    for edge in changes.new_edges:
        if edge.source not in places or edge.target not in places:
            return None
        # Where an edge leads back, the columns are others now.
        if columns[edge.source] >= columns[edge.target]:
            return None
    return columns


def _column(neuron: Neuron, edges: tuple[Edge, ...], columns: dict[str, int]) -> int | None:
    if neuron.at is not None:
        return max(0, round(neuron.at[0]))
    if neuron.role == "input":
        return 0
    sources = [edge.source for edge in edges if edge.target == neuron.id]
    if not columns.keys() >= set(sources):
        return None
    return 1 + max((columns[source] for source in sources), default=0)


def _between(mates: list[str], index: int, places: _Places) -> tuple[float, float] | None:
    """Return the place of one of the neurons of a column, whose others have theirs."""
    above = places.get(mates[index - 1]) if index > 0 else None
    below = places.get(mates[index + 1]) if index + 1 < len(mates) else None
    if above is not None and below is not None:
        return (above[0] + below[0]) / 2, (above[1] + below[1]) / 2
    if above is None and below is None:
        return None
    heights = sorted(places[mate][1] for mate in mates if mate in places)
    if above is not None:
        return above[0], above[1] + (heights[-1] - heights[-2] if heights[1:] else _PITCH)
    if below is not None:
        # There is no room over the drawing.
        pitch = heights[1] - heights[0] if heights[1:] else _PITCH
        return below[0], max(below[1] - pitch, RADIUS)
    return None


def _scene(new: LessonAtMoment, changes: Changes, digits: int, language: str) -> Scene:
    """Return the scene of that part of the network that is touched: inputs and outputs belong to it, because they are counted."""
    network = new.lesson.network
    touched = {neuron.id for neuron in changes.new}
    for edge in changes.new_edges:
        touched |= {edge.source, edge.target}
    neurons = tuple(one for one in network.neurons if one.role != "hidden" or one.id in touched)
    part = Network(neurons, changes.new_edges, network.parameters)
    return Scene(new.lesson, new.moment, digits, language, (), part)


def _worn(
    neurons: tuple[Neuron, ...], network: Network, columns: dict[str, int], language: str
) -> dict[str, str]:
    """Return the activations that are named at neurons in the columns of the new ones."""
    theirs = {columns[neuron.id] for neuron in neurons}
    mates = tuple(one for one in network.neurons if columns.get(one.id) in theirs)
    return worn_names(Network(mates, (), {}), columns, language)


def _laid_out(
    scene: Scene, drawing: Drawing, places: _Places, neurons: tuple[Neuron, ...]
) -> Layout:
    slots: dict[tuple[str, str], Rectangle] = {}
    height = drawing.height
    for neuron in neurons:
        (x, y), rows = places[neuron.id], scene.under(neuron)
        height = max(height, y + RADIUS + height_of(rows) + MARGIN_Y)
        if rows:
            slots |= slot_areas(neuron.id, rows, placed(rows, x, y + RADIUS))
    nowhere = (0.0, 0.0)
    return Layout(
        width=drawing.width,
        height=height,
        neurons=places,
        headers=(),
        error=nowhere,
        error_header=nowhere,
        edges=(),
        links=(),
        pills=(),
        slots=slots,
        deltas={},
        targets=(),
        note=nowhere,
        frames=(),
        taken=Space(),
    )


def _way(edge: Edge, places: _Places) -> Points:
    (x0, y0), (x3, y3) = places[edge.source], places[edge.target]
    return straight(x0 + RADIUS, y0, x3 - RADIUS, y3)


def _remaining(shapes: tuple[Shape, ...], changes: Changes) -> Iterator[Shape]:
    """Yield what is not about something that is gone."""
    gone = {f"{kind}:{name_of(edge)}" for edge in changes.gone_edges for kind in _OF_EDGE}
    for shape in shapes:
        reference = None if isinstance(shape, Underline) else shape.reference
        if reference is not None:
            names = changes.gone_parameters if reference.kind == "parameter" else changes.gone
            if reference.first in names or shape.key in gone:
                continue
        yield shape


def _put_right(shapes: tuple[Shape, ...], scene: Scene, changes: Changes) -> Iterator[Shape]:
    """Yield the shapes, those about parameters that have changed as they are now."""
    network = scene.lesson.network
    changed = [edge for edge in network.edges if edge.weight in changes.parameters]
    edges = {f"edge:{name_of(edge)}": edge for edge in changed}
    texts = {f"weight:{name_of(edge)}": edge.weight for edge in changed}
    for neuron in network.neurons:
        for slot, name in own_parameters(neuron):
            if name in changes.parameters:
                texts[f"biastext:{ends_of(neuron, slot)}"] = name
    wanted = edges.keys() | texts.keys()
    for shape in shapes:
        if shape.key not in wanted:
            yield shape
        elif isinstance(shape, Curve):
            yield edge_curve(scene, edges[shape.key], shape.points)
        elif isinstance(shape, Label):
            yield replace(shape, runs=scene.written(texts[shape.key]))
