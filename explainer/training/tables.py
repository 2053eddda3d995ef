"""A table in a CSV file as samples: which columns are inputs, which are what is asked for, classes as numbers.

How a file is written is found out by `lesson/csv_table.py`; here cells may also be words, the names of classes.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from explainer.lesson.chance import permutation
from explainer.lesson.csv_table import Manner, manner_of, read_text
from explainer.lesson.faults import quoted, refused
from explainer.lesson.lesson import Data, Samples
from explainer.lesson.limits import MAX_NEURONS, MAX_SAMPLES
from explainer.maths.losses import LOSSES
from explainer.messages import message

TABLE_ENDINGS = (".csv", ".tsv")
_MOST_CLASSES = 100


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

    `targets` names the columns asked for, without it the last one. A column of texts, or any column where the `loss` is a
    cross-entropy with more than two values, is one of several classes: two become 0 and 1 (−1 and 1 for hinge), more an
    output for each.
    """
    header, rows = _rows(path)
    place = quoted(path.name)
    chosen = list(targets) or [header[-1]]
    for name in chosen:
        if name not in header:
            fault = message('no column "{name}"; there are {words}', name=quoted(name), words=quoted(", ".join(header)))  # fmt: skip
            raise refused(place, fault)
    columns = [name for name in header if name not in chosen]
    if not columns:
        raise refused(place, message("no column is left for the inputs"))
    at = {name: index for index, name in enumerate(header)}
    inputs = tuple(
        tuple(_number(row[at[name]], place, line, name) for name in columns) for line, row in rows
    )
    texts = [tuple(row[at[name]] for name in chosen) for _, row in rows]
    classes = _classes([row[0] for row in texts], loss) if len(chosen) == 1 else ()
    if classes:
        wanted = tuple(_coded(row[0], classes, loss) for row in texts)
    else:
        wanted = tuple(
            tuple(_number(text, place, line, name) for text, name in zip(row, chosen, strict=True))
            for (line, _), row in zip(rows, texts, strict=True)
        )
    return Columns(Data(inputs, wanted), tuple(columns), classes)


def split(data: Data, share: float, seed: int) -> Data:
    """Return the data with a share of its samples, drawn by chance, held out as test samples."""
    count = len(data.inputs)
    kept = min(count - 1, round(count * share))
    if kept < 1:
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


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the names of the columns and the rows with the numbers of their lines."""
    place = quoted(path.name)
    text, _ = read_text(path)
    manner = manner_of(text)
    try:
        reader = csv.reader(text.splitlines(), delimiter=manner.delimiter, skipinitialspace=True)
        rows = [
            (reader.line_num, [_plain(cell, manner) for cell in row])
            for row in reader
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        raise refused(place, message("this is not a table of columns")) from None
    if not rows:
        raise refused(place, message("the file is empty"))
    header = [f"x{index}" for index in range(1, len(rows[0][1]) + 1)]
    if not any(map(_is_number, rows[0][1])):
        header = rows.pop(0)[1]
    _check_shape(header, rows, place)
    return header, rows


def _plain(cell: str, manner: Manner) -> str:
    """Return a cell without space around it, a number with a decimal comma as one with a point."""
    text = cell.strip()
    pointed = text.replace(",", ".", 1)
    return pointed if manner.decimal_comma and _is_number(pointed) else text


def _check_shape(header: list[str], rows: list[tuple[int, list[str]]], place: str) -> None:
    if len(set(header)) < len(header):
        raise refused(place, message("two columns have the same name"))
    if not 2 <= len(header) <= MAX_NEURONS:
        fault = message("a table has from 2 to {limit} columns", limit=MAX_NEURONS)
        raise refused(place, fault)
    if not 1 <= len(rows) <= MAX_SAMPLES:
        fault = message("a table has from 1 to {limit} rows", limit=MAX_SAMPLES)
        raise refused(place, fault)
    for line, row in rows:
        if len(row) != len(header):
            fault = message("line {line} has {found} cells, not {wanted}", line=line, found=len(row), wanted=len(header))  # fmt: skip
            raise refused(place, fault)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _number(text: str, place: str, line: int, column: str) -> float:
    if not _is_number(text):
        fault = message('line {line}, column "{column}": "{text}" is not a number', line=line, column=quoted(column), text=quoted(text))  # fmt: skip
        raise refused(place, fault)
    return float(text) + 0.0


def _classes(texts: list[str], loss: str | None) -> tuple[str, ...]:
    """Return the classes a column tells apart, in order; nothing where it holds numbers to be met."""
    found = sorted(
        set(texts), key=lambda text: (float(text), "") if _is_number(text) else (0.0, text)
    )
    numbers = all(map(_is_number, texts))
    if numbers and not (_wants_one_output_each(loss) and len(found) <= _MOST_CLASSES):
        return ()
    return tuple(found) if 2 <= len(found) <= _MOST_CLASSES else ()


def _coded(text: str, classes: tuple[str, ...], loss: str | None) -> tuple[float, ...]:
    if len(classes) == 2 and not _wants_one_output_each(loss):
        row = LOSSES.get(loss or "")
        low, high = (row and row.classes) or (0.0, 1.0)
        return (high if text == classes[1] else low,)
    return tuple(float(text == one) for one in classes)


def _wants_one_output_each(loss: str | None) -> bool:
    row = LOSSES.get(loss or "")
    return row is not None and row.wants_one_output_each
