"""What the menus say about rows of the tables and their parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from explainer.lesson.choice import Choice
from explainer.maths.letters import letter
from explainer.messages import Message, message

# Parameters that have no letter in a formula.
_WORDS = {
    "gain": message("gain"),
    "high": message("upper end"),
    "low": message("lower end"),
    "lower": message("least slope"),
    "mean": message("mean"),
    "upper": message("largest slope"),
    "value": message("value"),
}


class _Described(Protocol):
    @property
    def range(self) -> Message | None: ...
    @property
    def convention(self) -> Message | None: ...


def parameter_label(name: str) -> Message:
    """Return what a row's own parameter is called beside its number."""
    return _WORDS.get(name) or message("{symbol}", symbol=letter(name).text)


def row_notes(row: _Described) -> tuple[Message, ...]:
    """Return the range of an activation, where it saturates, and its convention at kinks."""
    notes: list[Message] = []
    saturation = getattr(row, "saturation", None)
    if row.range is not None and saturation is not None:
        notes.append(
            message("Values: {range}; {saturation}.", range=row.range, saturation=saturation)
        )
    elif row.range is not None:
        notes.append(message("Values: {range}.", range=row.range))
    if row.convention is not None:
        notes.append(row.convention)
    return tuple(notes)


def stated(choice: Choice, defaults: Mapping[str, float]) -> dict[str, float]:
    """Return the parameters of a choice, those left at their defaults included."""
    return {**defaults, **dict(choice.parameters)}


def with_parameter(choice: Choice, name: str, value: float) -> Choice:
    """Return a choice with another number for one parameter."""
    return Choice(choice.name, {**dict(choice.parameters), **dict(choice.named), name: value})
