"""Whether the predictions are such that their error has a meaning: a logarithm wants shares."""

from __future__ import annotations

import math

from explainer.lesson.lesson import Lesson
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.messages import Message, Refused, message
from explainer.trace.node import Node


def must_suit(lesson: Lesson, node: Node, values: list[float]) -> None:
    """Raise Refused, naming the output, where a prediction lies outside what the error or the penalty can work with.

    `values` are those of the node's arguments, the predictions first.
    """
    if node.role == "loss" and lesson.expression is None:
        _targets_must_suit(lesson, node, values)
    for name, (low, high) in _wanted(lesson, node):
        for neuron, value in zip(lesson.network.of_role("output"), values, strict=False):
            if low <= value <= high:
                continue
            raise Refused(
                message(
                    "The error ({name}) needs predictions {wanted}, but {neuron} puts out {value} for sample {sample}.",
                    name=name,
                    wanted=_interval(low, high),
                    neuron=neuron.id,
                    value=_short(value),
                    sample=(node.sample or 0) + 1,
                )
            )


def must_have_logarithm(lesson: Lesson, node: Node, value: float, values: list[float]) -> None:
    """Raise Refused, naming the output, where an error is infinite because a prediction stands at the end of its interval.

    A saturated neuron puts out 1 to the last digit of a double, and the error asks for ln(1 − 1).
    """
    if not math.isinf(value):
        return
    for _, ends in _wanted(lesson, node):
        for neuron, prediction in zip(lesson.network.of_role("output"), values, strict=False):
            if prediction in ends:
                raise Refused(
                    message(
                        "{neuron} puts out {value} to the last digit for sample {sample}, and the logarithm of 0 has no value: use smaller weights.",
                        neuron=neuron.id,
                        value=_short(prediction),
                        sample=(node.sample or 0) + 1,
                    )
                )


def _targets_must_suit(lesson: Lesson, node: Node, values: list[float]) -> None:
    row = LOSSES[lesson.loss.choice.name]
    low, high = row.targets
    outputs = lesson.network.of_role("output")
    for neuron, target in zip(outputs, values[len(outputs) :], strict=True):
        if not low <= target <= high:
            raise Refused(
                message(
                    "The error ({name}) needs targets {wanted}, but that of {neuron} is {value} for sample {sample}.",
                    name=row.label,
                    wanted=_not_below(low) if math.isinf(high) else _interval(low, high),
                    neuron=neuron.id,
                    value=_short(target),
                    sample=(node.sample or 0) + 1,
                )
            )


def _interval(low: float, high: float) -> Message:
    if math.isinf(high):
        return message("above {low}", low=_short(low))
    return message("between {low} and {high}", low=_short(low), high=_short(high))


def _not_below(low: float) -> Message:
    return message("of at least {low}", low=_short(low))


def _wanted(lesson: Lesson, node: Node) -> list[tuple[Message, tuple[float, float]]]:
    """Return the interval for the predictions, with the name of what needs it; nothing where every number will do."""
    if node.role == "loss" and lesson.expression is None:
        loss = LOSSES[lesson.loss.choice.name]
        return [(loss.label, loss.predictions)] if loss.predictions[0] > -math.inf else []
    if node.role == "penalty" and lesson.penalty is not None:
        penalty = PENALTIES[lesson.penalty.name]
        return [(penalty.label, penalty.predictions)]
    return []


def _short(value: float) -> str:
    return f"{value:.5g}"
