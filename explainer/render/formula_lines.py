"""Rows of a derivation as the lines of one aligned formula: broken where too wide, factors named under braces.

Documents cannot measure a formula before it is set, so its width is estimated from its LaTeX. The estimate errs on
the wide side; what is too wide after all is scaled down by the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from explainer.pages.page import Piece, Row
from explainer.render.formula_width import summands, width

# Between a continued line and the relation sign above it, in em.
_INDENT = 1.0
_FRACTION = re.compile(r"\\frac\{((?:(?!\}\{).)*)\}\{((?:(?!\}\{).)*)\}")
_STRETCHING = re.compile(
    r"\\left\(((?:(?!\\(?:left|right|frac|sqrt|begin|underbrace|sum)).)*)\\right\)"
)


class Line(NamedTuple):
    """One line of an aligned formula, split at the place of alignment."""

    left: str
    right: str


def lines_of(rows: tuple[Row, ...], room: float) -> tuple[Line, ...]:
    """Return the lines of a derivation no wider than `room` (in em of the formula's type).

    A left side is written where it changes; a row that says the same as the one above it is left out. A row that is too wide
    continues on the next line, before an operator.
    """
    rows = tuple(
        row for above, row in zip((None, *rows), rows, strict=False) if not _same(above, row)
    )
    widest_left = max((width(_latex(row.left)) for row in rows), default=0.0)
    lines: list[Line] = []
    shown: tuple[Piece, ...] | None = None
    for row in rows:
        left = "" if row.left == shown else _latex(row.left)
        shown = row.left
        first, *others = _broken(row.right, room - widest_left - width(row.relation.latex))
        lines.append(Line(left, f"{row.relation.latex} {first}"))
        # The empty text makes the sign in front a binary one, with the space of one.
        lines.extend(Line("", f"\\quad \\text{{}} {part}") for part in others)
    return tuple(lines)


def _same(above: Row | None, row: Row) -> bool:
    return (
        above is not None
        and above.relation.latex == row.relation.latex
        and _latex(above.left) == _latex(row.left)
        and _latex(above.right) == _latex(row.right)
    )


def aligned(lines: tuple[Line, ...]) -> str:
    """Return one LaTeX formula whose lines stand under each other at their relation signs."""
    body = " \\\\ ".join(f"{line.left} & {line.right}" for line in lines)
    return with_plain_brackets(f"\\begin{{aligned}} {body} \\end{{aligned}}")


def with_plain_brackets(latex: str) -> str:
    """Return a formula whose brackets stretch only around what is taller than a line."""
    before = ""
    while before != latex:
        before, latex = latex, _STRETCHING.sub(r"(\1)", latex)
    return latex


def _latex(pieces: tuple[Piece, ...]) -> str:
    return " ".join(piece.latex for piece in pieces if piece.latex)


def _named(piece: Piece) -> str:
    """Return a factor with its name under a brace."""
    if not piece.name:
        return _bracket(piece, tall=False)
    return f"\\underbrace{{{piece.latex}}}_{{{_on_one_line(piece.name)}}}"


def with_strokes(latex: str) -> str:
    """Write the derivatives of a formula with a stroke, ∂E / ∂z: in a table they are too small to read as fractions.

    Other fractions stay: without brackets a stroke would say something else.
    """
    parts = re.split(r"(?=\\frac\{\\partial )", latex)
    return "".join(_with_stroke(part) if part.startswith("\\frac") else part for part in parts)


def _with_stroke(latex: str) -> str:
    """Return a formula that begins with a fraction, with a stroke where above and below stands a differential alone."""
    start = len("\\frac")
    groups: list[str] = []
    for _ in range(2):
        end = _end_of_group(latex, start)
        groups.append(latex[start + 1 : end - 1])
        start = end
    above, below = groups
    if not all(re.fullmatch(r"\\partial [^ ]+", group) for group in groups):
        return latex
    return f"{above} / {below}{latex[start:]}"


def _end_of_group(latex: str, start: int) -> int:
    depth = 0
    for place in range(start, len(latex)):
        depth += {"{": 1, "}": -1}.get(latex[place], 0)
        if depth == 0:
            return place + 1
    return len(latex)


def _on_one_line(name: str) -> str:
    """Write a name that is one fraction with a stroke: under a brace a fraction is too small to read."""
    fraction = _FRACTION.fullmatch(name)
    return f"{fraction[1]} / {fraction[2]}" if fraction else name


def _broken(pieces: tuple[Piece, ...], room: float) -> list[str]:
    """Join pieces into lines that fit, each but the first beginning with an operator.

    A sum is broken between its terms; a term only where it is too long for a line by itself.
    """
    parts = _parts(pieces)
    if _width(parts) <= room:
        return [_joined(parts)]
    room -= _INDENT
    lines: list[str] = []
    for term in _cut(_opened(parts), _TERM):
        together = _width(term) <= room
        for place, chunk in enumerate([_joined(term)] if together else _pieces_of(term, room)):
            needed = width(chunk) if place or together else _width(term)
            if lines and width(lines[-1]) + needed <= room:
                lines[-1] += " " + chunk
            else:
                lines.append(chunk)
    return lines


class _Part(NamedTuple):
    """LaTeX that stays on one line, and whether a line may begin with it: `_TERM`, `_FACTOR` or 0 for no."""

    latex: str
    begins: int


_FACTOR, _TERM = 1, 2


def _parts(pieces: Sequence[Piece]) -> list[_Part]:
    parts: list[_Part] = []
    depth = 0
    for piece, latex in zip(pieces, _texts(pieces), strict=True):
        begins = _FACTOR if piece.kind == "operator" else 0
        if piece.kind == "relation" or (begins and piece.latex in ("+", "-")):
            begins = _TERM
        parts.append(_Part(latex, 0 if depth else begins))
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
    return parts


def _opened(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Yield parts, those that are sums themselves cut into their terms."""
    for part in parts:
        first, *others = summands(with_plain_brackets(part.latex))
        yield _Part(first, part.begins)
        for other in others:
            yield _Part(other, _TERM)


def _pieces_of(term: Sequence[_Part], room: float) -> Iterator[str]:
    """Yield the factors of a term that is too long, and the terms inside a factor that is."""
    for factor in _cut(term, _FACTOR):
        latex = _joined(factor)
        yield from [latex] if width(latex) <= room else summands(latex, through_brackets=True)


def _cut(parts: Iterable[_Part], begins: int) -> Iterator[list[_Part]]:
    """Cut parts in front of those that may begin a line."""
    group: list[_Part] = []
    for part in parts:
        if group and part.begins >= begins:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _joined(parts: Sequence[_Part]) -> str:
    return " ".join(part.latex for part in parts if part.latex)


def _width(parts: Sequence[_Part]) -> float:
    return sum(width(part.latex) for part in parts)


def _texts(pieces: Sequence[Piece]) -> list[str]:
    """Return the LaTeX of each piece; the factors of a product with their names."""
    # What stands alone is not a factor of a product, and what it is stands on the line above.
    named = sum(bool(piece.name) for piece in pieces) > 1
    tall = not named and any("\\frac" in piece.latex for piece in pieces)
    return [_named(piece) if named else _bracket(piece, tall=tall) for piece in pieces]


def _bracket(piece: Piece, *, tall: bool) -> str:
    """Return a bracket of the height of what it holds; other pieces as they are."""
    if piece.kind not in ("open", "close"):
        return piece.latex
    sign = piece.text
    if not tall:
        return sign
    return f"\\left{sign}" if piece.kind == "open" else f"\\right{sign}"
