"""A typed formula as one SymPy expression that holds near given values, for `explainer check` to differentiate.

Its own walk over the tree, from the definitions of the functions: nothing of what the trace computes with or prints is
used. Kinked functions are replaced by the case that holds; numbers keep names, so that SymPy works none of them out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from explainer.maths.composition import Part, active_branch, as_written, symbol
from explainer.maths.definitions import Precise, definition_of, precise_number
from explainer.maths.functions import FUNCTIONS
from explainer.maths.rows import Expression
from explainer.maths.trees import Apply, Name, Number, Tree, walk


def value_of_tree(tree: Tree, values: Mapping[str, Precise]) -> Precise:
    """Return the value of a tree in the precision in force; NaN where it has none."""
    if isinstance(tree, Number):
        return precise_number(tree)
    if isinstance(tree, Name):
        return values[tree.name]
    parts = [value_of_tree(argument, values) for argument in tree.arguments]
    return definition_of(tree).value(parts)


def active_part(tree: Tree, names: Mapping[str, Part], known: dict[Expression, Precise]) -> Part:
    """Return a tree with `names` put in; `known` gathers the values of the symbols that stand for its numbers."""
    if isinstance(tree, Number):
        number = symbol(f"number {tree.text}")
        known[number] = precise_number(tree)
        return Part(number, known[number])
    if isinstance(tree, Name):
        return names[tree.name]
    parts = [active_part(argument, names, known) for argument in tree.arguments]
    value = definition_of(tree).value([part.value for part in parts])
    return Part(_expression(tree, parts), value)


def kinks_near(
    tree: Tree, values: Mapping[str, Precise], distance: float, moved: Collection[str]
) -> Iterator[str]:
    """Yield the functions within a distance of a point without derivative, of those that the names in `moved` move."""
    if not isinstance(tree, Apply) or not mentions(tree, moved):
        return
    for argument in tree.arguments:
        yield from kinks_near(argument, values, distance, moved)
    function = FUNCTIONS.get(tree.operation)
    if function is not None and function.to_kink is not None:
        arguments = [value_of_tree(argument, values) for argument in tree.arguments]
        if function.to_kink(arguments) <= distance:
            yield function.name


def mentions(tree: Tree, names: Collection[str]) -> bool:
    """Tell whether any of these names stands in a tree."""
    return any(isinstance(part, Name) and part.name in names for part in walk(tree))


def _expression(tree: Apply, parts: Sequence[Part]) -> Expression:
    import sympy

    expressions = [part.expression for part in parts]
    with sympy.evaluate(False):
        match tree.operation:
            case "sum":
                signed = zip(tree.signs, expressions, strict=True)
                return sympy.Add(*(each if sign > 0 else -each for sign, each in signed))
            case "product":
                return sympy.Mul(*expressions)
            case "quotient":
                return expressions[0] / expressions[1]
            case "power":
                return expressions[0] ** _exponent(tree.arguments[1], expressions[1])
            case "negative":
                return -expressions[0]
    return _function(tree.operation, parts)


def _exponent(tree: Tree, expression: Expression) -> Expression:
    """Return an exponent; a number as such, for xⁿ⋅n/x has no value at 0 where n⋅xⁿ⁻¹ has one."""
    import sympy

    if isinstance(tree, Number) and not tree.is_constant:
        return sympy.Rational(tree.text)
    return expression


def _function(name: str, parts: Sequence[Part]) -> Expression:
    import sympy

    if name == "min":
        return min(parts, key=lambda part: part.value).expression
    if name.startswith("max"):
        return max(parts, key=lambda part: part.value).expression
    places = [symbol(f"argument {index}") for index in range(len(parts))]
    formula = FUNCTIONS[name].build(sympy, places)
    values = {place: part.value for place, part in zip(places, parts, strict=True)}
    arguments = {place: part.expression for place, part in zip(places, parts, strict=True)}
    return as_written(active_branch(formula, values), arguments)
