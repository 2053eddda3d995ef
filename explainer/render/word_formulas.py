"""Formulas as Word's equations show them best, and other programs that open the file still read them right.

LibreOffice knows neither the places of alignment in an array of equations nor the box around a number, and a sign without
something on both sides is a fault to it. So every line is an equation by itself, what stands in front of its relation sign on
the first line hidden on the others; brackets are delimiters; a sign that stands alone is a text.
"""

from __future__ import annotations

import re

from explainer.render.formula_width import TOKEN

_ALIGNED = re.compile(r"\\begin\{aligned\}(.*)\\end\{aligned\}", re.DOTALL)
# A text without width: something for a sign to stand beside.
_NOTHING = "\\text{\u200b}"
_BOX = re.compile(r"\\boxed\{(\d+)\}")
_SIGN_ALONE = re.compile(r"([_^])\{([+\-])\}")
_RELATIONS = ("=", "\\approx", "\\le", "\\ge", "<", ">")
_OPENING, _CLOSING = {"{", "\\begin"}, {"}", "\\end"}
_SIZES = re.compile(r"\\[Bb]ig[lr]? ?")


def word_lines(latex: str) -> list[str]:
    """Return the lines of a formula, each complete by itself and aligned at its relation sign."""
    found = _ALIGNED.fullmatch(latex.strip())
    if found is None:
        return [word_formula(latex)]
    lines: list[str] = []
    shown = ""
    for row in _rows(found[1]):
        left, right = row
        hidden = not left and shown
        shown = left or shown
        start = f"\\phantom{{{word_formula(shown)}}}" if hidden else word_formula(left)
        lines.append(f"{start} {_NOTHING} {word_formula(right)}".strip())
    return lines


def word_formula(latex: str) -> str:
    """Return a formula whose brackets are delimiters and in which no sign is without a neighbour."""
    latex = _BOX.sub(r"\\text{[\1]}", latex.strip())
    latex = _SIGN_ALONE.sub(r"\1{\\text{\2}}", latex)
    latex = _with_delimiters(_SIZES.sub("", latex))
    if latex.endswith(_RELATIONS):
        latex += f" {_NOTHING}"
    return latex


def _rows(inside: str) -> list[tuple[str, str]]:
    """Return left and right side of each line of an aligned formula."""
    rows = [["", ""]]
    depth = side = 0
    for token in TOKEN.findall(inside):
        depth += (token in _OPENING) - (token in _CLOSING)
        # The name of an environment is a group too: it opens and closes at once.
        if depth == 0 and token == "\\\\":
            rows.append(["", ""])
            side = 0
        elif depth == 0 and token == "&":
            side = 1
        else:
            rows[-1][side] += token
    return [(left.strip(), right.strip()) for left, right in rows]


def _with_delimiters(latex: str) -> str:
    """Turn brackets that belong together into delimiters; what is open or closed alone stays a sign."""
    tokens = TOKEN.findall(latex)
    stack: list[tuple[str, int]] = []
    pairs: set[int] = set()
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        if token in ("(", "{"):
            stack.append((token, place))
        elif token in (")", "}"):
            wanted = "(" if token == ")" else "{"
            # A bracket that is never closed does not reach out of its group.
            while token == "}" and stack and stack[-1][0] == "(":
                stack.pop()
            if stack and stack[-1][0] == wanted:
                _, start = stack.pop()
                if token == ")" and before != "\\right" and tokens[start - 1 : start] != ["\\left"]:
                    pairs |= {start, place}
    return "".join(
        f"\\left{token}"
        if place in pairs and token == "("
        else f"\\right{token}"
        if place in pairs
        else token
        for place, token in enumerate(tokens)
    )
