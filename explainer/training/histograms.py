"""Histograms of many groups of numbers at once: one pass over all of them, the edges shared so that groups compare."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from explainer.training.moment import Histogram

if TYPE_CHECKING:
    from explainer.training.kernels import Array

# Even, so that 0 is the edge between two of them.
BINS = 40
# The ends of the scale, times a power of ten: few, so that it stands still while the numbers move.
_ENDS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0)
# Beyond these, sums and quotients of them are no numbers any more.
_LARGEST, _SMALLEST = 1e300, 1e-300


def histograms(values: Array, group: Array, groups: int) -> tuple[Histogram, ...]:
    """Return a histogram for each group; `group` says of every value, both flat, to which it belongs.

    All share their edges, from −m to m, or from 0 where nothing is negative; what is no usable number is left out. Counts are
    those of `numpy.histogram`.
    """
    import numpy as np

    usable = np.abs(values) <= _LARGEST
    if not usable.all():
        values, group = values[usable], group[usable]
    edges = _edges(values)
    low, high = float(edges[0]), float(edges[-1])
    # As numpy.histogram finds the place: computed, then put right by the edges themselves.
    place = ((values - low) * (BINS / (high - low))).astype(np.intp)
    np.clip(place, 0, BINS - 1, place)
    place -= values < edges[place]
    place += (values >= edges[place + 1]) & (place != BINS - 1)
    counts = np.bincount(group * BINS + place, minlength=groups * BINS).reshape(groups, BINS)
    return tuple(Histogram(low, high, row) for row in counts)


def _edges(values: Array) -> Array:
    import numpy as np

    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    end = round_end(max(-low, high))
    return np.linspace(-end if low < 0 else 0.0, end, BINS + 1)


def round_end(size: float) -> float:
    """Return a round number at least as large as a size; 1 for 0."""
    if size <= 0:
        return 1.0
    if size < _SMALLEST:
        return _SMALLEST
    power = 10.0 ** math.floor(math.log10(size))
    return next((part * power for part in _ENDS if part * power >= size), 10.0 * power)
