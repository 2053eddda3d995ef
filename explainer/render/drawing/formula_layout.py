"""Where the nodes of a computation graph stand and how its edges run: columns by depth, few crossings, level ways.

After Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system structures (1981): an edge over
several columns gets a place in each of them, rows are ordered by the mean of their neighbours, then moved towards it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from explainer.render.drawing.space import Rectangle
from explainer.render.shapes import Points

# Room between columns: a badge fits upon an edge.
_COLUMN_GAP = 104.0
_ROW_GAP = 22.0
_WAY_HEIGHT = 22.0
# Edges reach a node on this part of its left side.
_LANDING = 0.62
_SWEEPS = 6
_MOVES = 8
# Control points lie this part of the way between two columns.
_REACH = 0.5


class Outline(Struct, frozen=True):
    """What the layout needs to know of a node: its size, the room above and below it, the nodes it is computed from."""

    width: float
    height: float
    above: float
    below: float
    inputs: tuple[int, ...]
    # Numbers stand right before what uses them.
    is_number: bool


class FormulaLayout(Struct, frozen=True):
    """Centres of the nodes; for each node, for each of its inputs, the curves that lead there one after the other."""

    places: tuple[tuple[float, float], ...]
    ways: tuple[tuple[tuple[Points, ...], ...], ...]
    area: Rectangle


@lru_cache(maxsize=32)
def formula_layout(shapes: tuple[Outline, ...]) -> FormulaLayout:
    """Return the layout of nodes given in an order of evaluation; coordinates start anywhere."""
    return _Layout(shapes).found()


class _Layout:
    """One layout in the making. A point is a node (its number), or a place where an edge passes a column."""

    def __init__(self, shapes: tuple[Outline, ...]) -> None:
        self._shapes = shapes
        self._column = _columns(shapes)
        self._sizes = {
            place: shape.height + shape.above + shape.below for place, shape in enumerate(shapes)
        }
        self._before: dict[int, list[int]] = {place: [] for place in range(len(shapes))}
        self._after: dict[int, list[int]] = {place: [] for place in range(len(shapes))}
        self._chains: dict[tuple[int, int], list[int]] = {}
        self._rows: list[list[int]] = [[] for _ in range(1 + max(self._column.values()))]
        for place in range(len(shapes)):
            self._rows[self._column[place]].append(place)
        for target, shape in enumerate(shapes):
            for source in dict.fromkeys(shape.inputs):
                self._connect(source, target)
        self._order()
        self._y = self._heights()

    def found(self) -> FormulaLayout:
        xs = self._column_x()
        places = tuple(
            (xs[self._column[place]], self._y[place] + (shape.above - shape.below) / 2)
            for place, shape in enumerate(self._shapes)
        )
        ways = tuple(
            tuple(self._way(target, position, places, xs) for position in range(len(shape.inputs)))
            for target, shape in enumerate(self._shapes)
        )
        return FormulaLayout(places, ways, self._area(places))

    def _connect(self, source: int, target: int) -> None:
        """Link two nodes through a point in every column between theirs."""
        chain = [source]
        for column in range(self._column[source] + 1, self._column[target]):
            point = len(self._before)
            self._before[point], self._after[point] = [], []
            self._column[point] = column
            self._sizes[point] = _WAY_HEIGHT
            self._rows[column].append(point)
            chain.append(point)
        chain.append(target)
        for left, right in pairwise(chain):
            self._after[left].append(right)
            self._before[right].append(left)
        self._chains[source, target] = chain

    def _order(self) -> None:
        """Sort every column by the mean rank of its neighbours, to and fro; keep what crosses least."""
        best, least = [list(row) for row in self._rows], self._crossings()
        for sweep in range(_SWEEPS):
            forward = sweep % 2 == 0
            columns = range(len(self._rows)) if forward else reversed(range(len(self._rows)))
            neighbours = self._before if forward else self._after
            rank = self._ranks()
            for column in columns:
                row = self._rows[column]
                keys = {
                    point: _mean([rank[each] for each in neighbours[point]], rank[point])
                    for point in row
                }
                row.sort(key=lambda point: keys[point])
                rank.update({point: position for position, point in enumerate(row)})
            crossings = self._crossings()
            if crossings < least:
                best, least = [list(row) for row in self._rows], crossings
        self._rows = best

    def _ranks(self) -> dict[int, float]:
        return {point: float(at) for row in self._rows for at, point in enumerate(row)}

    def _crossings(self) -> int:
        rank = self._ranks()
        found = 0
        for row in self._rows:
            ends = [(rank[left], rank[right]) for left in row for right in self._after[left]]
            ends.sort()
            for place, (_, right) in enumerate(ends):
                found += sum(other < right for _, other in ends[place + 1 :])
        return found

    def _heights(self) -> dict[int, float]:
        """Return y of every point: as near to the mean of its neighbours as the order and the sizes allow."""
        y: dict[int, float] = {}
        for row in self._rows:
            y.update(self._spread(row, [0.0] * len(row)))
        for move in range(_MOVES):
            forward = move % 2 == 0
            for row in self._rows if forward else reversed(self._rows):
                neighbours = self._before if forward else self._after
                last = move >= _MOVES - 2
                wanted = [
                    _mean(
                        [
                            y[each]
                            for each in (*neighbours[point], *(self._after[point] if last else ()))
                        ],
                        y[point],
                    )
                    for point in row
                ]
                y.update(self._spread(row, wanted))
        return y

    def _spread(self, row: Sequence[int], wanted: Sequence[float]) -> dict[int, float]:
        """Return heights in the order of the row, apart as their sizes demand, least squares away from those wanted.

        Blocks that would overlap are joined and placed at their mean: pool adjacent violators.
        """
        offset = 0.0
        offsets: list[float] = []
        for place, point in enumerate(row):
            if place:
                offset += (self._sizes[row[place - 1]] + self._sizes[point]) / 2 + _ROW_GAP
            offsets.append(offset)
        blocks: list[tuple[float, int]] = []
        for value, shift in zip(wanted, offsets, strict=True):
            total, count = value - shift, 1
            while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
                before = blocks.pop()
                total, count = total + before[0], count + before[1]
            blocks.append((total, count))
        heights = [total / count for total, count in blocks for _ in range(count)]
        return {
            point: height + shift
            for point, height, shift in zip(row, heights, offsets, strict=True)
        }

    def _column_x(self) -> list[float]:
        widths = [
            max(
                (self._shapes[point].width for point in row if point < len(self._shapes)),
                default=0.0,
            )
            for row in self._rows
        ]
        xs = [0.0]
        for left, right in pairwise(widths):
            xs.append(xs[-1] + (left + right) / 2 + _COLUMN_GAP)
        return xs

    def _way(
        self, target: int, position: int, places: Sequence[tuple[float, float]], xs: list[float]
    ) -> tuple[Points, ...]:
        """Return the curves from an input to a node, level wherever they meet."""
        source = self._shapes[target].inputs[position]
        chain = self._chains[source, target]
        x, y = places[source]
        points = [(x + self._shapes[source].width / 2, y)]
        points += [(xs[self._column[point]], self._y[point]) for point in chain[1:-1]]
        x, y = places[target]
        points.append((x - self._shapes[target].width / 2, y + self._landing(target, position)))
        return tuple(_level_curve(*left, *right) for left, right in pairwise(points))

    def _landing(self, target: int, position: int) -> float:
        """Return how far from the middle of its left side an edge reaches a node: in the order they come from."""
        inputs = self._shapes[target].inputs
        if len(inputs) == 1:
            return 0.0
        last = [self._y[self._chains[source, target][-2]] for source in inputs]
        order = sorted(range(len(inputs)), key=lambda place: (last[place], place))
        share = order.index(position) / (len(inputs) - 1) - 0.5
        return share * _LANDING * self._shapes[target].height

    def _area(self, places: Sequence[tuple[float, float]]) -> Rectangle:
        tops = [
            y - shape.height / 2 - shape.above
            for (_, y), shape in zip(places, self._shapes, strict=True)
        ]
        bottoms = [
            y + shape.height / 2 + shape.below
            for (_, y), shape in zip(places, self._shapes, strict=True)
        ]
        lefts = [x - shape.width / 2 for (x, _), shape in zip(places, self._shapes, strict=True)]
        rights = [x + shape.width / 2 for (x, _), shape in zip(places, self._shapes, strict=True)]
        ways = [self._y[point] for point in range(len(self._shapes), len(self._before))]
        return Rectangle(min(lefts), min([*tops, *ways]), max(rights), max([*bottoms, *ways]))


def _columns(shapes: Sequence[Outline]) -> dict[int, int]:
    """Return the column of each node: the longest way to it, a number's right before the first that uses it."""
    column: dict[int, int] = {}
    for place, shape in enumerate(shapes):
        inside = [column[source] for source in shape.inputs]
        column[place] = 1 + max(inside) if inside else 0
    for place, shape in enumerate(shapes):
        users = [column[other] for other, each in enumerate(shapes) if place in each.inputs]
        if shape.is_number and users:
            column[place] = max(0, min(users) - 1)
    return column


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _level_curve(x0: float, y0: float, x3: float, y3: float) -> Points:
    reach = (x3 - x0) * _REACH
    return (x0, y0, x0 + reach, y0, x3 - reach, y3, x3, y3)
