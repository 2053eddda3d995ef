"""Plain text tables for the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GAP = "  "


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return aligned columns under a header and a rule; the last column is not padded."""
    lines = [header, *rows]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(header))]
    rule = ["─" * width for width in widths]
    return "\n".join(_line(line, widths) for line in (header, rule, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
    ]
    return _GAP.join(padded).rstrip()


def _width(text: str) -> int:
    """Return the columns a text takes in a terminal: combining marks take none."""
    return sum(not unicodedata.combining(character) for character in text)
