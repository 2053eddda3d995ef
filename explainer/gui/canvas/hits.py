"""What lies under the pointer. Plain geometry: Qt would stroke every edge anew at each move of the mouse."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from explainer.render.metrics import ASCENT, DESCENT, label_width
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Shape, Underline, point_at

_SAMPLES = 24
Point = tuple[float, float]
Area = tuple[float, float, float, float]


class HitMap:
    """The shapes of a drawing that stand for something, to be asked which of them is at a point."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._areas: list[tuple[Area, Circle | Box | Label]] = []
        self._curves: list[tuple[Area, Curve]] = []
        self._ways: dict[str, list[Point]] = {}
        for shape in shapes:
            if isinstance(shape, Underline) or shape.reference is None:
                continue
            if isinstance(shape, Curve):
                self._curves.append((_around_curve(shape), shape))
            else:
                self._areas.append((area_of(shape), shape))

    def at(self, x: float, y: float, reach: float) -> Shape | None:
        """Return the topmost shape at a point of the drawing, else the nearest curve within `reach`; None for ground."""
        for (left, top, right, bottom), shape in reversed(self._areas):
            if left <= x <= right and top <= y <= bottom and _contains(shape, x, y):
                return shape
        nearest: Curve | None = None
        least = reach
        for (left, top, right, bottom), curve in self._curves:
            if left - reach <= x <= right + reach and top - reach <= y <= bottom + reach:
                distance = self._distance(curve, x, y) - curve.width / 2
                if distance <= least:
                    nearest, least = curve, distance
        return nearest

    def _distance(self, curve: Curve, x: float, y: float) -> float:
        way = self._ways.get(curve.key)
        if way is None:
            way = [point_at(curve.points, step / _SAMPLES) for step in range(_SAMPLES + 1)]
            self._ways[curve.key] = way
        return min(_to_segment(x, y, *a, *b) for a, b in pairwise(way))


def area_of(shape: Circle | Box | Label) -> Area:
    """Return left, top, right, bottom of what a shape covers; a label has some air around it."""
    match shape:
        case Circle(x=x, y=y, radius=r):
            return x - r, y - r, x + r, y + r
        case Box(x=x, y=y, width=width, height=height):
            return x - width / 2, y - height / 2, x + width / 2, y + height / 2
        case Label():
            width = label_width(shape.runs, shape.size, shape.bold, shape.tracking)
            left = shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
            top, bottom = shape.y - ASCENT * shape.size, shape.y + DESCENT * shape.size
            return left - 3, top - 2, left + width + 3, bottom + 2


def surroundings(shape: Shape) -> Area:
    """Return left, top, right, bottom of any shape; the halo of an active curve reaches out of them."""
    match shape:
        case Curve():
            return _around_curve(shape)
        case Underline():
            return shape.x, shape.y, shape.x + shape.width, shape.y
        case _:
            return area_of(shape)


def active_area(drawing: Drawing) -> Area | None:
    """Return what the shapes that a step speaks of cover together; None where it speaks of none."""
    found = [
        surroundings(shape)
        for shape in drawing.shapes
        if not isinstance(shape, Underline) and shape.active
    ]
    if not found:
        return None
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _contains(shape: Shape, x: float, y: float) -> bool:
    if isinstance(shape, Circle):
        return (x - shape.x) ** 2 + (y - shape.y) ** 2 <= (shape.radius + 2) ** 2
    return True


def _around_curve(curve: Curve) -> Area:
    xs, ys = curve.points[::2], curve.points[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def _to_segment(x: float, y: float, x0: float, y0: float, x1: float, y1: float) -> float:
    across, down = x1 - x0, y1 - y0
    length = across * across + down * down
    t = ((x - x0) * across + (y - y0) * down) / length if length else 0.0
    t = min(max(t, 0.0), 1.0)
    return float(((x - x0 - t * across) ** 2 + (y - y0 - t * down) ** 2) ** 0.5)
