"""Which neurons share a softmax, and the frame drawn round them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from explainer.lesson.layers import depths
from explainer.lesson.lesson import Network, Neuron
from explainer.render.drawing.slots import CHIP_HEIGHT, CHIP_SIZE
from explainer.render.drawing.space import Rectangle
from explainer.render.metrics import label_width
from explainer.render.shapes import Run

NAME = "softmax"
_PADDING = 13.0
# The name stands in the upper border.
_ABOVE, _BELOW = 16.0, 10.0
_BORDER = 5.0
# What two frames, or a frame and a neuron, of one column keep between them.
FRAME_GAP = _ABOVE + _BELOW + CHIP_HEIGHT / 2


class Frame(Struct, frozen=True):
    """The frame round a group of neurons; its first member gives it its key."""

    members: tuple[str, ...]
    area: Rectangle

    @property
    def name_area(self) -> Rectangle:
        """The room of the name in the upper border."""
        width = label_width((Run(NAME),), CHIP_SIZE, bold=True) + 16
        x = (self.area.left + self.area.right) / 2
        top = self.area.top - CHIP_HEIGHT / 2
        return Rectangle(x - width / 2, top, x + width / 2, top + CHIP_HEIGHT)

    def borders(self) -> list[Rectangle]:
        """Return the room of the border and of the name in it."""
        left, top, right, bottom = self.area
        b = _BORDER
        return [
            Rectangle(left - b, top - b, right + b, top + b),
            Rectangle(left - b, bottom - b, right + b, bottom + b),
            Rectangle(left - b, top - b, left + b, bottom + b),
            Rectangle(right - b, top - b, right + b, bottom + b),
            self.name_area,
        ]


def groups(network: Network) -> list[tuple[str, ...]]:
    """Return the neurons that share a softmax, each group in the order of the file."""
    if all(neuron.activation.name != NAME for neuron in network.neurons):
        return []
    depth = depths(network)
    found: dict[tuple[int, str | None], list[str]] = {}
    for neuron in network.neurons:
        if neuron.activation.name == NAME:
            found.setdefault((depth[neuron.id], neuron.group), []).append(neuron.id)
    return [tuple(group) for group in found.values()]


def framed_groups(network: Network, columns: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Return the groups that stand together in one column with nobody between them: only those can be framed."""
    grouped = groups(network)
    if not grouped:
        return []
    by_column: dict[int, list[Neuron]] = {}
    for neuron in network.neurons:
        by_column.setdefault(columns[neuron.id], []).append(neuron)
    found = []
    for group in grouped:
        column = by_column[columns[group[0]]]
        pinned = [neuron for neuron in column if neuron.at is not None]
        if pinned:
            if (
                len(pinned) < len(column)
                or len({neuron.at and neuron.at[0] for neuron in column}) > 1
            ):
                continue
            column = sorted(column, key=lambda neuron: neuron.at[1] if neuron.at else 0.0)
        places = [place for place, neuron in enumerate(column) if neuron.id in group]
        if len(places) == len(group) and places[-1] - places[0] == len(group) - 1:
            found.append(group)
    return found


def frame(members: tuple[str, ...], around: Rectangle) -> Frame:
    """Return the frame round what its members cover together."""
    left, top, right, bottom = around
    area = Rectangle(left - _PADDING, top - _ABOVE, right + _PADDING, bottom + _BELOW)
    return Frame(members, area)
