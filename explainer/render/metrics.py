"""How wide text is, known without a font engine: advance widths of the fonts that come with the program.

Every renderer sets labels by the rules here: which face a run takes, how small and how far off the line a
script stands. Kerning is left out everywhere, so that widths are the same sums in all of them.
"""

from __future__ import annotations

from functools import cache, lru_cache

from msgspec import json

from explainer.render.shapes import Run
from explainer.resources import resource

TEXT_FAMILY = "Inter"
MATHS_FAMILY = "Explainer Maths"

# Sub- and superscripts: size against the label's, and the way of their baseline in em of the label.
SCRIPT_SCALE = 0.72
SUBSCRIPT_DROP = 0.16
SUPERSCRIPT_RISE = 0.36

# Height of capitals and digits of Inter in em: half of it centres a number on a line.
CAP_HEIGHT = 0.727
# Room that any label takes above and below its baseline, in em.
ASCENT = 0.78
DESCENT = 0.24
# A character that no font here has: as wide as a digit.
_UNKNOWN = 0.63


@cache
def _tables() -> dict[str, dict[str, float]]:
    return json.decode(
        resource("fonts", "widths.json").read_bytes(), type=dict[str, dict[str, float]]
    )


def is_maths(style: str) -> bool:
    """Tell whether runs of this style are set in the mathematical face."""
    return style != "text"


@lru_cache(maxsize=8192)
def text_width(text: str, style: str = "text", bold: bool = False) -> float:
    """Return the width of a run in em of its label's size, its script scale included."""
    tables = _tables()
    upright = tables["SemiBold" if bold else "Regular"]
    face = tables["Maths"] if is_maths(style) else upright
    width = sum(face.get(character, upright.get(character, _UNKNOWN)) for character in text)
    return width * SCRIPT_SCALE if style in ("sub", "sup") else width


def label_width(
    runs: tuple[Run, ...], size: float, bold: bool = False, tracking: float = 0.0
) -> float:
    """Return the width of a label in px; `tracking` is the space added after each character."""
    total = 0.0
    letters = 0
    for run in runs:
        total += text_width(run.text, run.style, bold)
        letters += len(run.text)
    return total * size + tracking * letters
