"""Outlines of the program's fonts, for pictures that must look the same where those fonts are not installed."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import json

from explainer.render.metrics import (
    SCRIPT_SCALE,
    SUBSCRIPT_DROP,
    SUPERSCRIPT_RISE,
    is_maths,
    text_width,
)
from explainer.render.shapes import Run
from explainer.resources import resource

_FILES = {"r": "Inter-Regular.otf", "s": "Inter-SemiBold.otf", "m": "ExplainerMaths.ttf"}
_COMBINING = "\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING MACRON}\N{COMBINING TILDE}"

# Spaces that a path can do without: around commands and before a minus sign.
_SPACES = re.compile(r" ?([MLQCZ]) ?| (?=-)")


class Glyph(NamedTuple):
    """A character in its place: `face` and `character` name the outline, x and y its origin, `scale` em in px."""

    face: str
    character: str
    x: float
    y: float
    scale: float

    @property
    def name(self) -> str:
        """A name for the outline that is the same in every picture."""
        return f"g{self.face}{ord(self.character):x}"


def set_text(runs: tuple[Run, ...], size: float, bold: bool, tracking: float) -> list[Glyph]:
    """Return the glyphs of a label that begins at the origin, y down; spaces leave a gap and no glyph."""
    found: list[Glyph] = []
    x = 0.0
    for run in runs:
        scale = size * SCRIPT_SCALE if run.style in ("sub", "sup") else size
        drop = {"sub": SUBSCRIPT_DROP, "sup": -SUPERSCRIPT_RISE}.get(run.style, 0.0) * size
        for cluster in _clusters(run.text):
            face, character = _face(cluster, run.style, bold)
            if not character.isspace():
                found.append(Glyph(face, character, x, drop, scale))
            x += text_width(cluster, run.style, bold) * size + tracking * len(cluster)
    return found


@cache
def outline_of(face: str, character: str) -> tuple[str, float]:
    """Return the outline of a character as an SVG path, y down, in units of the font, and how many are an em."""
    font = _font(face)
    glyph = font.glyph(character)
    parts: list[str] = []
    for operator in glyph.operators:
        segment = operator.path(0, 0, scale=1)
        if parts and segment.startswith("M"):
            parts.append("Z")
        parts.append(segment.strip())
    path = " ".join([*parts, "Z"]) if parts else ""
    return _SPACES.sub(r"\1", path), float(font.info.layout.unitsperem)


def _clusters(text: str) -> list[str]:
    """Split text into characters, each with the accent over it."""
    starts = [
        place for place, character in enumerate(text) if not place or character not in _COMBINING
    ]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _face(cluster: str, style: str, bold: bool) -> tuple[str, str]:
    """Return the face that has a character, and the character that names it there."""
    upright = "s" if bold else "r"
    if not is_maths(style):
        return upright, cluster[0]
    character = _accented().get(cluster, cluster[0])
    return ("m" if _font("m").glyphindex(character) else upright), character


@cache
def _font(face: str) -> Any:  # ziafont carries no types
    # Here and not above: whoever only draws on the screen never needs it.
    from ziafont.font import Font

    return Font(resource("fonts", _FILES[face]))


@cache
def _accented() -> dict[str, str]:
    return json.decode(resource("fonts", "accented.json").read_bytes(), type=dict[str, str])
