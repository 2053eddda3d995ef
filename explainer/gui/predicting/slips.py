"""The slips that are made most often, each computed, to find the one that gives a wrong number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from explainer.gui.predicting.asked import Asked, judged
from explainer.messages import Message, message
from explainer.trace.steps import Step

_GRADIENTS = ("gradient_weight", "gradient_bias", "gradient_parameter", "gradient_input", "delta")
_DIFFERENCES = ("half_squared_error", "squared_error", "mean_squared_error")


class Slip(NamedTuple):
    """What somebody gets who makes a mistake, and the mistake."""

    value: float
    text: Message


class KnownSlips:
    """Explains wrong numbers by a short list of slips, the likeliest first."""

    def explain(self, asked: Asked, number: float, tolerance: float) -> Message | None:
        """Return the first slip that gives the number; one that gives the right number as well explains nothing."""
        for slip in slips(asked):
            is_slip = judged(slip.value, asked.value, tolerance) != "right"
            if is_slip and judged(number, slip.value, tolerance) == "right":
                return slip.text
        return None


def slips(asked: Asked) -> Iterator[Slip]:
    """Yield the slips that can be made at a step."""
    step = asked.step
    if step.kind in _GRADIENTS:
        yield from _of_gradients(asked)
    elif step.kind == "update":
        yield from _of_updates(asked)
    elif step.kind == "loss":
        yield from _of_errors(asked)
    elif step.kind == "activation":
        yield from _of_activations(asked)
    elif step.kind == "weighted_sum":
        yield from _of_sums(asked)
    yield Slip(-step.value, message("The size is right, the sign is not."))


def _of_gradients(asked: Asked) -> Iterator[Slip]:
    value, loss = asked.value, asked.lesson.loss.choice.name
    if asked.lesson.expression is not None:
        return
    if loss in _DIFFERENCES:
        yield Slip(
            -value,
            message(
                "The size is right, the sign is not: differentiated, the error gives prediction minus target, ŷ − y."
            ),
        )
    for name, slope in _slopes(asked):
        if slope:
            yield Slip(
                value / slope,
                message(
                    "The derivative of the activation function of {neuron} is missing: multiply by f′ as well.",
                    neuron=name,
                ),
            )
    if loss == "half_squared_error":
        text = message("Twice as much: the 2 of the square and the ½ of the error cancel.")
        yield Slip(2 * value, text)
        yield Slip(
            value / 2, message("Half as much: the ½ of the error cancels the 2 of the square.")
        )
    elif loss in _DIFFERENCES:
        yield Slip(
            value / 2, message("The 2 of the square is missing: there is no ½ in this error.")
        )
    rate = asked.one_pass.learning_rate
    if rate:
        text = message("The learning rate belongs into the update, not into the gradient.")
        yield Slip(rate * value, text)


def _slopes(asked: Asked) -> Iterator[tuple[str, float]]:
    """Yield the neurons whose activation the step's chain goes through first, and the derivatives there."""
    step = asked.step
    names = _own_neurons(step)
    slopes = asked.one_pass.slopes.get(str(step.sample), {})
    for name in names:
        slope = slopes.get(f"{name}.z>{name}")
        if slope is not None:
            yield name, slope


def _own_neurons(step: Step) -> tuple[str, ...]:
    if step.kind == "delta":
        return (step.subject,)
    if step.edge is not None:
        return (step.edge[1],)
    return (step.neuron,) if step.neuron is not None else ()


def _of_updates(asked: Asked) -> Iterator[Slip]:
    one_pass, name, after = asked.one_pass, asked.step.subject, asked.value
    before = one_pass.parameters_before.get(name)
    gradient = (one_pass.gradients_clipped or one_pass.gradients).get(name)
    if before is None or gradient is None:
        return
    change = after - before
    yield Slip(
        before - gradient,
        message("The learning rate is missing: η times the gradient is taken away."),
    )
    yield Slip(
        before - change,
        message("Added instead of subtracted: the weight goes against its gradient."),
    )
    text = message("That is the change alone: it is still to be taken from the old value.")
    yield Slip(change, text)
    yield Slip(-change, text)
    yield Slip(before, message("That is the old value: the update has not been made."))
    yield Slip(
        before + gradient, message("Added instead of subtracted, and the learning rate is missing.")
    )


def _of_errors(asked: Asked) -> Iterator[Slip]:
    loss, value = asked.lesson.loss.choice.name, asked.value
    if loss == "half_squared_error":
        yield Slip(2 * value, message("The ½ in front of the square is missing."))
    elif loss in _DIFFERENCES:
        yield Slip(value / 2, message("This error has no ½ in front of the square."))


def _of_activations(asked: Asked) -> Iterator[Slip]:
    values = asked.one_pass.values.get(str(asked.step.sample), {})
    found = values.get(f"{asked.step.subject}.z")
    if found is not None:
        text = message("That is the weighted sum: the activation function is still to be applied.")
        yield Slip(found, text)


def _of_sums(asked: Asked) -> Iterator[Slip]:
    step = asked.step
    network = asked.lesson.network
    bias = network.neuron(step.subject).bias if network.neurons else None
    if isinstance(bias, str):
        value = asked.one_pass.parameters_before.get(bias)
        if value:
            yield Slip(asked.value - value, message("The bias is missing."))
            yield Slip(asked.value - 2 * value, message("The bias is to be added, not subtracted."))
