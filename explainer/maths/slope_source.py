"""Local derivative → source for NumPy: what a reader without automatic differentiation multiplies by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from explainer.maths.code import Writer, as_written, usable
from explainer.maths.code_pieces import ATOM, POWER, Code, constant
from explainer.maths.composed import number_expression
from explainer.maths.extremum import Extremum
from explainer.maths.operation import Operation
from explainer.maths.rows import ActivationRow, exact_number
from explainer.maths.trees import Apply, Name, Number, Tree
from explainer.maths.typed import arguments_of_tree, operation_of_tree
from explainer.maths.typed_source import TypedSource


def slope_source(operation: Operation, index: int, names: Sequence[str]) -> str:
    """Return the derivative of an operation by one argument; ValueError for a name Python cannot have."""
    return slope_code(operation, index, [Code(usable(name), ATOM) for name in names]).text


def slope_code(operation: Operation, index: int, arguments: Sequence[Code]) -> Code:
    """Return the derivative of an operation by one argument, which are pieces of source."""
    if isinstance(operation, Extremum):
        return Code(operation.slope_source(index, [each.text for each in arguments]), ATOM)
    import sympy

    symbols = [sympy.Symbol(f"x{place:04d}", real=True) for place in range(len(arguments))]
    return _derivative(as_written(operation, symbols), symbols, index, arguments)


def _derivative(
    written: Any, symbols: Sequence[Any], index: int, arguments: Sequence[Code]
) -> Code:
    import sympy

    # A jump has no slope on either side of it.
    slope = written.diff(symbols[index]).replace(sympy.DiracDelta, lambda *place: sympy.Integer(0))
    return Writer(dict(zip(symbols, arguments, strict=True)), "numpy").of(slope)


def slope_by_output(row: ActivationRow, chosen: Mapping[str, float], z: str, output: str) -> str:
    """Return a row's printed slope as source, of what goes in and what comes out: σ′ = a(1 − a). ValueError without one."""
    import sympy

    if row.textbook_derivative is None:
        raise ValueError(f"{row.name} has no printed derivative")
    argument, result = (sympy.Symbol(name, real=True) for name in ("x0000", "x0001"))
    values = {**row.parameters, **chosen}
    parameters = {name: exact_number(sympy, value) for name, value in values.items()}
    with sympy.evaluate(False):
        written = row.textbook_derivative(sympy, argument, result, parameters)
    names = {argument: Code(usable(z), ATOM), result: Code(usable(output), ATOM)}
    return Writer(names, "numpy").of(written).at_least(POWER)


def typed_slope_source(tree: Tree, names: Mapping[str, str], variable: str) -> TypedSource:
    """Return the derivative of a typed formula by one of its variables, forwards through its nodes by the chain rule.

    `names` says what the variables are called. ValueError for other names.
    """
    writer = _Forwards({name: usable(other) for name, other in names.items()}, variable)
    _, slope = writer.of(tree)
    return TypedSource(tuple(writer.lines), slope.text)


_NONE, _WHOLE = Code("0", ATOM), Code("1", ATOM)


class _Forwards:
    """Writes the value and the slope of every part before the whole."""

    def __init__(self, names: Mapping[str, str], variable: str) -> None:
        self.lines: list[str] = []
        self._names = names
        self._variable = variable
        taken = set(names.values())
        self._free = (
            (f"v{place}", f"s{place}")
            for place in count(1)
            if not {f"v{place}", f"s{place}"} & taken
        )

    def of(self, tree: Tree) -> tuple[Code, Code]:
        """Return the names of the value and of the slope of a tree."""
        import sympy

        if isinstance(tree, Number):
            return constant(number_expression(tree, sympy)), _NONE
        if isinstance(tree, Name):
            return Code(self._names[tree.name], ATOM), (
                _WHOLE if tree.name == self._variable else _NONE
            )
        return self._applied(tree)

    def _applied(self, tree: Apply) -> tuple[Code, Code]:
        parts = [self.of(part) for part in arguments_of_tree(tree)]
        values = [value for value, _ in parts]
        operation = operation_of_tree(tree)
        value, slope = next(self._free)
        self.lines.append(f"{value} = {value_code(operation, values).text}")
        terms = [
            f"({slope_code(operation, index, values).text}) * {inner.text}"
            for index, (_, inner) in enumerate(parts)
            if inner != _NONE
        ]
        if not terms:
            return Code(value, ATOM), _NONE
        self.lines.append(f"{slope} = {' + '.join(terms)}")
        return Code(value, ATOM), Code(slope, ATOM)


def value_code(operation: Operation, arguments: Sequence[Code]) -> Code:
    """Return what an operation computes for NumPy from arguments that are pieces of source."""
    import sympy

    symbols = [sympy.Symbol(f"x{place:04d}", real=True) for place in range(len(arguments))]
    written = as_written(operation, symbols)
    return Writer(dict(zip(symbols, arguments, strict=True)), "numpy").of(written)
