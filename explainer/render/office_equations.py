"""Equations as Word and PowerPoint write them themselves, so that LibreOffice reads them too: braces, bars, numbers with a comma."""

from __future__ import annotations

import re

_STYLE = r"(?:<m:rPr>(?:(?!</m:rPr>).)*</m:rPr>)?"
_BRACE = rf"</m:e><m:lim><m:r>{_STYLE}<m:t>\u23df</m:t></m:r></m:lim></m:limLow>"
_LIMIT = re.compile(f"(<m:limLow>|{_BRACE}|</m:limLow>)")
_OPEN, _CLOSE = "<m:limLow>", "</m:limLow>"
_GROUP = (
    '<m:groupChr><m:groupChrPr><m:chr m:val="\u23df" /><m:pos m:val="bot" /><m:vertJc m:val="top" />'
    "</m:groupChrPr>"
)
_DIGITS = r"<m:r><m:t>(\d+)</m:t></m:r>"
_NUMBER = re.compile(f"{_DIGITS}<m:r>{_STYLE}<m:t>,</m:t></m:r>{_DIGITS}")
# The stroke above a letter: pandoc takes another one than Word, which LibreOffice reads as an accent.
_STROKE, _BAR = '<m:chr m:val="\u203e" />', '<m:chr m:val="\u0305" />'


def as_word_writes(part: str) -> str:
    """Return a part of a file in which a brace is no letter below its factor, and a number with a comma no list of two."""
    numbers = _NUMBER.sub(r"<m:r><m:t>\1,\2</m:t></m:r>", part)
    return _with_braces(numbers.replace(_STROKE, _BAR))


def _with_braces(part: str) -> str:
    pieces = _LIMIT.split(part)
    opened: list[int] = []
    for place, piece in enumerate(pieces):
        if piece == _OPEN:
            opened.append(place)
        elif piece.endswith(_CLOSE):
            start = opened.pop()
            if piece != _CLOSE:
                pieces[start], pieces[place] = _GROUP, "</m:e></m:groupChr>"
    return "".join(pieces)
