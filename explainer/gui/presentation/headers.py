"""Headers of columns and names of operations for the back row: short where they would run into what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from explainer.gui.presentation.frames import AIR, label_frame
from explainer.render.shapes import Drawing, Label, Run


def with_short_headers(drawing: Drawing, least: float) -> Drawing:
    """Return a drawing whose headers leave the functions out where they would run into each other.

    Where that is not enough every other one stands a line higher, or lower at the upper edge.
    """
    headers = [
        shape
        for shape in drawing.shapes
        if isinstance(shape, Label) and shape.key.startswith("header:")
    ]
    if not _run_together(headers, least):
        return drawing
    short = [_before_dot(header) for header in headers]
    if _run_together(short, least):
        line = 1.3 * max(short[0].size, least)
        way = -line if short[0].y - 2 * line > 0 else line
        ordered = sorted(short, key=lambda header: header.x)
        lifted = [replace(header, y=header.y + way) for header in ordered[1::2]]
        short = ordered[::2] + lifted
    return _with(drawing, short)


def with_short_operations(drawing: Drawing) -> Drawing:
    """Return a drawing whose operations are named alone, without what they multiply by: that stands on the edge as well."""
    return _with(
        drawing,
        [
            _before_dot(shape)
            for shape in drawing.shapes
            if isinstance(shape, Label) and shape.key.startswith("operation:")
        ],
    )


def _run_together(headers: Sequence[Label], least: float) -> bool:
    frames = sorted(label_frame(header, max(header.size, least)) for header in headers)
    return any(one[2] + 4 * AIR > other[0] for one, other in pairwise(frames))


def _with(drawing: Drawing, labels: Iterable[Label]) -> Drawing:
    others = {label.key: label for label in labels}
    return replace(drawing, shapes=tuple(others.get(shape.key, shape) for shape in drawing.shapes))


def _before_dot(header: Label) -> Label:
    kept: list[Run] = []
    for run in header.runs:
        before, dot, _ = run.text.partition(" ·")
        kept.append(replace(run, text=before))
        if dot:
            break
    return replace(header, runs=tuple(kept))
