"""A computed column of the data: the true value of a typed expression, rounded once.

The value does not depend on the machine: it is computed with far more digits than a double holds, in mpmath, and rounded
to the nearest double; a single sum or product of two doubles is rounded so by the processor itself. Nothing here asks for
SymPy unless the expression names a function that mpmath has not, so the window can show computed columns at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from explainer.maths.definitions import Precise, definition_of, precise_number
from explainer.maths.evaluation import as_decimal, bounded_functions, in_mpmath
from explainer.maths.expression import parse_feature, positions_of
from explainer.maths.printed import Printed
from explainer.maths.trees import Apply, Name, Number, Tree, walk
from explainer.maths.typed import formula_of_tree

_WORKING_DIGITS = 60
_KEPT_DIGITS = 40
# Functions of one number that mpmath has under the same name.
_ELEMENTARY = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "asin",
        "acos",
        "atan",
        "sinh",
        "cosh",
        "tanh",
        "exp",
        "log",
        "sqrt",
        "erf",
    ]
)


class Column:
    """One expression over the columns of a table of numbers."""

    def __init__(self, tree: Tree, names: tuple[str, ...]) -> None:
        self.tree = tree
        places = positions_of(names)
        used = {part.name for part in walk(tree) if isinstance(part, Name)}
        self._used = [(name, place) for name, place in places.items() if name in used]
        self._quick = _single_operation(tree, places)

    @property
    def places(self) -> tuple[int, ...]:
        """The columns it is computed from, from 0."""
        return tuple(sorted({place for _, place in self._used}))

    def value(self, row: Sequence[float]) -> float:
        """Return its value for a row of numbers; NaN where there is none, infinite where no double holds it."""
        if self._quick is not None:
            return self._quick(row) + 0.0
        import mpmath

        with mpmath.workdps(_WORKING_DIGITS):
            numbers = {name: mpmath.mpf(row[place]) for name, place in self._used}
            # Adding 0 turns −0, which nobody means, into 0.
            return float(_value(self.tree, numbers, _as_double)) + 0.0

    def precise_value(self, row: Sequence[float]) -> Decimal:
        """Return its value to 40 digits, the numbers of the row taken as the decimals they are written as."""
        import mpmath

        with mpmath.workdps(_WORKING_DIGITS):
            numbers = {name: mpmath.mpf(repr(row[place])) for name, place in self._used}
            return as_decimal(_value(self.tree, numbers, precise_number), _KEPT_DIGITS)

    def formula(self, names: Mapping[str, Printed], language: str) -> Printed:
        """Print the expression as it was typed, the columns called as `names` says: symbols, or their numbers."""
        return formula_of_tree(self.tree, names, language)


@lru_cache(maxsize=256)
def column_of(text: str, names: tuple[str, ...]) -> Column:
    """Return the column that a text describes; Refused with one sentence where it cannot be read."""
    return Column(parse_feature(text, names), names)


def _as_double(number: Number) -> Precise:
    """Return a number as the data have theirs, so that x − 0.3 is 0 where x is 0.3; π and e to the last digit."""
    import mpmath

    return precise_number(number) if number.is_constant else mpmath.mpf(number.value)


def _value(
    tree: Tree, numbers: Mapping[str, Precise], literal: Callable[[Number], Precise]
) -> Precise:
    import mpmath

    if isinstance(tree, Name):
        return numbers[tree.name]
    if isinstance(tree, Number):
        return literal(tree)
    parts = [_value(part, numbers, literal) for part in tree.arguments]
    if tree.operation in _ELEMENTARY:
        function = bounded_functions().get(tree.operation) or getattr(mpmath, tree.operation)
        return in_mpmath(function, parts)
    return definition_of(tree).value(parts)


def _single_operation(
    tree: Tree, place: Mapping[str, int]
) -> Callable[[Sequence[float]], float] | None:
    """Return a column that one operation of the processor computes, None for any other: its result is rounded rightly."""
    if isinstance(tree, Name):
        at = place[tree.name]
        return lambda row: row[at]
    if not isinstance(tree, Apply) or len(tree.arguments) != 2:
        return None
    left, right = tree.arguments
    if not isinstance(left, Name):
        return None
    one = place[left.name]
    if isinstance(right, Number):
        is_square = tree.operation == "power" and right.text == "2"
        return (lambda row: row[one] * row[one]) if is_square else None
    if not isinstance(right, Name):
        return None
    other = place[right.name]
    if tree.operation == "product":
        return lambda row: row[one] * row[other]
    if tree.operation == "sum" and tree.signs == (1, 1):
        return lambda row: row[one] + row[other]
    if tree.operation == "sum" and tree.signs == (1, -1):
        return lambda row: row[one] - row[other]
    return None
