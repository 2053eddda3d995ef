"""Python's syntax tree of one expression → our tree, by an allow-list: whatever is not named here is refused."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable

from explainer.maths.characters import is_name
from explainer.maths.constants import constant_value
from explainer.maths.grammar import LARGEST_NUMBER
from explainer.maths.trees import CONSTANTS, Apply, Name, Number, Tree
from explainer.messages import Message, Refused, message

LARGEST_EXPONENT = 64

# Where a column of the text that is read stood in what was typed.
Places = Callable[[int], int]


def refused_at(place: int, reason: Message) -> Refused:
    """Return the refusal of a character, counted from 0, and what follows it."""
    return Refused(message("Character {place}: {reason}.", place=place + 1, reason=reason))


class TreeReader:
    """Reads the expressions of one formula; `own` are its names that hide the constants π and e.

    It follows what was written: a chain of + and − without parentheses is one sum, one of * one product, nothing else is
    joined, and nothing is simplified or reordered.
    """

    def __init__(self, most: int, deepest: int, own: frozenset[str]) -> None:
        self._most = most
        self._deepest = deepest
        self._own = own
        self._count = 0
        self._text = ""
        self._places: Places = int

    def read(self, text: str, places: Places) -> Tree:
        """Return the tree of an expression; Refused, naming the place, for anything but arithmetic with known functions."""
        self._text, self._places = text, places
        try:
            with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
                parsed = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            raise refused_at(places(0), message("this cannot be read as a formula")) from None
        return self._tree(parsed, 0)

    def _tree(self, node: ast.expr, depth: int) -> Tree:
        if depth > self._deepest:
            raise self._refused(node, message("nested deeper than {limit}", limit=self._deepest))
        self._count += 1
        if self._count > self._most:
            raise self._refused(node, message("more than {limit} operations", limit=self._most))
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name():
                return self._name(node)
            case ast.UnaryOp():
                return self._checked(self._sign(node, depth + 1), node)
            case ast.BinOp():
                return self._checked(self._binary(node, depth + 1), node)
            case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
                parts = tuple(self._tree(argument, depth + 1) for argument in arguments)
                return self._checked(Apply(function, parts, self._place(node)), node)
        raise self._unknown(node)

    def _number(self, node: ast.Constant) -> Tree:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._unknown(node)
        text = self._text[node.col_offset : node.end_col_offset]
        if not value <= LARGEST_NUMBER:
            raise self._refused(node, message("numbers go up to 10¹⁵"))
        return Number(float(value), text, self._place(node))

    def _name(self, node: ast.Name) -> Tree:
        if not is_name(node.id):
            reason = message("“{name}” is too long for a name", name=node.id[:20])
            raise self._refused(node, reason)
        if node.id in CONSTANTS and node.id not in self._own:
            return Number(CONSTANTS[node.id], node.id, self._place(node))
        return Name(node.id, self._place(node))

    def _sign(self, node: ast.UnaryOp, depth: int) -> Tree:
        inner = self._tree(node.operand, depth)
        match node.op:
            case ast.UAdd():
                return inner
            case ast.USub():
                return _negative(inner, self._place(node))
        raise self._unknown(node)

    def _binary(self, node: ast.BinOp, depth: int) -> Tree:
        place = self._place(node)
        match node.op:
            case ast.Add() | ast.Sub():
                terms = _chain(node, (ast.Add, ast.Sub))
                trees = tuple(self._tree(term, depth) for _, term in terms)
                signs = tuple(-1 if isinstance(sign, ast.Sub) else 1 for sign, _ in terms)
                return Apply("sum", trees, place, signs)
            case ast.Mult():
                factors = _chain(node, (ast.Mult,))
                return Apply(
                    "product", tuple(self._tree(each, depth) for _, each in factors), place
                )
            case ast.Div():
                return Apply("quotient", self._pair(node, depth), place)
            case ast.Pow():
                return Apply("power", self._power(node, depth), place)
        raise self._unknown(node)

    def _pair(self, node: ast.BinOp, depth: int) -> tuple[Tree, Tree]:
        return self._tree(node.left, depth), self._tree(node.right, depth)

    def _power(self, node: ast.BinOp, depth: int) -> tuple[Tree, Tree]:
        base, exponent = self._pair(node, depth)
        value = constant_value(exponent)
        if value is not None and not abs(value) <= LARGEST_EXPONENT:
            reason = message("exponents go up to {limit}", limit=LARGEST_EXPONENT)
            raise self._refused(node.right, reason)
        return base, exponent

    def _checked(self, tree: Tree, node: ast.expr) -> Tree:
        """Refuse a part without variables that has no finite value: 1/0, log(0), 10^60."""
        value = constant_value(tree)
        if value is not None and not abs(value) <= LARGEST_NUMBER:
            raise self._refused(node, message("this part has no finite value up to 10¹⁵"))
        return tree

    def _unknown(self, node: ast.expr) -> Refused:
        reason = message("only numbers, names, + − * / ^ and functions may stand here")
        return self._refused(node, reason)

    def _place(self, node: ast.expr) -> int:
        return self._places(node.col_offset)

    def _refused(self, node: ast.expr, reason: Message) -> Refused:
        return refused_at(self._place(node), reason)


def _negative(inner: Tree, place: int) -> Tree:
    """Return −inner; a literal takes the sign into itself."""
    if isinstance(inner, Number) and not inner.is_constant:
        text = inner.text[1:] if inner.text.startswith("-") else f"-{inner.text}"
        return Number(-inner.value, text, place)
    return Apply("negative", (inner,), place)


def _chain(
    node: ast.BinOp, kinds: tuple[type[ast.operator], ...]
) -> list[tuple[ast.operator, ast.expr]]:
    """Open a left-nested chain of one kind of operator, as written without parentheses: a + b − c."""
    terms: list[tuple[ast.operator, ast.expr]] = []
    left: ast.expr = node
    # A chain in parentheses starts one character later than what it stands in, and stays one part of it.
    while (
        isinstance(left, ast.BinOp)
        and isinstance(left.op, kinds)
        and left.col_offset == node.col_offset
    ):
        terms.append((left.op, left.right))
        left = left.left
    terms.append((ast.Add(), left))
    return list(reversed(terms))
