"""What is told about clipping: the length of the gradient, what it is multiplied by, every component before and after."""

from __future__ import annotations

from explainer.maths import update_operations
from explainer.messages import Message, message
from explainer.pages.names import CLIPPING_FACTOR, NORM, Names, derivative
from explainer.pages.page import Maths, Row, Sentence, Table
from explainer.pages.update import operation_rows
from explainer.trace.steps import Step
from explainer.trace.update_steps import is_about_whole_gradient


def clipping_rows(names: Names, step: Step) -> tuple[Row, ...]:
    """Return the lines of a clipping step: of the whole gradient, or of one component. ValueError where the lesson does not clip."""
    run, clip = names.run, names.run.lesson.update.clip
    if clip is None:
        raise ValueError("a step clips, but the lesson does not")
    if not is_about_whole_gradient(names.run.lesson, step):
        operation = update_operations.clipped_value(clip.threshold)
        symbol = derivative(names.objective(), names.parameter(step.subject))
        left, value = names.clipped_gradient(step.subject), run.gradients[step.subject]
        return operation_rows(names, left, operation, [symbol], [value], step.value)
    parameters = list(run.clipped)
    symbols = [derivative(names.objective(), names.parameter(name)) for name in parameters]
    values = [run.gradients[name] for name in parameters]
    return (
        *operation_rows(
            names, NORM, update_operations.norm(len(values)), symbols, values, step.value
        ),
        *operation_rows(
            names,
            CLIPPING_FACTOR,
            update_operations.clipping_factor(clip.threshold),
            [NORM],
            [step.value],
            run.clip_factor or 0.0,
        ),
    )


def clipping_reason(names: Names, step: Step) -> Message:
    """Say why a gradient is or is not made shorter."""
    clip = names.run.lesson.update.clip
    threshold = names.number(clip.threshold if clip is not None else 0.0)
    if not is_about_whole_gradient(names.run.lesson, step):
        return message(
            "No component of the gradient may be larger than {threshold} or smaller than its opposite.",
            threshold=threshold,
        )
    if names.run.clip_factor == 1.0:
        return message(
            "The gradient is no longer than {threshold}, so it stays as it is.", threshold=threshold
        )
    return message(
        "The gradient is longer than {threshold}: all its components are made smaller by the same factor, so that its direction stays. (PyTorch adds 10⁻⁶ to the length it divides by.)",
        threshold=threshold,
    )


def clipping_table(names: Names) -> Table:
    """Return every component of the gradient before and after clipping by its norm."""
    run = names.run
    rows: list[tuple[Sentence, ...]] = []
    for name, clipped in run.clipped.items():
        before = derivative(names.objective(), names.parameter(name))
        after = names.clipped_gradient(name)
        rows.append(
            (
                (Maths(before.latex, before.text),),
                (names.number(run.gradients[name]).text,),
                (Maths(after.latex, after.text),),
                (names.number(clipped).text,),
            )
        )
    header = (message("Gradient"), message("Before"), message("Clipped"), message("After"))
    return Table(tuple(map(names.say, header)), tuple(rows))
