"""What is told about a backward step: its reason, its lines, the factors that wear a colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from explainer.lesson.lesson import Edge, Neuron
from explainer.maths.cancellation import cancelled
from explainer.maths.chosen import activation_conventions
from explainer.maths.printed import PRODUCT, Printed
from explainer.maths.update_operations import penalty_slope
from explainer.messages import Message, message
from explainer.pages import phrases
from explainer.pages.factors import Factors, operation_of
from explainer.pages.names import Names, derivative, piece
from explainer.pages.page import Row
from explainer.pages.quantity import Quantities
from explainer.pages.rows import PLUS, Factor, Term, added, backward_rows, coloured_alike, row
from explainer.pages.rows import result_row as result
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
            return _whole_gradient(names, step)
        case "gradient_input":
            place = names.run.graph.place[step.sample, step.subject]
            return Story(phrases.input_reason(names, step), *Quantities(names).backward_rows(place))
        case _:
            return _gradient(names, step)


def notes(names: Names, step: Step) -> list[Message]:
    """Return the quiet remarks under a backward step: conventions, tied parameters, the same in δ."""
    network = names.run.lesson.network
    if step.kind == "delta" and names.compares_sums:
        return []
    if step.kind == "delta":
        return list(activation_conventions(network.neuron(step.subject).activation))
    if step.kind not in ("gradient_weight", "gradient_bias"):
        return []
    source, target = step.edge or (None, str(step.neuron))
    found = (
        [_note_on_tie(names, step.subject, source, target)] if names.is_tied(step.subject) else []
    )
    if source is not None and names.run.paths.is_short(target):
        found.append(_note_on_delta(names, step, source, target))
    return found


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
    reason = phrases.delta_reason(names, step, [edge.target for edge in edges], is_output=is_output)
    left = derivative(names.differentiated(step.sample), names.z(neuron.id))
    if not edges and not is_output:
        zero = names.number(0.0)
        rows = tuple(row(role, left, zero) for role in ("chain", "local", "numbers"))
        return Story(reason, (*rows, result(names, left, step.value)), [])
    factors = Factors(names, step.sample or 0)
    terms: list[Term] = _from_error(names, factors, neuron.id) if is_output else []
    if len(terms) == 1 and not edges and straight:
        terms = [[_straight_from_error(names, factors, neuron.id)]]
    terms += [[factors.delta(edge.target, 0), factors.weight(edge, 1)] for edge in edges]
    slope = None if straight else factors.slope(neuron.id, 2 if edges else 1)
    rows = backward_rows(names, left, terms, step.value, slope)
    if len(terms) == 1 and is_output:
        rows = _with_cancellation(names, neuron, left, rows)
    return Story(reason, rows, [*terms, [slope]] if slope else terms)


def _from_error(names: Names, factors: Factors, neuron_id: str) -> list[Term]:
    """Return ∂E/∂ŷ and, where predictions have a penalty, ∂R/∂ŷ."""
    terms: list[Term] = [[factors.error_by_output(neuron_id, 0)]]
    if names.run.graph.penalty_of:
        terms.append([factors.penalty_by_output(neuron_id, 1)])
    return terms


def _with_cancellation(
    names: Names, neuron: Neuron, left: Printed, rows: tuple[Row, ...]
) -> tuple[Row, ...]:
    """Put ŷ − y under the local derivatives where loss and activation are made for each other; the numbers stay theirs."""
    loss = names.run.lesson.loss.choice.name
    y, target = names.neuron(neuron.id), names.target(neuron.id)
    short = cancelled(loss, neuron.activation.name, y, target, names.language)
    if short is None:
        return rows
    chain, local, *others = rows
    return (chain, local, row("local", left, short), *others)


def _quantity(names: Names, step: Step) -> Story:
    """Tell of the derivative by one quantity of a neuron as the sum over everything computed from it."""
    quantities = Quantities(names)
    place = quantities.find(step.sample, step.address)
    rows, terms = quantities.backward_rows(place)
    reason = phrases.quantity_reason(quantities.symbol(place, step.sample), len(terms), step)
    return Story(reason, rows, terms)


def _straight_from_error(names: Names, factors: Factors, neuron_id: str) -> Factor:
    """Return ∂E/∂ŷ with the error written out, where there is no chain yet and ∂E/∂ŷ alone would say nothing."""
    factor = factors.error_by_output(neuron_id, 0)
    loss = names.run.graph.nodes[names.run.graph.loss_of[factors.sample]]
    error = operation_of(loss).formula(factors.loss_symbols(), names.language)
    y = names.prediction(neuron_id)
    latex = f"\\frac{{\\partial}}{{\\partial {y.latex}}} \\left({error.latex}\\right)"
    numbers = factors.error_numbers(neuron_id)
    return factor._replace(
        derivative=Printed(latex, f"∂/∂{y.text} ({error.text})"), numbers=numbers
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
    left = derivative(names.differentiated(step.sample), use)
    short = paths.is_short(neuron_id)
    ways = paths.all_to(neuron_id) if short else []
    terms: list[Term]
    if short:
        terms = [_whole_path(names, factors, neuron_id, way, edge, step.subject) for way in ways]
    else:
        terms = [
            [
                factors.delta(neuron_id, 0, step.piece),
                _last(factors, neuron_id, edge, step.subject, 1),
            ]
        ]
    through = [names.neuron(name) for name in _passed(neuron_id, ways[0])] if short else []
    reason = phrases.gradient_reason(
        names, use, through, paths.counts[neuron_id], neuron_id, short=short
    )
    terms = coloured_alike(terms)
    return Story(reason, backward_rows(names, left, terms, step.value), terms)


def _whole_path(
    names: Names, factors: Factors, neuron_id: str, way: Path, edge: Edge | None, parameter: str
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
    product.append(_last(factors, neuron_id, edge, parameter, len(product)))
    return product


def _last(
    factors: Factors, neuron_id: str, edge: Edge | None, parameter: str, colour: int
) -> Factor:
    return factors.input_of(edge, colour) if edge else factors.bias_of(neuron_id, parameter, colour)


def _passed(neuron_id: str, way: Path) -> list[str]:
    """Return the neurons from the parameter's own to the output, in forward order."""
    return [neuron_id, *(edge.target for edge in reversed(way))]


def _whole_gradient(names: Names, step: Step) -> Story:
    """Tell how the gradient of a parameter is put together from its uses and the samples of the batch."""
    run = names.run
    quantities = Quantities(names)
    if quantities.is_single_use(step.subject):
        rows, terms = quantities.backward_rows(run.graph.parameter[step.subject])
        return Story(phrases.single_use_reason(names, step.subject), rows, terms)
    parts = _parts(names, step.subject)
    reason = phrases.sum_reason(names, step.subject, len(parts))
    left = derivative(names.objective(), names.parameter(step.subject))
    divisor = len(run.graph.samples) if run.lesson.loss.reduction == "mean" else 1
    if not parts:
        reason = message("{w} is not used, so its gradient is 0.", w=names.parameter(step.subject))
        parts = [(names.number(0.0),) * 3]
    chain, local, numbers = (added([part[form] for part in parts], divisor) for form in range(3))
    hidden = [term.product for term in run.terms[run.graph.parameter[step.subject]]]
    if step.subject in run.penalty_slopes:
        whole = (chain, local, numbers)
        for pieces, part in zip(whole, _penalty_part(names, step.subject), strict=True):
            pieces += [PLUS, piece(part.at_least(PRODUCT))]
        hidden.append(run.start.parameters[step.subject])
    exact = not names.hides(hidden)
    rows = (
        row("chain", left, chain),
        row("local", left, local),
        row("numbers", left, numbers, exact=exact),
        result(names, left, step.value),
    )
    return Story(reason, rows, [])


def _parts(names: Names, parameter: str) -> list[tuple[Printed, Printed, Printed]]:
    """Return, for each use in each sample, its derivative, the same in δ, and its number."""
    run = names.run
    parts = []
    for term in run.terms[run.graph.parameter[parameter]]:
        node = run.graph.nodes[term.consumer]
        if node.role != "pre_activation":
            parts.append(Quantities(names).part(run.graph.parameter[parameter], term))
            continue
        source = node.sources[term.argument]
        in_symbols = names.of_sample(names.delta(node.owner), node.sample)
        if source is not None:
            x = names.of_sample(names.neuron(source), node.sample)
            in_symbols = Printed(
                f"{in_symbols.latex} {x.latex}", f"{in_symbols.text}·{x.text}", PRODUCT
            )
        use = names.use(parameter, node.owner, source)
        parts.append(
            (
                derivative(names.differentiated(node.sample), use),
                in_symbols,
                names.number(term.product),
            )
        )
    return parts


def _penalty_part(names: Names, parameter: str) -> tuple[Printed, Printed, Printed]:
    """Return ∂R/∂w of the penalty on the weights, the same worked out, and with numbers."""
    run, choice = names.run, names.run.lesson.penalty
    if choice is None:
        raise ValueError("there is no penalty")
    symbol, value = names.parameter(parameter), run.start.parameters[parameter]
    slope = penalty_slope(choice.name, choice.parameters)
    numbers = slope.formula([names.number(value)], names.language, [value])
    if run.lesson.arithmetic.mode == "rounded":
        numbers = names.number(run.penalty_slopes[parameter])
    in_symbols = slope.formula([symbol], names.language)
    return derivative(names.penalty(), symbol), in_symbols, numbers
