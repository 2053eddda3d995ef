"""Slips at the error: of one sample, of the penalties, of the batch."""

from __future__ import annotations

import math

from explainer.lesson.lesson import Lesson
from explainer.maths import operations, update_operations
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.messages import message
from explainer.trace.penalty import penalised
from explainer.trace.record import Run
from explainer.trace.slips.slip import (
    MISSING_TERM,
    NO_PENALTY,
    OPPOSITE,
    USED_Z,
    Found,
    averaged,
    doubled,
    given_as,
    missing_one,
    shared_out,
    tried,
)
from explainer.trace.steps import Step

_NO_SQUARE = message("The difference was not squared.")
_SQUARED_SUM = message("The differences were added before they were squared.")
_SQUARED = message("The difference was squared; this error takes its absolute value.")
_NO_SIZE = message("The differences were added with their signs, not their sizes.")
_ROOT = message("The square root was taken; this error has none.")
_LOGARITHM = message("The logarithm to base 10 was taken; ln has base e.")
_ONE_SIDE = message("Only the part with the target was taken; (1 − y) ln(1 − ŷ) is missing.")
_EXCHANGED = message("Target and prediction were exchanged.")
_NO_BORDER = message("Every difference was squared, the large ones too.")
_NO_RATE = message("The factor of the penalty was forgotten.")
_WITH_BIASES = message("The biases were counted as well; the penalty is on the weights.")
_MINUS_PENALTY = message("The penalty was subtracted.")


def error_slips(run: Run, step: Step) -> Found:
    """Yield the slips at a step about the error."""
    if step.kind == "loss":
        yield from _loss(run, step)
    elif step.kind == "penalty":
        yield from _penalty(run, step)
    else:
        yield from _batch(run, step)
    yield from given_as("sign", OPPOSITE, -step.value)


def _loss(run: Run, step: Step) -> Found:
    node = run.graph.nodes[run.graph.loss_of[step.sample or 0]]
    operation = node.operation
    if operation is None:
        return
    values = [run.values[place] for place in node.inputs]
    half = len(values) // 2
    predictions, targets = values[:half], values[half:]

    def of(some: list[float], others: list[float]) -> float:
        return tried(lambda: operation.value([*some, *others]))

    yield from doubled(run.lesson, step.value)
    yield from _of_kind(run.lesson, step.value, predictions, targets)
    yield from given_as("exchanged", _EXCHANGED, of(targets, predictions))
    yield from shared_out(run.lesson, step.value)
    if half > 1:
        alone = _alone(run.lesson, predictions, targets)
        yield from missing_one("missing term", MISSING_TERM, alone)
    sums = [_sum_of(run, step.sample or 0, place) for place in node.inputs[:half]]
    yield from given_as("used z", USED_Z, of(sums, targets))


def _alone(lesson: Lesson, predictions: list[float], targets: list[float]) -> list[float]:
    """Return what each output adds to the error, a mean over the outputs included."""
    choice = lesson.loss.choice
    one = operations.loss(choice.name, 1, choice.parameters)
    share = len(targets) if LOSSES[choice.name].is_mean else 1
    return [
        tried(lambda a=a, t=t: one.value([a, t])) / share  # type: ignore[misc]  # bound at once
        for a, t in zip(predictions, targets, strict=True)
    ]


def _sum_of(run: Run, sample: int, place: int) -> float:
    """Return the weighted sum behind a prediction."""
    at = run.graph.sum_of.get((sample, run.graph.nodes[place].owner), place)
    return run.values[at]


def _of_kind(lesson: Lesson, value: float, predictions: list[float], targets: list[float]) -> Found:
    """Yield the slips that belong to what the error is made of."""
    differences = [a - t for a, t in zip(predictions, targets, strict=True)]
    squares = sum(difference * difference for difference in differences)
    match LOSSES[lesson.loss.choice.name].made_of:
        case "squares":
            yield from _squares(lesson, value, differences, squares)
        case "sizes":
            yield from given_as("squared", _SQUARED, squares / len(targets))
            yield from given_as("no size", _NO_SIZE, sum(differences) / len(targets))
        case "bordered squares":
            yield from given_as("no border", _NO_BORDER, squares / 2)
            yield from given_as("no square", _NO_SQUARE, sum(map(abs, differences)))
        case "logarithms" | "logarithms of both" as kind:
            yield from given_as("logarithm", _LOGARITHM, value / math.log(10))
            if kind == "logarithms of both":
                pairs = list(zip(predictions, targets, strict=True))
                side = tried(lambda: -sum(t * math.log(a) for a, t in pairs if t))
                yield from given_as("one side", _ONE_SIDE, side)


def _squares(lesson: Lesson, value: float, differences: list[float], squares: float) -> Found:
    # What each square is multiplied by: ½, 1, 1/K, or what this side of the target costs.
    ones = [math.copysign(1.0, difference) for difference in differences]
    factors = _alone(lesson, ones, [0.0] * len(ones))
    pairs = list(zip(factors, differences, strict=True))
    bare = sum(factor * difference for factor, difference in pairs)
    yield from given_as("no square", _NO_SQUARE, bare)
    yield from given_as("no square", _NO_SQUARE, -bare)
    sizes = sum(factor * abs(difference) for factor, difference in pairs)
    yield from given_as("no square", _NO_SQUARE, sizes)
    if len(differences) > 1:
        # One output that is as far away as all of them together.
        (squared_sum,) = _alone(lesson, [sum(differences)], [0.0])
        share = len(differences) if LOSSES[lesson.loss.choice.name].is_mean else 1
        yield from given_as("squared sum", _SQUARED_SUM, squared_sum / share)
    yield from given_as("root", _ROOT, tried(lambda: math.sqrt(value)))
    yield from given_as("root", _ROOT, math.sqrt(squares))


def _penalty(run: Run, step: Step) -> Found:
    yield from doubled(run.lesson, step.value)
    choice = run.lesson.penalty
    if choice is None:
        return
    if step.sample is not None:
        node = run.graph.nodes[run.graph.penalty_of[step.sample]]
        values = [run.values[place] for place in node.inputs]
        if PENALTIES[choice.name].made_of == "logarithms":
            yield from given_as("logarithm", _LOGARITHM, step.value / math.log(10))
    else:
        values = [run.start.parameters[name] for name in penalised(run.lesson.network)]
        everything = list(run.start.parameters.values())
        whole = update_operations.penalty(choice.name, len(everything), choice.parameters)
        yield from given_as("with biases", _WITH_BIASES, tried(lambda: whole.value(everything)))
    rate = {**PENALTIES[choice.name].parameters, **dict(choice.parameters)}.get("rate")
    if rate is not None:
        yield from given_as("no factor", _NO_RATE, tried(lambda: step.value / rate))
    if len(values) > 1:
        one = update_operations.penalty(choice.name, 1, choice.parameters)
        alone = [tried(lambda x=x: one.value([x])) for x in values]  # type: ignore[misc]  # bound at once
        yield from missing_one("missing term", MISSING_TERM, alone)


def _batch(run: Run, step: Step) -> Found:
    count = len(run.graph.samples)
    losses = [run.error_of(sample) for sample in run.graph.samples]
    bare = [run.values[run.graph.loss_of[sample]] for sample in run.graph.samples]
    is_mean = run.lesson.loss.reduction == "mean"
    factor = 1 / count if is_mean else 1.0
    penalty = run.penalty or 0.0
    yield from averaged(sum(losses), count, is_mean=is_mean, rest=penalty)
    if count > 1:
        yield from missing_one("missing term", MISSING_TERM, losses, factor, penalty)
    if run.penalty is not None or run.graph.penalty_of:
        yield from given_as("no penalty", NO_PENALTY, factor * sum(bare))
    if run.penalty is not None:
        yield from given_as("no penalty", NO_PENALTY, step.value - penalty)
        yield from given_as("minus penalty", _MINUS_PENALTY, step.value - 2 * penalty)
    yield from doubled(run.lesson, step.value)
