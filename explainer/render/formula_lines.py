"""Rows of a derivation as the lines of one aligned formula: broken where too wide, factors named under braces.

Documents cannot measure a formula before it is set, so its width is estimated from its LaTeX. The estimate errs on
the wide side; what is too wide after all is scaled down by the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from explainer.pages.page import Piece, Row

# Between a continued line and the relation sign above it, in em.
_INDENT = 1.0
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}_^&]|\s+|.", re.DOTALL)
_FRACTION = re.compile(r"\\frac\{((?:(?!\}\{).)*)\}\{((?:(?!\}\{).)*)\}")
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
_SIGNS = dict.fromkeys(("=", "+", "-", "<", ">", "\\approx", "\\le", "\\ge", "\\to"), 1.3)
_SIGNS |= {"\\cdot": 0.75, ".": 0.3, ",": 0.3, "(": 0.4, ")": 0.4}
_ACCENTS = {"\\hat", "\\bar", "\\tilde", "\\sqrt", "\\underline"}
_SCRIPT = 0.7


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
    return f"\\begin{{aligned}} {body} \\end{{aligned}}"


def width(latex: str) -> float:
    """Estimate how wide a formula is set, in em."""
    return _Measure(latex).group()


def _latex(pieces: tuple[Piece, ...]) -> str:
    return " ".join(filter(None, map(_piece, pieces)))


def _piece(piece: Piece) -> str:
    if not piece.name or not piece.latex:
        return piece.latex
    return f"\\underbrace{{{piece.latex}}}_{{{_on_one_line(piece.name)}}}"


def _on_one_line(name: str) -> str:
    """Write a name that is one fraction with a stroke: under a brace a fraction is too small to read."""
    fraction = _FRACTION.fullmatch(name)
    return f"{fraction[1]} / {fraction[2]}" if fraction else name


def _broken(pieces: tuple[Piece, ...], room: float) -> list[str]:
    """Join pieces into parts that fit, each but the first beginning with an operator."""
    parts: list[str] = []
    line: list[str] = []
    used = 0.0
    for atom in _atoms(pieces):
        needed = width(atom)
        if line and used + needed > room - (_INDENT if parts else 0.0):
            parts.append(" ".join(line))
            line, used = [], 0.0
        line.append(atom)
        used += needed
    return [*parts, " ".join(line)]


def _atoms(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """Yield runs of pieces that stay on one line: an operator with what follows it, brackets with their content."""
    atom: list[str] = []
    depth = 0
    for piece in pieces:
        latex = _piece(piece)
        if not latex:
            continue
        if atom and depth == 0 and piece.kind in ("operator", "relation"):
            yield " ".join(atom)
            atom = []
        atom.append(latex)
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
    if atom:
        yield " ".join(atom)


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
    return 0.55
