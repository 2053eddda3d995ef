"""A table in a CSV file as samples: which columns are inputs, which are what is asked for, classes as numbers.

How a file is written is found out by `lesson/csv_table.py`, what its columns hold by `lesson/csv_columns.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from explainer.lesson.chance import permutation
from explainer.lesson.csv_columns import MOST_CLASSES, CsvTable, wants_one_output_each
from explainer.lesson.csv_samples import usable_names
from explainer.lesson.csv_table import decoded, manner_of
from explainer.lesson.disk import read_bytes
from explainer.lesson.faults import quoted, refused
from explainer.lesson.lesson import Data, Samples
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.messages import Refused, message

TABLE_ENDINGS = (".csv", ".tsv")


class Columns(NamedTuple):
    """Samples from a table: the names of the input columns, and of the classes where what is asked for is one of some."""

    data: Data
    columns: tuple[str, ...]
    classes: tuple[str, ...] = ()


def is_table(name: str) -> bool:
    """Tell whether a file is a table by its ending."""
    return name.lower().endswith(TABLE_ENDINGS)


def read_samples(path: Path, targets: Sequence[str] = (), *, loss: str | None = None) -> Columns:
    """Return the samples of a table; Refused, with one sentence naming line and column, where it is none.

    `targets` names the columns asked for, without it the last one. A column of words names classes, coded as the `loss`
    needs them; so does one of numbers where the loss wants an output for each class.
    """
    place = quoted(path.name)
    content = read_bytes(path, MAX_FILE_BYTES)
    try:
        text, _ = decoded(content)
        return _samples(CsvTable(text, manner_of(text)), targets, loss)
    except Refused as error:
        raise refused(place, error.message) from None


def _samples(table: CsvTable, targets: Sequence[str], loss: str | None) -> Columns:
    names = [name or f"x{index}" for index, name in enumerate(table.header, start=1)]
    if len(set(names)) < len(names):
        raise Refused(message("two columns have the same name"))
    chosen = [*targets] or [names[-1]]
    for name in chosen:
        if name not in names:
            raise Refused(message('no column "{name}"; there are {words}', name=quoted(name), words=quoted(", ".join(names))))  # fmt: skip
    if len(set(chosen)) < len(chosen):
        raise Refused(message("a column is asked for twice"))
    columns = [name for name in names if name not in chosen]
    if not columns:
        raise Refused(message("no column is left for the inputs"))
    at = {name: index for index, name in enumerate(names)}
    rows = range(table.height)
    inputs = table.rows_of_numbers([at[name] for name in columns], rows)
    # As in the window: what the columns are called, where features can use it.
    called = usable_names(columns) if all(table.header) else ()
    target = at[chosen[0]]
    if len(chosen) == 1 and (table.is_of_words(target) or _are_classes(table, target, loss)):
        classes, wanted = table.classes(target, rows, loss)
        return Columns(Data(inputs, wanted, called), tuple(columns), classes)
    wanted = table.rows_of_numbers([at[name] for name in chosen], rows)
    return Columns(Data(inputs, wanted, called), tuple(columns))


def _are_classes(table: CsvTable, column: int, loss: str | None) -> bool:
    """Tell whether the numbers of a column are names of classes: where the error asks for classes, and there are few."""
    numbers = table.numbers(column)
    return (
        wants_one_output_each(loss)
        and None not in numbers
        and 2 <= len({*table.words(column)}) <= MOST_CLASSES
    )


def split(data: Data, share: float, seed: int) -> Data:
    """Return the data with a share of its samples, drawn by chance, held out as test samples: at least one, but for a share of 0."""
    count = len(data.inputs)
    kept = min(count - 1, max(1, round(count * share)))
    if kept < 1 or not share:
        return data
    order = permutation(count, seed, "test")

    def part(places: Sequence[int]) -> Samples:
        places = sorted(places)
        return Samples(
            tuple(data.inputs[place] for place in places),
            tuple(data.targets[place] for place in places),
        )

    rest = part(order[kept:])
    return replace(data, inputs=rest.inputs, targets=rest.targets, test=part(order[:kept]))
