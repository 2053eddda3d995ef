"""The characters of typed text: which may stand in a formula, what is said of the others, what Python's parser is given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import NamedTuple

from explainer.messages import Message, message

_ALLOWED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-*/^()., \t\r\n;="
)
# Cyrillic letters that look like Latin ones, the usual reason for "unknown name" on a Russian keyboard.
_LOOKALIKES = dict(zip("аеорсухкАВЕКМНОРСТУХіІјѕ", "aeopcyxkABEKMHOPCTYXiIjs", strict=True))
# Signs that people and word processors write, and what formulas have instead.
_INSTEAD = {"·": "*", "×": "*", "⋅": "*", "÷": "/", "−": "-", "–": "-", "²": "^2", "³": "^3"}
_INSTEAD |= {"π": "pi", "√": "sqrt(…)", "[": "(", "]": ")", "{": "(", "}": ")", "|": "abs(…)"}
# Greek letters are written by their names, and printed as letters; lambda is no name (Python keeps it for itself).
_INSTEAD |= {
    letter: unicodedata.name(letter).split()[-1].lower() for letter in "αβγδεζηθκμνξρστφχψω"
}
# What textbooks call functions that have another name here.
_FUNCTIONS_INSTEAD = {
    "ln": "log", "tg": "tan", "sh": "sinh", "ch": "cosh", "th": "tanh", "sgn": "sign",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctg": "atan", "logistic": "sigmoid",
    "sigma": "sigmoid",
}  # fmt: skip

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
_STATEMENT_END = re.compile(r"[;\r\n]")


class Prepared(NamedTuple):
    """Text ready for the parser: `^` written as `**`; `places[i]` is where character i stood in what was typed."""

    text: str
    places: tuple[int, ...]
    statements: tuple[tuple[int, int], ...]

    def original_place(self, position: int) -> int:
        """Return where a character of the prepared text stood originally."""
        return self.places[min(max(position, 0), len(self.places) - 1)] if self.places else 0

    def assigned_names(self) -> frozenset[str]:
        """Return every name that some statement assigns."""
        parts = (self.text[start:end].partition("=") for start, end in self.statements)
        return frozenset(left.strip() for left, equals, _ in parts if equals)


def is_name(text: str) -> bool:
    """Tell whether a text has the form of a name: a Latin letter, then letters, digits and _, at most 32 in all."""
    return _NAME.fullmatch(text) is not None


def prepare(text: str) -> Prepared:
    """Split text into statements and write every `^` as Python does."""
    written: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in "**" if character == "^" else character:
            # A tab would move Python's columns.
            written.append(" " if part == "\t" else part)
            places.append(place)
    new = "".join(written)
    ends = [found.start() for found in _STATEMENT_END.finditer(new)] + [len(new)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    statements = tuple(
        (start, end) for start, end in zip(starts, ends, strict=True) if new[start:end].strip()
    )
    return Prepared(new, tuple(places), statements)


def foreign_letter(name: str) -> Message | None:
    """Return what is said of the first letter in a name that is not a Latin one, None where there is none."""
    return next((about(each) for each in name if each.isalpha() and not each.isascii()), None)


def about_function(name: str, known: Container[str]) -> Message:
    """Return what is said of a function that formulas do not have under this name."""
    instead = _FUNCTIONS_INSTEAD.get(name, name.lower())
    if instead in known:
        return message("write {instead} instead of “{character}”", character=name, instead=instead)
    return message("there is no function “{name}”", name=name[:40])


def about(character: str) -> Message:
    """Return what is said of a character that may not stand where it does."""
    if character in _LOOKALIKES:
        return message(
            "“{character}” is a Cyrillic letter; type the Latin “{latin}”",
            character=character,
            latin=_LOOKALIKES[character],
        )
    if "CYRILLIC" in unicodedata.name(character, ""):
        return message(
            "“{character}” is a Cyrillic letter; formulas use Latin letters", character=character
        )
    if character in _INSTEAD:
        return message(
            "write {instead} instead of “{character}”",
            character=character,
            instead=_INSTEAD[character],
        )
    if character == "_":
        return message("a name starts with a letter")
    if character == ".":
        return message("“.” may stand only inside a number")
    if not character.isprintable() or character.isspace():
        return message("an invisible character (U+{code})", code=f"{ord(character):04X}")
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and all(part in _ALLOWED for part in plain):
        return message(
            "“{character}” looks like “{plain}” but is another character",
            character=character,
            plain=plain,
        )
    return message("“{character}” may not stand in a formula", character=character)
