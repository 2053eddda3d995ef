"""Edits of the samples: cells, rows, noise, test samples, a whole new table.

As everywhere an edit is a function from the lesson to a new one, and refuses what the file format would refuse. Rows are
counted through: first the samples that are trained with, then the test samples. Columns are counted through too: first
the given ones, then the targets.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from msgspec.structs import replace

from explainer.lesson.adapting import adapted_to
from explainer.lesson.chance import normal, permutation
from explainer.lesson.checks import check_lesson
from explainer.lesson.data_checks import check_data, check_values
from explainer.lesson.entries import check_count
from explainer.lesson.lesson import Data, Lesson, Samples
from explainer.lesson.limits import MAX_SAMPLES
from explainer.messages import Refused, message

# Noise is rounded to a hundredth of its standard deviation, so that the numbers stay short.
_NOISE_DIGITS = 2


class DataRow(NamedTuple):
    """One sample: its given columns, its targets, whether it is a test sample."""

    inputs: tuple[float, ...]
    targets: tuple[float, ...]
    is_test: bool


def data_rows(data: Data) -> list[DataRow]:
    """Return all samples, test samples last."""
    rows = [DataRow(*pair, False) for pair in zip(data.inputs, data.targets, strict=True)]
    if data.test is not None:
        tests = zip(data.test.inputs, data.test.targets, strict=True)
        rows += [DataRow(*pair, True) for pair in tests]
    return rows


def set_cells(
    lesson: Lesson, row: int, column: int, block: Sequence[Sequence[float | None]]
) -> Lesson:
    """Return the lesson with a block of numbers put in from a cell on; None leaves a cell as it is.

    Rows are added where the block reaches below the last one, the rest of them 0. Refused where it is too wide.
    """
    data = lesson.data
    inputs, targets = list(data.inputs), list(data.targets)
    training = len(inputs)
    if data.test is not None:
        inputs += data.test.inputs
        targets += data.test.targets
    count = len(inputs)
    check_count(max(count, row + len(block)), MAX_SAMPLES, "data.inputs")
    width = len(inputs[0])
    _check_width(max(map(len, block), default=0), width + len(targets[0]) - column)
    for _ in range(row + len(block) - count):
        inputs.append((0.0,) * width)
        targets.append((0.0,) * len(targets[0]))
    for place, line in enumerate(block, start=row):
        cells = [*inputs[place], *targets[place]]
        for at, value in enumerate(line, start=column):
            if value is not None:
                cells[at] = _number(value)
        inputs[place], targets[place] = tuple(cells[:width]), tuple(cells[width:])
    # New rows belong to the part of the table that ends it.
    end = training if data.test is not None else len(inputs)
    test = None if data.test is None else Samples(tuple(inputs[end:]), tuple(targets[end:]))
    changed = replace(data, inputs=tuple(inputs[:end]), targets=tuple(targets[:end]), test=test)
    if len(inputs) > count:
        return _checked(replace(lesson, data=changed))
    if data.features:
        # The other rows are as they were; of a large table checking all of them would be felt.
        check_values(changed, range(row, row + len(block)))
    return replace(lesson, data=changed)


def _check_width(width: int, room: int) -> None:
    if width > room:
        raise Refused(
            message(
                "The block is {width} columns wide; from here there is room for {room}.",
                width=width,
                room=max(room, 0),
            )
        )


def insert_rows(lesson: Lesson, at: int, count: int = 1) -> Lesson:
    """Return the lesson with more samples from row `at` on, each like the one before it, which surely suits the network."""
    rows = data_rows(lesson.data)
    check_count(len(rows) + count, MAX_SAMPLES, "data.inputs")
    at = min(max(at, 0), len(rows))
    rows[at:at] = [rows[max(at - 1, 0)]] * count
    return _with_rows(lesson, rows)


def delete_rows(lesson: Lesson, gone: Collection[int]) -> Lesson:
    """Return the lesson without some samples; Refused where none would be left to train with."""
    chosen = set(gone)
    return _with_rows(
        lesson, [row for place, row in enumerate(data_rows(lesson.data)) if place not in chosen]
    )


def move_rows(lesson: Lesson, moved: Collection[int], by: int) -> Lesson:
    """Return the lesson with some samples moved up (−1) or down (1) past their neighbour; not out of their part of the table."""
    rows = data_rows(lesson.data)
    chosen = set(moved)
    order = list(range(len(rows)))
    places = range(len(rows)) if by < 0 else range(len(rows) - 1, -1, -1)
    for place in places:
        other = place + by
        if order[place] not in chosen or not 0 <= other < len(rows):
            continue
        if order[other] in chosen or rows[order[other]].is_test != rows[order[place]].is_test:
            continue
        order[place], order[other] = order[other], order[place]
    return _with_rows(lesson, [rows[place] for place in order])


def swap_rows(lesson: Lesson, one: int, other: int) -> Lesson:
    """Return the lesson with two samples in each other's place."""
    rows = data_rows(lesson.data)
    rows[one], rows[other] = rows[other], rows[one]
    return _with_rows(lesson, rows)


def set_test(lesson: Lesson, chosen: Collection[int], *, is_test: bool) -> Lesson:
    """Return the lesson with some samples held out, or trained with again; Refused where none would be left."""
    wanted = set(chosen)
    rows = [
        row._replace(is_test=is_test) if place in wanted else row
        for place, row in enumerate(data_rows(lesson.data))
    ]
    return _with_rows(lesson, rows)


def split_test(lesson: Lesson, count: int, seed: int) -> Lesson:
    """Return the lesson with so many of all its samples held out, drawn by chance; 0 holds none out."""
    rows = data_rows(lesson.data)
    held_out = set(permutation(len(rows), seed, "test split")[:count])
    return _with_rows(
        lesson, [row._replace(is_test=place in held_out) for place, row in enumerate(rows)]
    )


def add_noise(
    lesson: Lesson, part: Literal["inputs", "targets"], deviation: float, seed: int
) -> Lesson:
    """Return the lesson with normal noise of mean 0 added to what is trained with; the same seed adds the same.

    Refused unless the standard deviation is greater than 0.
    """
    if not math.isfinite(deviation) or deviation <= 0:
        raise Refused(message("The standard deviation must be greater than 0."))
    decimals = min(max(_NOISE_DIGITS - math.floor(math.log10(deviation)), 0), 300)
    table: tuple[tuple[float, ...], ...] = getattr(lesson.data, part)
    noisy = tuple(
        tuple(
            _plus(value, round(deviation * normal(seed, "noise", part, row, column), decimals))
            for column, value in enumerate(cells)
        )
        for row, cells in enumerate(table)
    )
    data: Data = replace(lesson.data, **{part: noisy})
    return _checked(replace(lesson, data=data))


def replace_data(lesson: Lesson, data: Data, *, adapt: bool = False) -> Lesson:
    """Return the lesson with a whole new table; computed columns stay where the new columns allow them.

    Refused where the network has other numbers of inputs and outputs, unless it may be adapted.
    """
    old = lesson.data
    kept = replace(data, features=old.features, columns=old.columns)
    for candidate in (kept, replace(data, features=old.features), data):
        changed = adapted_to(lesson, candidate) if adapt else lesson
        try:
            check_data(candidate, changed.network)
        except Refused:
            continue
        return _checked(replace(changed, data=candidate))
    network = lesson.network
    if not adapt:
        _refuse_widths(data, len(network.of_role("input")), len(network.of_role("output")))
    return _checked(replace(lesson, data=data))


def _refuse_widths(data: Data, inputs: int, outputs: int) -> None:
    found = (len(data.inputs[0]), len(data.targets[0]))
    if found != (inputs, outputs):
        raise Refused(
            message(
                "The table has {columns} input and {targets} target columns;"
                " the network has {inputs} inputs and {outputs} outputs.",
                columns=found[0],
                targets=found[1],
                inputs=inputs,
                outputs=outputs,
            )
        )


def _with_rows(lesson: Lesson, rows: Sequence[DataRow]) -> Lesson:
    """Return the lesson with these samples; Refused where none is left to train with, or they do not suit it."""
    data = _with_samples(lesson.data, rows)
    if len(data.inputs) == len(lesson.data.inputs):
        check_data(data, lesson.network)
        return replace(lesson, data=data)
    return _checked(replace(lesson, data=data))


def _with_samples(data: Data, rows: Sequence[DataRow]) -> Data:
    training = [row for row in rows if not row.is_test]
    tests = [row for row in rows if row.is_test]
    if not training:
        raise Refused(message("At least one sample must be left to train with."))
    test = Samples(*_columns(tests)) if tests else None
    inputs, targets = _columns(training)
    changed: Data = replace(data, inputs=inputs, targets=targets, test=test)
    return changed


def _columns(
    rows: Sequence[DataRow],
) -> tuple[tuple[tuple[float, ...], ...], tuple[tuple[float, ...], ...]]:
    return tuple(row.inputs for row in rows), tuple(row.targets for row in rows)


def _number(value: float) -> float:
    if not math.isfinite(value):
        raise Refused(message("The number must be finite."))
    return float(value) + 0.0


def _plus(value: float, noise: float) -> float:
    """Add as one does on paper: 0.1 and 0.2 are 0.3."""
    return float(Decimal(repr(value)) + Decimal(repr(noise))) + 0.0


def _checked(lesson: Lesson) -> Lesson:
    check_lesson(lesson)
    return lesson
