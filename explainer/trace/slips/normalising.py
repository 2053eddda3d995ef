"""Slips where a batch is normalised, on the way forward and at the running averages."""

from __future__ import annotations

import math

from explainer.messages import message
from explainer.trace.node import Node
from explainer.trace.record import Run
from explainer.trace.running import SEEN, running_before
from explainer.trace.slips.slip import MISSING_TERM, Found, averaged, given_as, missing_one, tried
from explainer.trace.steps import Step

_UNBIASED = message("The variance of the batch is divided by n, not by n − 1.")
_NO_SQUARE = message("The differences from the mean were not squared.")
_NO_MEAN_TAKEN = message("The mean was not subtracted.")
_ROOT = message("This is the standard deviation; the variance is its square.")
_NO_SPREAD = message("It was not divided by the root of the variance.")
_NO_ROOT = message("It was divided by the variance, not by its root.")
_NO_EPSILON = message("The small number ε below the root was forgotten.")
_OTHER_WAY = message("The sum was taken from the mean, not the mean from the sum.")
_NO_GAMMA = message("The factor γ was forgotten.")
_NO_BETA = message("The summand β was forgotten.")
_EXCHANGED = message("γ and β were exchanged.")
_NOT_YET = message("γ and β were applied to z, not to the normalised sum.")
_SHARES = message("The shares of the old average and of this batch were exchanged.")
_ONLY_BATCH = message("This is what the batch gives; the old average has its share as well.")
_UNCHANGED = message("This is the old average: the batch has its share as well.")
_BIASED = message("The running average takes the variance divided by n − 1, not by n.")


def normalising_slips(run: Run, node: Node) -> Found:
    """Yield the slips at mean, variance, normalised sum and what γ and β make of it."""
    values = [run.values[place] for place in node.inputs]
    match node.role:
        case "mean":
            yield from averaged(sum(values), len(values), is_mean=True)
            yield from missing_one("missing term", MISSING_TERM, values, 1 / len(values))
        case "variance":
            yield from _variance(values[0], values[1:])
        case "normalised":
            yield from _normalised(run, node, *values)
        case "scaled":
            gamma, x, beta = values
            yield from given_as("no gamma", _NO_GAMMA, x + beta)
            yield from given_as("no beta", _NO_BETA, gamma * x)
            yield from given_as("exchanged", _EXCHANGED, beta * x + gamma)
            z = run.values[run.graph.nodes[node.inputs[1]].inputs[0]]
            yield from given_as("not normalised", _NOT_YET, gamma * z + beta)
        case _:
            return


def _variance(mean: float, sums: list[float]) -> Found:
    squares = [(z - mean) ** 2 for z in sums]
    count = len(sums)
    yield from averaged(sum(squares), count, is_mean=True)
    if count > 1:
        yield from given_as("unbiased", _UNBIASED, sum(squares) / (count - 1))
    yield from given_as("no square", _NO_SQUARE, sum(abs(z - mean) for z in sums) / count)
    yield from given_as("no mean", _NO_MEAN_TAKEN, sum(z * z for z in sums) / count)
    yield from given_as("root", _ROOT, math.sqrt(sum(squares) / count))
    yield from missing_one("missing term", MISSING_TERM, squares, 1 / count)


def _normalised(run: Run, node: Node, z: float, mean: float, variance: float) -> Found:
    settings = run.lesson.network.neuron(node.owner).normalise
    epsilon = 0.0 if settings is None else settings.epsilon
    spread = math.sqrt(variance + epsilon)
    yield from given_as("no spread", _NO_SPREAD, z - mean)
    yield from given_as("no mean", _NO_MEAN_TAKEN, z / spread)
    yield from given_as("no root", _NO_ROOT, (z - mean) / (variance + epsilon))
    yield from given_as("other way", _OTHER_WAY, (mean - z) / spread)
    bare = tried(lambda: (z - mean) / math.sqrt(variance))
    yield from given_as("no epsilon", _NO_EPSILON, bare)


def running_slips(run: Run, step: Step) -> Found:
    """Yield the slips at a running average, which an update moves towards what the batch was like."""
    neuron = run.lesson.network.neuron(step.subject)
    cell = step.address.removeprefix(f"{step.subject}.")
    if neuron.normalise is None or cell not in SEEN:
        return
    seen = run.values[run.graph.place[None, f"{neuron.id}.{SEEN[cell]}"]]
    count, share = len(run.graph.samples), neuron.normalise.momentum
    before = running_before(run, neuron, cell)
    taken = seen
    if cell == "running_variance":
        taken = tried(lambda: seen * count / (count - 1))
        yield from given_as("biased", _BIASED, (1 - share) * before + share * seen)
    yield from given_as("shares", _SHARES, share * before + (1 - share) * taken)
    yield from given_as("only batch", _ONLY_BATCH, taken)
    yield from given_as("only batch", _ONLY_BATCH, seen)
    yield from given_as("only batch", _ONLY_BATCH, share * taken)
    yield from given_as("unchanged", _UNCHANGED, before)
