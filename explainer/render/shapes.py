"""The drawing as data: circles, boxes, curves and labels in plain numbers (x right, y down, one unit = one pixel at 100 %).

Colours are named by what they mean (`tone`, `factor`), never by value: each renderer brings its palette. Every shape
has a `key` that is stable from step to step, so that a canvas can update an item instead of making a new one, and
a `reference` that says what of the lesson it stands for (hover, click, tie to the formula).
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from explainer.pages.page import Reference

# How much wider than its curve a halo is.
HALO = 9.0

Tone = Literal["quiet", "plain", "forward", "error", "backward", "update"]


# A cubic Bézier curve: x and y of its start, two control points and its end.
Points = tuple[float, float, float, float, float, float, float, float]


class Run(Struct, frozen=True):
    """A part of a label set in one style: upright text, mathematical italic, sub- or superscript."""

    text: str
    style: Literal["text", "italic", "sub", "sup"] = "text"


class Circle(Struct, frozen=True, tag="circle"):
    """A neuron; the outline of one that is switched off is dashed."""

    key: str
    x: float
    y: float
    radius: float
    tone: Tone
    factor: int | None = None
    active: bool = False
    reference: Reference | None = None
    dashed: bool = False


class Box(Struct, frozen=True, tag="box"):
    """A rounded rectangle around its centre: the error node, a weight pill, a badge; dashed round a group of neurons."""

    key: str
    x: float
    y: float
    width: float
    height: float
    corner: float
    tone: Tone
    fill: Literal["paper", "tint", "solid"] = "paper"
    factor: int | None = None
    active: bool = False
    reference: Reference | None = None
    dashed: bool = False


class Curve(Struct, frozen=True, tag="curve"):
    """A cubic Bézier edge, or a straight line where the control points lie on it.

    An active curve wears a halo: the same curve `HALO` px wider, painted below everything in the tone's halo colour.
    """

    key: str
    points: Points
    width: float
    tone: Tone
    dashed: bool = False
    active: bool = False
    reference: Reference | None = None


class Label(Struct, frozen=True, tag="label"):
    """Text on its baseline; `size` is the font size, `anchor` what of the text lies at x.

    Faces, scripts and widths follow `metrics`; `tracking` is space added after each character, in px.
    """

    key: str
    x: float
    y: float
    runs: tuple[Run, ...]
    size: float
    tone: Tone
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "middle"
    factor: int | None = None
    on_solid: bool = False
    active: bool = False
    reference: Reference | None = None
    tracking: float = 0.0


class Underline(Struct, frozen=True, tag="underline"):
    """The mark of a factor under its badge's number: a level stroke from x to x + width in `palette.underline(factor)`."""

    key: str
    x: float
    y: float
    width: float
    factor: int


Shape = Circle | Box | Curve | Label | Underline


class Drawing(Struct, frozen=True):
    """Shapes in painting order inside a width × height rectangle at the origin; `title` names it to screen readers."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str = ""


def point_at(points: Points, t: float) -> tuple[float, float]:
    """Return the point of a curve at t in 0 … 1."""
    s = 1 - t
    a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return (
        a * points[0] + b * points[2] + c * points[4] + d * points[6],
        a * points[1] + b * points[3] + c * points[5] + d * points[7],
    )
