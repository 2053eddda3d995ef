"""Every edit of a lesson is a function from the lesson to a new one; the old one is not touched.

A value that the file format would refuse is refused here too, so that an edited lesson can always be saved.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec.structs import replace

from explainer.lesson.inputs import given_column
from explainer.lesson.lesson import Expression, Lesson, Network, Parameter
from explainer.messages import Refused, message

_NEW_VALUE = 1.0


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
    """Return the lesson with another input; `sample` and `column` (of the input neurons) count from 0.

    Refused for a computed column, and where a computed column would have no value.
    """
    given = given_column(lesson.data, column)
    if given is None:
        raise Refused(message("This column is computed from the others; change those."))
    inputs = _with_cell(lesson.data.inputs, sample, given, value)
    data = replace(lesson.data, inputs=inputs)
    if data.features:
        # Imported here: most lessons compute no column.
        from explainer.lesson.data_checks import check_values

        check_values(data, [sample])
    return replace(lesson, data=data)


def set_target(lesson: Lesson, sample: int, column: int, value: float) -> Lesson:
    """Return the lesson with another target; `sample` and `column` count from 0."""
    targets = _with_cell(lesson.data.targets, sample, column, value)
    return replace(lesson, data=replace(lesson.data, targets=targets))


def set_expression_value(lesson: Lesson, name: str, value: float) -> Lesson:
    """Return the lesson with another value of a variable of its formula; KeyError for an unknown name."""
    expression = _expression_of(lesson)
    if name not in expression.values:
        raise KeyError(name)
    values = {**expression.values, name: _finite(value)}
    return replace(lesson, expression=replace(expression, values=values))


def set_formula(lesson: Lesson, formula: str) -> Lesson:
    """Return the lesson with another formula; Refused with one sentence where it cannot be read.

    Variables it shares with the old formula keep their values, new ones start at 1, those it does without are dropped.
    """
    # Imported here: most lessons have no formula, and reading one would cost the first frame.
    from explainer.maths.expression import assigned_names, parse_formula
    from explainer.maths.trees import CONSTANTS

    old = _expression_of(lesson).values
    # A variable named e or pi hides the constant as long as the formula has it.
    hiding = frozenset(old) & frozenset(CONSTANTS) - assigned_names(formula)
    values = {name: old.get(name, _NEW_VALUE) for name in parse_formula(formula, hiding).variables}
    return replace(lesson, expression=Expression(formula, values))


def _expression_of(lesson: Lesson) -> Expression:
    if lesson.expression is None:
        raise ValueError("the lesson is about a network")
    return lesson.expression


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
