"""A typed formula → the same scalar graph that networks have: one node per name and per operation, as written."""

from __future__ import annotations

from explainer.lesson.lesson import Lesson
from explainer.maths.expression import parse_formula
from explainer.maths.trees import Apply, Formula, Name, Number, Tree
from explainer.maths.typed import arguments_of_tree, operation_of_tree
from explainer.trace.graph import Graph
from explainer.trace.node import Node, NodeRole


def build_expression_graph(lesson: Lesson) -> Graph:
    """Return the graph of the lesson's formula; its last node of all is the result.

    Inputs come first in the order of the file's values; unnamed operations are v1, v2 … in order of evaluation.
    """
    if lesson.expression is None:
        raise ValueError("the lesson has no expression")
    formula = parse_formula(lesson.expression.formula, frozenset(lesson.expression.values))
    builder = _Builder(lesson, formula)
    for name in lesson.expression.values:
        builder.input(name)
    for statement in formula.statements:
        builder.statement(statement.name, statement.tree)
    return builder.graph


class _Builder:
    """Adds nodes statement by statement."""

    def __init__(self, lesson: Lesson, formula: Formula) -> None:
        self.graph = Graph(lesson, (0,))
        self.places: dict[str, int] = {}
        self.values = lesson.expression.values if lesson.expression else {}
        self.taken = (
            {statement.name for statement in formula.statements}
            | set(formula.variables)
            | set(self.values)
        )
        self.unnamed = 0

    def input(self, name: str) -> None:
        """Add a leaf for a variable."""
        self.places[name] = self._leaf("input", name, self.values[name])

    def _leaf(self, role: NodeRole, name: str, value: float) -> int:
        return self.graph.add(Node(role, name, name, 0, len(self.graph.nodes), value=value))

    def statement(self, name: str | None, tree: Tree) -> None:
        """Add the nodes of a statement; the last statement's value is the result."""
        place = self.node(tree, name)
        if name is not None:
            self.places[name] = place
        self.graph.loss_of[0] = place

    def node(self, tree: Tree, name: str | None = None) -> int:
        """Add the nodes of a tree, parts first; return the place of the whole. A name used again is the node it names."""
        if isinstance(tree, Name) and name is None:
            return self.places[tree.name]
        if isinstance(tree, Number):
            address = name or f"constant {len(self.graph.nodes)}"
            return self._leaf("constant", address, tree.value)
        if isinstance(tree, Name):
            # c = a gives the node a second name on the blackboard, as a sum of one.
            tree = Apply("sum", (tree,), tree.place, (1,))
        inputs = tuple(self.node(argument) for argument in arguments_of_tree(tree))
        own = name or self._next_name()
        operation = operation_of_tree(tree)
        depth = len(self.graph.nodes)
        return self.graph.add(Node("operation", own, own, 0, depth, operation, inputs))

    def _next_name(self) -> str:
        self.unnamed += 1
        while f"v{self.unnamed}" in self.taken:
            self.unnamed += 1
        return f"v{self.unnamed}"
