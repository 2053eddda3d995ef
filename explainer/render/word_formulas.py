"""Formulas as Word's equations show them best, and other programs that open the file still read them right.

LibreOffice knows neither the places of alignment in an array of equations nor the box around a number, and a sign without
something on both sides is a fault to it. So every line is an equation by itself, what stands in front of its relation sign on
the first line hidden on the others; brackets are delimiters; a sign or a bracket that stands alone is a text.
"""

from __future__ import annotations

import re

from explainer.render.formula_width import TOKEN

_ALIGNED = re.compile(r"\\begin\{aligned\}(.*)\\end\{aligned\}", re.DOTALL)
# A text without width: something for a sign to stand beside.
_NOTHING = "\\text{\u200b}"
_BOX = re.compile(r"\\boxed\{(\d+)\}")
_SIGN_LAST = re.compile(r"([_^])(?:\{([^{}]*)([+\-])\}|([+\-]))")
_RELATIONS = ("=", "\\approx", "\\le", "\\ge", "<", ">")
_OPENING, _CLOSING = {"{", "\\begin"}, {"}", "\\end"}
_SIZES = re.compile(r"\\[Bb]ig[lr]? ?")


def word_lines(latex: str) -> list[str]:
    """Return the lines of a formula, each complete by itself and aligned at its relation sign."""
    if _ALIGNED.fullmatch(latex.strip()) is None:
        return [word_formula(latex)]
    lines: list[str] = []
    shown = ""
    for left, right in rows_of(latex):
        hidden = not left and shown
        shown = left or shown
        start = f"\\phantom{{{word_formula(shown)}}}" if hidden else word_formula(left)
        lines.append(f"{start} {_NOTHING} {word_formula(right)}".strip())
    return lines


def slide_formula(latex: str) -> str:
    """Return a formula of a slide: its lines stay together, what stands on either side of a relation sign is complete."""
    if _ALIGNED.fullmatch(latex.strip()) is None:
        return word_formula(latex)
    # LibreOffice sets a line that begins with a text at the left, and so its relation sign has a neighbour.
    lines = " \\\\ ".join(
        f"{_NOTHING} {word_formula(left)} & {word_formula(right)}" for left, right in rows_of(latex)
    )
    return f"\\begin{{aligned}} {lines} \\end{{aligned}}"


def word_formula(latex: str) -> str:
    """Return a formula whose brackets are delimiters and in which no sign is without a neighbour."""
    latex = _BOX.sub(r"\\text{[\1]}", latex.strip())
    latex = _SIGN_LAST.sub(r"\1{\2\\text{\3\4}}", latex)
    latex = _with_delimiters(_SIZES.sub("", latex))
    if latex.endswith(_RELATIONS):
        latex += f" {_NOTHING}"
    return latex


def rows_of(latex: str) -> list[tuple[str, str]]:
    """Return left and right side of each line of an aligned formula, the whole as the left side of any other."""
    found = _ALIGNED.fullmatch(latex.strip())
    rows = [["", ""]]
    depth = side = 0
    for token in TOKEN.findall(found[1] if found else latex):
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
    """Turn brackets that belong together into delimiters; one that is open or closed alone is a text."""
    tokens = TOKEN.findall(latex)
    stack: list[tuple[str, int]] = []
    made = list(tokens)
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        inside_text = any(tokens[start - 1 : start] == ["\\text"] for _, start in stack)
        if token in ("(", ")") and before not in ("\\left", "\\right") and not inside_text:
            made[place] = f"\\text{{{token}}}"
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
                    made[start], made[place] = "\\left(", "\\right)"
    return "".join(made)
