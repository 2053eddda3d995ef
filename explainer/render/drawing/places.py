"""Where the neurons, the error and the headers stand: columns by depth, rows in the order of the file.

Sizes come in as numbers (an `Outline`), so that a layout is found once and serves every step of a lesson.
All coordinates here are free of margins; `layout` moves the finished drawing to the origin.
"""

from __future__ import annotations

from math import ceil, floor

from msgspec import Struct

from explainer.lesson.layers import depths
from explainer.lesson.lesson import Edge, Network, Neuron
from explainer.render.drawing.space import Rectangle, around

RADIUS = 39.0
ERROR_WIDTH = 96.0
ERROR_HEIGHT = 68.0
PILL_HEIGHT = 26.0
BIAS_HEIGHT = 24.0
LINE_HEIGHT = 18.0

# Distance of columns and, in a column of two, of rows: the proportions of a hand-drawn network.
_COLUMN_DISTANCE = 276.0
_ERROR_DISTANCE = 182.0
_WIDEST_PITCH = 280.0
_USUAL_HEIGHT = 580.0
# Inputs and outputs stand closer than hidden neurons, so that edges are not all parallel.
_OUTER_PITCH = 0.8
_ROW_GAP = 16.0
# Tall columns need a longer way between them, or their edges are too steep to follow.
_SLOPE = 0.28
_LONGEST_COLUMN_DISTANCE = 1600.0
# The part of the room between two columns that pills may fill before it gets crowded.
_PILL_FILL = 0.42


class Outline(Struct, frozen=True):
    """What the layout depends on: the network without its values, and how wide each text is (0 where there is none).

    `pills` are per edge, `biases` per neuron, `headers` per column, `targets` per output.
    """

    neurons: tuple[Neuron, ...]
    edges: tuple[Edge, ...]
    pills: tuple[float, ...]
    biases: tuple[float, ...]
    headers: tuple[float, ...]
    targets: tuple[float, ...]


class Places(Struct):
    """Centres of everything that does not depend on the edges; `column_x` is where the headers stand."""

    neurons: dict[str, tuple[float, float]]
    column_x: list[float]
    error: tuple[float, float]
    biases: dict[str, tuple[float, float]]
    deltas: dict[str, tuple[float, float]]
    targets: list[tuple[float, float]]


def columns_of(network: Network) -> dict[str, int]:
    """Return the column of each neuron: its depth, or the column it is pinned to."""
    depth = depths(network)
    return {
        neuron.id: depth[neuron.id] if neuron.at is None else max(0, round(neuron.at[0]))
        for neuron in network.neurons
    }


def places(outline: Outline, stretch: float) -> Places:
    """Place everything but the edges; `stretch` ≥ 1 spreads rows and columns where labels found no room."""
    network = Network(outline.neurons, outline.edges, {})
    columns = columns_of(network)
    members: dict[int, list[Neuron]] = {}
    for neuron in outline.neurons:
        members.setdefault(columns[neuron.id], []).append(neuron)
    biased = {
        neuron.id for neuron, width in zip(outline.neurons, outline.biases, strict=True) if width
    }
    several_targets = len(outline.targets) > 1
    pitches = {
        column: _pitch(group, biased, several_targets) * stretch
        for column, group in members.items()
    }
    heights = {column: len(group) * pitches[column] for column, group in members.items()}
    column_x = _column_x(outline, columns, heights, stretch)
    neurons = _neuron_places(outline.neurons, members, pitches, column_x)
    outputs = [neuron.id for neuron in outline.neurons if neuron.role == "output"]
    bottom_of = {name: y + RADIUS for name, (_, y) in neurons.items()}
    bias_places = {}
    for name in biased:
        bias_places[name] = (neurons[name][0], bottom_of[name] + 6 + BIAS_HEIGHT / 2)
        bottom_of[name] += 6 + BIAS_HEIGHT
    right = max(x for x, _ in neurons.values())
    ends = [neurons[name] for name in outputs]
    reach = max((y for _, y in ends), default=0.0) - min((y for _, y in ends), default=0.0)
    error = (
        right + max(_ERROR_DISTANCE, min(_SLOPE / 2 * reach, _LONGEST_COLUMN_DISTANCE)),
        (min(y for _, y in ends) + max(y for _, y in ends)) / 2 if ends else 0.0,
    )
    if several_targets:
        targets = [(neurons[name][0], bottom_of[name] + LINE_HEIGHT / 2 + 3) for name in outputs]
    else:
        targets = [(error[0], error[1] + ERROR_HEIGHT / 2 + LINE_HEIGHT / 2 + 8)]
    deltas = {
        neuron.id: (neurons[neuron.id][0], neurons[neuron.id][1] - RADIUS - LINE_HEIGHT / 2 - 2)
        for neuron in outline.neurons
        if neuron.role != "input"
    }
    return Places(neurons, column_x, error, bias_places, deltas, targets)


def error_box(place: tuple[float, float]) -> Rectangle:
    """Return the rectangle of the error node."""
    return around(*place, ERROR_WIDTH, ERROR_HEIGHT)


def _pitch(group: list[Neuron], biased: set[str], several_targets: bool) -> float:
    """Return the distance of rows in one column."""
    above = LINE_HEIGHT + 4 if any(neuron.role != "input" for neuron in group) else 0.0
    below = BIAS_HEIGHT + 8 if any(neuron.id in biased for neuron in group) else 0.0
    if several_targets and any(neuron.role == "output" for neuron in group):
        below += LINE_HEIGHT + 4
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
            gap = max(0, (columns[edge.source] + columns[edge.target] - 1) // 2)
            area[gap] += (width + 10) * (PILL_HEIGHT + 8)
            widest[gap] = max(widest[gap], width)
    x = [0.0]
    for gap in range(last):
        tall = max(heights.get(gap, 0.0), heights.get(gap + 1, 0.0), 2 * RADIUS)
        crowded = area[gap] / (_PILL_FILL * tall) + 2 * RADIUS + 40
        headers = sum(outline.headers[gap : gap + 2]) / 2 + 32
        x.append(
            x[-1]
            + max(
                _COLUMN_DISTANCE * stretch,
                crowded * stretch,
                widest[gap] + 2 * RADIUS + 90,
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
