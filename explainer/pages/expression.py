"""What is told about a step of a formula: an operation, or the derivative of the result by a node."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.formula_nodes import FormulaNode, formula_nodes
from explainer.maths.functions import FUNCTIONS
from explainer.maths.printed import Printed, printed_sum
from explainer.maths.trees import Apply, Number
from explainer.maths.typed import called, printed_number
from explainer.messages import Message, message, plural
from explainer.pages.backward import Story
from explainer.pages.factors import operation_of
from explainer.pages.names import Names, derivative, piece
from explainer.pages.page import Piece, Reference, Row
from explainer.pages.rows import EQUALS, Factor, Term, backward_rows, result_row, row
from explainer.pages.ties import tie_note
from explainer.trace.arithmetic import is_unrounded
from explainer.trace.record import Term as Summand
from explainer.trace.steps import Step


def tell_operation(names: Names, step: Step) -> Story:
    """Return the story of an operation on the way forward."""
    return _Teller(names).operation(step)


def tell_gradient(names: Names, step: Step) -> Story:
    """Return the story of a derivative: every use of a node adds one product."""
    return _Teller(names).gradient(step)


def expression_notes(names: Names, step: Step) -> list[Message]:
    """Return what must be said of the functions that a derivative passes through where they have none."""
    return _Teller(names).conventions(step)


class _Teller:
    """Knows the nodes of the formula as they were written; their places are those in the graph."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.run = names.run
        expression = names.run.lesson.expression
        if expression is None:
            raise ValueError("the lesson has no expression")
        self.nodes = formula_nodes(expression.formula, tuple(expression.values)).nodes

    def operation(self, step: Step) -> Story:
        place = self._place(step)
        left = self._symbol(place)
        operation = operation_of(self.run.graph.nodes[place])
        values = [self.run.values[source] for source in self.nodes[place].inputs]
        numbers = [self.names.number(value) for value in values]
        unrounded = self.run.lesson.arithmetic.mode == "exact" or is_unrounded(
            operation, values, self.run.values[place]
        )
        formula = operation.formula(numbers, self.names.language, values)
        rows = (
            row("rule", left, self._rule(place)),
            row("numbers", left, formula, exact=not self.names.hides(values)),
            result_row(self.names, left, step.value, exact=unrounded),
        )
        return Story(self._what_it_does(place), rows, [])

    def gradient(self, step: Step) -> Story:
        place = self._place(step)
        own = self._symbol(place)
        left = derivative(self._symbol(self.run.graph.loss_of[0]), own)
        if self.run.graph.is_seed(place):
            reason = message("The way back starts here: the result changes with itself one to one.")
            return Story(reason, self._constant_rows(left, step.value), [])
        groups = self._uses(place)
        if not groups:
            reason = message("{x} does not reach the result, so nothing changes with it.", x=own)
            return Story(reason, self._constant_rows(left, step.value), [])
        terms = [self._product(place, group) for group in groups]
        rows = backward_rows(self.names, left, terms, step.value)
        return Story(self._why(place, groups), rows, terms)

    def conventions(self, step: Step) -> list[Message]:
        found: dict[Message, None] = {}
        for summand in self.run.terms[self._place(step)]:
            tree = self.nodes[summand.consumer].tree
            at = summand.consumer
            values = [self.run.values[source] for source in self.nodes[at].inputs]
            tie = tie_note(operation_of(self.run.graph.nodes[at]), values, self._symbol(at))
            if tie is not None:
                found[tie] = None
                continue
            function = FUNCTIONS.get(tree.operation) if isinstance(tree, Apply) else None
            if function is not None and function.convention is not None:
                found[function.convention] = None
        return list(found)

    def _place(self, step: Step) -> int:
        return self.run.graph.place[0, step.subject]

    def _symbol(self, place: int) -> Printed:
        """Return the symbol of a node; a number in the formula stands for itself."""
        node = self.nodes[place]
        if not node.name and isinstance(node.tree, Number):
            return printed_number(node.tree, self.names.language)
        return self.names.parameter(node.name)

    def _symbols(self, place: int) -> list[Printed]:
        return [self._symbol(source) for source in self.nodes[place].inputs]

    def _formula(self, place: int) -> Printed:
        """Return an operation in symbols."""
        operation = operation_of(self.run.graph.nodes[place])
        return operation.formula(self._symbols(place), self.names.language)

    def _rule(self, place: int) -> Sequence[Piece]:
        """Return an operation in symbols, an activation by its name first: v = σ(x) = 1/(1 + e^−x)."""
        formula = self._formula(place)
        activation = ACTIVATIONS.get(_tree(self.nodes[place]).operation)
        if activation is None or not activation.name_latex:
            return (piece(formula),)
        name = called(activation, self._symbols(place)[0])
        if name.latex == formula.latex:
            return (piece(formula),)
        return (piece(name), EQUALS, piece(formula))

    def _what_it_does(self, place: int) -> Message:
        tree, v = _tree(self.nodes[place]), self._symbol(place)
        first, count = self._symbols(place)[0], len(self.nodes[place].inputs)
        match tree.operation:
            case "sum" if count == 1:
                return message("{v} takes over the value of {x}.", v=v, x=first)
            case "sum" if tree.signs == (1, -1):
                return message(
                    "{v} is a difference; both of its parts have been computed before.", v=v
                )
            case "sum":
                return message("{v} is a sum; its terms have been computed before.", v=v)
            case "product":
                return message("{v} is a product; its factors have been computed before.", v=v)
            case "quotient":
                return message("{v} is a quotient of two values computed before.", v=v)
            case "power":
                return message("{v} is a power of {x}.", v=v, x=first)
            case "negative":
                return message("{v} is {x} with the opposite sign.", v=v, x=first)
        return plural(
            "{v} is a function of {count} value, {x}.",
            "{v} is a function of {count} values.",
            count,
            v=v,
            x=first,
        )

    def _why(self, place: int, groups: Sequence[Sequence[Summand]]) -> Message:
        x, uses = self._symbol(place), sum(len(group) for group in groups)
        consumer = groups[0][0].consumer
        if uses > 1:
            return plural(
                "{x} is used {count} time.",
                "{x} is used {count} times: what comes back along every use is added up.",
                uses,
                x=x,
            )
        k = self._symbol(consumer)
        if self.run.graph.is_seed(consumer):
            return message(
                "{x} goes straight into the result {k}: its local derivative is all there is.",
                x=x,
                k=k,
            )
        return message(
            "{x} is used once, in {k}: multiply the derivative by {k}, which is known, by the local derivative there.",
            x=x,
            k=k,
        )

    def _constant_rows(self, left: Printed, value: float) -> tuple[Row, ...]:
        number = self.names.number(value)
        rows = [row(role, left, number) for role in ("chain", "local", "numbers")]
        return (*rows, result_row(self.names, left, value))

    def _uses(self, place: int) -> list[list[Summand]]:
        """Return what comes back, the uses in one operation together; by hand every use is rounded by itself."""
        summands = self.run.terms[place]
        if self.run.lesson.arithmetic.mode == "rounded":
            return [[summand] for summand in summands]
        return [list(group) for _, group in groupby(summands, key=lambda each: each.consumer)]

    def _product(self, place: int, uses: Sequence[Summand]) -> Term:
        consumer = uses[0].consumer
        local = self._local(place, uses)
        if self.run.graph.is_seed(consumer):
            return [local]
        result = self._symbol(self.run.graph.loss_of[0])
        top = derivative(result, self._symbol(consumer))
        upstream = uses[0].upstream
        number, exact = self.names.number(upstream), not self.names.hides([upstream])
        reference = Reference("neuron", self.nodes[consumer].name)
        above = Factor(top, top, number, upstream, reference, 0, exact)
        return [above, local._replace(colour=1)]

    def _local(self, place: int, uses: Sequence[Summand]) -> Factor:
        """Return the local derivative of an operation by a node; where it is used several times, the sum over its uses."""
        consumer = uses[0].consumer
        own = self.run.values[consumer]
        values = [self.run.values[source] for source in self.nodes[consumer].inputs]
        numbers = [self.names.number(value) for value in (*values, own)]
        operation, language = operation_of(self.run.graph.nodes[consumer]), self.names.language
        symbols, result = self._symbols(consumer), self._symbol(consumer)
        in_symbols, in_numbers = [], []
        for use in uses:
            in_symbols.append(operation.partial_formula(use.argument, symbols, result, language))
            in_numbers.append(
                operation.partial_formula(use.argument, numbers[:-1], numbers[-1], language, values)
            )
        value = sum(use.local for use in uses)
        if self.run.lesson.arithmetic.mode == "rounded":
            in_numbers = [self.names.number(value)]
        shown = printed_sum(in_numbers)
        written = [
            each
            for each, number in zip((*values, own), numbers, strict=True)
            if number.text in shown.text
        ]
        return Factor(
            self._chain(place, consumer),
            printed_sum(in_symbols),
            shown,
            value,
            Reference("edge", self.nodes[place].name, self.nodes[consumer].name),
            0,
            not self.names.hides(written),
        )

    def _chain(self, place: int, consumer: int) -> Printed:
        """Return how a local derivative is announced; that of the result itself with the operation written out.

        ∂F/∂x stands for all that x does to F, and would say nothing here.
        """
        own = self._symbol(place)
        if not self.run.graph.is_seed(consumer):
            return derivative(self._symbol(consumer), own)
        formula = self._formula(consumer)
        latex = f"\\frac{{\\partial}}{{\\partial {own.latex}}} \\left({formula.latex}\\right)"
        return Printed(latex, f"∂/∂{own.text} ({formula.text})")


def _tree(node: FormulaNode) -> Apply:
    if not isinstance(node.tree, Apply):
        raise ValueError(f"{node.name} is no operation")
    return node.tree
