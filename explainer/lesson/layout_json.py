"""How a lesson file looks: two spaces, short lists and objects on one line, numbers as one writes them."""

from __future__ import annotations

import re
from typing import Any

from msgspec import json

_WIDTH = 100
_INDENT = "  "
# What a double ends with that is a whole number; minus zero keeps it, since it has no integer.
_WHOLE = re.compile(r"(?<!-0)\.0(?=[,\]])")


def pretty(value: Any) -> str:
    """Return plain lists and dictionaries as JSON text ending in a line break.

    The order of keys is kept, so equal values give equal text.
    """
    return _laid_out(value, "", 0) + "\n"


def compact(value: Any) -> str:
    """Return the same in as few characters as JSON takes, for lessons that would else be too large to be read."""
    if isinstance(value, dict):
        items = [f"{_scalar(key)}:{compact(item)}" for key, item in value.items()]
        return "{" + ",".join(items) + "}"
    if isinstance(value, list | tuple):
        if _is_long_row(value):
            return _row(value).replace(" ", "")
        return "[" + ",".join(map(compact, value)) + "]"
    return _one_line(value)


def _laid_out(value: Any, indent: str, taken: int) -> str:
    """Return JSON for a value that starts `taken` columns into its line."""
    if not isinstance(value, list | tuple | dict) or not value:
        return _one_line(value)
    if _is_long_row(value):
        return _row(value)
    if indent and not _is_table(value):
        one_line = _within(value, _WIDTH - 1 - len(indent) - taken)
        if one_line is not None:
            return one_line
    inner = indent + _INDENT
    if isinstance(value, dict):
        heads = [_scalar(key) + ": " for key in value]
        items = [
            head + _laid_out(item, inner, len(head))
            for head, item in zip(heads, value.values(), strict=True)
        ]
        return "{\n" + ",\n".join(inner + item for item in items) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + _laid_out(item, inner, 0) for item in value) + f"\n{indent}]"


def _within(value: Any, room: int) -> str | None:
    """Return a value as one line of at most so many characters; None, soon found, where it is longer."""
    if isinstance(value, list | tuple | dict):
        # Every item takes a character, a comma and a space at least.
        if 3 * len(value) > room + 2:
            return None
        # Rows of samples, the bulk of a large lesson, have nothing long inside.
        if sum(len(item) for item in value if isinstance(item, list | tuple | dict)) * 3 > room:
            return None
    line = _one_line(value)
    return line if len(line) <= room else None


def _is_long_row(value: Any) -> bool:
    """Tell whether these are so many numbers that they stay on one line: one on each would make a file too large."""
    return len(value) > _WIDTH // 3 and set(map(type, value)) <= {int, float}


def _row(numbers: Any) -> str:
    """Return many numbers as `_one_line` would, quickly."""
    # Imported where it is needed: the first frame shows a lesson without such rows.
    import json as standard

    # The standard library writes a double as repr does.
    text = standard.dumps(numbers)
    return _WHOLE.sub("", text) if "-0.0" in text else text.replace(".0,", ",").replace(".0]", "]")


def _is_table(value: Any) -> bool:
    """Tell whether this holds objects in a list, or such a list: one object a line reads best."""
    if isinstance(value, list | tuple):
        return any(isinstance(item, dict) for item in value)
    return isinstance(value, dict) and any(_is_table(item) for item in value.values())


def _one_line(value: Any) -> str:
    if isinstance(value, dict):
        items = [f"{_scalar(key)}: {_one_line(item)}" for key, item in value.items()]
        return "{" + ", ".join(items) + "}"
    if isinstance(value, list | tuple):
        if _is_long_row(value):
            return _row(value)
        return "[" + ", ".join(_one_line(item) for item in value) + "]"
    if isinstance(value, float):
        return _number(value)
    return _scalar(value)


def _scalar(value: str | int | bool | None) -> str:
    return json.encode(value).decode()


def _number(value: float) -> str:
    """Return the shortest text that reads back as this double: 2, not 2.0."""
    text = repr(value)
    return text[:-2] if text.endswith(".0") and text != "-0.0" else text
