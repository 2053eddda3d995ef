"""How wide and high words and formula pieces are; asked thousands of times, so remembered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF

from explainer.gui.theme import font
from explainer.gui.typeset.atoms import Face
from explainer.protocol import Picture

TYPE_SIZE = 24.0


class FaceStyle(NamedTuple):
    """Size in px, weight, letter spacing in em, distance of lines in px."""

    size: float
    weight: int
    spacing: float
    pitch: float


FACES: dict[Face, FaceStyle] = {
    "kicker": FaceStyle(12, 600, 0.06, 18),
    "title": FaceStyle(21, 600, -0.01, 27),
    "heading": FaceStyle(15, 600, 0.0, 22),
    "text": FaceStyle(14, 400, 0.0, 22),
    "label": FaceStyle(12, 400, 0.0, 16),
    "note": FaceStyle(13, 400, 0.0, 20),
}


class Extent(NamedTuple):
    """The room something takes around its baseline."""

    width: float
    ascent: float
    descent: float


@cache
def face_font(face: Face, zoom: float) -> QFont:
    """Return the font of a face."""
    style = FACES[face]
    return font(style.size * zoom, style.weight, style.spacing)


@cache
def _metrics(face: Face, zoom: float) -> QFontMetricsF:
    return QFontMetricsF(face_font(face, zoom))


@cache
def space_width(face: Face, zoom: float) -> float:
    """Return how far apart two words stand."""
    return _metrics(face, zoom).horizontalAdvance(" ")


@cache
def word_extent(text: str, face: Face, zoom: float) -> Extent:
    """Return the room of a word."""
    metrics = _metrics(face, zoom)
    return Extent(metrics.horizontalAdvance(text), metrics.ascent(), metrics.descent())


def maths_extent(
    latex: str, text: str, pictures: Mapping[str, Picture], scale: float, zoom: float
) -> Extent:
    """Return the room of a drawn piece; of its plain text where there is no picture of it."""
    picture = pictures.get(latex)
    factor = scale * zoom
    if picture is None:
        plain = word_extent(text, "title", zoom)
        return Extent(plain.width * scale, plain.ascent * scale, plain.descent * scale)
    return Extent(
        picture.width * factor,
        picture.ascent * factor,
        (picture.height - picture.ascent) * factor,
    )
