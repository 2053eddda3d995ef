"""What is told about a backward step: its reason, its lines, the factors that wear a colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from explainer.lesson.lesson import Edge
from explainer.maths.chosen import activation_conventions
from explainer.maths.printed import Printed
from explainer.messages import Message, message
from explainer.pages import backward_phrases
from explainer.pages.cancelling import (
    cancelling_notes,
    cancelling_rows,
    softmax_cancelling_rows,
)
from explainer.pages.factors import Factors, operation_of
from explainer.pages.names import Names, derivative, piece
from explainer.pages.normalising import normalising_notes
from explainer.pages.page import Row
from explainer.pages.quantity import Quantities
from explainer.pages.rows import Factor, Term, backward_rows, coloured_alike, row
from explainer.pages.rows import result_row as result
from explainer.pages.ties import tie_note
from explainer.pages.whole_gradient import whole_gradient
from explainer.trace.paths import Path
from explainer.trace.steps import Step


class Story(NamedTuple):
    """Why a step is taken, its lines, and the products whose factors the graph shows."""

    reason: Message
    rows: tuple[Row, ...]
    terms: Sequence[Term]


def tell(names: Names, step: Step) -> Story:
    """Return what is told about a backward step."""
    match step.kind:
        case "delta":
            return _delta(names, step)
        case "gradient_parameter":
            return Story(*whole_gradient(names, step))
        case "gradient_input":
            place = names.run.graph.place[step.sample, step.address]
            return Story(
                backward_phrases.input_reason(names, step), *Quantities(names).backward_rows(place)
            )
        case _:
            return _gradient(names, step)


def notes(names: Names, step: Step) -> list[Message]:
    """Return the quiet remarks under a backward step: conventions, tied parameters, the same in δ."""
    if step.kind == "delta" and names.compares_sums:
        return []
    if step.kind == "delta":
        return [
            *_conventions(names, step),
            *cancelling_notes(names, step),
            *normalising_notes(names, step),
        ]
    if step.kind not in ("gradient_weight", "gradient_bias"):
        return []
    source, target = step.edge or (None, str(step.neuron))
    found = (
        [_note_on_tie(names, step.subject, source, target)] if names.is_tied(step.subject) else []
    )
    if source is not None and names.run.paths.is_short(target):
        found.append(_note_on_delta(names, step, source, target))
    return [*found, *normalising_notes(names, step)]


def _conventions(names: Names, step: Step) -> list[Message]:
    """Return what must be said of points without a derivative on the page of the slope that has them."""
    graph = names.run.graph
    neuron = names.run.lesson.network.neuron(step.subject)
    if neuron.activation.name != "maxout":
        slopes = neuron.is_plain or graph.nodes[graph.place[step.sample, step.address]].role in (
            "pre_activation",
            "scaled",
        )
        return list(activation_conventions(neuron.activation)) if slopes else []
    if not step.address.rpartition(".")[2].startswith("z"):
        return []
    maximum = graph.nodes[graph.sum_of[step.sample or 0, step.subject]]
    values = [names.run.values[source] for source in maximum.inputs]
    symbol = Quantities(names).symbol(graph.sum_of[step.sample or 0, step.subject], step.sample)
    tie = tie_note(operation_of(maximum), values, symbol)
    return list(activation_conventions(neuron.activation)) if tie is None else [tie]


def _note_on_tie(names: Names, parameter: str, source: str | None, target: str) -> Message:
    return message(
        "{u} is {w} where {h} uses it; what its other uses give is added later.",
        u=names.use(parameter, target, source),
        w=names.parameter(parameter),
        h=names.neuron(target),
    )


def _note_on_delta(names: Names, step: Step, source: str, target: str) -> Message:
    value = names.run.summary.deltas[str(step.sample)][target]
    return message(
        "The factors before the last are {d} = {number}, known from an earlier step: {d} times {x} gives the same.",
        d=names.delta(target),
        number=names.number(value),
        x=names.neuron(source),
    )


def _delta(names: Names, step: Step) -> Story:
    network = names.run.lesson.network
    neuron = network.neuron(step.subject)
    edges = network.outgoing(neuron.id)
    if not neuron.is_plain or any(
        network.neuron(edge.target).activation.name == "maxout" for edge in edges
    ):
        return _quantity(names, step)
    is_output = neuron.role == "output"
    # An identity neuron, or any by the delta rule, gives its weighted sum to the error as it is.
    straight = names.is_identity(neuron.id) or names.compares_sums
    reason = backward_phrases.delta_reason(
        names, step, [edge.target for edge in edges], is_output=is_output
    )
    left = derivative(_error_by_sum(names, step), names.z(neuron.id))
    if not edges and not is_output:
        zero = names.number(0.0)
        rows = tuple(row(role, left, zero) for role in ("chain", "local", "numbers"))
        return Story(reason, (*rows, result(names, left, step.value)), [])
    factors = Factors(names, step.sample or 0)
    terms: list[Term] = _from_error(names, factors, neuron.id) if is_output else []
    if len(terms) == 1 and not edges and straight:
        terms = [[_straight_from_error(factors, neuron.id)]]
    terms += [[factors.delta(edge.target, 0), factors.weight(edge, 1)] for edge in edges]
    slope = None if straight else factors.slope(neuron.id, 2 if edges else 1)
    rows = backward_rows(names, left, terms, step.value, slope)
    if len(terms) == 1 and is_output:
        rows = (*rows[:2], *cancelling_rows(names, neuron, left), *rows[2:])
    return Story(reason, rows, [*terms, [slope]] if slope else terms)


def _from_error(names: Names, factors: Factors, neuron_id: str) -> list[Term]:
    """Return ∂E/∂ŷ and, where predictions have a penalty, ∂R/∂ŷ."""
    terms: list[Term] = [[factors.error_by_output(neuron_id, 0)]]
    if names.run.graph.penalty_of:
        terms.append([factors.penalty_by_output(neuron_id, 1)])
    return terms


def _quantity(names: Names, step: Step) -> Story:
    """Tell of the derivative by one quantity of a neuron as the sum over everything computed from it."""
    quantities = Quantities(names)
    place = quantities.find(step.sample, step.address)
    rows, terms = quantities.backward_rows(place)
    reason = backward_phrases.quantity_reason(
        quantities.symbol(place, step.sample), len(terms), step
    )
    if len(terms) == 1 and len(terms[0]) == 1:
        # ∂E/∂p stands for all that p does to E, and would say nothing here.
        written_out = Factors(names, step.sample or 0).error_written_out(step.subject)
        rows = (replace(rows[0], right=(piece(written_out),)), *rows[1:])
        reason = backward_phrases.straight_reason(quantities.symbol(place, step.sample))
    shares = softmax_cancelling_rows(names, place, rows[0].left)
    return Story(reason, (*rows[:2], *shares, *rows[2:]), terms)


def _error_by_sum(names: Names, step: Step) -> Printed:
    """Return what is differentiated by the weighted sum a step is about."""
    place = names.run.graph.place[step.sample, step.address]
    return names.differentiated(step.sample, place)


def _straight_from_error(factors: Factors, neuron_id: str) -> Factor:
    """Return ∂E/∂ŷ with the error written out, where there is no chain yet and ∂E/∂ŷ alone would say nothing."""
    return factors.error_by_output(neuron_id, 0)._replace(
        derivative=factors.error_written_out(neuron_id), numbers=factors.error_numbers(neuron_id)
    )


def _gradient(names: Names, step: Step) -> Story:
    """Tell of one use of a weight or bias: the full product from the error while it is short, else δ times the last factor."""
    network, paths = names.run.lesson.network, names.run.paths
    factors = Factors(names, step.sample or 0)
    edge = next(
        (
            edge
            for edge in network.edges
            if ((edge.source, edge.target), edge.piece) == (step.edge, step.piece)
        ),
        None,
    )
    neuron_id = edge.target if edge else str(step.neuron)
    use = names.use(step.subject, neuron_id, edge.source if edge else None)
    place = names.run.graph.piece_of[step.sample or 0, neuron_id, step.piece]
    left = derivative(names.differentiated(step.sample, place), names.in_sample(use, place))
    short = paths.is_short(neuron_id)
    ways = paths.all_to(neuron_id) if short else []
    terms: list[Term]
    if short:
        terms = [_whole_path(names, factors, neuron_id, way, edge, step) for way in ways]
    else:
        terms = [
            [
                factors.delta(neuron_id, 0, step.piece),
                _last(factors, neuron_id, edge, step, 1),
            ]
        ]
    through = [names.neuron(name) for name in _passed(neuron_id, ways[0])] if short else []
    reason = backward_phrases.gradient_reason(
        names, use, through, paths.counts[neuron_id], neuron_id, step.piece, short=short
    )
    terms = coloured_alike(terms)
    return Story(reason, backward_rows(names, left, terms, step.value), terms)


def _whole_path(
    names: Names, factors: Factors, neuron_id: str, way: Path, edge: Edge | None, step: Step
) -> list[Factor]:
    """Return the factors from the error along one way to the parameter, numbered from the error."""
    output = way[0].target if way else neuron_id
    product = [factors.error_by_output(output, 0)]
    if not names.is_identity(output) and not names.compares_sums:
        product.append(factors.slope(output, len(product)))
    for passed in way:
        product.append(factors.weight(passed, len(product)))
        if not names.is_identity(passed.source):
            product.append(factors.slope(passed.source, len(product)))
    product.append(_last(factors, neuron_id, edge, step, len(product)))
    return product


def _last(factors: Factors, neuron_id: str, edge: Edge | None, step: Step, colour: int) -> Factor:
    if edge is not None:
        return factors.input_of(edge, colour)
    return factors.bias_of(neuron_id, step.subject, step.piece, colour)


def _passed(neuron_id: str, way: Path) -> list[str]:
    """Return the neurons from the parameter's own to the output, in forward order."""
    return [neuron_id, *(edge.target for edge in reversed(way))]
