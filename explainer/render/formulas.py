"""A formula as a picture: LaTeX drawn by ziamath, without colours, with the place of its baseline."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from explainer.messages import Refused, message
from explainer.render.picture import Picture

# Pictures are drawn at this size of type and scaled by who shows them.
SIZE = 24.0
# Room around the ink, for the soft edges of its outlines.
_MARGIN = 1.0
# Longer ones are not written by this program, and would take seconds.
_LONGEST = 4000
_KEPT = 4096
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_RECTANGLE = ("x", "y", "width", "height")
# What latex2mathml writes for a hat stretches in ziamath; this one does not.
_STRETCHING_HAT, _HAT = "\u0302", "\u02c6"
# The bold figures among Unicode's letters for mathematics.
_BOLD = {ord(str(figure)): chr(0x1D7CE + figure) for figure in range(10)}
_PARTIAL = "\u2202"
_WITH_SUBSCRIPT = ("msub", "msubsup")
# Takes back what ziamath puts between a sign and a growing bracket, on top of the space of the sign.
_NO_SPACE_BEFORE_FENCE = "-0.0556em"
_SIGNS = frozenset("-\u2212+")
_LEAVES = frozenset(("mi", "mn", "msub", "mfrac", "mtable"))
_OPENING = frozenset("([{|=≈,;·")


@lru_cache(maxsize=_KEPT)
def picture(latex: str) -> Picture:
    """Draw a formula; the same LaTeX gives the same object.

    The SVG names no colours: a `fill` on its root colours all of it. Width, height and ascent (from the top of
    the picture to the baseline) are in px at 24 px type. Raises Refused, with the LaTeX, for what cannot be drawn.
    """
    if len(latex) > _LONGEST or not latex.strip():
        raise _refused(latex)
    try:
        ziamath = _ziamath()
        mathml = ET.fromstring(ziamath.tex.tex2mml(latex))  # noqa: S314 - written by latex2mathml, not read from outside
        _flatten(mathml)
        _mend(mathml)
        _lighten(mathml)
        root = ziamath.Math(mathml, size=SIZE).svgxml()
        ink = _ink(root)
    except Exception as problem:
        # Whatever its parser stumbles over, the reader is told which formula.
        raise _refused(latex) from problem
    if ink is None:
        raise _refused(latex)
    return _framed(root, ink)


def _flatten(mathml: ET.Element) -> None:
    """Take out needless rows: ziamath sets what is in a row twice, in a row of a row four times, and so on."""
    if len(mathml) == 1 and _tag(mathml[0]) == "mrow":
        mathml[:] = list(mathml[0])
    for element in mathml.iter():
        if _tag(element) in _WITH_SUBSCRIPT:
            element[1] = _only_child(element[1])
        elif _tag(element) == "mfrac":
            element[:] = [_only_child(part) for part in element]


def _only_child(element: ET.Element) -> ET.Element:
    """Return what a row holds if it is one thing, no sign, else the row itself."""
    while _tag(element) == "mrow" and len(element) == 1 and _tag(element[0]) != "mo":
        element = element[0]
    return element


def _mend(mathml: ET.Element) -> None:
    """Correct what the two libraries do not agree on.

    A hat is as wide as what is under it instead of a hat; a sign behind a bracket is spaced like a difference, ∂ like
    a sign, a bracket behind a sign too far from it; the columns of matrices and case distinctions touch; bold figures
    are not bold.
    """
    for element in mathml.iter():
        tag = _tag(element)
        if (
            tag == "mover"
            and element.get("accent") == "true"
            and element[1].text == _STRETCHING_HAT
        ):
            element[1].text = _HAT
            element[1].set("stretchy", "false")
        elif tag == "mo" and element.text == _PARTIAL:
            element.set("lspace", "0em")
            element.set("rspace", "0em")
        elif tag == "mtable" and "columnspacing" not in element.attrib:
            element.set("columnspacing", "0.9em" if _is_cases(element) else "0.5em")
        elif tag == "mn" and element.get("mathvariant") == "bold":
            element.text = (element.text or "").translate(_BOLD)
        for before, sign in pairwise(element):
            if _tag(sign) == "mo" and sign.text in _SIGNS and before.text in _OPENING:
                sign.set("form", "prefix")
            elif _tag(before) == "mo" and sign.find("*") is not None and sign[0].get("fence"):
                sign[0].set("lspace", _NO_SPACE_BEFORE_FENCE)


def _lighten(mathml: ET.Element) -> None:
    """Take away rows of a single part around and in tables: ziamath sets what is inside every row twice."""
    if not any(_tag(element) == "mtable" for element in mathml.iter()):
        return
    while len(mathml) == 1 and _tag(mathml[0]) == "mrow" and not mathml[0].attrib:
        mathml[:] = list(mathml[0])
    for element in list(mathml.iter()):
        for place, part in enumerate(element):
            # The row around a comma says that it stands in a number and has no space behind it.
            alone = _tag(part) == "mrow" and len(part) == 1 and not part.attrib
            if alone and _tag(part[0]) in _LEAVES:
                element[place] = part[0]


def _is_cases(table: ET.Element) -> bool:
    """Tell whether a table is a case distinction: its cells say that they stand on the left, a matrix's say nothing."""
    return any(cell.get("columnalign") == "left" for cell in table.iter())


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _ink(root: ET.Element) -> tuple[float, float, float, float] | None:
    """Return left, top, right, bottom of all paths and rectangles; None where there is nothing to see."""
    xs: list[float] = []
    ys: list[float] = []
    for element in root.iter():
        if "d" in element.attrib:
            # ziafont writes absolute commands of whole points only.
            numbers = [float(number) for number in _NUMBER.findall(element.attrib["d"])]
            xs += numbers[::2]
            ys += numbers[1::2]
        elif element.tag == "rect":
            x, y, width, height = (float(element.attrib[name]) for name in _RECTANGLE)
            xs += [x, x + width]
            ys += [y, y + height]
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def _framed(root: ET.Element, ink: tuple[float, float, float, float]) -> Picture:
    """Return the picture cut to its ink; shapes inherit the colour of whoever shows it."""
    left, top = ink[0] - _MARGIN, ink[1] - _MARGIN
    width, height = (round(size + 2 * _MARGIN, 3) for size in (ink[2] - ink[0], ink[3] - ink[1]))
    for element in root.iter():
        for attribute in ("fill", "stroke"):
            element.attrib.pop(attribute, None)
    # Declared and never used: ziamath draws paths and rectangles only.
    root.attrib.pop("xmlns:xlink", None)
    root.attrib.update(
        width=f"{width:g}",
        height=f"{height:g}",
        viewBox=f"{left:.3f} {top:.3f} {width:.3f} {height:.3f}",
    )
    # The baseline is at 0.
    return Picture(ET.tostring(root, encoding="unicode"), width, height, round(-top, 3))


def _refused(latex: str) -> Refused:
    shown = latex if len(latex) <= 200 else f"{latex[:200]}…"
    return Refused(message("this formula cannot be drawn: {latex}", latex=shown))


@cache
def _ziamath() -> Any:  # ziamath carries no types
    # Imported when the first formula is drawn: the window paints before that.
    import ziamath
    import ziamath.tex

    drawing: Any = ziamath
    # With its default, every glyph is a symbol that Qt draws only in part.
    drawing.config.svg2 = False
    return drawing
