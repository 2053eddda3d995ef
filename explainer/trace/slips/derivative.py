"""Slips in one derivative: a sum over paths, each a product of what came from behind and a local slope."""

from __future__ import annotations

import math

from explainer.messages import Message, message
from explainer.trace.node import Node, NodeRole
from explainer.trace.record import Run, Term
from explainer.trace.slips.slip import (
    FORGOT_SLOPE,
    MISSING_PATH,
    MIXED,
    NEW_WEIGHT,
    NO_DROPOUT,
    NO_PENALTY,
    NO_SCALING,
    OLD_SLOPE,
    OLD_WEIGHT,
    Found,
    given_as,
    missing_one,
    scaled,
    tried,
    turned_one,
)

_ONLY_LOCAL = message("This is the local derivative alone, without what lies behind it.")
_NO_LOCAL = message("The local derivative was forgotten.")
_INNER_SUM = message("The factors were added instead of multiplied.")
_AT_OUTPUT = message("The slope f′ was taken at a instead of z.")
_NO_WEIGHT = message("The weight on the way back was forgotten.")
_OTHER_ARGUMENT = message("This is the derivative by another argument of the operation.")
_VALUE = message("The value was taken where its derivative belongs.")
_OWN_ONLY = message(
    "The other outputs of the softmax depend on this sum too; their derivatives were forgotten."
)
_BATCH_ONLY = message(
    "The mean and the variance of the batch depend on this sum too; that was forgotten."
)
_LARGEST_ONLY = message("The derivative goes to the largest piece alone.")
_NO_GAMMA = message("The factor γ was forgotten on the way back.")
_NO_SPREAD = message("The division by the root of the variance was forgotten on the way back.")
_FORGOTTEN: dict[NodeRole, tuple[str, Message]] = {
    "activation": ("no slope", FORGOT_SLOPE),
    "dropout": ("no dropout", NO_DROPOUT),
    "scaled": ("no gamma", _NO_GAMMA),
    "maxout": ("largest only", _LARGEST_ONLY),
    "operation": ("no local", _NO_LOCAL),
}


def derivative_slips(run: Run, place: int) -> Found:
    """Yield what comes out for the derivative of the error by one node where it is put together wrongly.

    A slip in an earlier step is not repeated here: what came from the sum of another neuron is taken to be right.
    """
    terms = run.terms[place]
    products = [term.product for term in terms]
    yield from missing_one("missing path", MISSING_PATH, products)
    yield from turned_one(products)
    yield from _through_weights(run, place)
    yield from _penalised(run, terms)
    yield from _across(run, place)
    if len(terms) == 1:
        yield from _one_factor(run, terms[0])
        yield from scaled(_behind(run, terms[0]), terms[0].local)
    elif run.lesson.expression is not None:
        yield from given_as("no local", _NO_LOCAL, sum(term.upstream for term in terms))
        yield from given_as("only local", _ONLY_LOCAL, sum(term.local for term in terms))
    if run.lesson.expression is not None:
        added = sum(term.upstream + term.local for term in terms)
        yield from given_as("added factors", _INNER_SUM, added)


def _behind(run: Run, term: Term) -> Found:
    """Yield the slips in what came from behind, as far as the same step works it out."""
    node = run.graph.nodes[term.consumer]
    if run.lesson.expression is None and node.role != "pre_activation":
        yield from derivative_slips(run, term.consumer)


def _through_weights(run: Run, place: int) -> Found:
    """Yield what comes out with other weights on the way back: new ones, old ones, none, or the value in their place."""
    terms = run.terms[place]
    if not any(run.graph.nodes[term.consumer].role == "pre_activation" for term in terms):
        return
    updated, old, bare, mixed = 0.0, 0.0, 0.0, 0.0
    for term in terms:
        node = run.graph.nodes[term.consumer]
        if node.role != "pre_activation":
            updated, old, bare, mixed = (
                total + term.product for total in (updated, old, bare, mixed)
            )
            continue
        weight = run.graph.nodes[node.inputs[term.argument - 1]].owner
        updated += term.upstream * run.end.parameters.get(weight, math.nan)
        old += term.upstream * run.start.parameters[weight]
        bare += term.upstream
        mixed += term.upstream * run.values[place]
    yield from given_as("updated weight", NEW_WEIGHT, updated)
    yield from given_as("old weight", OLD_WEIGHT, old)
    yield from given_as("no weight", _NO_WEIGHT, bare)
    yield from given_as("input for weight", MIXED, mixed)


def _penalised(run: Run, terms: list[Term]) -> Found:
    """Yield what comes out where the penalty on the predictions is left out."""
    rest = [term for term in terms if run.graph.nodes[term.consumer].role != "penalty"]
    if len(rest) < len(terms):
        yield from given_as("no penalty", NO_PENALTY, sum(term.product for term in rest))


def _across(run: Run, place: int) -> Found:
    """Yield what comes out where a quantity of several neurons or samples is treated as one of its own alone."""
    terms = run.terms[place]
    owner = run.graph.nodes[place].owner
    for term in terms:
        node = run.graph.nodes[term.consumer]
        if node.role == "softmax" and node.owner == owner:
            yield from given_as("own only", _OWN_ONLY, term.product)
            yield from given_as("no slope", FORGOT_SLOPE, term.upstream)
            value_as_slope = term.upstream * run.values[term.consumer]
            yield from given_as("value as slope", OLD_SLOPE, value_as_slope)
        elif node.role == "normalised" and term.argument == 0:
            yield from given_as("batch only", _BATCH_ONLY, term.product)
            yield from given_as("no spread", _NO_SPREAD, term.upstream)


def _one_factor(run: Run, term: Term) -> Found:
    node = run.graph.nodes[term.consumer]
    if run.graph.is_seed(term.consumer):
        if run.lesson.expression is not None:
            yield from _operation(run, term, node)
        return
    if node.role in _FORGOTTEN:
        key, sentence = _FORGOTTEN[node.role]
        yield from given_as(key, sentence, term.upstream)
    if node.role == "activation":
        yield from given_as("value as slope", OLD_SLOPE, term.upstream * run.values[term.consumer])
        yield from given_as("only slope", _ONLY_LOCAL, term.local)
        yield from given_as("added factors", _INNER_SUM, term.upstream + term.local)
        operation = node.operation
        if operation is not None:
            output = [run.values[term.consumer], *(run.values[each] for each in node.inputs[1:])]
            at_output = tried(lambda: operation.partials(output)[0])
            yield from given_as("slope at a", _AT_OUTPUT, term.upstream * at_output)
    elif node.role == "dropout":
        mask = run.values[node.inputs[1]]
        yield from given_as("no scaling", NO_SCALING, term.upstream * mask)
    elif node.role == "operation":
        yield from given_as("only local", _ONLY_LOCAL, term.local)
        yield from _operation(run, term, node)


def _operation(run: Run, term: Term, node: Node) -> Found:
    """Yield what comes out with something else in place of the local derivative of a formula's operation."""
    yield from given_as("value", _VALUE, term.upstream * run.values[term.consumer])
    operation = node.operation
    if operation is None or len(node.inputs) < 2:
        return
    arguments = [run.values[source] for source in node.inputs]
    partials = run.calculator.partials(operation, arguments)
    for at, partial in enumerate(partials):
        if at != term.argument:
            yield from given_as("other argument", _OTHER_ARGUMENT, term.upstream * partial)
