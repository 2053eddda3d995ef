"""Rows of a derivation as the lines of one aligned formula: broken where too wide, factors named under braces.

Documents cannot measure a formula before it is set, so its width is estimated from its LaTeX. The estimate errs on
the wide side; what is too wide after all is scaled down by the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from explainer.pages.page import Piece, Row

# Between a continued line and the relation sign above it, in em.
_INDENT = 1.0
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}_^&]|\s+|.", re.DOTALL)
_FRACTION = re.compile(r"\\frac\{((?:(?!\}\{).)*)\}\{((?:(?!\}\{).)*)\}")
_STRETCHING = re.compile(
    r"\\left\(((?:(?!\\(?:left|right|frac|sqrt|begin|underbrace|sum)).)*)\\right\)"
)
# What takes no room of its own.
_SILENT = {
    "\\left",
    "\\right",
    "\\mathrm",
    "\\text",
    "\\operatorname",
    "\\mathbf",
    "\\displaystyle",
    "\\big",
    "\\bigl",
    "\\bigr",
    "\\Big",
    "\\Bigl",
    "\\Bigr",
}
_SIGNS = dict.fromkeys(("=", "+", "-", "<", ">", "\\approx", "\\le", "\\ge", "\\to"), 1.25)
_SIGNS |= {"\\cdot": 0.75, ".": 0.3, ",": 0.3, "(": 0.4, ")": 0.4}
_ACCENTS = {"\\hat", "\\bar", "\\tilde", "\\sqrt", "\\underline"}
_SCRIPT = 0.75


class Line(NamedTuple):
    """One line of an aligned formula, split at the place of alignment."""

    left: str
    right: str


def lines_of(rows: tuple[Row, ...], room: float) -> tuple[Line, ...]:
    """Return the lines of a derivation no wider than `room` (in em of the formula's type).

    A left side is written where it changes. A row that is too wide continues on the next line, before an operator.
    """
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


def aligned(lines: tuple[Line, ...]) -> str:
    """Return one LaTeX formula whose lines stand under each other at their relation signs."""
    body = " \\\\ ".join(f"{line.left} & {line.right}" for line in lines)
    return with_plain_brackets(f"\\begin{{aligned}} {body} \\end{{aligned}}")


def width(latex: str) -> float:
    """Estimate how wide a formula is set, in em."""
    return _Measure(latex).group()


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


def _on_one_line(name: str) -> str:
    """Write a name that is one fraction with a stroke: under a brace a fraction is too small to read."""
    fraction = _FRACTION.fullmatch(name)
    return f"{fraction[1]} / {fraction[2]}" if fraction else name


def _broken(pieces: tuple[Piece, ...], room: float) -> list[str]:
    """Join pieces into parts that fit, each but the first beginning with an operator.

    A sum is broken between its terms; a term only where it is too long for a line by itself.
    """
    texts = _texts(pieces)
    if sum(map(width, texts)) <= room:
        return [" ".join(texts)]
    room -= _INDENT
    parts: list[str] = []
    for term in _groups(pieces, texts, _begins_term):
        whole = " ".join(text for _, text in term)
        for place, atom in enumerate(_atoms(term, room)):
            fits = parts and width(parts[-1]) + width(whole if place == 0 else atom) <= room
            if fits:
                parts[-1] += " " + atom
            else:
                parts.append(atom)
    return parts


def _atoms(term: list[tuple[Piece, str]], room: float) -> list[str]:
    """Return a term as a whole, or its factors where it is too long for a line."""
    whole = " ".join(text for _, text in term)
    if width(whole) <= room:
        return [whole]
    factors = _groups([piece for piece, _ in term], [text for _, text in term], _begins_factor)
    return [" ".join(text for _, text in factor) for factor in factors]


def _groups(
    pieces: Sequence[Piece], texts: Sequence[str], begins: Callable[[Piece], bool]
) -> Iterator[list[tuple[Piece, str]]]:
    """Cut pieces in front of those that `begins` names, never inside brackets."""
    group: list[tuple[Piece, str]] = []
    depth = 0
    for piece, text in zip(pieces, texts, strict=True):
        if group and depth == 0 and begins(piece):
            yield group
            group = []
        group.append((piece, text))
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
    if group:
        yield group


def _begins_term(piece: Piece) -> bool:
    return piece.kind == "relation" or (piece.kind == "operator" and piece.latex in ("+", "-"))


def _begins_factor(piece: Piece) -> bool:
    return piece.kind in ("relation", "operator")


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


class _Measure:
    """Adds up rough widths of the characters of a formula, from left to right."""

    def __init__(self, latex: str) -> None:
        self._tokens = [token for token in _TOKEN.findall(latex) if not token.isspace()]
        self._position = 0

    def group(self) -> float:
        """Measure up to the closing brace or the end."""
        total = 0.0
        while self._position < len(self._tokens):
            if self._tokens[self._position] == "}":
                self._position += 1
                break
            total += self._next()
        return total

    def _argument(self) -> float:
        """Measure one token or one group in braces."""
        return self._next() if self._position < len(self._tokens) else 0.0

    def _next(self) -> float:
        token = self._tokens[self._position]
        self._position += 1
        if token == "{":
            return self.group()
        if token in "_^":
            return _SCRIPT * self._argument()
        if token in ("\\frac", "\\dfrac", "\\tfrac"):
            return max(self._argument(), self._argument()) + 0.3
        if token == "\\underbrace":
            return self._underbrace()
        if token in _ACCENTS:
            return self._argument() + 0.1
        return _width_of(token)

    def _underbrace(self) -> float:
        content = self._argument()
        if self._tokens[self._position : self._position + 1] != ["_"]:
            return content
        return max(content, self._next())


def _width_of(token: str) -> float:
    if token in _SILENT or token == "&":
        return 0.0
    if token in _SIGNS:
        return _SIGNS[token]
    if token in ("\\quad", "\\qquad"):
        return float(len(token) - 4)
    if len(token) > 2:
        return (
            0.6 if not token.startswith(("\\ln", "\\exp", "\\max", "\\tanh")) else 0.5 * len(token)
        )
    return 0.5 if token.isdigit() else 0.57
