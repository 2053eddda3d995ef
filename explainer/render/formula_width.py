"""How wide a formula is about, known from its LaTeX without setting it, and where its sums begin and end."""

from __future__ import annotations

import re
from functools import lru_cache

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}_^&]|\s+|.", re.DOTALL)
# How large the delimiter behind them is.
DELIMITER_SIZES = ("\\big", "\\bigl", "\\bigr", "\\Big", "\\Bigl", "\\Bigr")
# What takes no room of its own.
_SILENT = {
    "\\left",
    "\\right",
    "\\mathrm",
    "\\text",
    "\\operatorname",
    "\\mathbf",
    "\\displaystyle",
    *DELIMITER_SIZES,
}
_SIGNS = dict.fromkeys(("=", "+", "-", "<", ">", "\\approx", "\\le", "\\ge", "\\to"), 1.25)
_SIGNS |= {"\\cdot": 0.75, ".": 0.3, ",": 0.3, "(": 0.4, ")": 0.4}
_ACCENTS = {"\\hat", "\\bar", "\\tilde", "\\sqrt", "\\underline"}
_SCRIPT = 0.75
# Between the columns of a matrix, and for its brackets.
_COLUMN_GAP, _BRACKETS = 1.0, 1.0
_ENVIRONMENT = re.compile(r"\\begin\{([a-z]+)\}(.*?)\\end\{\1\}", re.DOTALL)


# Much of a document is written several times, and every line is measured for several questions.
@lru_cache(maxsize=20_000)
def width(latex: str) -> float:
    """Estimate how wide a formula is set, in em of its type."""
    return _Measure(latex).group()


def lines(latex: str) -> int:
    """Count the lines of text that a formula is as tall as: the rows of its tallest matrix, or 1."""
    return max((content.count("\\\\") + 1 for _, content in _ENVIRONMENT.findall(latex)), default=1)


def summands(latex: str, *, through_brackets: bool = False) -> list[str]:
    """Cut a formula in front of its plus and minus signs, those of whole sums first.

    Signs inside fractions, scripts and stretching brackets never count, those inside other brackets only `through_brackets`.
    """
    deeper = {"{", "\\left", "\\begin"} | (set() if through_brackets else {"("})
    higher = {"}", "\\right", "\\end"} | (set() if through_brackets else {")"})
    parts = [""]
    depth = 0
    tokens = TOKEN.findall(latex)
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        depth += (token in deeper) - (token in higher)
        # A sign between spaces is one of a sum; the sign of a number touches it.
        if (
            depth == 0
            and token in "+-"
            and before.isspace()
            and after.isspace()
            and parts[-1].strip()
        ):
            parts.append("")
        parts[-1] += token
    return [part.strip() for part in parts]


class _Measure:
    """Adds up rough widths of the characters of a formula, from left to right."""

    def __init__(self, latex: str) -> None:
        self._tokens = [token for token in TOKEN.findall(latex) if not token.isspace()]
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
        if token == "\\begin":
            return self._environment()
        if token in _ACCENTS:
            return self._argument() + 0.1
        return _width_of(token)

    def _environment(self) -> float:
        """Measure a matrix or case distinction: its columns, each as wide as its widest cell."""
        self._argument()
        columns: list[float] = []
        column, cell = 0, 0.0
        while self._position < len(self._tokens):
            token = self._tokens[self._position]
            if token in ("&", "\\\\", "\\end"):
                self._position += 1
                columns += [0.0] * (column + 1 - len(columns))
                columns[column] = max(columns[column], cell)
                column, cell = (column + 1 if token == "&" else 0), 0.0
                if token == "\\end":
                    self._argument()
                    break
            else:
                cell += self._next()
        return sum(columns) + _COLUMN_GAP * (len(columns) - 1) + _BRACKETS

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
