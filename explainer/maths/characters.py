"""The first look at typed text: which characters, how long, how deep. Nothing is parsed before this has passed."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from explainer.messages import Message, Refused, message

_ALLOWED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-*/^()., \t\r\n;="
)
# Cyrillic letters that look like Latin ones, the usual reason for "unknown name" on a Russian keyboard.
_LOOKALIKES = dict(zip("аеорсухкАВЕКМНОРСТУХіІјѕ", "aeopcyxkABEKMHOPCTYXiIjs", strict=True))
_MOST_SIGNS = 30
_MOST_DIGITS = 40

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_STATEMENT_END = re.compile(r"[;\n]")
_SIGNS = re.compile(rf"(?:[+-]\s*){{{_MOST_SIGNS},}}")
_DIGITS = re.compile(rf"\d{{{_MOST_DIGITS + 1},}}")


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
    """Tell whether a text may name a variable or node."""
    return _NAME.fullmatch(text) is not None


def is_plain_number(text: str) -> bool:
    """Tell whether a literal is a plain decimal number: no 0x10, 1_000 or 2j."""
    return _NUMBER.fullmatch(text) is not None


def prepare(text: str, longest: int, deepest: int) -> Prepared:
    """Check characters, length and depth and rewrite `^`; Refused names the first offending place."""
    if len(text) > longest:
        raise Refused(message("The formula is longer than {limit} characters.", limit=longest))
    for place, character in enumerate(text):
        if character not in _ALLOWED:
            raise _refused(place, _about(character))
    _check_depth(text, deepest)
    for pattern, reason in (
        (_SIGNS, message("too many signs in a row")),
        (_DIGITS, message("a number of more than {limit} digits", limit=_MOST_DIGITS)),
    ):
        found = pattern.search(text)
        if found:
            raise _refused(found.start(), reason)
    return _rewritten(text)


def _about(character: str) -> Message:
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
    if not character.isprintable():
        return message("an invisible character (U+{code})", code=f"{ord(character):04X}")
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and all(part in _ALLOWED for part in plain):
        return message(
            "“{character}” looks like “{plain}” but is another character",
            character=character,
            plain=plain,
        )
    return message("“{character}” may not stand in a formula", character=character)


def _check_depth(text: str, deepest: int) -> None:
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth > deepest:
            raise _refused(place, message("parentheses nested deeper than {limit}", limit=deepest))
        if depth < 0:
            raise _refused(place, message("a “)” without its “(”"))
        if character in ";\n" and depth:
            raise _refused(place, message("a “(” is not closed before the statement ends"))
    if depth:
        raise _refused(text.rindex("("), message("a “(” is not closed"))


def _rewritten(text: str) -> Prepared:
    written: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in "**" if character == "^" else character:
            # Tabs and returns would move Python's columns.
            written.append(" " if part in "\t\r" else part)
            places.append(place)
    new = "".join(written)
    ends = [found.start() for found in _STATEMENT_END.finditer(new)] + [len(new)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    statements = tuple(
        (start, end) for start, end in zip(starts, ends, strict=True) if new[start:end].strip()
    )
    return Prepared(new, tuple(places), statements)


def _refused(place: int, reason: Message) -> Refused:
    return Refused(message("Character {place}: {reason}.", place=place + 1, reason=reason))
