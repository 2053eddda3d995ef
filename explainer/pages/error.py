"""What is told about the error as a whole: the penalties, and the batch with everything added."""

from __future__ import annotations

from explainer.lesson.choice import Choice
from explainer.maths import update_operations
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.printed import Printed
from explainer.messages import Message, message
from explainer.pages import phrases
from explainer.pages.names import Names, piece
from explainer.pages.page import Row
from explainer.pages.quantity import Quantities
from explainer.pages.rows import PLUS, added, result_row, row
from explainer.pages.update import operation_rows
from explainer.trace.penalty import penalised
from explainer.trace.steps import Step


def error_rows(names: Names, step: Step) -> tuple[Row, ...]:
    """Return the lines of a step of the error phase."""
    graph = names.run.graph
    if step.kind == "batch_loss":
        return _batch_rows(names, step)
    if step.kind == "loss":
        return Quantities(names).forward_rows(graph.loss_of[step.sample or 0])
    if step.sample is not None:
        return Quantities(names).forward_rows(graph.penalty_of[step.sample])
    return _weight_penalty_rows(names, step)


def error_reason(names: Names, step: Step) -> Message:
    """Say why a step of the error phase is taken."""
    if step.kind == "penalty":
        return PENALTIES[_penalty(names).name].idea
    if step.kind == "batch_loss":
        return _batch_reason(names)
    return phrases.loss_reason(names)


def error_notes(names: Names, step: Step) -> list[Message]:
    """Return the quiet remarks under the error: what is done where a derivative or a logarithm has no value."""
    convention = None
    if step.kind == "loss":
        convention = LOSSES[names.run.lesson.loss.choice.name].convention
    elif step.kind == "penalty":
        convention = PENALTIES[_penalty(names).name].convention
    return [] if convention is None else [convention]


def _penalty(names: Names) -> Choice:
    choice = names.run.lesson.penalty
    if choice is None:
        raise ValueError("a step is about a penalty, but the lesson has none")
    return choice


def _weight_penalty_rows(names: Names, step: Step) -> tuple[Row, ...]:
    run, choice = names.run, _penalty(names)
    weights = penalised(run.lesson.network)
    operation = update_operations.penalty(choice.name, len(weights), choice.parameters)
    symbols = [names.parameter(name) for name in weights]
    values = [run.start.parameters[name] for name in weights]
    return operation_rows(names, names.penalty(), operation, symbols, values, step.value)


def _batch_reason(names: Names) -> Message:
    if names.run.lesson.penalty is None:
        return phrases.batch_reason(names)
    if len(names.run.graph.samples) == 1:
        return message(
            "What is made small is the error {e} together with the penalty {r}.",
            e=names.error(),
            r=names.penalty(),
        )
    if names.run.lesson.loss.reduction == "mean":
        return message("What is made small is the mean over the batch together with the penalty.")
    return message("What is made small is the sum over the batch together with the penalty.")


def _batch_rows(names: Names, step: Step) -> tuple[Row, ...]:
    run, left = names.run, names.objective()
    samples = run.graph.samples
    divisor = len(samples) if run.lesson.loss.reduction == "mean" else 1
    parts: list[tuple[Printed, float]] = []
    for sample in samples:
        parts.append((names.error(sample), run.values[run.graph.loss_of[sample]]))
        if sample in run.graph.penalty_of:
            parts.append((names.penalty(sample), run.values[run.graph.penalty_of[sample]]))
    in_symbols = added([symbol for symbol, _ in parts], divisor)
    in_numbers = added([names.number(value) for _, value in parts], divisor)
    hidden = [value for _, value in parts]
    if run.penalty is not None:
        in_symbols += [PLUS, piece(names.penalty())]
        in_numbers += [PLUS, piece(names.number(run.penalty))]
        hidden.append(run.penalty)
    return (
        row("rule", left, in_symbols),
        row("numbers", left, in_numbers, exact=not names.hides(hidden)),
        result_row(names, left, step.value),
    )
