"""Typed formula → Python source: operation by operation, because SymPy cannot hold every whole as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import NamedTuple

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.code import Library, Writer, as_written, usable
from explainer.maths.code_pieces import ATOM, PRODUCT, Code, constant
from explainer.maths.composed import number_expression, precise_constant
from explainer.maths.extremum import Extremum
from explainer.maths.functions import FUNCTIONS
from explainer.maths.rows import Expression
from explainer.maths.trees import Apply, Name, Number, Tree, walk
from explainer.maths.typed import arguments_of_tree, operation_of_tree


class TypedSource(NamedTuple):
    """Lines to be run first, and what the formula then is. What stands more than once in it has a name of its own."""

    lines: tuple[str, ...]
    result: str


def typed_source(tree: Tree, names: Mapping[str, str], library: Library) -> TypedSource:
    """Return a tree as source; `names` says what its variables are called there. ValueError for other names."""
    writer = _TreeWriter({name: usable(other) for name, other in names.items()}, library)
    result = writer.of(tree).text
    return TypedSource(tuple(writer.lines), result)


class _TreeWriter:
    """Writes parts before the whole."""

    def __init__(self, names: Mapping[str, str], library: Library) -> None:
        self.lines: list[str] = []
        self._names = names
        self._library = library
        taken = set(names.values())
        self._free_names = (f"v{place}" for place in count(1) if f"v{place}" not in taken)

    def of(self, tree: Tree) -> Code:
        import sympy

        if isinstance(tree, Number):
            return constant(number_expression(tree, sympy))
        if isinstance(tree, Name):
            return Code(self._names[tree.name], ATOM)
        if is_constant(tree) and any(map(_has_cases, walk(tree))):
            # Nothing is left to be decided.
            return constant(sympy.Float(precise_constant(tree)))
        return self._applied(tree)

    def _applied(self, tree: Apply) -> Code:
        import sympy

        own = self._in_torch(tree) if self._library == "torch" else None
        if own is not None:
            return own
        arguments: list[Expression] = []
        pieces: dict[Expression, Tree] = {}
        for place, part in enumerate(arguments_of_tree(tree)):
            if isinstance(part, Number):
                arguments.append(number_expression(part, sympy))
            elif is_constant(part) and tree.operation in FUNCTIONS and not is_constant(tree):
                # Beside a tensor PyTorch's functions want to be told which argument is none.
                arguments.append(sympy.Float(precise_constant(part)))
            else:
                arguments.append(symbol := sympy.Symbol(f"x{place:04d}", real=True))
                pieces[symbol] = part
        written = as_written(operation_of_tree(tree), arguments)
        uses = [part for part in sympy.preorder_traversal(written) if part.is_Symbol]
        codes = {symbol: self._used(part, uses.count(symbol)) for symbol, part in pieces.items()}
        numbers = frozenset(symbol for symbol, part in pieces.items() if is_constant(part))
        return Writer(codes, self._library, numbers).of(written)

    def _in_torch(self, tree: Apply) -> Code | None:
        """Return PyTorch's own function, where the definition would lose the order at a tie or overflow."""
        operation = operation_of_tree(tree)
        if isinstance(operation, Extremum) and not is_constant(tree):
            parts = ", ".join(self._tensor(part) for part in tree.arguments)
            return Code(operation.torch_source(parts), ATOM)
        row = ACTIVATIONS.get(tree.operation)
        if row is None or not row.torch or is_constant(tree):
            return None
        argument = self._used(tree.arguments[0], row.torch.count("{z}")).text
        return Code(row.torch_source(argument, {}), ATOM if row.torch[0] == "t" else PRODUCT)

    def _tensor(self, tree: Tree) -> str:
        """Return an argument among tensors, where PyTorch takes no plain number."""
        text = self.of(tree).text
        return f"torch.tensor({text}, dtype=torch.float64)" if is_constant(tree) else text

    def _used(self, tree: Tree, times: int) -> Code:
        """Return a part as it is, or the name of a line when it is needed more than once."""
        code = self.of(tree)
        if times <= 1 or isinstance(tree, Number | Name):
            return code
        name = next(self._free_names)
        self.lines.append(f"{name} = {code.text}")
        return Code(name, ATOM)


def is_constant(tree: Tree) -> bool:
    """Tell whether a formula is made of numbers alone."""
    return not any(isinstance(part, Name) for part in walk(tree))


def _has_cases(tree: Tree) -> bool:
    function = FUNCTIONS.get(tree.operation) if isinstance(tree, Apply) else None
    return function is not None and function.to_kink is not None
