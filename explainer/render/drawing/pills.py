"""Where the weight pills lie: on their edges, off every circle, off each other, and on no other edge if possible."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from explainer.render.drawing.places import PILL_HEIGHT
from explainer.render.drawing.space import Rectangle, Space, around, first_free, spiral
from explainer.render.shapes import Points, point_at

# Room kept around a pill.
_MARGIN = 3.0
# Places tried along an edge, best first, and how far off it where it is crowded.
PLACES_ALONG = (
    0.5,
    0.44,
    0.56,
    0.38,
    0.62,
    0.33,
    0.67,
    0.28,
    0.72,
    0.23,
    0.77,
    0.18,
    0.82,
    0.13,
    0.87,
)
_OFFSETS = (-8.0, 8.0, -12.0, 12.0)
# What is worse: a pill away from the middle, or one on a foreign edge.
_AWAY = 4.0
_FOREIGN_EDGE = 1.0
_SWEEPS = 2
# How often an order is tried before the layout is spread.
_ATTEMPTS = 5
_SAMPLES = 24


class Candidate(NamedTuple):
    """A place for a pill and how bad it is."""

    cost: float
    x: float
    y: float


class _Way(NamedTuple):
    """A curve as points with growing x."""

    xs: list[float]
    ys: list[float]

    def heights(self, left: float, right: float) -> tuple[float, float] | None:
        """Return the lowest and highest y the curve has between two x; None where it is not there."""
        if right < self.xs[0] or left > self.xs[-1]:
            return None
        first, last = bisect_left(self.xs, left), bisect_right(self.xs, right)
        found = [self._at(left), self._at(right), *self.ys[first:last]]
        return min(found), max(found)

    def _at(self, x: float) -> float:
        after = min(max(bisect_left(self.xs, x), 1), len(self.xs) - 1)
        a, b = self.xs[after - 1], self.xs[after]
        share = min(max((x - a) / (b - a), 0.0), 1.0) if b > a else 0.0
        return self.ys[after - 1] + share * (self.ys[after] - self.ys[after - 1])


def place_pills(
    curves: tuple[Points, ...], widths: tuple[float, ...], taken: Space, *, last_resort: bool
) -> tuple[tuple[float, float] | None, ...] | None:
    """Return the centre of each edge's pill (None where its width is 0) and take the room in `taken`.

    Return None, with `taken` as it was, where some pill finds no room at its edge; with `last_resort` it is put as
    near as there is room instead.
    """
    wanted = [number for number, width in enumerate(widths) if width]
    if not wanted:
        return (None,) * len(widths)
    choices = _candidates(curves, widths, wanted, taken)
    # Who has the fewest free places chooses first; who finds none goes first the next time.
    order = sorted(wanted, key=lambda number: (len(choices[number]), number))
    for _ in range(_ATTEMPTS):
        chosen, unlucky = _choose(order, curves, widths, choices, taken)
        if unlucky is None:
            break
        for rectangle in chosen.values():
            taken.remove(rectangle)
        order.remove(unlucky)
        order.insert(0, unlucky)
    else:
        if not last_resort:
            return None
        chosen = _scatter(order, curves, widths, choices, taken)
    _improve(order, choices, widths, chosen, taken)
    return tuple(
        _centre(chosen[number]) if number in chosen else None for number in range(len(widths))
    )


def _choose(
    order: list[int],
    curves: tuple[Points, ...],
    widths: tuple[float, ...],
    choices: dict[int, list[Candidate]],
    taken: Space,
) -> tuple[dict[int, Rectangle], int | None]:
    """Take the best free place for each pill in turn; return them, and the first pill that found none."""
    chosen: dict[int, Rectangle] = {}
    for number in order:
        place = _best(choices[number], widths[number], taken)
        place = place or _beside(curves[number], widths[number], taken)
        if place is None:
            return chosen, number
        chosen[number] = around(*place, *_size(widths[number]))
        taken.add(chosen[number])
    return chosen, None


def _scatter(
    order: list[int],
    curves: tuple[Points, ...],
    widths: tuple[float, ...],
    choices: dict[int, list[Candidate]],
    taken: Space,
) -> dict[int, Rectangle]:
    """Take the best place for each pill; one that finds none at its edge is put as near as there is room."""
    chosen: dict[int, Rectangle] = {}
    for number in order:
        size = _size(widths[number])
        place = _best(choices[number], widths[number], taken)
        place = place or first_free((taken,), spiral(*point_at(curves[number], 0.5)), *size)
        if place is not None:
            chosen[number] = around(*place, *size)
            taken.add(chosen[number])
    return chosen


def _size(width: float) -> tuple[float, float]:
    return width + 2 * _MARGIN, PILL_HEIGHT + 2 * _MARGIN


def _centre(area: Rectangle) -> tuple[float, float]:
    return (area.left + area.right) / 2, (area.top + area.bottom) / 2


def _best(choices: list[Candidate], width: float, taken: Space) -> tuple[float, float] | None:
    return first_free((taken,), ((choice.x, choice.y) for choice in choices), *_size(width))


def _beside(points: Points, width: float, taken: Space) -> tuple[float, float] | None:
    """Return a place that still touches the edge, though the edge does not run through its middle."""
    for offset in _OFFSETS:
        places = []
        for t in PLACES_ALONG:
            x, y = point_at(points, t)
            places.append((x, y + offset))
        place = first_free((taken,), places, *_size(width))
        if place is not None:
            return place
    return None


def _improve(
    order: list[int],
    choices: dict[int, list[Candidate]],
    widths: tuple[float, ...],
    chosen: dict[int, Rectangle],
    taken: Space,
) -> None:
    """Let each pill choose again, now that all others have a place."""
    for _ in range(_SWEEPS):
        for number in order:
            if not choices[number] or _centre(chosen[number]) == choices[number][0][1:]:
                continue
            taken.remove(chosen[number])
            place = _best(choices[number], widths[number], taken)
            if place is not None:
                chosen[number] = around(*place, *_size(widths[number]))
            taken.add(chosen[number])


def _candidates(
    curves: tuple[Points, ...], widths: tuple[float, ...], wanted: list[int], taken: Space
) -> dict[int, list[Candidate]]:
    """Return the free places on each edge, best first."""
    ways = [_way(points) for points in curves]
    groups: dict[tuple[float, ...], list[int]] = {}
    for number, points in enumerate(curves):
        groups.setdefault((points[0], points[2], points[4], points[6]), []).append(number)
    found: dict[int, list[Candidate]] = {number: [] for number in wanted}
    for members in groups.values():
        strangers = [way for number, way in enumerate(ways) if number not in set(members)]
        for t in PLACES_ALONG:
            _place_group(members, t, curves, widths, ways, strangers, taken, found)
    for choices in found.values():
        choices.sort()
    return found


def _place_group(
    members: list[int],
    t: float,
    curves: tuple[Points, ...],
    widths: tuple[float, ...],
    ways: list[_Way],
    strangers: list[_Way],
    taken: Space,
    found: dict[int, list[Candidate]],
) -> None:
    """Judge one place along all edges between the same two columns: there they share their x."""
    widest = max(widths[number] for number in members)
    if not widest:
        return
    x, _ = point_at(curves[members[0]], t)
    left, right = x - widest / 2 - _MARGIN, x + widest / 2 + _MARGIN
    stretches = [stretch for number in members if (stretch := ways[number].heights(left, right))]
    foreign = [stretch for way in strangers if (stretch := way.heights(left, right))]
    lows = sorted(low for low, _ in stretches + foreign)
    highs = sorted(high for _, high in stretches + foreign)
    for number in members:
        if not widths[number]:
            continue
        _, y = point_at(curves[number], t)
        if not taken.is_free(around(x, y, *_size(widths[number]))):
            continue
        top, bottom = y - PILL_HEIGHT / 2 - _MARGIN, y + PILL_HEIGHT / 2 + _MARGIN
        # Every stretch but those that end above or begin below crosses the pill, its own edge too.
        crossing = bisect_right(lows, bottom) - bisect_left(highs, top) - 1
        found[number].append(Candidate(_AWAY * abs(t - 0.5) + _FOREIGN_EDGE * crossing, x, y))


def _way(points: Points) -> _Way:
    samples = [point_at(points, step / _SAMPLES) for step in range(_SAMPLES + 1)]
    samples.sort()
    return _Way([x for x, _ in samples], [y for _, y in samples])
