"""What is told about an update: the learning rate, each stage of the rule in symbols, with numbers, its result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explainer.maths import update_operations
from explainer.maths.operation import Operation
from explainer.maths.printed import Printed
from explainer.maths.updates import UPDATES
from explainer.messages import Message, message
from explainer.pages.names import TIME, Names, derivative
from explainer.pages.page import Row
from explainer.pages.rows import result_row, row
from explainer.trace.arithmetic import is_unrounded
from explainer.trace.batches import epoch_of
from explainer.trace.steps import Step
from explainer.trace.update import update_arguments


def update_rows(names: Names, step: Step) -> tuple[Row, ...]:
    """Return the lines of one parameter's update."""
    run, choice = names.run, names.run.lesson.update.choice
    rows = list(learning_rate_rows(names))
    values = update_arguments(run, step.subject)
    symbols = _symbols(names, step.subject)
    for stage, operation in update_operations.stages(choice.name, choice.parameters):
        left = names.stage(stage, step.subject)
        result = run.stages[step.subject][stage.name]
        rows += operation_rows(names, left, operation, symbols, values, result)
        values.append(result)
        symbols.append(left)
    return tuple(rows)


def update_reason(names: Names) -> Message:
    """Say what the rule does."""
    idea = UPDATES[names.run.lesson.update.choice.name].idea
    return idea._replace(arguments=(("eta", names.learning_rate()),))


def update_notes(names: Names) -> list[Message]:
    """Return the quiet remarks under an update: what t is."""
    if not UPDATES[names.run.lesson.update.choice.name].counts:
        return []
    number = names.number(float(names.run.graph.pass_number + 1))
    return [message("{t} counts the passes; this is pass {number}.", t=TIME, number=number)]


def learning_rate_rows(names: Names) -> Iterator[Row]:
    """Yield how the schedule makes the learning rate of this epoch, nothing where it is constant."""
    run, update = names.run, names.run.lesson.update
    if update.schedule.name == "constant":
        return
    operation = update_operations.learning_rate(update.schedule.name, update.schedule.parameters)
    values = [update.learning_rate, float(epoch_of(run.lesson, run.pass_index))]
    symbols = [names.first_learning_rate(), Printed("k", "k")]
    yield from operation_rows(
        names, names.learning_rate(), operation, symbols, values, run.learning_rate
    )


def operation_rows(
    names: Names,
    left: Printed,
    operation: Operation,
    symbols: Sequence[Printed],
    values: Sequence[float],
    result: float,
) -> tuple[Row, ...]:
    """Return rule, numbers and result of an operation."""
    numbers = [names.number(value) for value in values]
    in_numbers = operation.formula(numbers, names.language, values)
    written = [
        value for value, shown in zip(values, numbers, strict=True) if shown.text in in_numbers.text
    ]
    by_hand = names.run.lesson.arithmetic.mode == "rounded"
    exactly = not by_hand or is_unrounded(operation, values, result)
    return (
        row("rule", left, operation.formula(symbols, names.language)),
        row("numbers", left, in_numbers, exact=not names.hides(written)),
        result_row(names, left, result, exact=exactly),
    )


def _symbols(names: Names, parameter: str) -> list[Printed]:
    """Return the symbols of what the first stage starts from: w, ∂E/∂w, η, t, the memory cells."""
    symbol = names.parameter(parameter)
    clipped = parameter in names.run.clipped
    gradient = (
        names.clipped_gradient(parameter) if clipped else derivative(names.objective(), symbol)
    )
    cells = UPDATES[names.run.lesson.update.choice.name].memory
    return [
        symbol,
        gradient,
        names.learning_rate(),
        TIME,
        *(names.cell(cell, parameter) for cell in cells),
    ]
