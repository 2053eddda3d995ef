"""Free room on the drawing: rectangles in a coarse grid, so that asking for overlaps stays cheap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import cos, pi, sin, sqrt
from typing import NamedTuple

_CELL_WIDTH = 96.0
_CELL_HEIGHT = 48.0
# A circle is covered by this many level bars.
_BARS = 8


class Rectangle(NamedTuple):
    """Left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Rectangle:
        """Return the rectangle with a margin on every side."""
        return Rectangle(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, right: float, down: float) -> Rectangle:
        """Return the rectangle moved to the right and down."""
        return Rectangle(self.left + right, self.top + down, self.right + right, self.bottom + down)


def around(x: float, y: float, width: float, height: float) -> Rectangle:
    """Return the rectangle of this size with its centre at (x, y)."""
    return Rectangle(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


class Space:
    """What is taken already."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Rectangle]] = {}
        # Circles that are turned into bars when somebody asks for room: a large drawing may never be asked.
        self._circles: list[tuple[float, float, float]] = []

    def add(self, taken: Rectangle) -> None:
        """Take a rectangle."""
        for cell in _cells_of(taken):
            self._cells.setdefault(cell, []).append(taken)

    def remove(self, taken: Rectangle) -> None:
        """Give back a rectangle that was taken."""
        for cell in _cells_of(taken):
            self._cells[cell].remove(taken)

    def add_circle(self, x: float, y: float, radius: float) -> None:
        """Take a circle, as bars that cover it."""
        self._circles.append((x, y, radius))

    def _add_bars(self, x: float, y: float, radius: float) -> None:
        height = 2 * radius / _BARS
        for bar in range(_BARS):
            top = y - radius + bar * height
            # The bar is as wide as the circle where it is nearest to the middle.
            nearest = max(0.0, abs(top + height / 2 - y) - height / 2)
            half = sqrt(max(radius * radius - nearest * nearest, 0.0))
            self.add(Rectangle(x - half, top, x + half, top + height))

    def is_free(self, wanted: Rectangle) -> bool:
        """Tell whether nothing taken overlaps the rectangle."""
        if self._circles:
            circles, self._circles = self._circles, []
            for circle in circles:
                self._add_bars(*circle)
        left, top, right, bottom = wanted
        for cell in _cells_of(wanted):
            for other in self._cells.get(cell, ()):
                if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                    return False
        return True


def first_free(
    spaces: tuple[Space, ...], places: Iterable[tuple[float, float]], width: float, height: float
) -> tuple[float, float] | None:
    """Return the first of the places where a rectangle of this size touches nothing; None where there is none."""
    for x, y in places:
        wanted = around(x, y, width, height)
        if all(space.is_free(wanted) for space in spaces):
            return x, y
    return None


def spiral(x: float, y: float) -> Iterator[tuple[float, float]]:
    """Yield places ever farther from (x, y), without end: in a finite drawing one of them is free."""
    ring = 1
    while True:
        for step in range(12):
            angle = 2 * pi * step / 12 + pi / 6
            yield x + 16 * ring * cos(angle), y + 11 * ring * sin(angle)
        ring += 1


def _cells_of(area: Rectangle) -> list[tuple[int, int]]:
    left, right = int(area.left // _CELL_WIDTH), int(area.right // _CELL_WIDTH)
    top, bottom = int(area.top // _CELL_HEIGHT), int(area.bottom // _CELL_HEIGHT)
    if left == right:
        return [(left, row) for row in range(top, bottom + 1)]
    return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
