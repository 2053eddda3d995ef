"""What is told about a step of a formula: an operation, or the derivative of the result by a node."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.lesson.symbols import symbol_of
from explainer.maths.printed import Printed
from explainer.messages import message, plural
from explainer.pages.backward import Story
from explainer.pages.factors import operation_of
from explainer.pages.names import Names, derivative
from explainer.pages.page import Reference, Row
from explainer.pages.rows import Factor, Term, backward_rows, result_row, row
from explainer.trace.node import Node
from explainer.trace.record import Term as Summand
from explainer.trace.steps import Step


def tell_operation(names: Names, step: Step) -> Story:
    """Return the story of an operation on the way forward."""
    place, node = _find(names, step.subject)
    operation = operation_of(node)
    values = [names.run.values[source] for source in node.inputs]
    numbers = [names.number(value) for value in values]
    left = node_symbol(node.address)
    unrounded = (
        names.run.lesson.arithmetic.mode == "exact"
        or operation.value(values) == names.run.values[place]
    )
    rows = (
        row("rule", left, operation.formula(_symbols(names, node), names.language)),
        row(
            "numbers",
            left,
            operation.formula(numbers, names.language, values),
            exact=not names.hides(values),
        ),
        result_row(names, left, step.value, exact=unrounded),
    )
    parts = dict.fromkeys(names.run.graph.nodes[source].address for source in node.inputs)
    reason = plural(
        "One operation: {v} is computed from {count} value.",
        "One operation: {v} is computed from {count} values.",
        len(parts),
        v=left,
    )
    return Story(reason, rows, [])


def tell_gradient(names: Names, step: Step) -> Story:
    """Return the story of a derivative: every use of a node adds one product."""
    place, _ = _find(names, step.subject)
    result = _result(names)
    own = node_symbol(step.subject)
    left = derivative(result, own)
    if names.run.graph.is_seed(place):
        one = names.number(1.0)
        rows: tuple[Row, ...] = tuple(
            row(role, left, one) for role in ("chain", "local", "numbers")
        )
        reason = message("The way back starts here: the result changes with itself one to one.")
        return Story(reason, (*rows, result_row(names, left, step.value)), [])
    summands = names.run.terms[place]
    if not summands:
        zero = names.number(0.0)
        rows = tuple(row(role, left, zero) for role in ("chain", "local", "numbers"))
        reason = message("{x} does not reach the result, so nothing changes with it.", x=own)
        return Story(reason, (*rows, result_row(names, left, step.value)), [])
    terms = [_product(names, place, summand, result) for summand in summands]
    reason = plural(
        "{x} is used once: multiply what came back to its use by the local derivative there.",
        "{x} is used {count} times: what comes back along every use is added up.",
        len(summands),
        x=own,
    )
    return Story(reason, backward_rows(names, left, terms, step.value), terms)


def node_symbol(address: str) -> Printed:
    """Return the symbol of a named node."""
    symbol = symbol_of(address)
    return Printed(symbol.latex, symbol.text)


def _product(names: Names, place: int, summand: Summand, result: Printed) -> Term:
    consumer = names.run.graph.nodes[summand.consumer]
    above, below = node_symbol(consumer.address), node_symbol(names.run.graph.nodes[place].address)
    product: list[Factor] = []
    if not names.run.graph.is_seed(summand.consumer):
        top = derivative(result, above)
        shown = names.number(summand.upstream)
        reference = Reference("neuron", consumer.address)
        product.append(
            Factor(
                top, top, shown, summand.upstream, reference, 0, not names.hides([summand.upstream])
            )
        )
    product.append(_local(names, place, summand, derivative(above, below), len(product)))
    return product


def _local(names: Names, place: int, summand: Summand, top: Printed, colour: int) -> Factor:
    consumer = names.run.graph.nodes[summand.consumer]
    operation = operation_of(consumer)
    values = [names.run.values[source] for source in consumer.inputs]
    own = names.run.values[summand.consumer]
    numbers = [names.number(value) for value in (*values, own)]
    symbols = operation.partial_formula(
        summand.argument, _symbols(names, consumer), node_symbol(consumer.address), names.language
    )
    in_numbers = operation.partial_formula(
        summand.argument, numbers[:-1], numbers[-1], names.language, values
    )
    if names.run.lesson.arithmetic.mode == "rounded":
        in_numbers = names.number(summand.local)
    reference = Reference("edge", names.run.graph.nodes[place].address, consumer.address)
    written = [
        value
        for value, shown in zip((*values, own), numbers, strict=True)
        if shown.text in in_numbers.text
    ]
    return Factor(
        top, symbols, in_numbers, summand.local, reference, colour, not names.hides(written)
    )


def _symbols(names: Names, node: Node) -> Sequence[Printed]:
    """Return the symbols of an operation's arguments; a number in the formula stands for itself."""
    sources = [names.run.graph.nodes[place] for place in node.inputs]
    return [
        names.number(source.value)
        if source.role == "constant" and " " in source.address
        else node_symbol(source.address)
        for source in sources
    ]


def _result(names: Names) -> Printed:
    return node_symbol(names.run.graph.nodes[names.run.graph.loss_of[0]].address)


def _find(names: Names, address: str) -> tuple[int, Node]:
    nodes = names.run.graph.nodes
    place = next(place for place, node in enumerate(nodes) if node.address == address)
    return place, nodes[place]
