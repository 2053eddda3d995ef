"""Where the neurons, the error and the headers stand: columns by depth, rows in the order of the file.

Sizes come in as numbers (an `Outline`), so that a layout is found once and serves every step of a lesson.
All coordinates here are free of margins; `layout` moves the finished drawing to the origin.
"""

from __future__ import annotations

from math import ceil, floor

from msgspec import Struct

from explainer.lesson.layers import drawn_columns
from explainer.lesson.lesson import Edge, Network, Neuron
from explainer.render.drawing.slots import Rows, height_of, placed, width_of
from explainer.render.drawing.softmax import FRAME_GAP, Frame, frame, framed_groups
from explainer.render.drawing.space import Rectangle, around

RADIUS = 39.0
ERROR_WIDTH = 96.0
ERROR_HEIGHT = 68.0
PILL_HEIGHT = 26.0
LINE_HEIGHT = 18.0

# Distance of columns and, in a column of two, of rows: the proportions of a hand-drawn network.
_COLUMN_DISTANCE = 276.0
_ERROR_DISTANCE = 182.0
# From what hangs under a neuron to the middle of the error and what stands under it.
_ERROR_GAP = 118.0
_WIDEST_PITCH = 280.0
_USUAL_HEIGHT = 580.0
# Inputs and outputs stand closer than hidden neurons, so that edges are not all parallel.
_OUTER_PITCH = 0.8
_ROW_GAP = 16.0
# Tall columns need a longer way between them, or their edges are too steep to follow.
_SLOPE = 0.28
_LONGEST_COLUMN_DISTANCE = 1600.0
# What hangs under a neuron may be so much wider than its circle, to either side, before the columns move apart.
_USUAL_OVERHANG = 50.0
# The part of the room between two columns that pills may fill before it gets crowded.
_PILL_FILL = 0.42
_PARALLEL_SHARE = 2.2


class Outline(Struct, frozen=True):
    """What the layout depends on: the network without its values, and how wide each text is (0 where there is none).

    `pills` are per edge, `under` (what hangs there) and `over` (a derivative) per neuron, `headers` per column,
    `targets` per output; `note` stands under the error. Columns are at least `column_distance` apart, and a pill between two
    has at least `pill_air` to spare.
    """

    neurons: tuple[Neuron, ...]
    edges: tuple[Edge, ...]
    pills: tuple[float, ...]
    under: tuple[Rows, ...]
    over: tuple[float, ...]
    headers: tuple[float, ...]
    targets: tuple[float, ...]
    note: float = 0.0
    column_distance: float = _COLUMN_DISTANCE
    pill_air: float = 90.0


class Places(Struct):
    """Centres of everything that does not depend on the edges; `column_x` is where the headers stand.

    `slots[neuron]` are the things under it, `bottoms[neuron]` where they end; `frames` go round what shares a softmax.
    """

    neurons: dict[str, tuple[float, float]]
    column_x: list[float]
    error: tuple[float, float]
    slots: dict[str, dict[str, tuple[float, float]]]
    bottoms: dict[str, float]
    deltas: dict[str, tuple[float, float]]
    targets: list[tuple[float, float]]
    note: tuple[float, float]
    frames: list[Frame]

    def moved(self, right: float, down: float) -> Places:
        """Return everything moved to the right and down."""

        def moved(place: tuple[float, float]) -> tuple[float, float]:
            return place[0] + right, place[1] + down

        return Places(
            {name: moved(place) for name, place in self.neurons.items()},
            [x + right for x in self.column_x],
            moved(self.error),
            {
                name: {key: moved(place) for key, place in slots.items()}
                for name, slots in self.slots.items()
            },
            {name: y + down for name, y in self.bottoms.items()},
            {name: moved(place) for name, place in self.deltas.items()},
            [moved(place) for place in self.targets],
            moved(self.note),
            [Frame(each.members, each.area.moved(right, down)) for each in self.frames],
        )


def places(outline: Outline, stretch: float) -> Places:
    """Place everything but the edges; `stretch` ≥ 1 spreads rows and columns where labels found no room."""
    network = Network(outline.neurons, outline.edges, {})
    columns = drawn_columns(network)
    members: dict[int, list[Neuron]] = {}
    for neuron in outline.neurons:
        members.setdefault(columns[neuron.id], []).append(neuron)
    framed = framed_groups(network, columns)
    pitches = {
        column: _pitch(group, outline, framed) * stretch for column, group in members.items()
    }
    heights = {column: len(group) * pitches[column] for column, group in members.items()}
    column_x = _column_x(outline, columns, heights, stretch)
    neurons = _neuron_places(outline.neurons, members, pitches, column_x)
    slots, bottoms = {}, {}
    for neuron, rows in zip(outline.neurons, outline.under, strict=True):
        x, y = neurons[neuron.id]
        bottoms[neuron.id] = y + RADIUS + height_of(rows)
        if rows:
            slots[neuron.id] = placed(rows, x, y + RADIUS)
    outputs = [neuron.id for neuron in outline.neurons if neuron.role == "output"]
    error = _error_place(outputs, neurons, outline)
    if len(outputs) > 1:
        targets = [(neurons[name][0], bottoms[name] + LINE_HEIGHT / 2 + 3) for name in outputs]
    else:
        targets = [(error[0], error[1] + ERROR_HEIGHT / 2 + LINE_HEIGHT / 2 + 8)]
    note = (error[0], error[1] + ERROR_HEIGHT / 2 + LINE_HEIGHT / 2 + 8)
    if len(outputs) <= 1:
        note = (note[0], note[1] + LINE_HEIGHT + 2)
    deltas = {
        neuron.id: (neurons[neuron.id][0], neurons[neuron.id][1] - RADIUS - LINE_HEIGHT / 2 - 2)
        for neuron, width in zip(outline.neurons, outline.over, strict=True)
        if width
    }
    found = Places(neurons, column_x, error, slots, bottoms, deltas, targets, note, [])
    found.frames = [frame(group, _covered(group, outline, found)) for group in framed]
    return found


def _error_place(
    outputs: list[str], neurons: dict[str, tuple[float, float]], outline: Outline
) -> tuple[float, float]:
    """Return the place of the error, right of everything, in the middle of the outputs."""
    right = max(x for x, _ in neurons.values())
    heights = [neurons[name][1] for name in outputs] or [0.0]
    reach = max(heights) - min(heights)
    x = right + max(_ERROR_DISTANCE, min(_SLOPE / 2 * reach, _LONGEST_COLUMN_DISTANCE))
    for neuron, rows in zip(outline.neurons, outline.under, strict=True):
        x = max(x, neurons[neuron.id][0] + width_of(rows) / 2 + _ERROR_GAP)
    return x, (min(heights) + max(heights)) / 2


def _covered(group: tuple[str, ...], outline: Outline, found: Places) -> Rectangle:
    """Return what the neurons of a group cover with everything that belongs to them."""
    half, bottom = RADIUS, max(found.bottoms[name] for name in group)
    for neuron, rows, over in zip(outline.neurons, outline.under, outline.over, strict=True):
        if neuron.id in group:
            half = max(half, width_of(rows) / 2, over / 2)
    outputs = [neuron.id for neuron in outline.neurons if neuron.role == "output"]
    if len(outputs) > 1:
        for name, place, width in zip(outputs, found.targets, outline.targets, strict=True):
            if name in group:
                half = max(half, width / 2)
                bottom = max(bottom, place[1] + LINE_HEIGHT / 2)
    x = found.neurons[group[0]][0]
    top = min(found.neurons[name][1] for name in group) - RADIUS - LINE_HEIGHT - 4
    return Rectangle(x - half, top, x + half, bottom)


def error_box(place: tuple[float, float]) -> Rectangle:
    """Return the rectangle of the error node."""
    return around(*place, ERROR_WIDTH, ERROR_HEIGHT)


def _pitch(group: list[Neuron], outline: Outline, framed: list[tuple[str, ...]]) -> float:
    """Return the distance of rows in one column."""
    names = {neuron.id for neuron in group}
    above = below = 0.0
    for neuron, rows, over in zip(outline.neurons, outline.under, outline.over, strict=True):
        if neuron.id in names:
            above = max(above, LINE_HEIGHT + 4 if over else 0.0)
            below = max(below, height_of(rows) + 2 if rows else 0.0)
    if len(outline.targets) > 1 and any(neuron.role == "output" for neuron in group):
        below += LINE_HEIGHT + 4
    if any(members[0] in names and len(members) < len(group) for members in framed):
        below += FRAME_GAP
    least = 2 * RADIUS + above + below + _ROW_GAP
    outer = any(neuron.role != "hidden" for neuron in group)
    usual = min(_WIDEST_PITCH, _USUAL_HEIGHT / len(group)) * (_OUTER_PITCH if outer else 1.0)
    return max(least, usual)


def _column_x(
    outline: Outline, columns: dict[str, int], heights: dict[int, float], stretch: float
) -> list[float]:
    """Return the x of each column; wide pills, many pills, long headers and tall columns take more room."""
    last = max(columns.values())
    for neuron in outline.neurons:
        if neuron.at is not None:
            last = max(last, ceil(neuron.at[0]))
    area = [0.0] * (last + 1)
    widest = [0.0] * (last + 1)
    for edge, width in zip(outline.edges, outline.pills, strict=True):
        if width:
            # Pieces of a maxout neuron run side by side and meet in one place.
            share = _PARALLEL_SHARE if edge.piece else 1.0
            gap = max(0, (columns[edge.source] + columns[edge.target] - 1) // 2)
            area[gap] += (width + 10) * (PILL_HEIGHT + 8) * share
            widest[gap] = max(widest[gap], width)
    overhang = [0.0] * (last + 1)
    for neuron, rows in zip(outline.neurons, outline.under, strict=True):
        column = columns[neuron.id]
        overhang[column] = max(overhang[column], width_of(rows) / 2 - _USUAL_OVERHANG)
    x = [0.0]
    for gap in range(last):
        tall = max(heights.get(gap, 0.0), heights.get(gap + 1, 0.0), 2 * RADIUS)
        crowded = area[gap] / (_PILL_FILL * tall) + 2 * RADIUS + 40
        headers = sum(outline.headers[gap : gap + 2]) / 2 + 32
        x.append(
            x[-1]
            + overhang[gap]
            + overhang[gap + 1]
            + max(
                outline.column_distance * stretch,
                crowded * stretch,
                widest[gap] + 2 * RADIUS + outline.pill_air,
                headers,
                min(_SLOPE * tall, _LONGEST_COLUMN_DISTANCE),
            )
        )
    return x


def _neuron_places(
    neurons: tuple[Neuron, ...],
    members: dict[int, list[Neuron]],
    pitches: dict[int, float],
    column_x: list[float],
) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for column, group in members.items():
        middle = (len(group) - 1) / 2
        for row, neuron in enumerate(group):
            found[neuron.id] = (column_x[column], (row - middle) * pitches[column])
    pinned = [(neuron.id, neuron.at) for neuron in neurons if neuron.at is not None]
    if pinned:
        pitch = max(pitches.values())
        middle = max(row for _, (_, row) in pinned) / 2
        for name, (at_column, at_row) in pinned:
            found[name] = (_x_at(at_column, column_x), (at_row - middle) * pitch)
        _part(found, {name for name, _ in pinned}, pitch)
    return found


def _x_at(column: float, column_x: list[float]) -> float:
    """Return the x of a column number that need not be whole."""
    if column <= 0 or len(column_x) == 1:
        return column_x[0] + min(column, 0) * _COLUMN_DISTANCE
    left = min(floor(column), len(column_x) - 2)
    return column_x[left] + (column - left) * (column_x[left + 1] - column_x[left])


def _part(found: dict[str, tuple[float, float]], pinned: set[str], pitch: float) -> None:
    """Move neurons down that a pinned one has come upon; a pinned one moves only if two share a place."""
    settled: list[tuple[float, float]] = []
    for name in sorted(found, key=lambda name: (name not in pinned, found[name][1])):
        x, y = found[name]
        while any(abs(x - a) < 2 * RADIUS + 16 and abs(y - b) < pitch * 0.98 for a, b in settled):
            y += pitch / 4
        found[name] = (x, y)
        settled.append((x, y))
