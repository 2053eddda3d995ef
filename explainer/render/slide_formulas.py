"""The formulas of slides, for PowerPoint and for LibreOffice, which reads fewer equations and shows them as pictures.

PowerPoint aligns the lines of an equation at an ampersand. LibreOffice takes that for the sign "and", and stretches the equation
until it fills the place it is given. So a shape with an equation is written twice, as office files may: each program shows
the first that it says it understands. PowerPoint knows a namespace whatever its prefix; LibreOffice goes by the prefix `a14`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from functools import partial

from explainer.render.formula_width import lines, width
from explainer.render.office_equations import as_word_writes
from explainer.render.opendocument import Change, with_parts
from explainer.render.word_formulas import rows_of

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_CHOICE = re.compile(r"(<mc:Choice[^>]*) Requires=\"a14\">(.*?)</mc:Choice>", re.DOTALL)
# What pandoc adds to the description of a picture: the whole of its content, which would be read aloud.
_CONTENT = re.compile(r"\s+data:image/png;base64,[^\"]*")
_SIGN = "<m:r><m:t>&amp;</m:t></m:r>"
_DRAWING = "http://schemas.microsoft.com/office/drawing/2010/main"
# Where the left half of a slide begins and how large it is, in a 12700th of a point.
_POINT = 12700
_LEFT, _TOP, _WIDTH, _HEIGHT = 457200, 950000, 4038600, 3760000
# The largest type of a formula in points; how tall a line is in em, by the rows of its matrices, fractions and braces.
_LARGEST = 18.0
_LINE, _ROW, _FRACTION, _BRACE = 0.5, 1.1, 1.2, 1.0


def finished_slides(content: bytes, formulas: Sequence[str]) -> bytes:
    """Return the file with every formula, given in LaTeX and in the order of the slides, for both programs."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        slides = sorted(
            (int(found[1]), found[0])
            for found in map(_SLIDE.fullmatch, archive.namelist())
            if found
        )
        counts = {name: len(_CHOICE.findall(archive.read(name).decode())) for _, name in slides}
    waiting = iter(formulas)
    changes: dict[str, Change] = {
        name: partial(_finished, formulas=[next(waiting) for _ in range(count)])
        for name, count in counts.items()
    }
    return with_parts(content, changes)


def _finished(part: bytes, formulas: Sequence[str]) -> bytes:
    waiting = iter(formulas)

    def twice(found: re.Match[str]) -> str:
        start, shape = found[1], found[2]
        aligned = (
            f'<mc:Choice xmlns:a14="{_DRAWING}" xmlns:aligned="{_DRAWING}" Requires="aligned">'
        )
        plain = shape.replace(_SIGN, "").replace("<p:spPr />", _place(next(waiting)), 1)
        return f'{aligned}{shape}</mc:Choice>{start} Requires="a14">{plain}</mc:Choice>'

    return _CONTENT.sub("", _CHOICE.sub(twice, as_word_writes(part.decode()))).encode()


def _place(latex: str) -> str:
    """Return where LibreOffice shows a formula: at the top left, as wide and tall as the formula is about."""
    across, down = _size(latex)
    point = min(_LARGEST * _POINT, _WIDTH / across, _HEIGHT / down)
    return (
        f'<p:spPr><a:xfrm><a:off x="{_LEFT}" y="{_TOP}" />'
        f'<a:ext cx="{across * point:.0f}" cy="{down * point:.0f}" /></a:xfrm></p:spPr>'
    )


def _size(latex: str) -> tuple[float, float]:
    """Estimate width and height of a formula, in em."""
    rows = rows_of(latex)
    across = max(width(left) + width(right) for left, right in rows)
    return across, sum(_height(left + right) for left, right in rows)


def _height(latex: str) -> float:
    higher = _FRACTION * ("\\frac" in latex) + _BRACE * ("\\underbrace" in latex)
    return _LINE + _ROW * lines(latex) + higher
