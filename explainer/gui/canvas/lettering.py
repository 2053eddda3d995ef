"""Labels as glyphs: the faces, sizes and places of `render.metrics`, ready to be painted."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import json
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGlyphRun, QRawFont

from explainer.render.metrics import (
    MATHS_FAMILY,
    SCRIPT_SCALE,
    SUBSCRIPT_DROP,
    SUPERSCRIPT_RISE,
    TEXT_FAMILY,
    is_maths,
)
from explainer.render.shapes import Label, Run
from explainer.resources import resource

# So many labels are kept laid out, and as many of those before them; Qt needs some 3 kB for each.
_MOST_RECENT = 600
_COMBINING = "\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING MACRON}\N{COMBINING TILDE}"


class Lettering(NamedTuple):
    """A label laid out from x = 0 on its baseline: glyphs with their places, and its width."""

    pieces: tuple[tuple[QPointF, QGlyphRun], ...]
    width: float


class Letters:
    """Lays labels out; keeps the fonts and what was laid out already.

    An object and not a module's cache: fonts must not outlive the application.
    """

    def __init__(self) -> None:
        self._faces: dict[tuple[str, bool, float], QRawFont] = {}
        self._recent: dict[tuple[object, ...], Lettering] = {}
        self._older: dict[tuple[object, ...], Lettering] = {}
        self._accented: dict[str, str] | None = None

    def lettering(self, label: Label) -> Lettering:
        """Return the glyphs of a label; the same label gives the same object."""
        key = (label.runs, label.size, label.bold, label.tracking)
        found = self._recent.get(key)
        if found is None:
            # Values change with every edit: what they looked like is not worth keeping for ever.
            if len(self._recent) >= _MOST_RECENT:
                self._older, self._recent = self._recent, {}
            found = self._recent[key] = self._older.get(key) or self._laid_out(label)
        return found

    def _laid_out(self, label: Label) -> Lettering:
        pieces: list[tuple[QPointF, QGlyphRun]] = []
        x = 0.0
        for run in label.runs:
            x = self._add(pieces, x, run, label)
        return Lettering(tuple(pieces), x)

    def _add(
        self, pieces: list[tuple[QPointF, QGlyphRun]], x: float, run: Run, label: Label
    ) -> float:
        """Append the glyphs of one run and return where the next begins."""
        scale, drop = {
            "sub": (SCRIPT_SCALE, SUBSCRIPT_DROP),
            "sup": (SCRIPT_SCALE, -SUPERSCRIPT_RISE),
        }.get(run.style, (1.0, 0.0))
        size = label.size * scale
        maths = is_maths(run.style)
        text = self._composed(run.text) if maths else run.text
        upright = self._face(TEXT_FAMILY, label.bold, size)
        face = self._face(MATHS_FAMILY, False, size) if maths else upright
        origin = QPointF(0.0, label.size * drop)
        for font, part in _by_font(text, face, upright):
            indexes = font.glyphIndexesForString(part)
            places: list[QPointF] = []
            for advance in font.advancesForGlyphIndexes(indexes):
                places.append(QPointF(x, 0.0))
                x += advance.x() + label.tracking
            glyphs = QGlyphRun()
            glyphs.setRawFont(font)
            glyphs.setGlyphIndexes(indexes)
            glyphs.setPositions(places)
            pieces.append((origin, glyphs))
        return x

    def _face(self, family: str, bold: bool, size: float) -> QRawFont:
        key = (family, bold, size)
        found = self._faces.get(key)
        if found is None:
            # Only a raw font may have a size that is a fraction.
            found = QRawFont(self._loaded(family, bold))
            found.setPixelSize(size)
            self._faces[key] = found
        return found

    def _loaded(self, family: str, bold: bool) -> QRawFont:
        """Return a face at some size: looking it up among the system's fonts is slow, another size is not."""
        key = (family, bold, 0.0)
        if key not in self._faces:
            font = QFont(family)
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._faces[key] = QRawFont.fromFont(font)
        return self._faces[key]

    def _composed(self, text: str) -> str:
        """Replace letters under an accent by the codes of their glyphs; shaping would do the same, slower."""
        if not any(accent in text for accent in _COMBINING):
            return text
        if self._accented is None:
            table = resource("fonts", "accented.json").read_bytes()
            self._accented = json.decode(table, type=dict[str, str])
        for cluster, code in self._accented.items():
            text = text.replace(cluster, code)
        return text


def _by_font(text: str, face: QRawFont, upright: QRawFont) -> list[tuple[QRawFont, str]]:
    """Split text where the mathematical face has no glyph and the upright one stands in."""
    if face is upright or all(face.supportsCharacter(ord(character)) for character in text):
        return [(face, text)] if text else []
    parts: list[tuple[QRawFont, str]] = []
    for character in text:
        font = face if face.supportsCharacter(ord(character)) else upright
        if parts and parts[-1][0] is font:
            parts[-1] = (font, parts[-1][1] + character)
        else:
            parts.append((font, character))
    return parts
