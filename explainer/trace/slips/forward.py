"""Slips on the way forward through a network."""

from __future__ import annotations

import math
from itertools import combinations

from explainer.messages import message
from explainer.trace.node import Node
from explainer.trace.record import Run
from explainer.trace.slips.normalising import normalising_slips
from explainer.trace.slips.slip import (
    MISSING_TERM,
    NEW_WEIGHT,
    NO_DROPOUT,
    NO_SCALING,
    OPPOSITE,
    USED_Z,
    Found,
    given_as,
    missing_one,
    tried,
    turned_one,
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
_SHARE_OF_OTHERS = message("One of the exponentials is missing from the sum below the fraction.")
_OTHER_SHARE = message("This is the share of another neuron.")
_OTHER_PIECE = message("This is another of the linear pieces, not the largest.")
_SUM_OF_PIECES = message("The linear pieces were added; only the largest counts.")
_TIMES_SHARE = message("What is left was multiplied by the share that is kept, not divided by it.")
_OVER_SHARE = message("It was divided by the share that is kept, not multiplied by it.")
_LATER = message("Nothing is scaled in this training; that comes when the network is applied.")
_BEFORE = message("Nothing is scaled here; that was done in the training.")
_OTHER_MASK = message("This neuron was taken for dropped where it stays, or the other way round.")
# So many inputs, and two of them are exchanged easily; with more there are too many pairs.
_MOST_EXCHANGED = 6


def forward_slips(run: Run, step: Step) -> Found:
    """Yield the slips at a step of the forward pass."""
    node = run.graph.nodes[run.graph.place[step.sample, step.address]]
    match step.kind:
        case "weighted_sum":
            yield from _weighted_sum(run, step, node)
        case "activation":
            yield from _activation(run, node)
        case "softmax":
            yield from _softmax(run, step, node)
        case "maxout":
            pieces = [run.values[place] for place in node.inputs]
            for piece in pieces:
                yield from given_as("other piece", _OTHER_PIECE, piece)
            yield from given_as("sum of pieces", _SUM_OF_PIECES, sum(pieces))
        case "dropout":
            yield from _dropout(run, node)
        case "normalise":
            yield from normalising_slips(run, node)
    yield from given_as("sign", OPPOSITE, -step.value)


def _weighted_sum(run: Run, step: Step, node: Node) -> Found:
    graph = run.graph
    values = [run.values[place] for place in node.inputs]
    # Every weight stands before the input it multiplies; a bias stands at the end.
    edges = [place for place, source in enumerate(node.sources) if source is not None][::2]
    pairs = [(values[place], values[place + 1]) for place in edges]
    bias = values[-1] if len(values) > 2 * len(edges) else 0.0
    products = [weight * value for weight, value in pairs]
    total = sum(products)
    if bias:
        yield from given_as("no bias", _FORGOT_BIAS, total)
        yield from given_as("minus bias", _MINUS_BIAS, total - bias)
    yield from missing_one("missing term", MISSING_TERM, products, rest=bias)
    yield from turned_one(products, rest=bias)
    yield from given_as("added", _ADDED, sum(weight + value for weight, value in pairs) + bias)
    sums = [
        run.values[
            graph.sum_of.get((step.sample or 0, str(node.sources[place])), node.inputs[place + 1])
        ]
        for place in edges
    ]
    with_sums = sum(weight * z for (weight, _), z in zip(pairs, sums, strict=True)) + bias
    yield from given_as("used z", USED_Z, with_sums)
    if len(pairs) <= _MOST_EXCHANGED:
        for (first, one), (second, other) in combinations(pairs, 2):
            exchanged = total + bias + (first - second) * (other - one)
            yield from given_as("swapped", _SWAPPED, exchanged)
    after = [
        run.end.parameters.get(graph.nodes[node.inputs[place]].owner, math.nan) for place in edges
    ]
    updated = sum(weight * value for weight, (_, value) in zip(after, pairs, strict=True))
    if len(values) > 2 * len(edges):
        updated += run.end.parameters.get(graph.nodes[node.inputs[-1]].owner, math.nan)
    yield from given_as("updated weight", NEW_WEIGHT, updated)


def _activation(run: Run, node: Node) -> Found:
    arguments = [run.values[place] for place in node.inputs]
    operation = node.operation
    if operation is None:
        return
    yield from given_as("no activation", _NO_ACTIVATION, arguments[0])
    yield from given_as("slope", _SLOPE, tried(lambda: operation.partials(arguments)[0]))
    turned = [-arguments[0], *arguments[1:]]
    yield from given_as("sign of z", _OTHER_SIGN, tried(lambda: operation.value(turned)))


def _softmax(run: Run, step: Step, node: Node) -> Found:
    sums = [run.values[place] for place in node.inputs]
    chain = run.graph.chain[step.sample, step.subject]
    place = node.inputs.index(chain[chain.index(run.graph.place[step.sample, step.address]) - 1])
    own = sums[place]
    yield from given_as("no exponential", _NO_EXPONENTIAL, tried(lambda: own / sum(sums)))
    yield from given_as("not normalised", _NOT_NORMALISED, tried(lambda: math.exp(own)))
    yield from given_as("no activation", _NO_ACTIVATION, own)
    operation = node.operation
    if operation is None:
        return
    turned = [-each for each in sums]
    yield from given_as("sign of z", _OTHER_SIGN, tried(lambda: operation.value(turned)))
    for other, _ in enumerate(sums):
        if other != place:
            exchanged = list(sums)
            exchanged[place], exchanged[other] = sums[other], own
            share = tried(lambda exchanged=exchanged: operation.value(exchanged))  # type: ignore[misc]  # bound at once
            yield from given_as("other share", _OTHER_SHARE, share)
            left = [each for at, each in enumerate(sums) if at != other]
            few = tried(lambda left=left: 1 / sum(math.exp(each - own) for each in left))  # type: ignore[misc]  # bound at once
            yield from given_as("share of others", _SHARE_OF_OTHERS, few)


def _dropout(run: Run, node: Node) -> Found:
    value, mask = (run.values[place] for place in node.inputs)
    dropout, operation = run.lesson.network.neuron(node.owner).dropout, node.operation
    if dropout is None or operation is None:
        return
    kept = 1 - dropout.rate
    yield from given_as("no dropout", NO_DROPOUT, value)
    trains = run.lesson.mode == "train"
    left = value * mask if trains else value
    if trains:
        other = tried(lambda: operation.value([value, 1 - mask]))
        yield from given_as("other mask", _OTHER_MASK, other)
    scales = "inverted" if trains else "at_application"
    if dropout.scaling != scales:
        needless = _LATER if trains else _BEFORE
        yield from given_as("needless scaling", needless, left * kept)
        yield from given_as("needless scaling", needless, tried(lambda: left / kept))
    elif trains:
        yield from given_as("no scaling", NO_SCALING, left)
        yield from given_as("times share", _TIMES_SHARE, left * kept)
    else:
        yield from given_as("over share", _OVER_SHARE, tried(lambda: left / kept))
