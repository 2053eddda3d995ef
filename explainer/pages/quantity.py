"""What is told about any node of the scalar graph: its operation forward, its derivative as a sum over its uses backward."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.maths.printed import PRODUCT, Printed
from explainer.maths.softmax import Softmax
from explainer.pages.factors import operation_of
from explainer.pages.names import Names, derivative, with_subscript
from explainer.pages.page import Reference, Row
from explainer.pages.rows import Factor, Term, backward_rows, result_row, row
from explainer.trace.arithmetic import is_unrounded
from explainer.trace.node import Node
from explainer.trace.record import Term as Summand
from explainer.trace.steps import piece_of


class Quantities:
    """Symbols, lines and products of the nodes of one run."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.run = names.run

    def find(self, sample: int | None, address: str) -> int:
        """Return the place of a quantity in the graph; an identity neuron's sum and output are one node."""
        return self.run.graph.place[sample, address]

    def symbol(self, place: int, sample: int | None) -> Printed:
        """Return how a node is written in a step about `sample`; nodes of other samples wear their number."""
        node = self.run.graph.nodes[place]
        plain = self._plain_symbol(node)
        if node.sample is None or node.sample == sample:
            return plain
        return self.names.of_sample(plain, node.sample)

    def forward_rows(self, place: int) -> tuple[Row, ...]:
        """Return rule, numbers and result of the operation at a node."""
        node = self.run.graph.nodes[place]
        operation = operation_of(node)
        values = [self.run.values[source] for source in node.inputs]
        numbers = [self.names.number(value) for value in values]
        symbols = [self.symbol(source, node.sample) for source in node.inputs]
        left, language = self.symbol(place, node.sample), self.names.language
        exactly = self.run.lesson.arithmetic.mode == "exact" or is_unrounded(
            operation, values, self.run.values[place]
        )
        return (
            row("rule", left, operation.formula(symbols, language)),
            row(
                "numbers",
                left,
                operation.formula(numbers, language, values),
                exact=not self.names.hides(values),
            ),
            result_row(self.names, left, self.run.values[place], exact=exactly),
        )

    def backward_rows(self, place: int) -> tuple[tuple[Row, ...], Sequence[Term]]:
        """Return the four lines of ∂E/∂node and the products they add up; a node that nothing uses has derivative 0."""
        node = self.run.graph.nodes[place]
        left = derivative(self.error(place), self.symbol(place, node.sample))
        value = self.run.adjoints[place]
        if self.run.graph.is_seed(place) or not self.run.terms[place]:
            number = self.names.number(value)
            rows = tuple(row(role, left, number) for role in ("chain", "local", "numbers"))
            return (*rows, result_row(self.names, left, value)), []
        terms = [self._product(place, summand) for summand in self.run.terms[place]]
        return backward_rows(self.names, left, terms, value), terms

    def part(self, place: int, summand: Summand) -> tuple[Printed, Printed, Printed]:
        """Return one use of a parameter in a sum over its uses: as derivatives, worked out, and its number."""
        factors = self._product(place, summand)
        chain = _times([factor.derivative for factor in factors])
        local = _times([factor.symbols for factor in factors])
        return chain, local, self.names.number(summand.product)

    def is_single_use(self, parameter: str) -> bool:
        """Tell whether a parameter's whole gradient is one product: one use, in one sample, without a penalty."""
        uses = self.run.terms[self.run.graph.parameter[parameter]]
        alone = len(uses) == 1 and len(self.run.graph.samples) == 1
        return alone and parameter not in self.run.penalty_slopes

    def error(self, place: int) -> Printed:
        """Return the symbol of what is differentiated by a node: a sample's error, the sum of all, or a result."""
        if self.run.lesson.expression is not None:
            return self.symbol(self.run.graph.loss_of[0], 0)
        if self.run.graph.nodes[place].role == "parameter":
            return self.names.differentiated(None)
        return self.names.differentiated(self.run.graph.nodes[place].sample, place)

    def _plain_symbol(self, node: Node) -> Printed:
        names = self.names
        match node.role:
            case "constant" if node.address.endswith(".mask"):
                return with_subscript("m", names.neuron(node.owner))
            case "constant" if " " in node.address:
                return names.number(node.value)
            case "target":
                return names.target(node.owner)
            case "loss":
                return names.error(node.sample)
            case "penalty":
                return names.penalty(node.sample)
            case "parameter":
                return names.parameter(node.owner)
            case "operation":
                return names.parameter(node.address)
        if self.run.lesson.expression is not None:
            return names.parameter(node.address)
        return self._neuron_symbol(node)

    def _neuron_symbol(self, node: Node) -> Printed:
        own = self.names.neuron(node.owner)
        suffix = node.address.removeprefix(node.owner).removeprefix(".")
        letters = {"normalised": "\\hat{z}", "scaled": "\\tilde{z}", "a": "a"}
        if suffix in letters and not self._is_output(node):
            return with_subscript(letters[suffix], own)
        if suffix in ("mean", "variance"):
            return self.names.average(node.owner, suffix, running=node.role == "constant")
        if suffix == "z" and not self.names.is_identity(node.owner):
            return self.names.z(node.owner)
        if suffix.startswith("z") and len(suffix) > 1:
            return self.names.piece(node.owner, int(suffix.removeprefix("z")) - 1)
        return own if suffix != "z" or self._is_output(node) else self.names.z_of(node.owner)

    def _is_output(self, node: Node) -> bool:
        """Tell whether a quantity is what its neuron puts out."""
        if node.sample is None or node.role == "input":
            return False
        place = self.run.graph.output_of[node.sample, node.owner]
        return self.run.graph.nodes[place].address == node.address

    def _product(self, place: int, summand: Summand) -> Term:
        graph = self.run.graph
        sample = graph.nodes[place].sample
        consumer = graph.nodes[summand.consumer]
        above, below = self.symbol(summand.consumer, sample), self.symbol(place, sample)
        product: list[Factor] = []
        if not graph.is_seed(summand.consumer):
            top = derivative(self.error(summand.consumer), above)
            number = self.names.number(summand.upstream)
            exact = not self.names.hides([summand.upstream])
            product.append(
                Factor(
                    top,
                    top,
                    number,
                    summand.upstream,
                    _place(consumer),
                    0,
                    exact,
                )
            )
        product.append(self._local(place, summand, derivative(above, below), len(product)))
        return product

    def _local(self, place: int, summand: Summand, top: Printed, colour: int) -> Factor:
        graph, names = self.run.graph, self.names
        node, consumer = graph.nodes[place], graph.nodes[summand.consumer]
        operation = operation_of(consumer)
        values = [self.run.values[source] for source in consumer.inputs]
        own = self.run.values[summand.consumer]
        numbers = [names.number(value) for value in (*values, own)]
        symbols = [self.symbol(source, node.sample) for source in consumer.inputs]
        result = self.symbol(summand.consumer, node.sample)
        in_symbols = operation.partial_formula(summand.argument, symbols, result, names.language)
        in_numbers = operation.partial_formula(
            summand.argument, numbers[:-1], numbers[-1], names.language, values
        )
        if isinstance(operation, Softmax):
            # By its components, which stand on the board already.
            places = self._softmax_of(summand.consumer)
            values, own = [self.run.values[each] for each in places], 0.0
            numbers = [names.number(value) for value in (*values, own)]
            symbols = [self.symbol(each, node.sample) for each in places]
            at, language = summand.argument, names.language
            in_symbols = operation.partial_in_outputs(at, symbols, language)
            in_numbers = operation.partial_in_outputs(at, numbers, language)
        # Where a weight was updated in place, or a rule rounds the local derivative, the number is the one used.
        used = names.number(summand.local)
        if self.run.lesson.arithmetic.mode == "rounded" or consumer.role == "pre_activation":
            in_numbers = used
        written = [
            value
            for value, shown in zip((*values, own), numbers, strict=True)
            if shown.text in in_numbers.text
        ]
        return Factor(
            top,
            in_symbols,
            in_numbers,
            summand.local,
            _reference(node, consumer),
            colour,
            not names.hides(written),
        )

    def _softmax_of(self, place: int) -> list[int]:
        """Return the components of the softmax to which a component belongs, in the order of its arguments."""
        graph = self.run.graph
        own = graph.nodes[place]
        return [
            other
            for other, node in enumerate(graph.nodes)
            if node.role == "softmax" and (node.sample, node.inputs) == (own.sample, own.inputs)
        ]


def _times(factors: Sequence[Printed]) -> Printed:
    parts = [factor.at_least(PRODUCT) for factor in factors]
    return Printed(
        " \\cdot ".join(part.latex for part in parts),
        "·".join(part.text for part in parts),
        PRODUCT,
    )


def _reference(node: Node, consumer: Node) -> Reference:
    if consumer.role == "operation":
        return Reference("edge", node.address, consumer.address)
    if consumer.role in ("loss", "penalty"):
        return Reference("error_link", node.owner)
    if consumer.role == "pre_activation":
        return Reference("edge", node.owner, consumer.owner, piece_of(consumer.address))
    return _place(consumer)


def _place(node: Node) -> Reference:
    """Return where a quantity of a neuron stands on the graph: the pieces of maxout have places of their own."""
    quantity = node.address.rpartition(".")[2]
    is_piece = node.role == "pre_activation" and quantity != "z"
    return Reference("neuron", node.owner, quantity if is_piece else "")
