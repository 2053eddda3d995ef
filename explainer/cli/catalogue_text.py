"""The catalogue for the terminal: a short block for every entry, no wider than the terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import Any

from explainer.maths.catalogue import TABLES
from explainer.maths.sources import source_in
from explainer.messages import Message, message, translate

_TITLES = {
    "activations": message("Activations"),
    "losses": message("Losses (one output)"),
    "updates": message("Update rules"),
    "penalties": message("Penalties"),
    "initialisers": message("Initialisers"),
    "schedules": message("Schedules of the learning rate"),
}
_FIELDS = {
    "formula": message("formula"),
    "derivative": message("derivative"),
    "parameters": message("parameters"),
    "range": message("range"),
    "saturation": message("saturation"),
    "convention": message("convention"),
    "source": message("source"),
}
# Lines longer than this are hard to read, shorter ones leave no room beside the names of the fields.
_NARROWEST, _WIDEST = 60, 100
_INDENT = "  "


def catalogue_text(catalogue: dict[str, list[dict[str, Any]]], language: str) -> str:
    """Return a section for every kind of entry, and in it a block for every entry; empty fields are left out."""
    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    parts = []
    for kind, entries in catalogue.items():
        title = translate(_TITLES[kind], language)
        parts.append(f"{title}\n{'═' * len(title)}")
        parts += ["\n".join(_block(kind, entry, language, width)) for entry in entries]
    return "\n\n".join(parts)


def _block(kind: str, entry: dict[str, Any], language: str, width: int) -> Iterator[str]:
    row = TABLES[kind][entry["name"]]
    yield f"{entry['name']} · {translate(row.label, language)}"
    names = {field: translate(name, language) for field, name in _FIELDS.items()}
    column = max(map(len, names.values())) + 2
    for field, name in names.items():
        value = entry.get(field) or getattr(row, field, None)
        if field == "source" and value:
            value = source_in(value, language)
        lines = _lines(value, language)
        begin = f"{_INDENT}{name:{column}}"
        for line in lines:
            yield from _wrapped(line, begin, width)
            begin = " " * len(begin)


def _lines(value: Any, language: str) -> list[str]:
    """Return what is said of an entry: the stages of a rule each on a line of its own, parameters with their defaults."""
    if not value:
        return []
    if isinstance(value, Message):
        return [translate(value, language)]
    if isinstance(value, str):
        return value.split("; ") if " = " in value else [value]
    return [", ".join(f"{name} = {_default(default)}" for name, default in value.items())]


def _default(value: float) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


def _wrapped(line: str, begin: str, width: int) -> list[str]:
    later = " " * len(begin)
    return textwrap.wrap(
        line, width, initial_indent=begin, subsequent_indent=later, break_on_hyphens=False
    )
