"""Text typed by a user → a tree of operations, by an allow-list over Python's syntax tree.

Nothing is ever evaluated as Python, and no name typed by a user reaches SymPy's code printers. The tree
follows what was written: nothing is simplified, reordered or merged. Every refusal names the first offending place.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable
from typing import NamedTuple

from explainer.maths import characters
from explainer.maths.constants import constant_value
from explainer.maths.functions import FUNCTIONS, Function
from explainer.maths.trees import Apply, Formula, Name, Number, Statement, Tree
from explainer.messages import Message, Refused, message

CONSTANTS = {"pi": 3.141592653589793, "e": 2.718281828459045}
LARGEST_NUMBER = 1e15
LARGEST_EXPONENT = 64
DEEPEST = 30


class Limits(NamedTuple):
    """How much text is read at most: characters and operations."""

    characters: int
    nodes: int


ACTIVATION_LIMITS = Limits(500, 200)
FORMULA_LIMITS = Limits(2000, 600)


def parse_activation(text: str) -> tuple[Tree, str]:
    """Read one statement in `z` (or `x`); return its tree and which of the two it uses. Refused with one sentence."""
    formula = _parse(text, ACTIVATION_LIMITS, taken=frozenset())
    if len(formula.statements) != 1 or formula.statements[0].name is not None:
        raise Refused(message("An activation is one expression in z, without “=” or “;”."))
    others = [name for name in formula.variables if name not in ("z", "x")]
    if others:
        raise Refused(
            message("An activation is written in z: “{name}” is not known.", name=others[0])
        )
    if len(formula.variables) > 1:
        raise Refused(message("An activation is written in z or in x, not in both."))
    return formula.statements[0].tree, formula.variables[0] if formula.variables else "z"


def parse_formula(text: str, values: frozenset[str] = frozenset()) -> Formula:
    """Read a formula of one or more statements; names in `values` hide the constants pi and e. Refused with one sentence."""
    return _parse(text, FORMULA_LIMITS, values)


def _parse(text: str, limits: Limits, taken: frozenset[str]) -> Formula:
    prepared = characters.prepare(text, limits.characters, DEEPEST)
    reader = _Reader(prepared, limits, taken)
    for start, end in prepared.statements:
        reader.read(start, end)
    if not reader.statements:
        raise Refused(message("The formula is empty."))
    return Formula(tuple(reader.statements), tuple(reader.variables))


class _Reader:
    """Turns Python's syntax trees into ours; everything not named here is refused."""

    def __init__(
        self, prepared: characters.Prepared, limits: Limits, taken: frozenset[str]
    ) -> None:
        self.prepared = prepared
        self.limits = limits
        self.taken = taken
        self.assigned = prepared.assigned_names()
        self.known: set[str] = set()
        self.variables: dict[str, None] = {}
        self.statements: list[Statement] = []
        self.count = 0
        self.offset = 0

    def read(self, start: int, end: int) -> None:
        """Read the statement between two positions of the prepared text."""
        source = self.prepared.text[start:end]
        self.offset = start + len(source) - len(source.lstrip())
        name, expression = self._split(source.strip())
        try:
            with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
                parsed = ast.parse(expression, mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            column = getattr(error, "offset", None) or 1
            raise self._refused(column - 1, message("this is not a complete formula")) from None
        tree = self._tree(parsed)
        if name is None and end < self.prepared.statements[-1][1]:
            raise self._refused(0, message("this statement has no name, so nothing can use it"))
        if name is not None:
            self.known.add(name)
        self.statements.append(Statement(name, tree, self._place(0)))

    def _split(self, source: str) -> tuple[str | None, str]:
        """Split `name = expression`; check the name."""
        if "=" not in source:
            return None, source
        left, _, right = source.partition("=")
        name = left.strip()
        if not characters.is_name(name):
            raise self._refused(0, message("“{name}” is not a name", name=name))
        if name in FUNCTIONS:
            raise self._refused(
                0, message("“{name}” is a function and cannot be assigned", name=name)
            )
        if name in self.known:
            raise self._refused(0, message("“{name}” is assigned twice", name=name))
        if name in self.variables or name in self.taken:
            raise self._refused(0, message("“{name}” is used before it is assigned", name=name))
        if "=" in right:
            raise self._refused(len(left) + 1 + right.index("="), message("a second “=”"))
        skipped = len(right) - len(right.lstrip())
        self.offset += len(left) + 1 + skipped
        return name, right.strip()

    def _tree(self, root: ast.expr, depth: int = 0) -> Tree:
        if depth > DEEPEST:
            raise self._refused(
                root.col_offset, message("nested deeper than {limit}", limit=DEEPEST)
            )
        self.count += 1
        if self.count > self.limits.nodes:
            raise self._refused(
                root.col_offset, message("more than {limit} operations", limit=self.limits.nodes)
            )
        readers: dict[type[ast.expr], Callable[[ast.expr, int], Tree]] = {
            ast.Constant: self._number,
            ast.Name: self._name,
            ast.UnaryOp: self._sign,
            ast.BinOp: self._binary,
            ast.Call: self._call,
        }
        reader = readers.get(type(root))
        if reader is None:
            raise self._refused(
                root.col_offset,
                message("only numbers, names, + − * / ^ and functions may stand here"),
            )
        tree = reader(root, depth)
        self._check_constant(tree, root)
        return tree

    def _number(self, node: ast.expr, depth: int) -> Tree:
        value = getattr(node, "value", None)
        text = self.prepared.text[
            self.offset + node.col_offset : self.offset + (node.end_col_offset or 0)
        ]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._refused(
                node.col_offset, message("“{text}” is not a number", text=text[:20])
            )
        if not characters.is_plain_number(text):
            raise self._refused(
                node.col_offset, message("write “{text}” as a plain decimal number", text=text[:20])
            )
        if abs(value) > LARGEST_NUMBER:
            raise self._refused(node.col_offset, message("numbers go up to 10¹⁵"))
        return Number(float(value), text, self._place(node.col_offset))

    def _name(self, node: ast.expr, depth: int) -> Tree:
        name = str(getattr(node, "id", ""))
        place = self._place(node.col_offset)
        if name in FUNCTIONS:
            raise self._refused(
                node.col_offset, message("“{name}” is a function: write {name}(…)", name=name)
            )
        if not characters.is_name(name):
            raise self._refused(node.col_offset, message("“{name}” is not a name", name=name[:40]))
        own = name in self.known or name in self.taken or name in self.assigned
        if name in CONSTANTS and not own:
            return Number(CONSTANTS[name], name, place)
        if name not in self.known:
            self.variables.setdefault(name)
        return Name(name, place)

    def _sign(self, node: ast.expr, depth: int) -> Tree:
        operator, operand = getattr(node, "op", None), getattr(node, "operand", None)
        if not isinstance(operator, (ast.UAdd, ast.USub)) or operand is None:
            raise self._refused(
                node.col_offset,
                message("only numbers, names, + − * / ^ and functions may stand here"),
            )
        inner = self._tree(operand, depth + 1)
        if isinstance(operator, ast.UAdd):
            return inner
        if isinstance(inner, Number) and inner.text not in CONSTANTS:
            return Number(-inner.value, "-" + inner.text, self._place(node.col_offset))
        return Apply("negative", (inner,), self._place(node.col_offset))

    def _binary(self, node: ast.expr, depth: int) -> Tree:
        if not isinstance(node, ast.BinOp):
            raise TypeError(type(node))
        place = self._place(node.col_offset)
        match node.op:
            case ast.Add() | ast.Sub():
                terms = _chain(node, (ast.Add, ast.Sub))
                trees = tuple(self._tree(term, depth + 1) for _, term in terms)
                return Apply(
                    "sum",
                    trees,
                    place,
                    tuple(-1 if isinstance(op, ast.Sub) else 1 for op, _ in terms),
                )
            case ast.Mult():
                factors = _chain(node, (ast.Mult,))
                return Apply(
                    "product", tuple(self._tree(factor, depth + 1) for _, factor in factors), place
                )
            case ast.Div():
                return Apply(
                    "quotient",
                    (self._tree(node.left, depth + 1), self._tree(node.right, depth + 1)),
                    place,
                )
            case ast.Pow():
                base, exponent = self._tree(node.left, depth + 1), self._tree(node.right, depth + 1)
                power = constant_value(exponent)
                if power is not None and abs(power) > LARGEST_EXPONENT:
                    raise self._refused(
                        node.right.col_offset,
                        message("exponents go up to {limit}", limit=LARGEST_EXPONENT),
                    )
                return Apply("power", (base, exponent), place)
            case _:
                raise self._refused(
                    node.col_offset,
                    message("only numbers, names, + − * / ^ and functions may stand here"),
                )

    def _call(self, node: ast.expr, depth: int) -> Tree:
        if not isinstance(node, ast.Call):
            raise TypeError(type(node))
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise self._refused(node.col_offset, message("only a known function may be called"))
        name = node.func.id
        function = FUNCTIONS.get(name)
        if function is None:
            raise self._refused(
                node.col_offset, message("there is no function “{name}”", name=name[:40])
            )
        self._check_arity(node, name, function)
        arguments = tuple(self._tree(argument, depth + 1) for argument in node.args)
        return Apply(name, arguments, self._place(node.col_offset))

    def _check_arity(self, node: ast.Call, name: str, function: Function) -> None:
        count = len(node.args)
        if function.arity is not None and count != function.arity:
            raise self._refused(
                node.col_offset,
                message(
                    "{name} takes {wanted} value, not {count}",
                    name=name,
                    wanted=function.arity,
                    count=count,
                ),
            )
        if count == 0:
            raise self._refused(
                node.col_offset, message("{name} needs at least one value", name=name)
            )

    def _check_constant(self, tree: Tree, node: ast.expr) -> None:
        """Refuse a part without variables that has no finite value: 1/0, log(0), 10^60."""
        if isinstance(tree, Apply):
            value = constant_value(tree)
            if value is not None and not abs(value) <= LARGEST_NUMBER:
                raise self._refused(
                    node.col_offset, message("this part has no finite value up to 10¹⁵")
                )

    def _place(self, column: int) -> int:
        return self.prepared.original_place(self.offset + column)

    def _refused(self, column: int, reason: Message) -> Refused:
        return Refused(
            message("Character {place}: {reason}.", place=self._place(column) + 1, reason=reason)
        )


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
