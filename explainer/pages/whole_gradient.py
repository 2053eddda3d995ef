"""What is told of a parameter's whole gradient: the sum over its uses and over the samples of the batch, with the penalty."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.maths.printed import PRODUCT, Printed
from explainer.maths.update_operations import penalty_slope
from explainer.messages import Message, message
from explainer.pages import backward_phrases
from explainer.pages.names import Names, derivative, piece
from explainer.pages.page import Row
from explainer.pages.quantity import Quantities
from explainer.pages.rows import PLUS, Term, added, row
from explainer.pages.rows import result_row as result
from explainer.trace.forward_steps import piece_at
from explainer.trace.steps import Step


def whole_gradient(names: Names, step: Step) -> tuple[Message, tuple[Row, ...], Sequence[Term]]:
    """Return the reason, lines and products of a whole gradient: how the gradient of a parameter is put together from its uses and the samples of the batch."""
    run = names.run
    quantities = Quantities(names)
    if quantities.is_single_use(step.subject):
        rows, terms = quantities.backward_rows(run.graph.parameter[step.subject])
        return backward_phrases.single_use_reason(names, step.subject), rows, terms
    parts = _parts(names, step.subject)
    reason = backward_phrases.sum_reason(names, step.subject, len(parts))
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
    return reason, rows, []


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
        in_symbols = names.of_sample(names.delta(node.owner, piece_at(node)), node.sample)
        if source is not None:
            x = names.of_sample(names.neuron(source), node.sample)
            in_symbols = Printed(
                f"{in_symbols.latex} {x.latex}", f"{in_symbols.text}·{x.text}", PRODUCT
            )
        use = names.use(parameter, node.owner, source)
        parts.append(
            (
                derivative(
                    names.differentiated(node.sample, term.consumer),
                    names.in_sample(use, term.consumer),
                ),
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
