"""Over which columns the surfaces of the neurons are drawn, and how far."""

from __future__ import annotations

import math
from collections.abc import Sequence

from explainer.lesson.inputs import column_names, seen_columns
from explainer.lesson.lesson import Lesson
from explainer.training.moment import Axis

# A surface needs one or two columns.
MOST_AXES = 2
# Beyond the data on either side, as a share of their span; the ends are multiples of a round number about so large.
_ROOM, _FINENESS = 0.1, 0.05
_STEPS = (1.0, 2.0, 5.0, 10.0)


def free_columns(lesson: Lesson) -> int:
    """Return how many given columns there are, from which all that the inputs receive is computed."""
    return len(lesson.data.inputs[0]) if lesson.data.inputs else 0


def axes_of(lesson: Lesson) -> tuple[Axis, ...]:
    """Return the axes of the surfaces: of every given column, its input neuron (or its name, where none receives it as it is)."""
    count = free_columns(lesson)
    if not 0 < count <= MOST_AXES:
        return ()
    data = lesson.data
    seen, names = seen_columns(data), column_names(data)
    inputs = lesson.network.of_role("input")
    rows = [*data.inputs, *(data.test.inputs if data.test is not None else ())]
    return tuple(
        Axis(
            inputs[seen.index(column)].id if column in seen else names[column],
            *around([row[column] for row in rows]),
        )
        for column in range(count)
    )


def around(values: Sequence[float]) -> tuple[float, float]:
    """Return round ends of a span with some room around all values."""
    low, high = min(values), max(values)
    span = high - low
    if not span > 1e-9 * max(abs(low), abs(high)):
        span = max(abs(low), abs(high), 1.0)
    if not math.isfinite(span):
        return low, high
    low, high = low - _ROOM * span, high + _ROOM * span
    step = _round_number(_FINENESS * span)
    return math.floor(low / step) * step + 0.0, math.ceil(high / step) * step + 0.0


def _round_number(least: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))
