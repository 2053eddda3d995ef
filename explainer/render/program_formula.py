"""A formula's nodes and their derivatives as lines of source, node by node."""

from __future__ import annotations

from collections import defaultdict

from explainer.lesson.lesson import Lesson
from explainer.maths.code import Library
from explainer.maths.extremum import Extremum
from explainer.maths.formula_nodes import FormulaNode, formula_nodes
from explainer.maths.operation import Operation, Scalar
from explainer.maths.slope_source import slope_source
from explainer.maths.trees import Apply, Name, Number
from explainer.maths.typed import arguments_of_tree, operation_of_tree
from explainer.maths.typed_source import typed_source
from explainer.render.program_names import Names

_AT_TIES = {"equal": "max_mean", "each": "max_each"}


class FormulaEquations:
    """Every node is one line; a number without a name stands in the lines that use it."""

    def __init__(self, lesson: Lesson, library: Library) -> None:
        if lesson.expression is None:
            raise ValueError("the lesson has no formula")
        self.library = library
        self.names = Names()
        self.values = lesson.expression.values
        found = formula_nodes(lesson.expression.formula, tuple(self.values))
        self.nodes, self.result = found.nodes, found.result

    def name(self, place: int) -> str:
        """Return what a node is called."""
        return self.names.of(place, self.nodes[place].name or f"c{place}")

    def slope_name(self, place: int) -> str:
        """Return what the derivative of the result by a node is called."""
        return self.names.of(("slope", place), f"d_{self.name(place)}")

    def is_shown(self, place: int) -> bool:
        """Tell whether a node has a line: all but numbers that stand in a formula."""
        return bool(self.nodes[place].name)

    def forward(self) -> list[str]:
        """Return a line for every node."""
        lines: list[str] = []
        for place, node in enumerate(self.nodes):
            if node.tree is None:
                lines.append(f"{self.name(place)} = {self._leaf(f'VALUES[{node.name!r}]')}")
            elif self.is_shown(place):
                lines.append(f"{self.name(place)} = {self._text(node)}")
        return lines

    def _leaf(self, text: str) -> str:
        return f"tensor({text})" if self.library == "torch" else f"numpy.float64({text})"

    def _text(self, node: FormulaNode) -> str:
        if isinstance(node.tree, Number):
            return self._leaf(typed_source(node.tree, {}, self.library).result)
        if node.tree is None:
            raise ValueError("a variable has no formula")
        tree, names = self._shallow(node)
        operation = operation_of_tree(tree)
        if (
            self.library == "torch"
            and isinstance(operation, Extremum)
            and operation.share in _AT_TIES
        ):
            inside = [self._argument(place) for place in node.inputs]
            return f"{_AT_TIES[operation.share]}({', '.join(inside)})"
        # A part that stands more than once in it is a name or a number here: there are no lines before.
        written = typed_source(tree, names, self.library).result
        if not names:
            return self._leaf(written)
        if self.library == "torch":
            # Autograd tells nodes apart by their tensors, and comes from nowhere through a step of plain numbers.
            if written in names:
                return f"{written} + 0"
            if _is_flat(operation):
                return f"{written} + 0 * {next(iter(names))}"
        return written

    def _argument(self, place: int) -> str:
        if self.is_shown(place):
            return self.name(place)
        tree = self.nodes[place].tree
        if not isinstance(tree, Number):
            raise ValueError("only numbers have no name")
        return self._leaf(typed_source(tree, {}, self.library).result)

    def _shallow(self, node: FormulaNode) -> tuple[Apply, dict[str, str]]:
        """Return a node's own operation over its inputs, and what those are called."""
        tree = node.tree
        if not isinstance(tree, Apply):
            raise ValueError("this node computes nothing")
        parts = list(tree.arguments)
        names: dict[str, str] = {}
        for index, source in enumerate(node.inputs):
            if self.is_shown(source):
                key = self.name(source)
                names[key] = key
                parts[index] = Name(key, 0)
            else:
                number = self.nodes[source].tree
                if isinstance(number, Number):
                    parts[index] = number
        return Apply(tree.operation, tuple(parts), tree.place, tree.signs), names

    def backward(self) -> list[str]:
        """Return a line for every derivative, from the result back. For NumPy."""
        terms: dict[int, list[str]] = defaultdict(list)
        lines: list[str] = []
        for place in reversed(range(len(self.nodes))):
            if not self.is_shown(place):
                continue
            text = "1.0" if place == self.result else " + ".join(terms[place]) or "0.0"
            lines.append(f"{self.slope_name(place)} = {text}")
            node = self.nodes[place]
            if not isinstance(node.tree, Apply):
                continue
            names = [self._in_slope(source) for source in node.inputs]
            operation = operation_of_tree(node.tree)
            for index, source in enumerate(node.inputs[: len(arguments_of_tree(node.tree))]):
                if self.is_shown(source):
                    slope = slope_source(operation, index, names)
                    terms[source].append(f"{self.slope_name(place)} * ({slope})")
        return lines

    def _in_slope(self, place: int) -> str:
        """Return a name for an input; numbers get a line of their own in `constants`."""
        return self.name(place)

    def constants(self) -> list[str]:
        """Return a line for every number that has no name, for the derivatives to speak of."""
        return [
            f"{self.name(place)} = {self._argument(place)}"
            for place in range(len(self.nodes))
            if not self.is_shown(place)
        ]


def _is_flat(operation: Operation) -> bool:
    """Tell whether a function has the slope 0 everywhere, made of numbers alone as it is."""
    return isinstance(operation, Scalar) and operation.numeric_forms[2] == [0]
