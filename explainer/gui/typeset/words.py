"""Set sentences: words and inline maths, broken into lines of a given width."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from explainer.gui.typeset.atoms import Atom, Face, Hue
from explainer.gui.typeset.measure import (
    FACES,
    TYPE_SIZE,
    Extent,
    maths_extent,
    space_width,
    word_extent,
)
from explainer.pages.page import Maths, Sentence
from explainer.protocol import Picture

# Inline maths a little larger than the words: its x-height is smaller than the sans-serif's.
_INLINE = 1.1


class Ink(NamedTuple):
    """How a sentence is set."""

    face: Face
    hue: Hue


class Setting(NamedTuple):
    """Where a sentence goes: left edge, top, width, and the numbers of its block and first line."""

    left: float
    top: float
    width: float
    block: int
    line: int


class _Token(NamedTuple):
    text: str
    latex: str
    spaced: bool
    extent: Extent
    scale: float


def set_sentence(
    sentence: Sentence,
    ink: Ink,
    setting: Setting,
    pictures: Mapping[str, Picture],
    zoom: float,
) -> tuple[list[Atom], float]:
    """Return the atoms of a sentence and the y below its last line.

    What is not separated by a space in the text ("w₁?") is never broken apart. A line is as high as the
    face asks, or as its tallest formula.
    """
    tokens = list(_tokens(sentence, ink.face, pictures, zoom))
    lines = _broken(tokens, setting.width, space_width(ink.face, zoom))
    atoms: list[Atom] = []
    top = setting.top
    for number, line in enumerate(lines):
        height, baseline = _line_box(line, ink.face, zoom)
        atoms.extend(_placed(line, ink, setting, top + baseline, setting.line + number, zoom))
        top += height
    return atoms, top


def _tokens(
    sentence: Sentence, face: Face, pictures: Mapping[str, Picture], zoom: float
) -> Iterator[_Token]:
    scale = FACES[face].size / TYPE_SIZE * _INLINE
    spaced = False
    for part in sentence:
        if isinstance(part, Maths):
            extent = maths_extent(part.latex, part.text, pictures, scale, zoom)
            yield _Token(part.text, part.latex, spaced, extent, scale)
            spaced = False
            continue
        for index, word in enumerate(part.split(" ")):
            if index:
                spaced = True
            if word:
                yield _Token(word, "", spaced, word_extent(word, face, zoom), 1.0)
                spaced = False


def _broken(tokens: list[_Token], width: float, space: float) -> list[list[_Token]]:
    lines: list[list[_Token]] = [[]]
    used = 0.0
    for group in _groups(tokens):
        needed = sum(token.extent.width for token in group)
        gap = space if lines[-1] else 0.0
        if lines[-1] and used + gap + needed > width:
            lines.append([])
            used, gap = 0.0, 0.0
        lines[-1].extend(group)
        used += gap + needed
    return lines


def _groups(tokens: list[_Token]) -> Iterator[list[_Token]]:
    group: list[_Token] = []
    for token in tokens:
        if token.spaced and group:
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _line_box(line: list[_Token], face: Face, zoom: float) -> tuple[float, float]:
    """Return the height of a line and the distance of its baseline from its top."""
    pitch = FACES[face].pitch * zoom
    plain = word_extent("x", face, zoom)
    above = (pitch - plain.ascent - plain.descent) / 2 + plain.ascent
    below = pitch - above
    tallest = max((token.extent.ascent for token in line if token.latex), default=0.0)
    deepest = max((token.extent.descent for token in line if token.latex), default=0.0)
    above, below = max(above, tallest + 2), max(below, deepest + 2)
    return above + below, above


def _placed(
    line: list[_Token], ink: Ink, setting: Setting, baseline: float, number: int, zoom: float
) -> Iterator[Atom]:
    x = setting.left
    for index, token in enumerate(line):
        if token.spaced and index:
            x += space_width(ink.face, zoom)
        yield Atom(
            x,
            baseline,
            *token.extent,
            token.text,
            ink.hue,
            setting.block,
            number,
            token.spaced,
            ink.face,
            token.latex,
            token.scale,
        )
        x += token.extent.width
