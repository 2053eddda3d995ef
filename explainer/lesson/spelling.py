"""Symbols in one line of plain text: subscripts as far as there are letters for them."""

from __future__ import annotations

from explainer.lesson.symbols import Symbol

_LOW = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_HIGH = str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
# A comma has no low form, and none is needed to read h₁,₁.
_AS_THEY_ARE = frozenset(", ")


def spelt(symbol: Symbol) -> str:
    """Return a symbol as one piece of text, h₁,₂ for h with the index 1,2; its plain form where letters are missing."""
    found = [in_small_letters(text, style) for text, style in symbol.runs]
    return symbol.text if None in found else "".join(filter(None, found))


def in_small_letters(text: str, style: str) -> str | None:
    """Return a piece of a symbol as it is, low or high; None where letters are missing for it."""
    table = {"sub": _LOW, "sup": _HIGH}.get(style)
    if table is None:
        return text
    is_known = all(ord(letter) in table or letter in _AS_THEY_ARE for letter in text)
    return text.translate(table) if is_known else None


def numbered(letter: str, number: int) -> str:
    """Return a letter with a whole number as its index."""
    return letter + str(number).translate(_LOW)
