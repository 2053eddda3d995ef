"""How a lesson file looks: two spaces, short lists and objects on one line, numbers as one writes them."""

from __future__ import annotations

from typing import Any

from msgspec import json

_WIDTH = 100
_INDENT = "  "


def pretty(value: Any) -> str:
    """Return plain lists and dictionaries as JSON text ending in a line break.

    The order of keys is kept, so equal values give equal text.
    """
    return _laid_out(value, "", 0) + "\n"


def _laid_out(value: Any, indent: str, taken: int) -> str:
    """Return JSON for a value that starts `taken` columns into its line."""
    # What has more parts than a line has columns cannot fit: of large tables nothing is written twice.
    if not isinstance(value, list | tuple | dict) or len(value) <= _WIDTH:
        one_line = _one_line(value)
        fits = len(indent) + taken + len(one_line) < _WIDTH
        if (
            not isinstance(value, list | tuple | dict)
            or not value
            or (indent and fits and not _is_table(value))
        ):
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
