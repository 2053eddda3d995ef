"""Text typed by a user → a tree of operations, by an allow-list over Python's syntax tree.

Nothing is ever evaluated as Python, and no name typed by a user reaches SymPy's code printers. The tree
follows what was written: nothing is simplified, reordered or merged. Every refusal names the first offending place.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from explainer.maths import characters
from explainer.maths.functions import FUNCTIONS, MOST_ARGUMENTS
from explainer.maths.grammar import first_fault, is_reserved
from explainer.maths.syntax import TreeReader, refused_at
from explainer.maths.trees import Formula, Name, Statement, Tree, walk
from explainer.messages import Message, Refused, message

# How deep parentheses, and operations, may lie inside one another.
DEEPEST = 30


class Limits(NamedTuple):
    """How much text is read at most: characters and operations."""

    characters: int
    nodes: int


ACTIVATION_LIMITS = Limits(500, 200)
FORMULA_LIMITS = Limits(2000, 600)
# So many columns are listed where a name is none of them.
_MOST_NAMED = 8


@lru_cache(maxsize=64)
def parse_activation(text: str) -> tuple[Tree, str]:
    """Read one statement in `z` (or `x`); return its tree and which of the two it uses. Refused with one sentence."""
    formula = _parse(text, ACTIVATION_LIMITS, frozenset())
    if len(formula.statements) != 1 or formula.statements[0].name is not None:
        raise Refused(message("An activation is one expression in z, without “=” or “;”."))
    tree = formula.statements[0].tree
    variable = formula.variables[0] if formula.variables else "z"
    for part in walk(tree):
        if isinstance(part, Name) and part.name not in ("z", "x"):
            reason = message("an activation is written in z; “{name}” is not known", name=part.name)
            raise refused_at(part.place, reason)
        if isinstance(part, Name) and part.name != variable:
            reason = message("an activation is written in z or in x, not in both")
            raise refused_at(part.place, reason)
    return tree, variable


@lru_cache(maxsize=256)
def parse_feature(text: str, columns: tuple[str, ...]) -> Tree:
    """Read one expression over columns called by their names or x1, x2 …; names hide the constants pi and e. Refused with one sentence."""
    known = positions_of(columns)
    formula = _parse(text, ACTIVATION_LIMITS, frozenset(columns))
    if len(formula.statements) != 1 or formula.statements[0].name is not None:
        raise Refused(message("A feature is one expression of the columns, without “=” or “;”."))
    tree = formula.statements[0].tree
    for part in walk(tree):
        if isinstance(part, Name) and part.name not in known:
            reason = message(
                "“{name}” is no column; the columns are {columns}",
                name=part.name,
                columns=_listed(columns),
            )
            raise refused_at(part.place, reason)
    return tree


def positions_of(columns: tuple[str, ...]) -> dict[str, int]:
    """Return for everything that a column may be called in an expression which column it is, from 0."""
    by_place = {f"x{place}": place - 1 for place in range(1, len(columns) + 1)}
    return by_place | {name: place for place, name in enumerate(columns)}


def _listed(names: tuple[str, ...]) -> str:
    shown = names[:_MOST_NAMED]
    return ", ".join(shown) + (" …" if len(names) > len(shown) else "")


@lru_cache(maxsize=64)
def parse_formula(text: str, values: frozenset[str] = frozenset()) -> Formula:
    """Read a formula of one or more statements; names in `values` hide the constants pi and e. Refused with one sentence."""
    return _parse(text, FORMULA_LIMITS, values)


def assigned_names(text: str) -> frozenset[str]:
    """Return every name that some statement of a formula assigns, whether or not the formula can be read."""
    return characters.prepare(text).assigned_names()


def may_be_variable(name: str) -> bool:
    """Tell whether a name may stand for a value in a formula."""
    return characters.is_name(name) and name not in FUNCTIONS and not is_reserved(name)


def _parse(text: str, limits: Limits, values: frozenset[str]) -> Formula:
    if len(text) > limits.characters:
        limit = limits.characters
        raise Refused(message("The formula is longer than {limit} characters.", limit=limit))
    fault = first_fault(text, _arities(), DEEPEST)
    if fault is not None:
        raise refused_at(*fault)
    prepared = characters.prepare(text)
    if not prepared.statements:
        raise Refused(message("The formula is empty."))
    reader = _Reader(prepared, limits, values)
    for start, end in prepared.statements:
        reader.read(start, end)
    return Formula(tuple(reader.statements), tuple(reader.variables))


@cache
def _arities() -> dict[str, tuple[int, int]]:
    """Return how many values each function takes: least and most."""
    return {
        name: (1, MOST_ARGUMENTS) if row.arity is None else (row.arity, row.arity)
        for name, row in FUNCTIONS.items()
    }


class _Reader:
    """Reads statement by statement; knows which names are assigned already and which are left open."""

    def __init__(
        self, prepared: characters.Prepared, limits: Limits, values: frozenset[str]
    ) -> None:
        self.prepared = prepared
        self.values = values
        self.known: set[str] = set()
        self.variables: dict[str, None] = {}
        self.statements: list[Statement] = []
        self.assigned = prepared.assigned_names()
        self.trees = TreeReader(limits.nodes, DEEPEST, values | self.assigned)

    def read(self, start: int, end: int) -> None:
        """Read the statement between two positions of the prepared text."""
        source = self.prepared.text[start:end]
        left, equals, right = source.rpartition("=")
        name = left.strip() if equals else None
        at = start + len(source) - len(source.lstrip())
        reason = None if name is None else self._fault_of_assignment(name)
        if reason is not None:
            raise refused_at(self.prepared.original_place(at), reason)
        if name is None and end < self.prepared.statements[-1][1]:
            reason = message("this statement has no name, so nothing can use it")
            raise refused_at(self.prepared.original_place(at), reason)
        begin = start + len(left) + len(equals) + len(right) - len(right.lstrip())
        tree = self.trees.read(
            right.strip(), lambda column: self.prepared.original_place(begin + column)
        )
        for part in walk(tree):
            if isinstance(part, Name) and part.name not in self.known:
                self._leave_open(part)
        if name is not None:
            self.known.add(name)
        self.statements.append(Statement(name, tree, self.prepared.original_place(at)))

    def _leave_open(self, part: Name) -> None:
        """Note a variable; a name that is assigned here or later cannot be one."""
        if part.name in self.assigned:
            reason = message("“{name}” is used before it is assigned", name=part.name)
            raise refused_at(part.place, reason)
        self.variables.setdefault(part.name)

    def _fault_of_assignment(self, name: str) -> Message | None:
        if not characters.is_name(name):
            return message("“{name}” is too long for a name", name=name[:20])
        if name in FUNCTIONS:
            return message("“{name}” is a function and cannot be assigned", name=name)
        if name in self.known:
            return message("“{name}” is assigned twice", name=name)
        if name in self.values:
            return message("“{name}” is assigned here and has a value of its own", name=name)
        return None
