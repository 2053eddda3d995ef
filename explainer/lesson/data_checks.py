"""Whether the samples fit the network: rows of the right length, names of columns, features that have a value everywhere."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from explainer.lesson.entries import check_count, check_finite, check_name
from explainer.lesson.faults import quoted, refused
from explainer.lesson.lesson import Data, Network
from explainer.lesson.limits import MAX_FEATURE_OPERATIONS, MAX_NEURONS, MAX_SAMPLES
from explainer.messages import Message, Refused, message

_Rows = tuple[tuple[float, ...], ...]
_POSITION = r"x[0-9]+"


def check_data(data: Data, network: Network) -> None:
    """Raise Refused, naming the place, unless the samples can be given to the network."""
    check_count(len(data.inputs), MAX_SAMPLES, "data.inputs")
    inputs, outputs = len(network.of_role("input")), len(network.of_role("output"))
    width = _given_width(data, inputs)
    _check_samples(data.inputs, data.targets, "data", (width, outputs))
    _check_names(data, width)
    if data.test is not None:
        count = len(data.inputs) + len(data.test.inputs)
        check_count(count, MAX_SAMPLES, "data.test.inputs")
        _check_samples(data.test.inputs, data.test.targets, "data.test", (width, outputs))
    if data.features:
        _check_features(data)


def _given_width(data: Data, inputs: int) -> int:
    """Return how long the rows must be, so that what the network sees of them and the features feed its input neurons."""
    features = len(data.features)
    check_count(features, MAX_NEURONS, "data.features")
    if data.columns is None:
        if features > inputs:
            raise _too_few(features, inputs, "data.features")
        return inputs - features
    if len(data.columns) + features != inputs:
        raise _too_few(len(data.columns) + features, inputs, "data.columns")
    return len(data.names) or len(data.inputs[0] if data.inputs else ())


def _too_few(found: int, inputs: int, place: str) -> Refused:
    fault = message(
        "columns and features make {found} inputs, the network has {wanted} input neurons",
        found=found,
        wanted=inputs,
    )
    return refused(place, fault)


def _check_samples(inputs: _Rows, targets: _Rows, place: str, widths: tuple[int, int]) -> None:
    if not inputs:
        raise refused(f"{place}.inputs", message("there is no sample"))
    if len(targets) != len(inputs):
        fault = message(
            "{found} rows for {wanted} rows of inputs", found=len(targets), wanted=len(inputs)
        )
        raise refused(f"{place}.targets", fault)
    _check_rows(inputs, widths[0], f"{place}.inputs")
    _check_rows(targets, widths[1], f"{place}.targets")


def _check_rows(rows: _Rows, width: int, place: str) -> None:
    for index, row in enumerate(rows):
        if len(row) != width:
            fault = message(
                "the row has length {found}, the network needs {wanted}",
                found=len(row),
                wanted=width,
            )
            raise refused(f"{place}[{index}]", fault)
        if not all(map(math.isfinite, row)):
            for column, value in enumerate(row):
                check_finite(value, f"{place}[{index}][{column}]")


def _check_names(data: Data, width: int) -> None:
    if data.names:
        if len(data.names) != width:
            fault = message(
                "{found} names for {wanted} columns", found=len(data.names), wanted=width
            )
            raise refused("data.names", fault)
        _check_unique(data.names, "data.names")
        for place, name in enumerate(data.names):
            _check_column_name(name, place)
    if data.columns is None:
        return
    from explainer.lesson.inputs import column_names
    from explainer.maths.expression import positions_of

    positions = positions_of(column_names(data))
    seen: dict[int, str] = {}
    for place, name in enumerate(data.columns):
        if name not in positions:
            fault = message('no column "{name}"', name=quoted(name))
            raise refused(f"data.columns[{place}]", fault)
        if positions[name] in seen:
            fault = message('"{name}" stands there twice', name=name)
            raise refused(f"data.columns[{place}]", fault)
        seen[positions[name]] = name


def _check_column_name(name: str, place: int) -> None:
    from explainer.maths.expression import may_be_variable

    where = f"data.names[{place}]"
    check_name(name, where)
    misleading = re.fullmatch(_POSITION, name) and name != f"x{place + 1}"
    if misleading or not may_be_variable(name):
        fault = message('"{name}" cannot be the name of a column', name=quoted(name))
        raise refused(where, fault)


def _check_unique(names: Sequence[str], place: str, among: Sequence[str] = ()) -> None:
    seen = set(among)
    for index, name in enumerate(names):
        if name in seen:
            fault = message('"{name}" stands there twice', name=quoted(name))
            raise refused(f"{place}[{index}]", fault)
        seen.add(name)


def _check_features(data: Data) -> None:
    """Raise Refused unless every feature can be read and is a number in every sample."""
    # Imported here: reading formulas takes rooms that most lessons do without; they would cost the first frame.
    from explainer.lesson.inputs import column_names, computed_column
    from explainer.maths.trees import Apply, walk

    rows = data.inputs + (data.test.inputs if data.test is not None else ())
    operations = 0
    _check_unique([each.name for each in data.features], "data.features", column_names(data))
    for index, feature in enumerate(data.features):
        place = f"data.features[{index}]"
        check_name(feature.name, f"{place}.name")
        try:
            column = computed_column(feature, data)
        except Refused as error:
            raise refused(f"{place}.expression", error.message) from None
        operations += sum(isinstance(part, Apply) for part in walk(column.tree)) * len(rows)
        if operations > MAX_FEATURE_OPERATIONS:
            fault = message(
                "the features would take more than {limit} operations in all samples",
                limit=MAX_FEATURE_OPERATIONS,
            )
            raise refused("data.features", fault)
    check_values(data)


def check_values(data: Data, rows: Sequence[int] | None = None) -> None:
    """Raise Refused where a feature has no finite value in one of these samples, by default in any; test samples come last."""
    # The values are remembered: whoever needs them next has them already.
    from explainer.lesson.inputs import received_in

    everything = data.inputs + (data.test.inputs if data.test is not None else ())
    chosen = everything if rows is None else [everything[row] for row in rows]
    first = -len(data.features)
    for number, row in enumerate(chosen):
        values = received_in(data, row)[first:]
        if not all(map(math.isfinite, values)):
            index = [math.isfinite(value) for value in values].index(False)
            fault = _not_finite(data, number if rows is None else rows[number])
            raise refused(f"data.features[{index}]", fault)


def _not_finite(data: Data, place: int) -> Message:
    """Say in which sample, counted from 1; test samples are counted by themselves."""
    count = len(data.inputs)
    if place < count:
        return message("in sample {number} it is not a finite number", number=place + 1)
    return message("in test sample {number} it is not a finite number", number=place - count + 1)
