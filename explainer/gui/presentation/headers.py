"""The headers of columns for the back row: short where they would run into each other."""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from explainer.gui.presentation.frames import AIR, label_frame
from explainer.render.shapes import Drawing, Label, Run


def with_short_headers(drawing: Drawing, least: float) -> Drawing:
    """Return a drawing whose headers leave the functions out where they would run into each other."""
    headers = [
        shape
        for shape in drawing.shapes
        if isinstance(shape, Label) and shape.key.startswith("header:")
    ]
    frames = sorted(label_frame(header, max(header.size, least)) for header in headers)
    if not any(one[2] + 4 * AIR > other[0] for one, other in pairwise(frames)):
        return drawing
    short = {header.key: _before_dot(header) for header in headers}
    return replace(drawing, shapes=tuple(short.get(shape.key, shape) for shape in drawing.shapes))


def _before_dot(header: Label) -> Label:
    kept: list[Run] = []
    for run in header.runs:
        before, dot, _ = run.text.partition(" ·")
        kept.append(replace(run, text=before))
        if dot:
            break
    return replace(header, runs=tuple(kept))
