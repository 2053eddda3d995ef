"""Samples from the columns of a table that somebody has chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from explainer.lesson.csv_columns import CsvTable
from explainer.lesson.faults import quoted
from explainer.lesson.lesson import Data
from explainer.maths.characters import is_name
from explainer.maths.numbers import shown
from explainer.messages import Message, Refused, message

_LONGEST_CLASS = 24


class Chosen(NamedTuple):
    """Samples, and the classes in order where the target was a column of words."""

    data: Data
    classes: tuple[str, ...] = ()


def lacking_rows(table: CsvTable, columns: Sequence[int]) -> int:
    """Return in how many rows a cell of these columns is empty."""
    return table.height - len(table.full_rows(columns))


def samples_of(
    table: CsvTable,
    inputs: Sequence[int],
    targets: Sequence[int],
    loss: str,
    *,
    skips: bool = False,
) -> Chosen:
    """Return the samples of these columns, without the rows that lack something where it `skips` them.

    Words as the only target are classes, coded as the `loss` needs them. Refused where there is no input or no target, and
    by line and column of the first cell that cannot be used.
    """
    if not inputs:
        raise Refused(message("Choose at least one column as input."))
    if not targets:
        raise Refused(message("Choose at least one column as target."))
    rows = table.full_rows((*inputs, *targets)) if skips else range(table.height)
    given = table.rows_of_numbers(inputs, rows)
    names = usable_names([table.header[place] for place in inputs])
    if not any(map(table.is_of_words, targets)):
        return Chosen(Data(given, table.rows_of_numbers(targets, rows), names))
    if len(targets) > 1:
        raise Refused(message("A column of words can be a target only on its own."))
    classes, wanted = table.classes(targets[0], rows, loss)
    return Chosen(Data(given, wanted, names), classes)


def usable_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a header where features can use all of them as they are, else none."""
    from explainer.maths.expression import may_be_variable

    usable = all(
        is_name(name)
        and may_be_variable(name)
        and (not re.fullmatch(r"x[0-9]+", name) or name == f"x{place}")
        for place, name in enumerate(header, start=1)
    )
    return tuple(header) if usable and len(set(header)) == len(header) else ()


def legend(chosen: Chosen, language: str) -> Message:
    """Return what stands for each class, as a sentence."""
    names = [quoted(name, _LONGEST_CLASS) for name in chosen.classes]
    if len(chosen.data.targets[0]) > 1:
        return message("One output for each class: {names}", names=", ".join(names))
    numbers = sorted({target for (target,) in chosen.data.targets})
    pairs = zip(numbers, names, strict=True)
    words = ", ".join(f"{name} = {shown(number, 1, language)}" for number, name in pairs)
    return message("Classes: {names}", names=words)
