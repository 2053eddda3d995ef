"""Bytes to plain lists and dictionaries: JSON read strictly, every oddity refused by its place.

Python's reader alone would accept NaN, turn 1e400 into infinity, let the last of two equal keys win,
and run out of stack on deep nesting.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from explainer.lesson.faults import below, quoted, refused
from explainer.lesson.limits import MAX_DEPTH, MAX_FILE_BYTES
from explainer.messages import Message, Refused, message

# A whole text is one match, closed or not, so that the scan is linear for every input.
_TEXT_OR_BRACKET = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?|[\[\]{}]', re.DOTALL)
# Longer whole numbers are read as doubles; converting them exactly takes quadratic time.
_EXACT_DIGITS = 16
_ALLOWED_CONTROLS = "\n\t"


def read_json(content: bytes, place: str) -> Any:
    """Return the value that UTF-8 JSON holds; `place` is what to call the whole of it.

    A byte order mark, which some editors write, is skipped. Raises Refused for anything that is not
    one strict JSON value: other encodings, NaN, infinities, numbers beyond a double, equal keys,
    control characters, nesting deeper than `MAX_DEPTH`.
    """
    if len(content) > MAX_FILE_BYTES:
        raise too_large(place)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused(place, message("this is not a UTF-8 text file")) from None
    if not text.strip():
        raise refused(place, message("the file is empty"))
    if _depth(content) > MAX_DEPTH:
        raise refused(place, message("it is nested deeper than {limit} levels", limit=MAX_DEPTH))
    try:
        value = json.loads(
            text,
            object_pairs_hook=_Object,
            parse_int=_whole_number,
            parse_constant=_Constant,
        )
    except json.JSONDecodeError as error:
        fault = message(
            "this is not JSON: line {line}, column {column}", line=error.lineno, column=error.colno
        )
        raise refused(place, fault) from None
    return _checked(value, "", place)


def too_large(place: str) -> Refused:
    """Return the refusal of a file above the size limit."""
    megabytes = MAX_FILE_BYTES // (1024 * 1024)
    return refused(place, message("the file is larger than {limit} MB", limit=megabytes))


class _Object:
    """A JSON object as it was written, equal keys included."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self.pairs = pairs


class _Constant:
    """NaN, Infinity or -Infinity, which JSON does not have."""

    def __init__(self, name: str) -> None:
        self.name = name


def _whole_number(digits: str) -> int | float:
    # Minus zero has no integer.
    return float(digits) if len(digits) > _EXACT_DIGITS or digits == "-0" else int(digits)


def _depth(content: bytes) -> int:
    deepest = depth = 0
    for token in _TEXT_OR_BRACKET.finditer(content):
        mark = token.group()[:1]
        if mark in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in b"]}":
            depth -= 1
    return deepest


def _checked(value: Any, path: str, root: str) -> Any:
    """Return the value in plain lists and dictionaries, every text and number looked at."""
    if isinstance(value, _Object):
        return _checked_object(value, path, root)
    if isinstance(value, list):
        return [_checked(item, f"{path}[{index}]", root) for index, item in enumerate(value)]
    if isinstance(value, _Constant):
        raise refused(path or root, message("{number} is not a number", number=value.name))
    if isinstance(value, float) and not math.isfinite(value):
        raise refused(path or root, message("the number is too large for double precision"))
    if isinstance(value, str):
        fault = fault_of_text(value)
        if fault:
            raise refused(path or root, fault)
    return value


def _checked_object(value: _Object, path: str, root: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, item in value.pairs:
        fault = fault_of_text(key)
        if fault:
            raise refused(path or root, fault)
        if key in result:
            raise refused(path or root, message('"{name}" stands there twice', name=quoted(key)))
        result[key] = _checked(item, below(path, key), root)
    return result


def fault_of_text(text: str) -> Message | None:
    """Return what is wrong with text that no file may hold: half a character, or a control other than an end of line."""
    if text.isprintable():
        return None
    for character in text:
        code = ord(character)
        is_control = code < 0x20 or 0x7F <= code < 0xA0
        is_half_a_character = 0xD800 <= code < 0xE000
        if (is_control and character not in _ALLOWED_CONTROLS) or is_half_a_character:
            return message("the character {character} is not allowed", character=f"U+{code:04X}")
    return None
