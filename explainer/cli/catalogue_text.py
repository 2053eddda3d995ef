"""The catalogue as tables for the terminal."""

from __future__ import annotations

from typing import Any

from explainer.cli.table import table
from explainer.messages import message, translate

_TITLES = {
    "activations": message("Activations"),
    "losses": message("Losses (one output)"),
    "updates": message("Update rules"),
    "penalties": message("Penalties"),
    "initialisers": message("Initialisers"),
    "schedules": message("Schedules of the learning rate"),
}
_COLUMNS = {
    "name": message("name"),
    "formula": message("formula"),
    "derivative": message("derivative"),
    "parameters": message("parameters"),
    "source": message("source"),
}


def catalogue_text(catalogue: dict[str, list[dict[str, Any]]], language: str) -> str:
    """Return one table per kind of entry; kinds and columns without content are left out."""
    parts = []
    for kind, rows in catalogue.items():
        if rows:
            columns = [name for name in _COLUMNS if any(row.get(name) for row in rows)]
            header = [translate(_COLUMNS[name], language) for name in columns]
            cells = [[_cell(row.get(name)) for name in columns] for row in rows]
            parts.append(f"{translate(_TITLES[kind], language)}\n\n{table(header, cells)}")
    return "\n\n".join(parts)


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {default:g}" for name, default in value.items())
    return str(value or "")
