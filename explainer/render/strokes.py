"""Fills, outlines and dashes of shapes under a palette: the rules that every renderer shares."""

from __future__ import annotations

from typing import NamedTuple

from explainer.render.palette import Palette, Underline
from explainer.render.shapes import Box, Circle, Curve, Label

# Dash and gap of an edge with a negative weight, in px whatever its width.
NEGATIVE_DASHES = (7.0, 5.0)
# Dashes of the underlines; those missing here have none.
UNDERLINE_DASHES: dict[Underline, tuple[float, ...]] = {
    "dashed": (3.6, 2.4),
    "dotted": (1.4, 1.9),
    "dash_dot": (4.8, 1.9, 1.4, 1.9),
}
UNDERLINE_WIDTH = 1.2
# The second stroke of a double underline lies this far below the first; a wave swings as far to either side.
UNDERLINE_SWING = 2.2
WAVE_LENGTH = 5.0


# Dashes of the outline of a neuron that is switched off, and of a frame round a group.
OUTLINE_DASHES = (4.0, 3.5)


class Stroke(NamedTuple):
    """A line: #rrggbb, width in px, lengths of its dashes and gaps in px."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()


def outline(shape: Circle | Box, palette: Palette) -> Stroke | None:
    """Return the outline of a circle or box; None around what is filled solid."""
    shade = palette.shade(shape.tone, shape.factor)
    bright = shape.active or shape.factor is not None
    dashes = OUTLINE_DASHES if shape.dashed else ()
    if isinstance(shape, Circle):
        return Stroke(shade.line, 2.6 if bright else 1.6, dashes)
    if shape.fill == "solid":
        return None
    if shape.dashed:
        return Stroke(shade.line, 1.6 if bright else 1.1, dashes)
    if shape.key == "error":
        return Stroke(shade.line, 1.6 if shape.tone == "quiet" else 2.6)
    if shape.tone != "quiet" or shape.factor is not None:
        return Stroke(shade.line, 1.5)
    # Around a quiet pill a line only decorates; that of a shared one tells something.
    return Stroke(palette.pill_line if shape.fill == "paper" else shade.line, 1.0)


def fill(shape: Circle | Box, palette: Palette) -> str:
    """Return the colour inside a circle or box."""
    if isinstance(shape, Circle) or shape.fill == "paper":
        return palette.paper
    shade = palette.shade(shape.tone, shape.factor)
    return shade.tint if shape.fill == "tint" else shade.line


def text_colour(label: Label, palette: Palette) -> str:
    """Return the colour of a label."""
    if label.on_solid:
        return palette.on_solid
    if label.key.startswith("header:"):
        # Headers are neither spoken of nor passed over.
        return palette.soft
    return palette.shade(label.tone, label.factor).text


def is_straight(curve: Curve) -> bool:
    """Tell whether both control points lie on the line between the ends."""
    x0, y0, x1, y1, x2, y2, x3, y3 = curve.points
    across, down = x3 - x0, y3 - y0
    return all(
        abs((x - x0) * down - (y - y0) * across) <= 1e-6 * (across * across + down * down)
        for x, y in ((x1, y1), (x2, y2))
    )
