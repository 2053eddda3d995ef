"""A formula as a picture: LaTeX drawn by ziamath, without colours, with the place of its baseline."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from explainer.messages import Refused, message
from explainer.protocol import Picture

# Pictures are drawn at this size of type and scaled by who shows them.
SIZE = 24.0
# Ink may reach a little over the box of its glyph: a hairline of room on every side keeps it.
_MARGIN = 1.0
# Longer ones are not written by this program, and would take seconds.
_LONGEST = 4000
_KEPT = 4096


@lru_cache(maxsize=_KEPT)
def picture(latex: str) -> Picture:
    """Draw a formula; the same LaTeX gives the same object.

    The SVG names no colours: a `fill` on its root colours all of it. Width, height and ascent (from the top of
    the picture to the baseline) are in px at 24 px type. Raises Refused, with the LaTeX, for what cannot be drawn.
    """
    if len(latex) > _LONGEST or not latex.strip():
        raise _refused(latex)
    try:
        drawn = _ziamath().Latex(latex, size=SIZE, margin=_MARGIN)
        root = drawn.svgxml()
        box = drawn.node.bbox
    except Exception as problem:  # noqa: BLE001 - whatever its parser stumbles over, the reader is told which formula
        raise _refused(latex) from problem
    return Picture(
        _without_colours(root),
        float(root.attrib["width"]),
        float(root.attrib["height"]),
        box.ymax + _MARGIN,
    )


def _without_colours(root: ET.Element) -> str:
    """Return the picture as text; shapes inherit the colour of whoever shows it."""
    for element in root.iter():
        for attribute in ("fill", "stroke"):
            element.attrib.pop(attribute, None)
    # Declared and never used: ziamath draws paths and rectangles only.
    root.attrib.pop("xmlns:xlink", None)
    return ET.tostring(root, encoding="unicode")


def _refused(latex: str) -> Refused:
    shown = latex if len(latex) <= 200 else f"{latex[:200]}…"
    return Refused(message("this formula cannot be drawn: {latex}", latex=shown))


@cache
def _ziamath() -> Any:  # ziamath carries no types
    # Imported when the first formula is drawn: the window paints before that.
    import ziamath

    # With its default, every glyph is a symbol that Qt draws only in part.
    ziamath.config.svg2 = False
    return ziamath
