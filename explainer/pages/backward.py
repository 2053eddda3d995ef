"""What is told about a backward step: its reason, its lines, the factors that wear a colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from explainer.lesson.lesson import Edge
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.formula import PRODUCT, Printed
from explainer.messages import Message, message
from explainer.pages import phrases
from explainer.pages.factors import Factors, operation_of
from explainer.pages.names import Names, derivative
from explainer.pages.page import Row
from explainer.pages.rows import Factor, Term, added, backward_rows, coloured_alike, row
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
        case _:
            return _gradient(names, step)


def notes(names: Names, step: Step) -> list[Message]:
    """Return the quiet remarks under a backward step: conventions, tied parameters, the same in δ."""
    network = names.run.lesson.network
    if step.kind == "delta":
        convention = ACTIVATIONS[network.neuron(step.subject).activation.name].convention
        return [convention] if convention is not None else []
    if step.kind == "gradient_parameter":
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
    is_output = neuron.role == "output"
    reason = phrases.delta_reason(names, step, [edge.target for edge in edges], is_output=is_output)
    left = derivative(names.error(step.sample), names.z(neuron.id))
    if not edges and not is_output:
        zero = names.number(0.0)
        rows = tuple(row(role, left, zero) for role in ("chain", "local", "numbers"))
        return Story(reason, (*rows, result(names, left, step.value)), [])
    factors = Factors(names, step.sample or 0)
    terms: list[Term] = [[factors.error_by_output(neuron.id, 0)]] if is_output else []
    if is_output and not edges and names.is_identity(neuron.id):
        terms = [[_straight_from_error(names, factors, neuron.id)]]
    terms += [[factors.delta(edge.target, 0), factors.weight(edge, 1)] for edge in edges]
    slope = None if names.is_identity(neuron.id) else factors.slope(neuron.id, 2 if edges else 1)
    rows = backward_rows(names, left, terms, step.value, slope)
    return Story(reason, rows, [*terms, [slope]] if slope else terms)


def _straight_from_error(names: Names, factors: Factors, neuron_id: str) -> Factor:
    """Return ∂E/∂ŷ with the error written out, where there is no chain yet and ∂E/∂ŷ alone would say nothing."""
    factor = factors.error_by_output(neuron_id, 0)
    loss = names.run.graph.nodes[names.run.graph.loss_of[factors.sample]]
    error = operation_of(loss).formula(factors.loss_symbols(), names.language)
    y = names.neuron(neuron_id)
    latex = f"\\frac{{\\partial}}{{\\partial {y.latex}}} \\left({error.latex}\\right)"
    numbers = factors.error_numbers(neuron_id)
    return factor._replace(
        derivative=Printed(latex, f"∂/∂{y.text} ({error.text})"), numbers=numbers
    )


def _gradient(names: Names, step: Step) -> Story:
    """Tell of one use of a weight or bias: the full product from the error while it is short, else δ times the last factor."""
    network, paths = names.run.lesson.network, names.run.paths
    factors = Factors(names, step.sample or 0)
    edge = next((edge for edge in network.edges if (edge.source, edge.target) == step.edge), None)
    neuron_id = edge.target if edge else str(step.neuron)
    use = names.use(step.subject, neuron_id, edge.source if edge else None)
    left = derivative(names.error(step.sample), use)
    short = paths.is_short(neuron_id)
    ways = paths.all_to(neuron_id) if short else []
    terms: list[Term]
    if short:
        terms = [_whole_path(names, factors, neuron_id, way, edge, step.subject) for way in ways]
    else:
        terms = [[factors.delta(neuron_id, 0), _last(factors, neuron_id, edge, step.subject, 1)]]
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
    if not names.is_identity(output):
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
    parts = _parts(names, step.subject)
    reason = phrases.sum_reason(names, step.subject, len(parts))
    left = derivative(names.error(), names.parameter(step.subject))
    divisor = len(run.graph.samples) if run.lesson.loss.reduction == "mean" else 1
    if not parts:
        reason = message("{w} is not used, so its gradient is 0.", w=names.parameter(step.subject))
        parts = [(names.number(0.0),) * 3]
    chain, local, numbers = (added([part[form] for part in parts], divisor) for form in range(3))
    exact = not names.hides([term.product for term in run.terms[run.graph.parameter[step.subject]]])
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
        source = node.sources[term.argument]
        in_symbols = names.of_sample(names.delta(node.owner), node.sample)
        if source is not None:
            x = names.of_sample(names.neuron(source), node.sample)
            in_symbols = Printed(
                f"{in_symbols.latex} {x.latex}", f"{in_symbols.text}·{x.text}", PRODUCT
            )
        use = names.use(parameter, node.owner, source)
        parts.append(
            (derivative(names.error(node.sample), use), in_symbols, names.number(term.product))
        )
    return parts
