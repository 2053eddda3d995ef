"""Slips on the way back: derivatives by sums and inputs, and the gradients of parameters."""

from __future__ import annotations

from explainer.messages import message
from explainer.trace.record import Run, Term
from explainer.trace.slips.derivative import derivative_slips
from explainer.trace.slips.slip import (
    MISSING_TERM,
    MIXED,
    MOST_TERMS,
    NO_DROPOUT,
    SIGN,
    USED_Z,
    WITH_RATE,
    Found,
    Slip,
    averaged,
    doubled,
    given_as,
    missing_one,
    scaled,
    shared_out,
    turned_one,
)
from explainer.trace.steps import Step

_ONLY_DELTA = message("The last factor was forgotten: this is δ alone.")
_ONLY_INPUT = message("δ was forgotten: this is the input alone.")
_NO_PENALTY = message("The derivative of the penalty was forgotten.")
_MINUS_PENALTY = message("The derivative of the penalty was subtracted.")
_INNER_SUM = message("The factors were added instead of multiplied.")
_OTHER_INPUT = message("The input of another edge was taken.")
_OTHER_DELTA = message("The δ of another neuron was taken.")
_TIMES_BIAS = message("The bias was taken as a factor; ∂z/∂b is 1.")
_ONE_SAMPLE = message("This is one summand alone; the others belong to the gradient as well.")
_TOO_EARLY_MEAN = message(
    "It was divided by the number of samples already here; that comes with the sum over the batch."
)


def backward_slips(run: Run, step: Step) -> Found:
    """Yield the slips at a step of the way back."""
    match step.kind:
        case "delta" | "gradient_input":
            place = run.graph.place[step.sample, step.address or step.subject]
            yield from derivative_slips(run, place)
        case "gradient_node":
            yield from derivative_slips(run, run.graph.place[step.sample, step.subject])
        case "gradient_weight" | "gradient_bias":
            yield from use_slips(run, step.subject, use_at(run, step))
        case _:
            yield from whole_slips(run, step.subject)
    yield from _anywhere(run, step)


def _anywhere(run: Run, step: Step) -> Found:
    """Yield what can go wrong in every derivative."""
    value = step.value
    yield from given_as("sign", SIGN, -value)
    yield from doubled(run.lesson, value)
    if run.lesson.expression is not None:
        return
    yield from given_as("with rate", WITH_RATE, run.learning_rate * value)
    yield from given_as("with rate", WITH_RATE, -run.learning_rate * value)
    yield from shared_out(run.lesson, value)
    samples = len(run.graph.samples)
    if samples > 1 and step.kind != "gradient_parameter":
        yield from given_as("mean", _TOO_EARLY_MEAN, value / samples)


def use_at(run: Run, step: Step) -> Term:
    """Return the summand of a parameter's gradient that a step about one of its uses tells."""
    neuron = step.edge[1] if step.edge is not None else str(step.neuron)
    place = run.graph.piece_of[step.sample or 0, neuron, step.piece]
    node = run.graph.nodes[place]
    argument = len(node.inputs) - 1 if step.edge is None else node.sources.index(step.edge[0])
    terms = run.terms[run.graph.parameter[step.subject]]
    return next(term for term in terms if (term.consumer, term.argument) == (place, argument))


def use_slips(run: Run, parameter: str, use: Term) -> Found:
    """Yield the slips at what one use of a parameter adds to its gradient: those of its δ, and those of the last factor."""
    node = run.graph.nodes[use.consumer]
    yield from scaled(derivative_slips(run, use.consumer), use.local)
    if node.role != "pre_activation":
        return
    yield from _other_deltas(run, use)
    own = run.start.parameters[parameter]
    if use.argument == len(node.inputs) - 1 and node.sources[use.argument] is None:
        yield from given_as("times bias", _TIMES_BIAS, use.upstream * own)
        return
    place = node.inputs[use.argument + 1]
    yield from given_as("weight for input", MIXED, use.upstream * own)
    yield from given_as("only delta", _ONLY_DELTA, use.upstream)
    yield from given_as("only input", _ONLY_INPUT, use.local)
    yield from given_as("added factors", _INNER_SUM, use.upstream + use.local)
    source = run.graph.nodes[place]
    before = run.graph.sum_of.get((node.sample or 0, source.owner))
    if before is not None:
        yield from given_as("used z", USED_Z, use.upstream * run.values[before])
    if source.role == "dropout":
        kept = run.values[source.inputs[0]]
        yield from given_as("no dropout", NO_DROPOUT, use.upstream * kept)
    others = [at for at, name in enumerate(node.sources) if name is not None][1::2]
    for at in others:
        if at != use.argument + 1:
            wrong = use.upstream * run.values[node.inputs[at]]
            yield from given_as("other input", _OTHER_INPUT, wrong)


def _other_deltas(run: Run, use: Term) -> Found:
    """Yield what comes out with the δ of a neuron beside the one the parameter belongs to."""
    node = run.graph.nodes[use.consumer]
    for name, depth in run.graph.depth.items():
        place = run.graph.piece_of.get((node.sample or 0, name, 0))
        if place is not None and depth == node.depth and name != node.owner:
            yield from given_as("other delta", _OTHER_DELTA, run.adjoints[place] * use.local)


def whole_slips(run: Run, name: str) -> Found:
    """Yield the slips at the whole gradient of a parameter: summed over its uses and samples, with the penalty."""
    terms = run.terms[run.graph.parameter[name]]
    products = [term.product for term in terms]
    count = len(run.graph.samples)
    is_mean = run.lesson.loss.reduction == "mean" and count > 1
    factor = 1 / count if is_mean else 1.0
    slope, total = run.penalty_slopes.get(name, 0.0), sum(products)
    yield from averaged(total, count, is_mean=is_mean, rest=slope)
    if slope:
        yield from given_as("no penalty", _NO_PENALTY, factor * total)
        yield from given_as("minus penalty", _MINUS_PENALTY, factor * total - slope)
        yield from doubled(run.lesson, factor * total, slope)
        yield from given_as("sign", SIGN, slope - factor * total)
    yield from missing_one("missing term", MISSING_TERM, products, factor, slope)
    yield from turned_one(products, factor, slope)
    if 1 < len(terms) <= MOST_TERMS:
        for product in products:
            yield from given_as("one sample", _ONE_SAMPLE, product)
    yield from _in_every_use(run, name, factor, slope)


def _in_every_use(run: Run, name: str, factor: float, slope: float) -> Found:
    """Yield what comes out where the same slip is made in every use: what gives one number in each of them."""
    terms = run.terms[run.graph.parameter[name]]
    if not 0 < len(terms) <= MOST_TERMS:
        return
    tables = [_unambiguous(use_slips(run, name, term)) for term in terms]
    if len(terms) == 1:
        yield from scaled(use_slips(run, name, terms[0]), factor, slope)
        return
    for key, slip in tables[0].items():
        found = [table.get(key) for table in tables]
        values = [one.value for one in found if one is not None]
        if len(values) == len(terms):
            yield from given_as(key, slip.sentence, factor * sum(values) + slope)


def _unambiguous(found: Found) -> dict[str, Slip]:
    """Return slips by their keys, those left out that give several numbers."""
    table: dict[str, Slip | None] = {}
    for slip in found:
        known = table.get(slip.key, slip)
        table[slip.key] = slip if known is not None and known.value == slip.value else None
    return {key: slip for key, slip in table.items() if slip is not None}
