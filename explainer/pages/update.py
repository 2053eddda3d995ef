"""What is told about an update: the rule in symbols, with numbers, the new value."""

from __future__ import annotations

from explainer.maths import operations
from explainer.maths.printed import Printed
from explainer.pages.names import Names, derivative
from explainer.pages.page import Row
from explainer.pages.rows import result_row, row
from explainer.trace.steps import Step


def update_rows(names: Names, step: Step) -> tuple[Row, ...]:
    """Return the lines of one parameter's update."""
    run = names.run
    choice = run.lesson.update.choice
    operation = operations.update(choice.name, choice.parameters)["parameter"]
    weight, gradient = run.start.parameters[step.subject], run.gradients[step.subject]
    values = [weight, gradient, run.lesson.update.learning_rate, float(run.pass_index + 1)]
    time = Printed("t", "t")
    symbol = names.parameter(step.subject)
    symbols = [symbol, derivative(names.error(), symbol), names.learning_rate(), time]
    left = names.new_parameter(step.subject)
    shown = values[:3]
    return (
        row("rule", left, operation.formula(symbols, names.language)),
        row(
            "numbers",
            left,
            operation.formula([names.number(value) for value in values], names.language, values),
            exact=not names.hides(shown),
        ),
        result_row(names, left, step.value),
    )
