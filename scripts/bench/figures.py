"""A figure: what was measured, beside its floor and its target."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Literal

from msgspec import Struct

from scripts.bench.arithmetic import paired_ratio, percentile

Part = Literal["value", "p99", "ratio"]


class Target(Struct, frozen=True):
    """A promise about one part of a figure: at most `limit`."""

    part: Part
    limit: float


class Figure(Struct, frozen=True):
    """One line of the table. `value`, `p99` and `floor` are in `unit`; `ratio` is of value and floor.

    `floor_is` says what the floor is, `holds` whether the target is met; both targets and floors may be absent.
    """

    name: str
    about: str
    unit: str
    value: float
    runs: int
    p99: float | None = None
    floor: float | None = None
    floor_is: str = ""
    ratio: float | None = None
    target: Target | None = None
    holds: bool | None = None


def figure(
    name: str,
    about: str,
    unit: str,
    samples: Sequence[float],
    *,
    floors: Sequence[float] = (),
    floor_is: str = "",
    paired: bool = True,
    with_p99: bool = False,
    target: Target | None = None,
) -> Figure:
    """Return the figure of these samples.

    `paired` samples and floors were taken alternately, so that their ratio is the median of the ratios of each
    pair; otherwise it is the ratio of the two medians.
    """
    value = median(samples)
    floor = median(floors) if floors else None
    ratio = None
    if floor is not None:
        ratio = paired_ratio(samples, floors) if paired else value / floor
    p99 = percentile(samples, 0.99) if with_p99 else None
    parts: dict[Part, float | None] = {"value": value, "p99": p99, "ratio": ratio}
    holds = None
    if target is not None:
        part = parts[target.part]
        if part is None:
            raise ValueError(f"the target of {name} is about its {target.part}, which it has not")
        holds = part <= target.limit
    return Figure(
        name, about, unit, value, len(samples), p99, floor, floor_is, ratio, target, holds
    )
