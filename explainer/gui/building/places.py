"""Where the parts of a network lie on its drawing: columns, the gaps between them, the order within one. Plain geometry."""

from __future__ import annotations

from bisect import bisect
from typing import NamedTuple

from explainer.lesson.layers import drawn_columns
from explainer.lesson.lesson import Network
from explainer.render.shapes import Circle, Drawing

# Half the width of the strip that belongs to a column; the rest of the way to the next one is the gap between them.
_STRIP = 62.0


class Column(NamedTuple):
    """One column of the drawing: its number, its middle, its neurons from top to bottom with their heights."""

    number: int
    x: float
    neurons: tuple[str, ...]
    heights: tuple[float, ...]

    def index_at(self, y: float, without: str = "") -> int:
        """Return how many of its other neurons lie above a height."""
        others = [
            height
            for neuron, height in zip(self.neurons, self.heights, strict=True)
            if neuron != without
        ]
        return bisect(others, y)


class Places(NamedTuple):
    """The columns from left to right, and the circle of every neuron."""

    columns: tuple[Column, ...]
    circles: dict[str, Circle]

    def column_at(self, x: float) -> Column | None:
        """Return the column whose strip this is, None between two of them."""
        nearest = min(self.columns, key=lambda column: abs(column.x - x), default=None)
        return nearest if nearest is not None and abs(nearest.x - x) <= _STRIP else None

    def gap_at(self, x: float) -> tuple[Column, Column] | None:
        """Return the two columns between whose strips this is."""
        for left, right in zip(self.columns, self.columns[1:], strict=False):
            if left.x + _STRIP < x < right.x - _STRIP:
                return left, right
        return None

    def column_of(self, neuron: str) -> Column | None:
        """Return the column in which a neuron stands."""
        return next((column for column in self.columns if neuron in column.neurons), None)

    def neuron_at(self, x: float, y: float, reach: float = 6.0) -> str | None:
        """Return the neuron whose circle this is, or is near."""
        for neuron, circle in self.circles.items():
            if (x - circle.x) ** 2 + (y - circle.y) ** 2 <= (circle.radius + reach) ** 2:
                return neuron
        return None

    def within(self, left: float, top: float, right: float, bottom: float) -> tuple[str, ...]:
        """Return the neurons whose middle lies in a rectangle."""
        return tuple(
            neuron
            for neuron, circle in self.circles.items()
            if left <= circle.x <= right and top <= circle.y <= bottom
        )


def places_of(drawing: Drawing, network: Network) -> Places:
    """Return where the neurons of a network lie on its drawing; nothing where it shows something else."""
    named = {f"circle:{neuron.id}": neuron.id for neuron in network.neurons}
    circles = {
        named[shape.key]: shape
        for shape in drawing.shapes
        if isinstance(shape, Circle) and shape.key in named
    }
    members: dict[int, list[str]] = {}
    for neuron, column in drawn_columns(network).items():
        if neuron in circles:
            members.setdefault(column, []).append(neuron)
    columns = []
    for number, neurons in members.items():
        ordered = sorted(neurons, key=lambda neuron: circles[neuron].y)
        middle = sum(circles[neuron].x for neuron in ordered) / len(ordered)
        heights = tuple(circles[neuron].y for neuron in ordered)
        columns.append(Column(number, middle, tuple(ordered), heights))
    return Places(tuple(sorted(columns, key=lambda column: column.x)), circles)
