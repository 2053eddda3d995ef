"""A formula in mpmath, by its own walk over the statements as they were read; shares no code with the trace."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.lesson.lesson import Expression
from explainer.maths.active_tree import kinks_near, mentions, value_of_tree
from explainer.maths.definitions import Precise, definition_of, precise_number
from explainer.maths.expression import parse_formula
from explainer.maths.trees import Apply, Name, Number, Statement, Tree
from explainer.trace.check.size import NOTHING, Size, rounded

# Over this step the derivatives of an operation show how they change.
_STEP = "1e-15"


class FormulaWalk:
    """The `values` of the variables, the `value` of the formula, and the `sizes` of its derivatives by the variables.

    They have the precision that was in force when the walk was made; make and use it under the same one. `paths` is the
    number of ways from the result to the variables, `depth` that of operations on the longest, `flattest` the smallest
    local derivative but 0.
    """

    def __init__(self, expression: Expression) -> None:
        import mpmath

        formula = parse_formula(expression.formula, frozenset(expression.values))
        self.statements: tuple[Statement, ...] = formula.statements
        self.values = {name: mpmath.mpf(value) for name, value in expression.values.items()}
        self._named = self._computed(self.values)
        self.value = self._named[""]
        self.flattest: Precise = mpmath.mpf(1)
        self.paths, self.depth = self._shape()
        self._rounding: dict[str, Precise] = dict.fromkeys(self.values, mpmath.mpf(0))
        # By the identity of a part: equal parts at two places are two parts.
        self._inside: dict[int, Precise] = {}
        self._errors: dict[int, Precise] = {}
        self.sizes = dict.fromkeys(self.values, NOTHING)
        self._measure()

    def value_after(self, name: str, step: Precise) -> Precise:
        """Return the value of the formula with one variable moved by `step`."""
        return self._computed({**self.values, name: self.values[name] + step})[""]

    def near_kinks(self, distance: float, moved: str) -> Iterator[str]:
        """Yield the functions that stand within a distance of a kink and are moved by a variable."""
        reached = {moved}
        for statement in self.statements:
            yield from kinks_near(statement.tree, self._named, distance, reached)
            if statement.name is not None and mentions(statement.tree, reached):
                reached.add(statement.name)

    def _computed(self, values: dict[str, Precise]) -> dict[str, Precise]:
        """Return the value of every name; under the empty name that of the whole formula."""
        named = dict(values)
        for statement in self.statements:
            named[""] = value_of_tree(statement.tree, named)
            if statement.name is not None:
                named[statement.name] = named[""]
        return named

    def _shape(self) -> tuple[int, int]:
        """Return the number of paths from the result to the variables, and of operations on the longest."""
        known = dict.fromkeys(self.values, (1, 0))
        for statement in self.statements:
            last = _shape_of(statement.tree, known)
            if statement.name is not None:
                known[statement.name] = last
        return last

    def _measure(self) -> None:
        """Find the sizes of the derivatives: what every value carries forward, then the products backward."""
        for statement in self.statements:
            carried = self._carried(statement.tree)
            if statement.name is not None:
                self._rounding[statement.name] = carried
        sizes: dict[str, Size] = {}
        last = self.statements[-1]
        sizes[last.name or ""] = Size(1, 0)
        for statement in reversed(self.statements):
            here = sizes.get(statement.name or "", NOTHING)
            if any(here):
                self._hand_back(statement.tree, here, sizes)
        self.sizes = {name: sizes.get(name, NOTHING) for name in self.values}

    def _carried(self, tree: Tree) -> Precise:
        """Return a bound of the error of a value in doubles, in units of one rounding."""
        if isinstance(tree, Name):
            return self._rounding[tree.name]
        if isinstance(tree, Number):
            return abs(precise_number(tree))
        if id(tree) not in self._errors:
            slopes = definition_of(tree).slopes(self._arguments(tree))
            handed = sum(
                abs(slope) * self._carried(argument)
                for slope, argument in zip(slopes, tree.arguments, strict=True)
                if not isinstance(argument, Number)
            )
            self._errors[id(tree)] = handed + rounded(abs(self._value(tree)))
        return self._errors[id(tree)]

    def _value(self, tree: Tree) -> Precise:
        if not isinstance(tree, Apply):
            return value_of_tree(tree, self._named)
        if id(tree) not in self._inside:
            self._inside[id(tree)] = definition_of(tree).value(self._arguments(tree))
        return self._inside[id(tree)]

    def _arguments(self, tree: Apply) -> list[Precise]:
        return [self._value(argument) for argument in tree.arguments]

    def _hand_back(self, tree: Tree, here: Size, sizes: dict[str, Size]) -> None:
        if isinstance(tree, Name):
            sizes[tree.name] = sizes.get(tree.name, NOTHING).plus(here)
        if not isinstance(tree, Apply):
            return
        for argument, slope in zip(tree.arguments, self._slopes(tree), strict=True):
            if not isinstance(argument, Number):
                if slope.terms:
                    self.flattest = min(self.flattest, slope.terms)
                self._hand_back(argument, here.times(slope), sizes)

    def _slopes(self, tree: Apply) -> list[Size]:
        """Return the sizes of the local derivatives; what the arguments carry comes in through the second derivatives."""
        import mpmath

        values = self._arguments(tree)
        definition, step = definition_of(tree), mpmath.mpf(_STEP)
        slopes = definition.slopes(values)
        errors = [rounded(abs(slope)) for slope in slopes]
        for place, argument in enumerate(tree.arguments):
            carried = 0 if isinstance(argument, Number) else self._carried(argument)
            if carried:
                moved = [*values[:place], values[place] + step, *values[place + 1 :]]
                for index, slope in enumerate(definition.slopes(moved)):
                    bend = abs(slope - slopes[index]) / step
                    errors[index] += 0 if mpmath.isnan(bend) else bend * carried
        return [Size(abs(slope), error) for slope, error in zip(slopes, errors, strict=True)]


def _shape_of(tree: Tree, known: dict[str, tuple[int, int]]) -> tuple[int, int]:
    if isinstance(tree, Name):
        return known[tree.name]
    if isinstance(tree, Number):
        return 0, 0
    parts = [_shape_of(argument, known) for argument in tree.arguments]
    return sum(paths for paths, _ in parts), 1 + max(depth for _, depth in parts)
