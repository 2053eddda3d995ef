"""The edges of a picture that shows a part of a graph: no word is cut there, it is in sight or left out."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.gui.presentation.frames import Frame, frame_of, label_frame, meets
from explainer.render.shapes import Box, Drawing, Label, Shape, Underline

# What stands there for its words alone goes with them. A neuron or the error goes on beyond the edge.
_TOGETHER = {
    "pill": "pill",
    "weight": "pill",
    "bias": "bias",
    "biastext": "bias",
    "tied": "bias",
    "slope": "slope",
    "slopetext": "slope",
    "badge": "badge",
    "badgetext": "badge",
}


def without_cut_words(drawing: Drawing, seen: Frame) -> Drawing:
    """Return a drawing without the words of which `seen` holds only a part, and without what stands there for them."""
    gone: set[str] = set()
    for shape in drawing.shapes:
        frame = _frame(shape)
        if frame is not None and meets(frame, seen) and not _holds(seen, frame):
            gone.add(_group(shape))
    if not gone:
        return drawing
    empty = [
        frame for shape in drawing.shapes if _group(shape) in gone and (frame := _frame(shape))
    ]
    kept = tuple(
        shape
        for shape in drawing.shapes
        if not (_group(shape) in gone or (isinstance(shape, Underline) and _lies(shape, empty)))
    )
    return replace(drawing, shapes=kept)


def _frame(shape: Shape) -> Frame | None:
    """Return where words stand, or what stands there for them alone; None for everything else."""
    if isinstance(shape, Label):
        return label_frame(shape)
    is_for_words = isinstance(shape, Box) and shape.key.partition(":")[0] in _TOGETHER
    return frame_of(shape) if isinstance(shape, Box) and is_for_words else None


def _group(shape: Shape) -> str:
    kind, _, rest = shape.key.partition(":")
    return f"{_TOGETHER[kind]}:{rest}" if kind in _TOGETHER else shape.key


def _lies(underline: Underline, frames: list[Frame]) -> bool:
    return any(
        left <= underline.x <= right and top <= underline.y <= bottom
        for left, top, right, bottom in frames
    )


def _holds(outer: Frame, inner: Frame) -> bool:
    return (
        outer[0] <= inner[0] + 0.5
        and outer[1] <= inner[1] + 0.5
        and inner[2] <= outer[2] + 0.5
        and inner[3] <= outer[3] + 0.5
    )
