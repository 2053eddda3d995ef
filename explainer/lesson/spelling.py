"""Symbols in one line of plain text: subscripts as far as there are letters for them."""

from __future__ import annotations

from explainer.lesson.symbols import Symbol

_LOW = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_HIGH = str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
# A comma has no low form, and none is needed to read h₁,₁.
_AS_THEY_ARE = frozenset(", ")


def spelt(symbol: Symbol) -> str:
    """Return a symbol as one piece of text, h₁,₂ for h with the index 1,2; its plain form where letters are missing."""
    found = []
    for text, style in symbol.runs:
        table = {"sub": _LOW, "sup": _HIGH}.get(style)
        if table is not None:
            if any(ord(letter) not in table and letter not in _AS_THEY_ARE for letter in text):
                return symbol.text
            text = text.translate(table)
        found.append(text)
    return "".join(found)
