"""The ways of the edges: S-curves between neighbouring columns, arcs round the circles in between for longer ones."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from explainer.lesson.lesson import Edge
from explainer.render.drawing.places import ERROR_WIDTH, LINE_HEIGHT, RADIUS, Places
from explainer.render.shapes import Points, point_at

# How many arcs run at one place already.
Lanes = dict[tuple[int, int], int]

# Above so many edges a curve costs more than it shows.
MOST_CURVES = 150
# Above so many nobody could follow an arc, and finding its way takes a millisecond each.
MOST_ARCS = 1000
# Control points of an arc lie this part of the way from its ends: the less, the flatter its top.
_ARC_REACHES = (0.3, 0.16)
_CLEARANCE = 12.0
_LANE = 14.0
# So many arcs lie beside each other before the next ones lie upon the first.
_MOST_LANES = 12
_SAMPLES = 48
# Ports of neighbouring pieces lie so far apart, the outermost so far from the middle; parallel edges bend so far apart.
_PORT_STEP, _OUTERMOST_PORT = 18.0, 27.0
_BEND = 34.0
_MOST_TRIES = 64


class Ends(NamedTuple):
    """Where an edge leaves its source and reaches its target."""

    x0: float
    y0: float
    x3: float
    y3: float

    def arc(self, first: float, second: float, reach: float) -> Points:
        """Return the curve whose control points lie at two heights, `reach` of the way from the ends."""
        ahead = (self.x3 - self.x0) * reach
        x1, x2 = self.x0 + ahead, self.x3 - ahead
        return (self.x0, self.y0, x1, first, x2, second, self.x3, self.y3)


class Obstacles:
    """The circles and what hangs on them, column by column, as sorted stretches of y that no edge may cross."""

    def __init__(self, places: Places) -> None:
        self._columns: dict[float, list[tuple[float, float]]] = {}
        for name, (x, y) in places.neurons.items():
            above = LINE_HEIGHT + 2 if name in places.deltas else 0.0
            stretch = (y - RADIUS - above - _CLEARANCE, places.bottoms[name] + _CLEARANCE)
            self._columns.setdefault(x, []).append(stretch)
        self._x = sorted(self._columns)
        self._between: dict[tuple[float, float], list[float]] = {}
        self._tops = {}
        for x, stretches in self._columns.items():
            stretches.sort()
            self._tops[x] = [top for top, _ in stretches]

    def between(self, left: float, right: float) -> list[float]:
        """Return the columns whose circles lie strictly between two x."""
        found = self._between.get((left, right))
        if found is None:
            margin = 2 * RADIUS
            found = [x for x in self._x if left + margin < x < right - margin]
            self._between[left, right] = found
        return found

    def gaps(self, x: float) -> list[float]:
        """Return the heights at which an edge may pass a column: over it, under it, between its circles."""
        stretches = self._columns[x]
        found = [stretches[0][0], stretches[-1][1]]
        for (_, bottom), (top, _) in pairwise(stretches):
            if top > bottom:
                found.append((top + bottom) / 2)
        return found

    def stops(self, x: float, low: float, high: float) -> bool:
        """Tell whether the stretch low … high of a column is taken, anywhere in it."""
        stretches = self._columns[x]
        first = bisect_left(self._tops[x], high)
        return any(bottom > low for _, bottom in stretches[max(0, first - 2) : first])


def s_curve(x0: float, y0: float, x3: float, y3: float, bend: float = 0.0) -> Points:
    """Return the curve that leaves and arrives level; with `bend` it is moved so far to its right on its way."""
    reach = max((x3 - x0) / 2, 40.0)
    length = hypot(x3 - x0, y3 - y0) or 1.0
    across, down = bend * (y0 - y3) / length, bend * (x3 - x0) / length
    return (x0, y0, x0 + reach + across, y0 + down, x3 - reach + across, y3 + down, x3, y3)


def straight(x0: float, y0: float, x3: float, y3: float) -> Points:
    """Return a straight line as a curve."""
    x, y = (x3 - x0) / 3, (y3 - y0) / 3
    return (x0, y0, x0 + x, y0 + y, x3 - x, y3 - y, x3, y3)


def routes(
    edges: tuple[Edge, ...], outputs: list[str], places: Places
) -> tuple[tuple[Points, ...], tuple[Points, ...]]:
    """Return the curve of each edge, and of the way from each output into the error, in their orders."""
    obstacles = Obstacles(places)
    lanes: Lanes = {}
    many = len(edges) > MOST_CURVES
    ports = Ports(edges)
    found = []
    for edge in edges:
        (x0, y0), (x3, y3) = places.neurons[edge.source], places.neurons[edge.target]
        ends = Ends(x0 + RADIUS, y0, x3 - RADIUS, y3)
        if len(edges) > MOST_ARCS:
            found.append(_into(ports.of(edge), straight(*ends)))
            continue
        found.append(_route(ends, obstacles, lanes, many, ports.of(edge)))
    end_x, end_y = places.error[0] - ERROR_WIDTH / 2, places.error[1]
    links = []
    for output in outputs:
        x, y = places.neurons[output]
        ends = Ends(x + RADIUS, y, end_x, end_y)
        links.append(_route(ends, obstacles, lanes, False, STRAIGHT_ON))
    return tuple(found), tuple(links)


class Port(NamedTuple):
    """Where the edges of one piece reach a maxout neuron: so far under its middle, bent so far apart on their way."""

    drop: float
    bend: float


STRAIGHT_ON = Port(0.0, 0.0)


class Ports:
    """The pieces of maxout neurons: their edges arrive beneath each other, and those between the same two neurons part."""

    def __init__(self, edges: tuple[Edge, ...]) -> None:
        self._pieces: Counter[str] = Counter()
        self._between: Counter[tuple[str, str]] = Counter()
        for edge in edges:
            self._pieces[edge.target] = max(self._pieces[edge.target], edge.piece + 1)
            self._between[edge.source, edge.target] += 1

    def of(self, edge: Edge) -> Port:
        """Return the port of an edge."""
        pieces = self._pieces[edge.target]
        if pieces < 2:
            return STRAIGHT_ON
        place = edge.piece - (pieces - 1) / 2
        drop = place * min(_PORT_STEP, 2 * _OUTERMOST_PORT / (pieces - 1))
        parallel = self._between[edge.source, edge.target] > 1
        return Port(drop, place * _BEND if parallel else 0.0)


def _route(ends: Ends, obstacles: Obstacles, lanes: Lanes, many: bool, port: Port) -> Points:
    points = straight(*ends) if many else s_curve(*ends, port.bend)
    columns = obstacles.between(ends.x0 - RADIUS, ends.x3 + RADIUS)
    if columns and not _is_clear(points, columns, obstacles):
        around = _around_all if many else _arc
        points = around(ends, columns, obstacles, lanes)
    return _into(port, points)


def _into(port: Port, points: Points) -> Points:
    """Return the curve with its end moved along the circle to a port."""
    if not port.drop:
        return points
    x0, y0, x1, y1, x2, y2, x3, y3 = points
    x3 += RADIUS - (RADIUS * RADIUS - port.drop * port.drop) ** 0.5
    end = (x3, y3 + port.drop)
    if points == straight(x0, y0, points[6], y3):
        return straight(x0, y0, *end)
    return (x0, y0, x1, y1, x2, y2 + port.drop, *end)


def _is_clear(points: Points, columns: list[float], obstacles: Obstacles) -> bool:
    """Tell whether a curve passes between the circles of the columns on its way."""
    samples = [point_at(points, step / _SAMPLES) for step in range(_SAMPLES + 1)]
    for column in columns:
        near = [y for x, y in samples if abs(x - column) <= RADIUS + _CLEARANCE]
        if near and obstacles.stops(column, min(near), max(near)):
            return False
    return True


def _arc(ends: Ends, columns: list[float], obstacles: Obstacles, lanes: Lanes) -> Points:
    """Return the arc through gaps of the first and last column on the way that strays least and passes all of them."""
    wanted: list[tuple[float, float, float, float]] = []
    for reach in _ARC_REACHES:
        for before in obstacles.gaps(columns[0]):
            for after in obstacles.gaps(columns[-1]):
                levels = _levels(ends, (columns[0], before), (columns[-1], after), reach)
                if levels is not None:
                    wanted.append((_straying(ends, *levels), *levels, reach))
    for _, first, second, reach in sorted(wanted):
        away = -_LANE if first + second < ends.y0 + ends.y3 else _LANE
        # Arcs through the same gaps would else lie upon each other.
        key = (round(first), round(second))
        shift = away * lanes.get(key, 0)
        points = ends.arc(first + shift, second + shift, reach)
        if _is_clear(points, columns, obstacles):
            lanes[key] = lanes.get(key, 0) + 1
            return points
    return _around_all(ends, columns, obstacles, lanes)


def _around_all(ends: Ends, columns: list[float], obstacles: Obstacles, lanes: Lanes) -> Points:
    """Return an arc over or under every column on the way, whichever is nearer."""
    reach = _ARC_REACHES[0]
    over_level = min(_level(ends, (x, obstacles.gaps(x)[0]), reach) for x in columns)
    under_level = max(_level(ends, (x, obstacles.gaps(x)[1]), reach) for x in columns)
    middle = (ends.y0 + ends.y3) / 2
    over = middle - over_level <= under_level - middle
    away = -1.0 if over else 1.0
    key = (round(ends.x0), -1 if over else 1)
    lane = lanes.get(key, 0) % _MOST_LANES
    level = (over_level if over else under_level) + away * _LANE * lane
    lanes[key] = lanes.get(key, 0) + 1
    for _ in range(_MOST_TRIES):
        points = ends.arc(level, level, reach)
        if _is_clear(points, columns, obstacles):
            break
        level += away * RADIUS
    return points


def _straying(ends: Ends, first: float, second: float) -> float:
    """Return how far two control points lie from the straight way."""
    return abs(first - ends.y0) + abs(second - ends.y3)


def _levels(
    ends: Ends, before: tuple[float, float], after: tuple[float, float], reach: float
) -> tuple[float, float] | None:
    """Return the heights of the control points for which an arc passes two points; None where no arc does."""
    if before[0] == after[0]:
        level = _level(ends, before, reach)
        return (level, level) if before == after else None
    (a, b, c), (d, e, f) = (_weights(ends, point, reach) for point in (before, after))
    determinant = a * e - b * d
    if abs(determinant) < 1e-3:
        return None
    return (c * e - b * f) / determinant, (a * f - c * d) / determinant


def _level(ends: Ends, point: tuple[float, float], reach: float) -> float:
    """Return the common height of both control points for which an arc passes a point."""
    first, second, rest = _weights(ends, point, reach)
    return rest / (first + second)


def _weights(ends: Ends, point: tuple[float, float], reach: float) -> tuple[float, float, float]:
    """Return a, b, c so that an arc with control points at heights u, v passes the point where a·u + b·v = c."""
    x, y = point
    flat = ends.arc(0.0, 0.0, reach)
    low, high = 0.0, 1.0
    for _ in range(20):
        t = (low + high) / 2
        low, high = (t, high) if point_at(flat, t)[0] < x else (low, t)
    s = 1 - t
    return 3 * s * s * t, 3 * s * t * t, y - s * s * s * ends.y0 - t * t * t * ends.y3
