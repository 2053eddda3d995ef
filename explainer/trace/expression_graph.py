"""A typed formula → the same scalar graph that networks have: one node per name and per operation, as written."""

from __future__ import annotations

from explainer.lesson.lesson import Expression, Lesson
from explainer.maths.formula_nodes import FormulaNode, formula_nodes
from explainer.maths.trees import Number
from explainer.maths.typed import operation_of_tree
from explainer.maths.typed_text import typed_text
from explainer.trace.graph import Graph
from explainer.trace.node import Node


def build_expression_graph(lesson: Lesson) -> Graph:
    """Return the graph of the lesson's formula; ValueError where it has none.

    Every node stands at a depth of its own, so that the way back takes them in the reverse order of evaluation. A
    number without a name has an address with a blank in it, and its text as the owner.
    """
    expression = lesson.expression
    if expression is None:
        raise ValueError("the lesson has no expression")
    formula = formula_nodes(expression.formula, tuple(expression.values))
    graph = Graph(lesson, (0,))
    for place, node in enumerate(formula.nodes):
        graph.add(_node(node, place, expression))
    graph.loss_of[0] = formula.result
    return graph


def _node(node: FormulaNode, place: int, expression: Expression) -> Node:
    tree = node.tree
    if tree is None:
        return Node("input", node.name, node.name, 0, place, value=expression.values[node.name])
    if isinstance(tree, Number):
        address = node.name or f"constant {place}"
        return Node("constant", address, tree.text, 0, place, value=tree.value)
    made = Node("operation", node.name, node.name, 0, place, operation_of_tree(tree), node.inputs)
    made.typed = "" if node.is_named else typed_text(tree)
    return made
