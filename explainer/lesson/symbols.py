r"""The symbols of a lesson: `h1` is written h₁, the label `\hat{y}` is written ŷ.

One small parser reads labels by an allow-list and gives the same symbol in three forms: LaTeX for
formulas, plain text for sentences and screen readers, runs for the drawing. Nothing that a user
typed reaches LaTeX except through it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from msgspec import Struct

from explainer.lesson.greek import COMMAND_OF, LETTER_OF
from explainer.lesson.lesson import Neuron
from explainer.messages import Message, Refused, message

LONGEST_LABEL = 40

Script = Literal["sub", "sup"]
Style = Literal["text", "italic"] | Script
SymbolRun = tuple[str, Style]


class Symbol(Struct, frozen=True):
    """One symbol in three forms; `runs` are (text, style) pairs in drawing order."""

    latex: str
    text: str
    runs: tuple[SymbolRun, ...]


@cache
def symbol_of(name_or_label: str) -> Symbol:
    """Return the symbol of an id or parameter name, or of a label.

    What can be a name is read as one: `w12` is w₁₂, `w1_2` is w₁,₂, `bias_h1` is bias with the
    subscript h1, `alpha` is α. Anything else is read as a label and may raise Refused.
    """
    return _name(name_or_label) or parse_label(name_or_label)


def neuron_symbol(neuron: Neuron) -> Symbol:
    """Return the symbol of a neuron: its label where it has one, else its id."""
    return parse_label(neuron.label) if neuron.label is not None else symbol_of(neuron.id)


@cache
def parse_label(label: str) -> Symbol:
    r"""Return the symbol that a label describes; Refused with one sentence where it is none.

    Letters, digits, Greek (`\delta` or δ), primes, `\hat`, `\bar` and `\tilde`, sub- and
    superscripts (`_1`, `_{12}`, `^{(2)}`). Several letters in a row are one upright name.
    """
    if len(label) > LONGEST_LABEL:
        raise _refused(message("it is longer than {limit} characters", limit=LONGEST_LABEL))
    return _Parser(label).symbol()


class _Part(Struct, frozen=True):
    """A base, a subscript or a superscript in the three forms."""

    latex: str
    text: str
    runs: tuple[SymbolRun, ...]


_NAME = re.compile(r"([A-Za-z]+)(\d*)((?:_[A-Za-z0-9]+)*)")
_ENDING_IN_DIGITS = re.compile(r"(.*?)(\d*)", re.DOTALL)
_TOKEN = re.compile(r"\\[A-Za-z]+|[A-Za-z]+|[0-9]+|[Α-Ωα-ωϑϕϵ]|.", re.DOTALL)
_ACCENTS = {"\\hat": "\N{COMBINING CIRCUMFLEX ACCENT}", "\\bar": "\N{COMBINING MACRON}"}
_ACCENTS["\\tilde"] = "\N{COMBINING TILDE}"
_MARKS_IN_SCRIPTS = "(),+-*"


def _name(name: str) -> Symbol | None:
    """Return the symbol of a name, None where the text cannot be one."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        return None
    plain = _NAME.fullmatch(name)
    if plain:
        stem, digits, rest = plain.groups()
        subscripts = [part for part in (digits, *rest.split("_")) if part]
    else:
        ending = _ENDING_IN_DIGITS.fullmatch(name)
        stem, digits = ending.groups() if ending else (name, "")
        subscripts = [digits] if digits else []
    base = _greek(f"\\{stem}") if f"\\{stem}" in LETTER_OF else _word(stem)
    if not subscripts:
        return _assembled([base])
    sub = _script("sub", tuple(_indices(part) for part in _with_commas(subscripts)))
    return _assembled([base, sub])


def _with_commas(parts: list[str]) -> list[str]:
    pieces = re.findall(r"[A-Za-z]+|[0-9]+|,", ",".join(parts))
    return [str(piece) for piece in pieces]


def _word(text: str) -> _Part:
    """Return letters or digits as TeX would set them: one letter italic, a longer name upright."""
    if len(text) == 1 and text.isalpha():
        return _Part(text, text, ((text, "italic"),))
    if text.isdigit() or not text[0].isalpha():
        return _Part(text, text, ((text, "text"),))
    return _Part(f"\\mathrm{{{text.replace('_', chr(92) + '_')}}}", text, ((text, "text"),))


def _indices(text: str) -> _Part:
    """Return a word of a script, where two letters are two indices: w_{ij}."""
    if len(text) == 2 and text.isalpha():
        return _Part(text, text, ((text, "italic"),))
    return _word(text)


def _script(style: Script, parts: tuple[_Part, ...]) -> _Part:
    """Return parts set below or above the line."""
    content = _joined_latex(parts)
    text = "".join(part.text for part in parts)
    mark = "_" if style == "sub" else "^"
    latex = mark + (content if len(content) == 1 else f"{{{content}}}")
    return _Part(latex, _spelt(text, style), ((text.replace("-", "−"), style),))


def _assembled(parts: list[_Part]) -> Symbol:
    runs = tuple(run for part in parts for run in part.runs)
    return Symbol(_joined_latex(tuple(parts)), "".join(part.text for part in parts), runs)


def _joined_latex(parts: tuple[_Part, ...]) -> str:
    """Join LaTeX; a command and a letter after it are kept apart."""
    latex = ""
    for part in parts:
        after_command = re.search(r"\\[A-Za-z]+$", latex)
        gap = " " if after_command and part.latex[:1].isalpha() else ""
        latex += gap + part.latex
    return latex


class _Parser:
    """Reads one label from left to right; every token is on the allow-list or refused."""

    def __init__(self, label: str) -> None:
        normal = unicodedata.normalize("NFC", label.strip())
        self._tokens = [str(token) for token in _TOKEN.findall(normal) if not token.isspace()]
        self._position = 0

    def symbol(self) -> Symbol:
        parts: list[_Part] = []
        while self._peek():
            parts.append(self._base())
            parts.extend(self._scripts())
        if not parts:
            raise _refused(message("it is empty"))
        return _assembled(parts)

    def _peek(self) -> str:
        return self._tokens[self._position] if self._position < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self._position += 1
        return token

    def _base(self) -> _Part:
        token = self._next()
        if token in _ACCENTS:
            return self._accented(token)
        command = COMMAND_OF.get(token, token)
        if command in LETTER_OF:
            return _greek(command)
        if token and token.isascii() and token.isalnum():
            return _word(token)
        raise _refused(_not_allowed(token))

    def _accented(self, command: str) -> _Part:
        braced = self._peek() == "{"
        if braced:
            self._next()
        if self._peek() in _ACCENTS:
            raise _refused(message("an accent cannot stand on another"))
        inner = self._base()
        if braced:
            self._close()
        text = unicodedata.normalize("NFC", inner.text[:1] + _ACCENTS[command] + inner.text[1:])
        return _Part(f"{command}{{{inner.latex}}}", text, ((text, inner.runs[0][1]),))

    def _scripts(self) -> list[_Part]:
        """Return what is set below and above the base just read, below first."""
        primes = ""
        found: dict[str, _Part] = {}
        while self._peek() in {"_", "^", "'", "′"} - {""}:
            mark = self._next()
            if mark in "'′":
                primes += "'"
                continue
            style: Script = "sub" if mark == "_" else "sup"
            if style in found:
                raise _refused(message("it has two scripts of one kind at the same place"))
            found[style] = _script(style, self._group())
        if primes and "sup" in found:
            raise _refused(message("it has two scripts of one kind at the same place"))
        parts = [found["sub"]] if "sub" in found else []
        if primes:
            shown = "′" * len(primes)
            parts.append(_Part(primes, shown, ((shown, "sup"),)))
        return parts + ([found["sup"]] if "sup" in found else [])

    def _group(self) -> tuple[_Part, ...]:
        if self._peek() != "{":
            return (self._in_script(),)
        self._next()
        parts: list[_Part] = []
        while self._peek() not in {"}", ""}:
            parts.append(self._in_script())
        self._close()
        if not parts:
            raise _refused(message("it has an empty script"))
        return tuple(parts)

    def _in_script(self) -> _Part:
        token = self._peek()
        if token and token in _MARKS_IN_SCRIPTS:
            self._next()
            return _Part(token, token, ())
        if token.isascii() and token.isalpha():
            return _indices(self._next())
        return self._base()

    def _close(self) -> None:
        if self._next() != "}":
            raise _refused(message("a brace is not closed"))


def _greek(command: str) -> _Part:
    letter = LETTER_OF[command]
    return _Part(command, letter, ((letter, "italic" if letter.islower() else "text"),))


def _not_allowed(token: str) -> Message:
    if not token:
        return message("something is missing at its end")
    if token.startswith("\\") and len(token) > 1:
        return message("the command {command} is not among those allowed", command=token)
    code = f"U+{ord(token):04X}"
    if token.isprintable():
        return message("the character {character} is not allowed", character=token)
    return message("the character {character} is not allowed", character=code)


def _refused(fault: Message) -> Refused:
    return Refused(message("this cannot be a symbol: {fault}", fault=fault))


_LOW = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_HIGH = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_SMALL = {"sub": _LOW, "sup": _HIGH}
# A comma has no small form, and none is needed to read h₁,₁.
_AS_THEY_ARE = frozenset(", ")


def in_small_letters(text: str, style: str) -> str | None:
    """Return a piece of a symbol as it is, low or high; None where letters are missing for it, and for words."""
    if style not in _SMALL:
        return text
    table = _SMALL[style]
    is_known = all(ord(letter) in table or letter in _AS_THEY_ARE for letter in text)
    return text.translate(table) if is_known and not re.search("[A-Za-z]{3}", text) else None


def numbered(letter: str, number: int) -> str:
    """Return a letter with a whole number as its index."""
    return letter + str(number).translate(_LOW)


def _spelt(text: str, style: Script) -> str:
    """Return a script in small letters; behind a mark where there are none, as in w_out."""
    small = in_small_letters(text, style)
    if small is not None:
        return small
    mark = "_" if style == "sub" else "^"
    return mark + (text if len(text) == 1 or text.isalnum() else f"({text})")
