"""Where a derivative has no meaning: quantities that stand at a kink, with the sentence that says so."""

from __future__ import annotations

from explainer.maths.error_definitions import loss_kinks
from explainer.maths.losses import LOSSES
from explainer.messages import Message, message
from explainer.trace.check.agreement import NEAR_A_KINK
from explainer.trace.check.values import Walk


def near_kinks(walk: Walk) -> list[tuple[int, Message]]:
    """Return the places that must not be moved: of a neuron at a kink, or of a prediction where the error has one."""
    found: list[tuple[int, Message]] = []
    for place in walk.places:
        definition, _, _, kink = walk.quantities.all[place]
        if definition is None or kink is None:
            continue
        if definition.is_near_kink(walk.arguments(place), NEAR_A_KINK):
            found.append((place, kink))
    return found + _of_error(walk)


def _of_error(walk: Walk) -> list[tuple[int, Message]]:
    choice = walk.quantities.lesson.loss.choice
    kinks = loss_kinks(choice.name, choice.parameters)
    return [
        (
            prediction,
            message(
                "not compared: {neuron} stands at a point where the error ({loss}) has no derivative",
                neuron=neuron,
                loss=LOSSES[choice.name].label,
            ),
        )
        for neuron, prediction, target in walk.quantities.compared
        if any(
            abs(kink) <= NEAR_A_KINK for kink in kinks(walk.values[prediction], walk.values[target])
        )
    ]
