"""A drawn formula as data."""

from __future__ import annotations

from msgspec import Struct


class Picture(Struct, frozen=True):
    """A drawn piece: SVG without colours, its size and the distance from its top to its baseline, in px at 24 px type."""

    svg: str
    width: float
    height: float
    ascent: float
