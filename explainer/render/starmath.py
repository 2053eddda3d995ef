"""Formulas in the notation of LibreOffice's formula editor, StarMath, translated from this program's own LaTeX.

LibreOffice reads MathML too, but loses signs that stand at the beginning or the end of a line, scripts of scripts and the
bounds of fractions in a row. Every formula here is complete by itself: a sign has an empty group on a side where nothing stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from explainer.render.formula_width import DELIMITER_SIZES

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\{,\}|\d+(?:(?:\.|\{,\})\d+)*|[{}_^&]|\s+|.", re.DOTALL)
_OPERATORS = {
    "=": "=", "+": "+", "-": "-", "\\cdot": "cdot", "\\times": "times", "\\approx": "approx", "\\circ": "circ",
    "\\le": "<=", "\\ge": ">=", "<": "<", ">": ">",
}  # fmt: skip
_LETTERS = {
    "\\alpha": "α", "\\beta": "β", "\\gamma": "γ", "\\delta": "δ", "\\varepsilon": "ε", "\\epsilon": "ϵ", "\\zeta": "ζ",
    "\\eta": "η", "\\theta": "θ", "\\vartheta": "ϑ", "\\iota": "ι", "\\kappa": "κ", "\\lambda": "λ", "\\mu": "μ", "\\nu": "ν",
    "\\xi": "ξ", "\\pi": "π", "\\rho": "ρ", "\\sigma": "σ", "\\tau": "τ", "\\upsilon": "υ", "\\phi": "ϕ", "\\varphi": "φ",
    "\\chi": "χ", "\\psi": "ψ", "\\omega": "ω",
}  # fmt: skip
_UPRIGHT = {
    "\\Gamma": "Γ", "\\Delta": "Δ", "\\Theta": "Θ", "\\Lambda": "Λ", "\\Xi": "Ξ", "\\Pi": "Π", "\\Sigma": "Σ",
    "\\Phi": "Φ", "\\Psi": "Ψ", "\\Omega": "Ω", "\\to": "→", "\\top": "⊤", "\\infty": "∞", "\\langle": "⟨", "\\rangle": "⟩",
    "\\lVert": "‖", "\\rVert": "‖", "\\Vert": "‖", "\\vert": "|", "|": "|", "/": "/", ";": ";", ",": ",", ":": ":",
    "'": "′", "!": "!", "[": "[", "]": "]", "\\{": "{", "\\}": "}", "?": "?", "\\in": "∈", "\\ne": "≠", "\\neq": "≠",
    "\\%": "%", "\\_": "_", "\\#": "#", "\\$": "$", "\\&": "&",
}  # fmt: skip
_SPECIAL = {
    "\\partial": "partial", "\\dots": "dotslow", "\\ldots": "dotslow", "\\cdots": "dotsaxis", "\\vdots": "dotsvert",
    "\\sum": "sum", "\\prod": "prod", "\\quad": "~~", "\\qquad": "~~~~", "\\,": "`", "\\;": "~", "\\ ": "~", "\\:": "`",
    "(": "\\(", ")": "\\)",
}  # fmt: skip
_ACCENTS = {
    "\\hat": "hat",
    "\\bar": "overline",
    "\\tilde": "tilde",
    "\\sqrt": "sqrt",
    "\\underline": "underline",
}
_FACES = {"\\mathbf": "nitalic bold", "\\mathrm": "nitalic", "\\boldsymbol": "bold"}
_WORDS = ("\\text", "\\operatorname", "\\mathsf")
_SIZES = (*DELIMITER_SIZES, "\\displaystyle", "\\limits", "\\!")
_BRACKETS = {
    "(": ("(", ")"), "[": ("[", "]"), "\\{": ("lbrace", "rbrace"), "|": ("lline", "rline"), ".": ("none", "none"),
    "\\lVert": ("ldline", "rdline"), "\\langle": ("langle", "rangle"),
}  # fmt: skip
_CLOSING = {")": "(", "]": "[", "\\}": "\\{", "\\rVert": "\\lVert", "\\rangle": "\\langle"}
_MATRICES = {
    "pmatrix": ("left (", "right )"), "bmatrix": ("left [", "right ]"), "vmatrix": ("left lline", "right rline"),
    "cases": ("left lbrace", "right none"),
}  # fmt: skip


def starmath(latex: str) -> str:
    """Return a formula of this program in StarMath."""
    return _Reader(latex).until(())


class _Reader:
    """Reads LaTeX from left to right and writes StarMath."""

    def __init__(self, latex: str) -> None:
        self._tokens = [token for token in _TOKEN.findall(latex) if not token.isspace()]
        # A sign that touches what follows is the sign of a number.
        self._touching = _touching(latex)
        self._place = 0

    def until(self, ends: tuple[str, ...]) -> str:
        """Return everything up to one of some tokens, which is taken too, or up to the end."""
        parts: list[str] = []
        while self._place < len(self._tokens):
            if self._tokens[self._place] in ends:
                self._place += 1
                break
            self._item(parts)
        return " ".join(parts)

    def _item(self, parts: list[str]) -> None:
        place = self._place
        token = self._take()
        if token in "_^":
            base = parts.pop() if parts else "{}"
            parts.append(f"{base} {token} {self._argument()}")
        elif token == "-" and place in self._touching:
            parts.append("-")
        elif token in _OPERATORS:
            parts.append(f"{{}} {_OPERATORS[token]} {{}}")
        elif token not in _SIZES:
            parts.append(self._atom(token))

    def _take(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1] if self._place <= len(self._tokens) else "{}"

    def _argument(self) -> str:
        """Return one token or one group, as a group."""
        token = self._take()
        if token == "{":
            return f"{{ {self.until(('}',)) or '{}'} }}"
        if token in _OPERATORS:
            return f'"{token}"' if token in "+-" else f"{{ {{}} {_OPERATORS[token]} {{}} }}"
        return f"{{ {self._atom(token)} }}"

    def _atom(self, token: str) -> str:
        structures: dict[str, Callable[[], str]] = {
            "{": self._group,
            "\\frac": self._fraction,
            "\\dfrac": self._fraction,
            "\\tfrac": self._fraction,
            "\\underbrace": self._underbrace,
            "\\boxed": lambda: f'nitalic bold "[{self._raw()}]"',
            "\\left": self._brackets,
            "\\begin": self._environment,
        }
        if token in structures:
            return structures[token]()
        if token in _ACCENTS:
            return f"{{ {_ACCENTS[token]} {self._argument()} }}"
        if token in _FACES:
            return f"{{ {_FACES[token]} {self._argument()} }}"
        if token in _WORDS:
            return _quoted(self._raw())
        return _sign(token)

    def _group(self) -> str:
        return f"{{ {self.until(('}',)) or '{}'} }}"

    def _fraction(self) -> str:
        above, below = self._argument(), self._argument()
        return f"{{ {above} over {below} }}"

    def _underbrace(self) -> str:
        content = self._argument()
        if self._tokens[self._place : self._place + 1] != ["_"]:
            return content
        self._take()
        return f"{{ {content} underbrace {self._argument()} }}"

    def _raw(self) -> str:
        """Return the text of a group as it is written."""
        depth, text = 0, ""
        while self._place < len(self._tokens):
            token = self._take()
            depth += (token == "{") - (token == "}")
            if depth == 0:
                break
            text += "" if token == "{" and depth == 1 else token
        return text

    def _brackets(self) -> str:
        opening = self._take()
        inner = self.until(("\\right",))
        closing = self._take()
        left = _BRACKETS.get(opening, ("none", "none"))[0]
        right = _BRACKETS.get(_CLOSING.get(closing, closing), ("none", "none"))[1]
        return f"left {left} {inner or '{}'} right {right}"

    def _environment(self) -> str:
        name = self._raw()
        rows = [[self._cell()]]
        while self._place < len(self._tokens):
            ended = self._tokens[self._place - 1]
            if ended == "\\end":
                self._raw()
                break
            if ended == "&":
                rows[-1].append(self._cell())
            else:
                rows.append([self._cell()])
        columns = max(map(len, rows))
        sides = ("alignr", "alignl") if name == "aligned" else ("alignl", "alignl")
        lines = [
            " # ".join(
                f"{sides[column % 2]} {{ {row[column] if column < len(row) else ''} {{}} }}"
                for column in range(columns)
            )
            for row in rows
        ]
        opening, closing = _MATRICES.get(name, ("", ""))
        return f"{opening} matrix {{ {' ## '.join(lines)} }} {closing}".strip()

    def _cell(self) -> str:
        return self.until(("&", "\\\\", "\\end"))


def _sign(token: str) -> str:
    if token in _SPECIAL:
        return _SPECIAL[token]
    if token in _LETTERS:
        return _LETTERS[token]
    if token in _UPRIGHT:
        return _quoted(_UPRIGHT[token])
    if token[0].isdigit():
        return token.replace("{,}", ",")
    if token.isalpha():
        return token
    # A function such as \\ln or \\max stands upright.
    return f"{_quoted(token.removeprefix(chr(92)))} `" if token.startswith("\\") else _quoted(token)


def _quoted(text: str) -> str:
    plain = text.replace('"', "”")
    return f'nitalic "{plain}"' if plain.strip() else "{}"


def _touching(latex: str) -> set[int]:
    """Return the places, counted without spaces, of signs that follow nothing and touch a number or symbol."""
    tokens = _TOKEN.findall(latex)
    found: set[int] = set()
    place = 0
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        if (
            token == "-"
            and not after.isspace()
            and (not before or before.isspace() or before in "({")
        ):
            found.add(place)
        place += not token.isspace()
    return found
