"""What a typed formula is after reading: a tree of operations, exactly as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

CONSTANTS = {"pi": 3.141592653589793, "e": 2.718281828459045}


@dataclass(frozen=True, slots=True)
class Number:
    """A literal or one of the constants; `text` is how it was written, with at most one sign."""

    value: float
    text: str
    place: int

    @property
    def is_constant(self) -> bool:
        """Whether it is π or e, known by name and not as a decimal."""
        return self.text in CONSTANTS


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or a node named earlier in the formula."""

    name: str
    place: int


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation on earlier trees.

    `operation` is sum, product, quotient, power, negative, or the name of a function. A sum has one sign per argument
    (+1 or −1); other operations have none.
    """

    operation: str
    arguments: tuple[Tree, ...]
    place: int
    signs: tuple[int, ...] = ()


Tree = Number | Name | Apply


class Statement(NamedTuple):
    """`name = tree`, or just `tree` (name None)."""

    name: str | None
    tree: Tree
    place: int


class Formula(NamedTuple):
    """The statements of a formula and the names it leaves open, in the order they are first used."""

    statements: tuple[Statement, ...]
    variables: tuple[str, ...]


def walk(tree: Tree) -> Iterator[Tree]:
    """Yield a tree and everything in it, parts before the whole, without recursion."""
    waiting: list[tuple[Tree, bool]] = [(tree, False)]
    while waiting:
        node, opened = waiting.pop()
        if opened or not isinstance(node, Apply):
            yield node
            continue
        waiting.append((node, True))
        waiting.extend((argument, False) for argument in reversed(node.arguments))
