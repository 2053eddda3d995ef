"""Slips on the way forward and at the error."""

from __future__ import annotations

import math

from explainer.messages import message
from explainer.trace.record import Run
from explainer.trace.slips.slip import (
    HALF,
    MISSING_TERM,
    SIGN,
    TWICE,
    USED_Z,
    Found,
    given_as,
    missing_one,
    tried,
)
from explainer.trace.steps import Step

_FORGOT_BIAS = message("The bias was forgotten.")
_MINUS_BIAS = message("The bias was subtracted.")
_ADDED = message("Weight and input were added instead of multiplied.")
_SWAPPED = message("The weights of two inputs were exchanged.")
_NO_ACTIVATION = message("The activation was forgotten: this is the weighted sum.")
_SLOPE = message("This is the slope of the activation, not its value.")
_OTHER_SIGN = message("The sign of z is wrong inside the activation.")
_NOT_NORMALISED = message("The exponential was not divided by the sum of all.")
_NO_EXPONENTIAL = message("The share was taken of the sums themselves, not of their exponentials.")
_NO_SQUARE = message("The difference was not squared.")
_NO_MEAN = message(
    "The sum over the batch was not divided by the number of samples, or was without need."
)


def forward_slips(run: Run, step: Step) -> Found:
    """Yield the slips at a step of the forward pass or of the error."""
    match step.kind:
        case "weighted_sum":
            yield from _weighted_sum(run, step)
        case "activation":
            yield from _activation(run, step)
        case "softmax":
            yield from _softmax(run, step)
        case "loss":
            yield from _loss(run, step)
        case "batch_loss":
            yield from _batch(run, step)
        case "operation":
            yield from _operation(run, step)
        case _:
            yield from given_as("sign", SIGN, -step.value)


def _weighted_sum(run: Run, step: Step) -> Found:
    graph = run.graph
    node = graph.nodes[graph.place[step.sample, step.address]]
    values = [run.values[place] for place in node.inputs]
    # Every weight stands before the input it multiplies; a bias stands at the end.
    edges = [place for place, source in enumerate(node.sources) if source is not None][::2]
    pairs = [(values[place], values[place + 1]) for place in edges]
    sums = [
        run.values[
            graph.sum_of.get((step.sample or 0, str(node.sources[place])), node.inputs[place + 1])
        ]
        for place in edges
    ]
    bias = values[-1] if len(values) > 2 * len(edges) else 0.0
    products = [weight * value for weight, value in pairs]
    total = sum(products)
    if bias:
        yield from given_as("no bias", _FORGOT_BIAS, total)
        yield from given_as("minus bias", _MINUS_BIAS, total - bias)
    if len(products) > 1:
        for product in products:
            yield from given_as("missing term", MISSING_TERM, total + bias - product)
    yield from given_as("added", _ADDED, sum(weight + value for weight, value in pairs) + bias)
    with_sums = sum(weight * z for (weight, _), z in zip(pairs, sums, strict=True)) + bias
    yield from given_as("used z", USED_Z, with_sums)
    if len(pairs) == 2:
        (first, one), (second, other) = pairs
        yield from given_as("swapped", _SWAPPED, first * other + second * one + bias)
    yield from given_as("sign", SIGN, -step.value)


def _activation(run: Run, step: Step) -> Found:
    graph = run.graph
    node = graph.nodes[graph.place[step.sample, step.address]]
    arguments = [run.values[place] for place in node.inputs]
    if node.operation is None:
        return
    operation = node.operation
    yield from given_as("no activation", _NO_ACTIVATION, arguments[0])
    yield from given_as("slope", _SLOPE, tried(lambda: operation.partials(arguments)[0]))
    turned = [-arguments[0], *arguments[1:]]
    yield from given_as("sign of z", _OTHER_SIGN, tried(lambda: operation.value(turned)))


def _softmax(run: Run, step: Step) -> Found:
    graph = run.graph
    node = graph.nodes[graph.place[step.sample, step.address]]
    sums = [run.values[place] for place in node.inputs]
    own = run.values[graph.sum_of[step.sample or 0, step.subject]]
    yield from given_as("no exponential", _NO_EXPONENTIAL, tried(lambda: own / sum(sums)))
    yield from given_as("not normalised", _NOT_NORMALISED, tried(lambda: math.exp(own)))
    yield from given_as("no activation", _NO_ACTIVATION, own)


def _loss(run: Run, step: Step) -> Found:
    node = run.graph.nodes[run.graph.loss_of[step.sample or 0]]
    values = [run.values[place] for place in node.inputs]
    half = len(values) // 2
    differences = [one - other for one, other in zip(values[:half], values[half:], strict=False)]
    yield from given_as("twice", TWICE, 2 * step.value)
    yield from given_as("half", HALF, step.value / 2)
    name = run.lesson.loss.choice.name
    if "squared" in name:
        factor = 0.5 if name.startswith("half") else 1.0
        yield from given_as("no square", _NO_SQUARE, factor * abs(sum(differences)))
        yield from given_as("no square", _NO_SQUARE, factor * sum(differences))
        squares = [difference**2 for difference in differences]
        yield from missing_one("missing term", MISSING_TERM, squares, factor)
    yield from given_as("sign", SIGN, -step.value)


def _batch(run: Run, step: Step) -> Found:
    count = len(run.graph.samples)
    losses = [run.values[run.graph.loss_of[sample]] for sample in run.graph.samples]
    total = sum(losses)
    if count > 1:
        other = total if run.lesson.loss.reduction == "mean" else total / count
        yield from given_as("mean", _NO_MEAN, other)
        factor = 1 / count if run.lesson.loss.reduction == "mean" else 1.0
        yield from missing_one("missing term", MISSING_TERM, losses, factor)
    if run.penalty is not None:
        forgot = message("The penalty was forgotten.")
        yield from given_as("no penalty", forgot, step.value - run.penalty)


def _operation(run: Run, step: Step) -> Found:
    graph = run.graph
    node = graph.nodes[graph.place[step.sample, step.subject]]
    arguments = [run.values[place] for place in node.inputs]
    operation = node.operation
    if operation is None:
        return
    yield from given_as("sign", SIGN, -step.value)
    if len(arguments) == 2:
        exchanged = message("The two arguments were exchanged.")
        yield from given_as("swapped", exchanged, tried(lambda: operation.value(arguments[::-1])))
        yield from given_as("added", message("The arguments were added."), sum(arguments))
        product = arguments[0] * arguments[1]
        yield from given_as("multiplied", message("The arguments were multiplied."), product)
    else:
        unused = message("The function was not applied.")
        yield from given_as("no function", unused, arguments[0])
