"""What the input neurons receive: the given columns that the network sees, then the computed ones.

Everything that speaks of the inputs of a sample asks here. Without computed columns a row is handed on as it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from explainer.lesson.lesson import Arithmetic, Data, Feature, Lesson

if TYPE_CHECKING:
    from explainer.maths.column import Column

Row = tuple[float, ...]
EXACT = Arithmetic()
# Every sample of the largest lesson, and the test samples of another.
_REMEMBERED = 1 << 15


def inputs_of(lesson: Lesson, sample: int) -> Row:
    """Return what the input neurons receive in a sample, in their order."""
    return received(lesson, lesson.data.inputs[sample])


def received(lesson: Lesson, row: Row) -> Row:
    """Return what the input neurons receive where these are the given columns."""
    return received_in(lesson.data, row, lesson.arithmetic)


def received_in(data: Data, row: Row, arithmetic: Arithmetic = EXACT) -> Row:
    """Return the same for data without a lesson."""
    if data.columns is None and not data.features:
        return row
    return _received(row, seen_columns(data), column_names(data), data.features, arithmetic)


def column_names(data: Data) -> tuple[str, ...]:
    """Return what the given columns are called, x1, x2 … where they have no names."""
    width = len(data.inputs[0]) if data.inputs else 0
    return data.names or _positions(width)


def seen_columns(data: Data) -> tuple[int, ...]:
    """Return which given columns the network sees, from 0, in the order of their input neurons."""
    names = column_names(data)
    if data.columns is None:
        return tuple(range(len(names)))
    return _places(data.columns, names)


def given_column(data: Data, place: int) -> int | None:
    """Return the given column that the input neuron at this place takes; None where its column is computed."""
    if data.columns is None and not data.features:
        return place
    seen = seen_columns(data)
    return seen[place] if place < len(seen) else None


def computed_column(feature: Feature, data: Data) -> Column:
    """Return a feature ready to be computed and printed; Refused with one sentence where it cannot be read."""
    return _column(feature.expression, column_names(data))


def _column(expression: str, names: tuple[str, ...]) -> Column:
    # Imported here: reading formulas takes rooms that most lessons do without; they would cost the first frame.
    from explainer.maths.column import column_of

    return column_of(expression, names)


@lru_cache(maxsize=64)
def _positions(width: int) -> tuple[str, ...]:
    return tuple(f"x{place}" for place in range(1, width + 1))


@lru_cache(maxsize=64)
def _places(wanted: tuple[str, ...], names: tuple[str, ...]) -> tuple[int, ...]:
    from explainer.maths.expression import positions_of

    places = positions_of(names)
    return tuple(places[name] for name in wanted)


@lru_cache(maxsize=_REMEMBERED)
def _received(
    row: Row,
    seen: tuple[int, ...],
    names: tuple[str, ...],
    features: tuple[Feature, ...],
    arithmetic: Arithmetic,
) -> Row:
    given = tuple(row[place] for place in seen)
    columns = [_column(feature.expression, names) for feature in features]
    if arithmetic.mode == "exact":
        return given + tuple(column.value(row) for column in columns)
    from explainer.lesson.rounding import Rounding

    rounding = Rounding(arithmetic)
    return given + tuple(rounding.rounded(column.precise_value(row)) for column in columns)
