"""Round numbers along an axis."""

from __future__ import annotations

import math

_STEPS = (1.0, 2.0, 5.0, 10.0)


def ticks(low: float, high: float, *, most: int) -> list[float]:
    """Return at most so many round numbers from `low` to `high`, evenly far apart; two at least where they fit."""
    if not (high > low and math.isfinite(high - low)):
        return [low]
    least = (high - low) / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(least))
    place = next(i for i, part in enumerate(_STEPS) if part * power >= least * (1 - 1e-9))
    found = _multiples(low, high, _STEPS[place] * power)
    if len(found) < 2:
        # One number says nothing about the scale: the next finer step may do with as much room.
        finer = _multiples(low, high, _STEPS[place - 1] * power if place else power / 2)
        found = finer if len(finer) <= most else found
    return found


def _multiples(low: float, high: float, step: float) -> list[float]:
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    # A product of doubles may end in digits that nobody meant.
    digits = 1 - math.floor(math.log10(step))
    return [round(count * step, digits) + 0.0 for count in range(first, last + 1)]


def powers(low: float, high: float, *, most: int) -> list[int]:
    """Return the exponents of at most so many powers of ten within a span of positive numbers, evenly far apart."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    stride = max(1, math.ceil((last - first + 1) / max(1, most)))
    return [power for power in range(first, last + 1) if power % stride == 0]
