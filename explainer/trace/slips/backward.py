"""Slips on the way back and at the update."""

from __future__ import annotations

import math

from explainer.messages import message
from explainer.trace.record import Run, Term
from explainer.trace.slips.slip import (
    FORGOT_SLOPE,
    HALF,
    MISSING_PATH,
    MISSING_TERM,
    MIXED,
    NEW_WEIGHT,
    OLD_SLOPE,
    SIGN,
    TWICE,
    USED_Z,
    Found,
    given_as,
    missing_one,
    tried,
)
from explainer.trace.steps import Step

_ONLY_DELTA = message("The last factor was forgotten: this is δ alone.")
_NO_MEAN = message(
    "The sum over the batch was not divided by the number of samples, or was without need."
)
_NO_PENALTY = message("The derivative of the penalty was forgotten.")
_ADDED = message("The change was added instead of subtracted.")
_NO_RATE = message("The learning rate was forgotten.")
_ONLY_CHANGE = message("This is the change, not the new number.")
_UNCHANGED = message("This is the old number: nothing was subtracted.")
_UNCLIPPED = message("The gradient was taken as it was before clipping.")
_NO_LOCAL = message("The local derivative was forgotten.")
_ONLY_LOCAL = message("This is the local derivative alone, without what lies behind it.")
_INNER_SUM = message("The factors were added instead of multiplied.")


def backward_slips(run: Run, step: Step) -> Found:
    """Yield the slips at a step of the backward pass or of the update."""
    match step.kind:
        case "delta":
            yield from _delta(run, step)
        case "gradient_weight" | "gradient_bias":
            yield from _use(run, step)
        case "gradient_parameter":
            yield from _whole(run, step)
        case "gradient_node":
            yield from _chain(run, run.graph.place[step.sample, step.subject])
        case "gradient_input":
            yield from _chain(run, run.graph.place[step.sample, step.address or step.subject])
        case "update":
            yield from _update(run, step)
        case _:
            pass
    if step.phase == "backward":
        yield from given_as("sign", SIGN, -step.value)


def _delta(run: Run, step: Step) -> Found:
    graph = run.graph
    place = graph.place[step.sample, step.address]
    if len(run.terms[place]) != 1:
        yield from _chain(run, place)
        return
    term = run.terms[place][0]
    after = term.consumer
    if graph.nodes[after].role != "activation":
        yield from _at_error(term)
        yield from _chain(run, place)
        return
    slope = term.local
    yield from given_as("no slope", FORGOT_SLOPE, term.upstream)
    yield from given_as("value as slope", OLD_SLOPE, term.upstream * run.values[after])
    operation = graph.nodes[after].operation
    if operation is not None:
        output = [run.values[after], *(run.values[each] for each in graph.nodes[after].inputs[1:])]
        at_output = tried(lambda: operation.partials(output)[0])
        yield from given_as(
            "slope at a",
            message("The slope f′ was taken at a instead of z."),
            term.upstream * at_output,
        )
    yield from given_as("only slope", _ONLY_LOCAL, slope)
    behind = run.terms[after]
    parts = [each.product for each in behind]
    yield from missing_one("missing path", MISSING_PATH, parts, slope)
    if len(behind) == 1:
        yield from _at_error(behind[0], slope)
    yield from _new_weights(run, behind, slope)


def _at_error(term: Term, factor: float = 1.0) -> Found:
    yield from given_as("twice", TWICE, 2 * term.product * factor)
    yield from given_as("half", HALF, term.product * factor / 2)


def _new_weights(run: Run, terms: list[Term], factor: float) -> Found:
    """Yield what comes out with the weights after the update, and without any weights."""
    updated, bare = 0.0, 0.0
    for term in terms:
        node = run.graph.nodes[term.consumer]
        if node.role != "pre_activation":
            return
        weight = run.graph.nodes[node.inputs[term.argument - 1]].owner
        updated += term.upstream * run.end.parameters.get(weight, math.nan)
        bare += term.upstream
    yield from given_as("updated weight", NEW_WEIGHT, updated * factor)
    yield from given_as(
        "no weight", message("The weight on the way back was forgotten."), bare * factor
    )


def _use(run: Run, step: Step) -> Found:
    graph = run.graph
    neuron = step.edge[1] if step.edge is not None else str(step.neuron)
    sum_at = graph.piece_of[step.sample or 0, neuron, step.piece]
    delta = run.adjoints[sum_at]
    for term in run.terms[sum_at]:
        if graph.nodes[term.consumer].role == "activation" and term.local:
            yield from given_as("no slope", FORGOT_SLOPE, step.value / term.local)
            yield from given_as(
                "value as slope", OLD_SLOPE, step.value / term.local * run.values[term.consumer]
            )
    yield from given_as("twice", TWICE, 2 * step.value)
    yield from given_as("half", HALF, step.value / 2)
    if step.edge is None:
        own = run.start.parameters[step.subject]
        yield from given_as(
            "times bias", message("The bias was taken as a factor; ∂z/∂b is 1."), delta * own
        )
        return
    source = step.edge[0]
    came_in = run.values[graph.output_of[step.sample or 0, source]]
    yield from given_as("weight for input", MIXED, delta * run.start.parameters[step.subject])
    yield from given_as("only delta", _ONLY_DELTA, delta)
    before = graph.sum_of.get((step.sample or 0, source))
    if before is not None:
        yield from given_as("used z", USED_Z, delta * run.values[before])
    for other in run.lesson.network.incoming(neuron):
        if other.source != source:
            value = run.values[graph.output_of[step.sample or 0, other.source]]
            wrong = message("The input of another edge was taken.")
            yield from given_as("other input", wrong, delta * value)
    yield from given_as("added factors", _INNER_SUM, delta + came_in)
    yield from _paths(run, sum_at, came_in)


def _paths(run: Run, sum_at: int, factor: float) -> Found:
    """Yield the gradient without one of the paths from a sum to the error, and with weights after the update."""
    for term in run.terms[sum_at]:
        behind = run.terms[term.consumer]
        if run.graph.nodes[term.consumer].role == "activation":
            parts = [each.product for each in behind]
            yield from missing_one("missing path", MISSING_PATH, parts, term.local * factor)
            yield from _new_weights(run, behind, term.local * factor)


def _whole(run: Run, step: Step) -> Found:
    graph = run.graph
    terms = [term.product for term in run.terms[graph.parameter[step.subject]]]
    count = len(graph.samples)
    mean = run.lesson.loss.reduction == "mean" and count > 1
    slope = run.penalty_slopes.get(step.subject, 0.0)
    total = sum(terms)
    if count > 1:
        yield from given_as("mean", _NO_MEAN, (total if mean else total / count) + slope)
    if slope:
        yield from given_as("no penalty", _NO_PENALTY, step.value - slope)
    if len(terms) > 1:
        for term in terms:
            rest = (total - term) / (count if mean else 1) + slope
            yield from given_as("missing term", MISSING_TERM, rest)


def _chain(run: Run, place: int) -> Found:
    """Yield what is forgotten where a derivative is a sum of products."""
    terms = run.terms[place]
    yield from missing_one("missing path", MISSING_PATH, [term.product for term in terms])
    yield from given_as("no local", _NO_LOCAL, sum(term.upstream for term in terms))
    yield from given_as("only local", _ONLY_LOCAL, sum(term.local for term in terms))
    yield from given_as(
        "added factors", _INNER_SUM, sum(term.upstream + term.local for term in terms)
    )


def _update(run: Run, step: Step) -> Found:
    name = step.subject
    before, after = run.start.parameters[name], step.value
    gradient, rate = run.gradients[name], run.learning_rate
    change = after - before
    yield from given_as("added", _ADDED, before - change)
    yield from given_as("only change", _ONLY_CHANGE, change)
    yield from given_as("only change", _ONLY_CHANGE, -change)
    yield from given_as("unchanged", _UNCHANGED, before)
    if run.lesson.update.choice.name == "sgd":
        yield from given_as("no rate", _NO_RATE, before - run.clipped.get(name, gradient))
        yield from given_as("no gradient", message("The gradient was forgotten."), before - rate)
        if name in run.clipped:
            yield from given_as("unclipped", _UNCLIPPED, before - rate * gradient)
        for term in run.terms[run.graph.parameter[name]]:
            if len(run.terms[run.graph.parameter[name]]) == 1:
                only = message("δ was taken in place of the gradient.")
                yield from given_as("only delta", only, before - rate * term.upstream)
