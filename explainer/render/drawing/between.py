"""A drawing on its way to another: what both have moves from its old to its new place."""

from __future__ import annotations

from typing import cast

from msgspec.structs import replace

from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Points, Shape, Underline


def between(old: Drawing, new: Drawing, share: float) -> Drawing:
    """Return the new drawing with everything that was in the old one moved only this share (0 … 1) of its way.

    The size is the larger of both, so that nothing is cut off meanwhile; at 1 it is the new drawing itself.
    """
    if share >= 1:
        return new
    before = {shape.key: shape for shape in old.shapes}
    shapes = tuple(_moved(before.get(shape.key), shape, share) for shape in new.shapes)
    width, height = max(old.width, new.width), max(old.height, new.height)
    return Drawing(width, height, shapes, new.title)


def _moved(old: Shape | None, new: Shape, share: float) -> Shape:
    if isinstance(new, Curve):
        if not isinstance(old, Curve) or old.points == new.points:
            return new
        points = tuple(_at(a, b, share) for a, b in zip(old.points, new.points, strict=True))
        return replace(new, points=cast("Points", points))
    if isinstance(old, Circle | Box | Label | Underline) and type(old) is type(new):
        if (old.x, old.y) == (new.x, new.y):
            return new
        return replace(new, x=_at(old.x, new.x, share), y=_at(old.y, new.y, share))
    return new


def _at(old: float, new: float, share: float) -> float:
    return old + (new - old) * share
