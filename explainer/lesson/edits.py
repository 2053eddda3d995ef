"""Every edit of a lesson is a function from the lesson to a new one; the old one is not touched.

A value that the file format would refuse is refused here too, so that an edited lesson can always be saved.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec.structs import replace

from explainer.lesson.lesson import Lesson, Network, Parameter
from explainer.messages import Refused, message


def set_parameter(lesson: Lesson, name: str, value: float) -> Lesson:
    """Return the lesson with another starting value of one weight or bias; a frozen one stays frozen."""
    return with_parameters(lesson, {name: value})


def with_parameters(lesson: Lesson, values: Mapping[str, float]) -> Lesson:
    """Return the lesson with other starting values of some parameters; KeyError for an unknown name."""
    parameters = dict(lesson.network.parameters)
    for name, value in values.items():
        found = parameters[name]
        number = _finite(value)
        parameters[name] = replace(found, value=number) if isinstance(found, Parameter) else number
    network: Network = replace(lesson.network, parameters=parameters)
    return replace(lesson, network=network)


def set_input(lesson: Lesson, sample: int, column: int, value: float) -> Lesson:
    """Return the lesson with another input; `sample` and `column` count from 0."""
    inputs = _with_cell(lesson.data.inputs, sample, column, value)
    return replace(lesson, data=replace(lesson.data, inputs=inputs))


def set_target(lesson: Lesson, sample: int, column: int, value: float) -> Lesson:
    """Return the lesson with another target; `sample` and `column` count from 0."""
    targets = _with_cell(lesson.data.targets, sample, column, value)
    return replace(lesson, data=replace(lesson.data, targets=targets))


def set_learning_rate(lesson: Lesson, value: float) -> Lesson:
    """Return the lesson with another learning rate; Refused unless it is greater than 0."""
    if _finite(value) <= 0:
        raise Refused(message("The learning rate must be greater than 0."))
    return replace(lesson, update=replace(lesson.update, learning_rate=float(value)))


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise Refused(message("The number must be finite."))
    # Nobody means minus zero; it would make equal lessons write different files.
    return float(value) + 0.0


def _with_cell(
    table: tuple[tuple[float, ...], ...], row: int, column: int, value: float
) -> tuple[tuple[float, ...], ...]:
    if not (0 <= row < len(table) and 0 <= column < len(table[row])):
        raise IndexError(f"no cell [{row}][{column}] in the data")
    cells = (*table[row][:column], _finite(value), *table[row][column + 1 :])
    return (*table[:row], cells, *table[row + 1 :])
