"""The ways of the edges: S-curves between neighbouring columns, arcs round the circles in between for longer ones."""

from __future__ import annotations

from bisect import bisect_left

from explainer.lesson.lesson import Edge
from explainer.render.places import BIAS_HEIGHT, LINE_HEIGHT, RADIUS, Places

Points = tuple[float, float, float, float, float, float, float, float]

# Above so many edges a curve costs more than it shows.
MOST_CURVES = 150
# An arc leaves its source and reaches its target this part of the way before it runs level.
_ARC_REACH = 0.32
_CLEARANCE = 12.0
_LANE = 14.0
_SAMPLES = 48


class Obstacles:
    """The circles and what hangs on them, column by column, as sorted stretches of y that no edge may cross."""

    def __init__(self, places: Places) -> None:
        self._columns: dict[float, list[tuple[float, float]]] = {}
        for name, (x, y) in places.neurons.items():
            above = LINE_HEIGHT + 2 if name in places.deltas else 0.0
            below = BIAS_HEIGHT + 6 if name in places.biases else 0.0
            stretch = (y - RADIUS - above - _CLEARANCE, y + RADIUS + below + _CLEARANCE)
            self._columns.setdefault(x, []).append(stretch)
        self._x = sorted(self._columns)
        self._tops = {}
        for x, stretches in self._columns.items():
            stretches.sort()
            self._tops[x] = [top for top, _ in stretches]

    def between(self, left: float, right: float) -> list[float]:
        """Return the columns whose circles lie strictly between two x."""
        margin = 2 * RADIUS
        return [x for x in self._x if left + margin < x < right - margin]

    def gaps(self, x: float) -> list[float]:
        """Return the heights at which an edge may pass a column: over it, under it, between its circles."""
        stretches = self._columns[x]
        found = [stretches[0][0], stretches[-1][1]]
        for (_, bottom), (top, _) in zip(stretches, stretches[1:], strict=False):
            if top > bottom:
                found.append((top + bottom) / 2)
        return found

    def stops(self, x: float, low: float, high: float) -> bool:
        """Tell whether the stretch low … high of a column is taken, anywhere in it."""
        stretches = self._columns[x]
        first = bisect_left(self._tops[x], high)
        return any(bottom > low for _, bottom in stretches[max(0, first - 2) : first])


def s_curve(x0: float, y0: float, x3: float, y3: float) -> Points:
    """Return the curve that leaves and arrives level."""
    reach = max((x3 - x0) / 2, 40.0)
    return (x0, y0, x0 + reach, y0, x3 - reach, y3, x3, y3)


def straight(x0: float, y0: float, x3: float, y3: float) -> Points:
    """Return a straight line as a curve."""
    x, y = (x3 - x0) / 3, (y3 - y0) / 3
    return (x0, y0, x0 + x, y0 + y, x3 - x, y3 - y, x3, y3)


def point_at(points: Points, t: float) -> tuple[float, float]:
    """Return the point of a Bézier curve at t in 0 … 1."""
    s = 1 - t
    a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return (
        a * points[0] + b * points[2] + c * points[4] + d * points[6],
        a * points[1] + b * points[3] + c * points[5] + d * points[7],
    )


def routes(edges: tuple[Edge, ...], places: Places) -> tuple[Points, ...]:
    """Return the curve of each edge, in their order."""
    obstacles = Obstacles(places)
    shape = straight if len(edges) > MOST_CURVES else s_curve
    lanes: dict[tuple[float, bool], int] = {}
    found: list[Points] = []
    for edge in edges:
        (x0, y0), (x3, y3) = places.neurons[edge.source], places.neurons[edge.target]
        x0 += RADIUS
        x3 -= RADIUS
        columns = obstacles.between(x0 - RADIUS, x3 + RADIUS)
        direct = shape(x0, y0, x3, y3)
        if columns and not _is_clear(direct, columns, obstacles):
            direct = _arc(x0, y0, x3, y3, columns, obstacles, lanes)
        found.append(direct)
    return tuple(found)


def _is_clear(points: Points, columns: list[float], obstacles: Obstacles) -> bool:
    """Tell whether a curve passes between the circles of the columns on its way."""
    samples = [point_at(points, step / _SAMPLES) for step in range(_SAMPLES + 1)]
    for column in columns:
        near = [y for x, y in samples if abs(x - column) <= RADIUS + _CLEARANCE]
        if near and obstacles.stops(column, min(near), max(near)):
            return False
    return True


def _arc(
    x0: float,
    y0: float,
    x3: float,
    y3: float,
    columns: list[float],
    obstacles: Obstacles,
    lanes: dict[tuple[float, bool], int],
) -> Points:
    """Return the arc that leaves the straight way least and passes all columns; arcs on one side get lanes."""
    middle = (y0 + y3) / 2
    wanted = [
        _level_for(height, x0, y0, x3, y3, column)
        for column in columns
        for height in obstacles.gaps(column)
    ]
    for level in sorted(wanted, key=lambda level: (abs(level - middle), level)):
        over = level < middle
        # Arcs that leave from one column on one side would else lie upon each other.
        lane = lanes.get((round(level), over), 0)
        points = _arc_at(x0, y0, x3, y3, level + (-_LANE if over else _LANE) * lane)
        if _is_clear(points, columns, obstacles):
            lanes[round(level), over] = lane + 1
            return points
    return _around_all(x0, y0, x3, y3, columns, obstacles, lanes)


def _around_all(
    x0: float,
    y0: float,
    x3: float,
    y3: float,
    columns: list[float],
    obstacles: Obstacles,
    lanes: dict[tuple[float, bool], int],
) -> Points:
    """Return an arc over or under every column on the way, whichever is nearer."""
    over_level = min(
        _level_for(obstacles.gaps(column)[0], x0, y0, x3, y3, column) for column in columns
    )
    under_level = max(
        _level_for(obstacles.gaps(column)[1], x0, y0, x3, y3, column) for column in columns
    )
    middle = (y0 + y3) / 2
    over = middle - over_level <= under_level - middle
    lane = lanes.get((x0, over), 0)
    lanes[x0, over] = lane + 1
    away = -1.0 if over else 1.0
    level = (over_level if over else under_level) + away * _LANE * lane
    for _ in range(64):
        points = _arc_at(x0, y0, x3, y3, level)
        if _is_clear(points, columns, obstacles):
            break
        level += away * RADIUS
    return points


def _arc_at(x0: float, y0: float, x3: float, y3: float, level: float) -> Points:
    reach = (x3 - x0) * _ARC_REACH
    return (x0, y0, x0 + reach, level, x3 - reach, level, x3, y3)


def _level_for(height: float, x0: float, y0: float, x3: float, y3: float, column: float) -> float:
    """Return the level of both control points for which the arc passes a column at a height."""
    low, high = 0.0, 1.0
    for _ in range(20):
        t = (low + high) / 2
        x, _ = point_at(
            (x0, 0, x0 + (x3 - x0) * _ARC_REACH, 0, x3 - (x3 - x0) * _ARC_REACH, 0, x3, 0), t
        )
        low, high = (t, high) if x < column else (low, t)
    s = 1 - t
    return (height - s * s * s * y0 - t * t * t * y3) / (3 * s * t)
