"""Over which columns of the data a network is drawn, and from where to where."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from explainer.lesson.inputs import column_names, computed_column, seen_columns
from explainer.lesson.lesson import Data, Lesson, Samples
from explainer.training.moment import Axis

# More columns than these cannot be drawn over a plane.
MOST_AXES = 2
# How far beyond the samples an axis goes, as a part of what they span: the room around the rows of a truth table is what
# is looked at, that around many samples is not.
_FEW = 20
_AIR_AROUND_FEW, _AIR = 0.2, 0.05
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Free(NamedTuple):
    """A given column that the network depends on, by its place in the data, and the axis along which it runs."""

    place: int
    axis: Axis


def free_columns(lesson: Lesson) -> tuple[int, ...]:
    """Return the places of the given columns that reach the network, by themselves or through a computed column."""
    data = lesson.data
    found = set(seen_columns(data))
    for feature in data.features:
        found.update(computed_column(feature, data).places)
    return tuple(sorted(found))


def axes_of(lesson: Lesson, test: Data | Samples | None = None) -> tuple[Free, ...]:
    """Return the one or two axes of a lesson's surfaces, () where it has none or too many.

    An axis is called after the input neuron that takes its column; where only computed columns see it, as the column.
    """
    columns = free_columns(lesson)
    if not 1 <= len(columns) <= MOST_AXES:
        return ()
    samples = [*lesson.data.inputs, *(() if test is None else test.inputs)]
    return tuple(
        Free(place, Axis(_name(lesson, place), *span_around(row[place] for row in samples)))
        for place in columns
    )


def _name(lesson: Lesson, place: int) -> str:
    inputs = lesson.network.of_role("input")
    seen = seen_columns(lesson.data)
    return inputs[seen.index(place)].id if place in seen else column_names(lesson.data)[place]


def span_around(values: Iterable[float]) -> tuple[float, float]:
    """Return round numbers a little beyond the smallest and the largest of some values."""
    numbers = [value for value in values if math.isfinite(value)]
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    if low == high:
        air = max(1.0, abs(low) / 2)
    else:
        air = (high - low) * (_AIR_AROUND_FEW if len(numbers) <= _FEW else _AIR)
    step = round_step((high - low + 2 * air) / 10)
    # One part in a million beyond a round number is no reason to go on to the next.
    first = math.floor((low - air) / step + 1e-6)
    last = math.ceil((high + air) / step - 1e-6)
    return _clean(first, step), _clean(last, step)


def round_step(wanted: float) -> float:
    """Return the largest of 1, 2, 2.5, 5 times a power of ten that is at most `wanted`."""
    power = 10.0 ** math.floor(math.log10(wanted))
    fitting = [part * power for part in _STEPS if part * power <= wanted * (1 + 1e-9)]
    return fitting[-1] if fitting else power


def _clean(count: float, step: float) -> float:
    """Return count · step without the last digits that a product of doubles leaves."""
    return float(f"{count * step:.12g}") + 0.0
