"""A typed formula as named nodes: one for each variable, each name and each operation, exactly as it was written."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from explainer.maths.expression import parse_formula
from explainer.maths.trees import Apply, Formula, Name, Number, Tree
from explainer.maths.typed import arguments_of_tree


class FormulaNode(NamedTuple):
    """`inputs` are positions of earlier nodes. A variable has no tree; a number without a name has none.

    `is_named` says that the name was typed: v1, v2 … are ours, and nobody who reads a sentence knows them.
    """

    name: str
    tree: Apply | Number | None
    inputs: tuple[int, ...] = ()
    is_named: bool = True


class FormulaNodes(NamedTuple):
    """Nodes in order of evaluation, variables first; `result` is the position of the last statement's value."""

    nodes: tuple[FormulaNode, ...]
    result: int


@lru_cache(maxsize=64)
def formula_nodes(text: str, values: tuple[str, ...]) -> FormulaNodes:
    """Return the nodes of a formula whose variables are `values`; unnamed operations are v1, v2 … in order of evaluation.

    A name used again is the node it names. Refused with one sentence where the formula cannot be read.
    """
    formula = parse_formula(text, frozenset(values))
    builder = _Builder(formula, values)
    for statement in formula.statements:
        last = builder.statement(statement.name, statement.tree)
    if not isinstance(builder.nodes[last].tree, Apply):
        # A variable or number alone: its value becomes a node of its own, so that there is something to show.
        last = builder.alias(last, None)
    return FormulaNodes(tuple(builder.nodes), last)


class _Builder:
    """Adds nodes statement by statement."""

    def __init__(self, formula: Formula, values: tuple[str, ...]) -> None:
        self.nodes = [FormulaNode(name, None) for name in values]
        self._places = {name: place for place, name in enumerate(values)}
        self._taken = {statement.name for statement in formula.statements} | set(values)
        self._unnamed = 0

    def statement(self, name: str | None, tree: Tree) -> int:
        """Add the nodes of a statement; return the position of its value."""
        if isinstance(tree, Name) and name is not None:
            place = self.alias(self._places[tree.name], name)
        else:
            place = self._node(tree, name)
        if name is not None:
            self._places[name] = place
        return place

    def alias(self, place: int, name: str | None) -> int:
        """Add a node that only takes over another's value: c = a."""
        tree = Apply("sum", (Name("", 0),), 0, (1,))
        return self._add(FormulaNode(name or self._next_name(), tree, (place,)))

    def _node(self, tree: Tree, name: str | None = None) -> int:
        """Add the nodes of a tree, parts first; return the position of the whole."""
        if isinstance(tree, Name):
            return self._places[tree.name]
        if isinstance(tree, Number):
            return self._add(FormulaNode(name or "", tree))
        inputs = tuple(self._node(argument) for argument in arguments_of_tree(tree))
        return self._add(FormulaNode(name or self._next_name(), tree, inputs, name is not None))

    def _add(self, node: FormulaNode) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _next_name(self) -> str:
        self._unnamed += 1
        while f"v{self._unnamed}" in self._taken:
            self._unnamed += 1
        return f"v{self._unnamed}"
