"""What a plot of activations shows, as plain data."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from explainer.maths.sampling import Sampled


class Line(NamedTuple):
    """One function: its name, its numbers, and its place in the comparison, which gives colour and dashes.

    Lines with the same `key` over the same interval are the same.
    """

    name: str
    sampled: Sampled
    place: int = 0
    key: Hashable = None


class Point(NamedTuple):
    """Where a neuron works: z, f(z) and f′(z); `name` is that of the neuron."""

    z: float
    value: float
    slope: float
    name: str = ""


class Words(NamedTuple):
    """What a plot says, in the reader's language."""

    value: str = "f(z)"
    slope: str = "f′(z)"
    dead: str = "f′ = 0"
    saturated: str = "|f′| < 0.01"


class ActivationPlot(NamedTuple):
    """Functions over one interval. The flat regions and kinks shown are those of the line in `front`.

    `point` is the operating point of a neuron on that line, `others` are the z of its other samples.
    One that is `sketched`, while a slider moves, does without hatching.
    """

    lines: tuple[Line, ...]
    low: float
    high: float
    front: int = 0
    point: Point | None = None
    others: tuple[float, ...] = ()
    words: Words = Words()
    sketched: bool = False

    @property
    def line(self) -> Line | None:
        """The line in front."""
        return self.lines[min(self.front, len(self.lines) - 1)] if self.lines else None
