"""Medians, percentiles and ratios of measured samples."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median


def percentile(samples: Sequence[float], share: float) -> float:
    """Return the smallest sample that at least `share` (0 to 1) of all samples do not exceed (nearest rank)."""
    ordered = sorted(samples)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def paired_ratio(values: Sequence[float], floors: Sequence[float]) -> float:
    """Return the median of the ratios within each round, in which value and floor met the same machine."""
    return median(value / floor for value, floor in zip(values, floors, strict=True))


def growth(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the two increments of three durations: what the second and the third take more than the one before."""
    small, middle, large = seconds
    return middle - small, large - middle
