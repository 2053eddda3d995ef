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
    for name, (low, high) in _wanted(lesson, node):
        for neuron, value in zip(lesson.network.of_role("output"), values, strict=False):
            if low <= value <= high:
                continue
            wanted = (
                message("above {low}", low=_short(low))
                if math.isinf(high)
                else message("between {low} and {high}", low=_short(low), high=_short(high))
            )
            raise Refused(
                message(
                    "The error ({name}) needs predictions {wanted}, but {neuron} puts out {value} for sample {sample}.",
                    name=name,
                    wanted=wanted,
                    neuron=neuron.id,
                    value=_short(value),
                    sample=(node.sample or 0) + 1,
                )
            )


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
