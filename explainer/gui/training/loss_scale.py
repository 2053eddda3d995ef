"""Where a loss stands on its chart: scales, round marks, lines of no more points than can be seen. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from explainer.training.curve import smoothed
from explainer.training.losses import Losses

# Each point of a smoothed line weighs this much less than what came before.
SMOOTHING = 0.9
_STEPS = (1.0, 2.0, 5.0, 10.0)
_LEAST = 1e-12
# So much of the height lies between 0 and the least power of ten.
APART = 0.1
_ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


class Span(NamedTuple):
    """The losses from the bottom to the top of a chart, on a logarithmic scale or a plain one.

    No logarithmic scale reaches 0: where losses are not positive they stand at the bottom, apart from the others; `least`
    is the least of them.
    """

    low: float
    high: float
    is_log: bool
    least: float | None = None

    def share(self, value: float) -> float:
        """Return how far up a value stands, 0 at the bottom and 1 at the top."""
        if self.is_log:
            apart = 0.0 if self.least is None else APART
            if value <= 0:
                return 0.0
            low, high = math.log(self.low), math.log(self.high)
            return apart + (1 - apart) * (math.log(max(value, self.low)) - low) / (high - low)
        return (min(value, self.high) - self.low) / (self.high - self.low)

    def holds(self, value: float) -> bool:
        """Tell whether a value stands within; one that cannot be drawn does no harm."""
        if not math.isfinite(value):
            return True
        if self.is_log and value <= 0:
            return self.least is not None and self.least <= value
        return self.low <= value <= self.high

    def marks(self) -> list[float]:
        """Return round numbers within, a handful of them."""
        if self.is_log:
            first, last = round(math.log10(self.low)), round(math.log10(self.high))
            step = max(1, math.ceil((last - first) / 4))
            bottom = [] if self.least is None else [0.0]
            return bottom + [10.0**power for power in range(first, last + 1, step)]
        size = round_up((self.high - self.low) / 4)
        low, high = math.ceil(self.low / size - 1e-9), math.floor(self.high / size + 1e-9)
        return [number * size for number in range(low, high + 1)]


def end_of_axis(first: int, last: int) -> int:
    """Return a round epoch beyond the last one, so that the axis need not change with every epoch."""
    length = max(last - first, 10)
    power: int = 10 ** (len(str(length)) - 1)
    sizes = (round(part * power) for part in _ENDS)
    return first + next(size for size in sizes if size >= length)


def round_up(least: float) -> float:
    """Return the smallest 1, 2 or 5 times a power of ten that is not below."""
    power: float = 10.0 ** math.floor(math.log10(max(least, _LEAST)))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))


def span_of(values: Sequence[float], *, is_log: bool) -> Span:
    """Return the span that holds these values: whole powers of ten, or from 0 (or the least) to a round number."""
    finite = [value for value in values if math.isfinite(value)]
    if is_log:
        above = [value for value in finite if value > 0]
        low, high = max(min(above, default=0.1), 1e-300), max(above, default=1.0)
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high) - 1e-9)
        least = min((value for value in finite if value <= 0), default=None)
        return Span(10.0**first, 10.0 ** max(last, first + 1), True, least)
    low, high = min(0.0, min(finite, default=0.0)), max(finite, default=1.0)
    step = round_up(max(high - low, _LEAST) / 4)
    top = math.ceil(high / step - 1e-9) * step
    bottom = math.floor(low / step + 1e-9) * step
    return Span(bottom, top if top > bottom else bottom + 1.0, False)


def lines_of(
    points: Sequence[Losses], *, is_smooth: bool
) -> tuple[list[float], list[float | None]]:
    """Return the losses of training and of test, smoothed where that is wanted."""
    training = [point.training for point in points]
    test = [point.test for point in points]
    if not is_smooth:
        return training, list(test)
    found = [value for value in test if value is not None]
    smooth_test: list[float | None] = [*smoothed(found, SMOOTHING)]
    return smoothed(training, SMOOTHING), smooth_test if len(found) == len(test) else [None] * len(
        test
    )


def thinned(places: Sequence[tuple[float, float]], columns: int) -> list[tuple[float, float]]:
    """Return the line with at most two points, the lowest and the highest, in each of so many neighbouring stretches."""
    if len(places) <= 2 * columns:
        return list(places)
    found: list[tuple[float, float]] = []
    for column in range(columns):
        part = places[column * len(places) // columns : (column + 1) * len(places) // columns]
        low = min(range(len(part)), key=lambda at: part[at][1])
        high = max(range(len(part)), key=lambda at: part[at][1])
        found += [part[at] for at in sorted({low, high})]
    # Both ends stay where they are.
    return [places[0], *found, places[-1]]
