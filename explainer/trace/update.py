"""From derivatives to new parameters: the gradient over the batch, then the rule."""

from __future__ import annotations

from explainer.maths import operations
from explainer.trace.record import Run


def update_parameters(run: Run, depth: int, names: list[str]) -> None:
    """Reduce the gradients of some parameters over the batch and update them; remember when."""
    if names:
        run.update_order.append((depth, names))
    lesson = run.lesson
    count = len(run.graph.samples)
    rule = operations.update(lesson.update.choice.name, lesson.update.choice.parameters)
    for name in names:
        gradient = run.sum_of_terms(run.graph.parameter[name])
        run.adjoints[run.graph.parameter[name]] = gradient
        if count > 1 and lesson.loss.reduction == "mean":
            gradient = run.calculator.value(
                operations.batch(count, "mean"), [gradient, *[0.0] * (count - 1)]
            )
        run.gradients[name] = gradient
        value = run.start.parameters[name]
        if lesson.network.is_trainable(name):
            arguments = (value, gradient, lesson.update.learning_rate, float(run.pass_index + 1))
            value = run.calculator.value(rule["parameter"], arguments)
        run.end.parameters[name] = value
