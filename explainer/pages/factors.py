"""The local derivatives of a run as factors of a chain-rule product: symbols, numbers, colour, place on the graph."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.lesson.lesson import Edge
from explainer.maths.operation import Operation
from explainer.maths.printed import Printed
from explainer.pages.names import Names, derivative
from explainer.pages.page import Reference
from explainer.pages.rows import Factor
from explainer.trace import record as runs
from explainer.trace.node import Node


class Factors:
    """Makes the factors of one sample of a run."""

    def __init__(self, names: Names, sample: int) -> None:
        self.names = names
        self.sample = sample
        self._run = names.run
        self._graph = names.run.graph

    def error_by_output(self, neuron_id: str, colour: int) -> Factor:
        """Return ∂E/∂ŷ of one output."""
        error = self.names.error(self.sample)
        return self._by_output(neuron_id, self._graph.loss_of[self.sample], error, colour)

    def penalty_by_output(self, neuron_id: str, colour: int) -> Factor:
        """Return ∂R/∂ŷ of one output, of the penalty on the predictions."""
        penalty = self.names.penalty(self.sample)
        return self._by_output(neuron_id, self._graph.penalty_of[self.sample], penalty, colour)

    def _by_output(self, neuron_id: str, top_at: int, top: Printed, colour: int) -> Factor:
        compared = self._graph.prediction_of[self.sample, neuron_id]
        argument = self._graph.nodes[top_at].inputs.index(compared)
        symbols = self.loss_symbols()[: len(self._graph.nodes[top_at].inputs)]
        return self._factor(
            derivative(top, self.names.prediction(neuron_id)),
            self._partial(top_at, argument, symbols, top),
            self._term(compared, top_at, argument).local,
            Reference("error_link", neuron_id),
            colour,
        )

    def error_numbers(self, neuron_id: str) -> Printed:
        """Return ∂E/∂ŷ with its numbers put in, also where its value is rounded before it is used."""
        loss_at = self._graph.loss_of[self.sample]
        compared = self._graph.prediction_of[self.sample, neuron_id]
        argument = self._graph.nodes[loss_at].inputs.index(compared)
        symbols = self.loss_symbols()
        return self._partial(loss_at, argument, symbols, self.names.error(self.sample))[1]

    def error_written_out(self, neuron_id: str) -> Printed:
        """Return ∂/∂ŷ of the error as its formula."""
        loss = self._graph.nodes[self._graph.loss_of[self.sample]]
        error = operation_of(loss).formula(self.loss_symbols(), self.names.language)
        y = self.names.prediction(neuron_id)
        latex = f"\\frac{{\\partial}}{{\\partial {y.latex}}} \\left({error.latex}\\right)"
        return Printed(latex, f"∂/∂{y.text} ({error.text})")

    def loss_symbols(self) -> list[Printed]:
        """Return the symbols of the loss operation's arguments: predictions, then targets."""
        outputs = [neuron.id for neuron in self._run.lesson.network.of_role("output")]
        return [
            *(self.names.prediction(name) for name in outputs),
            *(self.names.target(name) for name in outputs),
        ]

    def slope(self, neuron_id: str, colour: int) -> Factor:
        """Return ∂a/∂z, the slope of a neuron's activation at its operating point."""
        a_at = self._graph.output_of[self.sample, neuron_id]
        learnt = self._run.lesson.network.neuron(neuron_id).activation.named
        symbols = [self.names.z(neuron_id), *(self.names.parameter(name) for _, name in learnt)]
        return self._factor(
            derivative(self.names.neuron(neuron_id), self.names.z(neuron_id)),
            self._partial(a_at, 0, symbols, self.names.neuron(neuron_id)),
            self._term(self._graph.sum_of[self.sample, neuron_id], a_at, 0).local,
            Reference("neuron", neuron_id),
            colour,
        )

    def weight(self, edge: Edge, colour: int) -> Factor:
        """Return ∂z/∂a along an edge: its weight."""
        z_at = self._graph.piece_of[self.sample, edge.target, edge.piece]
        argument = self._graph.nodes[z_at].sources.index(edge.source) + 1
        local = self._term(self._graph.output_of[self.sample, edge.source], z_at, argument).local
        return self._plain(
            derivative(self._sum(edge.target, edge.piece), self.names.neuron(edge.source)),
            self._weight_symbol(edge),
            local,
            Reference("edge", edge.source, edge.target, edge.piece),
            colour,
        )

    def _weight_symbol(self, edge: Edge) -> Printed:
        """Return the symbol of a weight on the way back: updated in place with its depth, it is already the new one."""
        depth = self._graph.nodes[self._graph.sum_of[self.sample, edge.target]].depth
        in_place = self._run.lesson.update.order == "in_place"
        done = edge.weight in dict(self._run.update_order).get(depth, [])
        if in_place and done and self._run.lesson.network.is_trainable(edge.weight):
            return self.names.new_parameter(edge.weight)
        return self.names.parameter(edge.weight)

    def input_of(self, edge: Edge, colour: int) -> Factor:
        """Return ∂z/∂w of an edge: what its source put out."""
        z_at = self._graph.piece_of[self.sample, edge.target, edge.piece]
        argument = self._graph.nodes[z_at].sources.index(edge.source)
        local = self._term(self._graph.parameter[edge.weight], z_at, argument).local
        return self._plain(
            derivative(
                self._sum(edge.target, edge.piece),
                self.names.in_sample(self.names.use(edge.weight, edge.target, edge.source), z_at),
            ),
            self.names.neuron(edge.source),
            local,
            Reference("neuron", edge.source),
            colour,
        )

    def bias_of(self, neuron_id: str, bias: str, piece: int, colour: int) -> Factor:
        """Return ∂z/∂b: one."""
        one = self.names.number(1.0)
        z_at = self._graph.piece_of[self.sample, neuron_id, piece]
        use = self.names.in_sample(self.names.use(bias, neuron_id), z_at)
        top = derivative(self._sum(neuron_id, piece), use)
        return Factor(top, one, one, 1.0, Reference("parameter", bias), colour, exact=True)

    def delta(self, neuron_id: str, colour: int, piece: int = 0) -> Factor:
        """Return ∂E/∂z of a neuron (of one piece of a maxout neuron), known from an earlier step."""
        place = self._graph.piece_of[self.sample, neuron_id, piece]
        value = self._run.adjoints[place]
        top = derivative(self.names.differentiated(self.sample, place), self._sum(neuron_id, piece))
        symbol = self.names.delta(neuron_id, piece)
        part = f"z{piece + 1}" if self._is_maxout(neuron_id) else ""
        return self._plain(top, symbol, value, Reference("neuron", neuron_id, part), colour)

    def _sum(self, neuron_id: str, piece: int) -> Printed:
        return (
            self.names.piece(neuron_id, piece)
            if self._is_maxout(neuron_id)
            else self.names.z(neuron_id)
        )

    def _is_maxout(self, neuron_id: str) -> bool:
        return self._run.lesson.network.neuron(neuron_id).activation.name == "maxout"

    def _term(self, source: int, consumer: int, argument: int) -> runs.Term:
        terms = self._run.terms[source]
        return next(
            term for term in terms if (term.consumer, term.argument) == (consumer, argument)
        )

    def _partial(
        self, position: int, argument: int, symbols: Sequence[Printed], result: Printed
    ) -> tuple[Printed, Printed, bool]:
        """Return a local derivative in symbols and with numbers, and whether the numbers hide digits."""
        node = self._graph.nodes[position]
        operation = operation_of(node)
        values = [self._run.values[source] for source in node.inputs]
        own = self._run.values[position]
        in_symbols = operation.partial_formula(argument, symbols, result, self.names.language)
        numbers = [self.names.number(value) for value in (*values, own)]
        in_numbers = operation.partial_formula(
            argument, numbers[:-1], numbers[-1], self.names.language, values
        )
        written = [
            value
            for value, shown in zip((*values, own), numbers, strict=True)
            if shown.text in in_numbers.text
        ]
        return in_symbols, in_numbers, not self.names.hides(written)

    def _factor(
        self,
        top: Printed,
        partial: tuple[Printed, Printed, bool],
        local: float,
        reference: Reference,
        colour: int,
    ) -> Factor:
        symbols, numbers, exact = partial
        if self._run.lesson.arithmetic.mode == "rounded":
            # By hand the local derivative is worked out and rounded before it is multiplied.
            return self._plain(top, symbols, local, reference, colour)
        return Factor(top, symbols, numbers, local, reference, colour, exact)

    def _plain(
        self, top: Printed, symbols: Printed, value: float, reference: Reference, colour: int
    ) -> Factor:
        number = self.names.number(value)
        return Factor(top, symbols, number, value, reference, colour, not self.names.hides([value]))


def operation_of(node: Node) -> Operation:
    """Return the operation of a node that is no leaf; ValueError for one that is."""
    if node.operation is None:
        raise ValueError(f"{node.address} is a leaf and has no local derivative")
    return node.operation
