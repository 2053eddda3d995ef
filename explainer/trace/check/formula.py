"""The gradients of a formula three ways: back-propagation as traced, SymPy on the composed formula, central differences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

from msgspec.structs import replace

from explainer.lesson.lesson import Arithmetic, Expression, Lesson
from explainer.maths import composition
from explainer.maths.active_tree import active_part
from explainer.maths.composition import Part, Precise, symbol
from explainer.maths.rows import Expression as Written
from explainer.messages import Message, message
from explainer.trace.check.agreement import (
    DIGITS,
    MOST_MORE_DIGITS,
    NEAR_A_KINK,
    central_difference,
    compared_row,
    more_digits,
)
from explainer.trace.check.formula_walk import FormulaWalk
from explainer.trace.check.report import CheckReport, CheckRow
from explainer.trace.run import run_pass

# SymPy takes a dozen calls of itself an operation, and Python ends them at a thousand.
MOST_DEPTH = 40
# Its time for all derivatives of a long product grows with the cube of their number.
MOST_VARIABLES = 40


def check_formula_gradients(lesson: Lesson, expression: Expression, most_paths: int) -> CheckReport:
    """Compare the derivative of a formula by each of its variables three ways, in exact arithmetic."""
    import mpmath

    run = run_pass(replace(lesson, arithmetic=Arithmetic()), 0, None)
    with mpmath.workdps(DIGITS + MOST_MORE_DIGITS):
        walk = FormulaWalk(expression)
        terms = [size.terms for size in walk.sizes.values()]
        digits = DIGITS + more_digits(walk.value, terms, walk.flattest)
    with mpmath.workdps(digits):
        comparison = _Comparison(FormulaWalk(expression), most_paths)
        return CheckReport(tuple(comparison.rows(run.summary.gradients)))


class _Comparison:
    """The derivatives of one formula side by side."""

    def __init__(self, walk: FormulaWalk, most_paths: int) -> None:
        self._walk = walk
        self._reason = _reason_to_skip(walk, most_paths)
        # The values of variables and numbers; gathers those of the parts of all derivatives.
        self._known = {_variable(name): value for name, value in walk.values.items()}

    def rows(self, gradients: dict[str, float]) -> Iterator[CheckRow]:
        """Yield the row of every variable."""
        for name, found in gradients.items():
            kink = self._kink(name)
            if kink is not None:
                yield CheckRow(name, None, found, None, None, 0.0, None, "kink", kink)
                continue
            symbolic = None if self._reason else self._symbolic(name)
            reason = self._reason
            if symbolic is None and reason is None:
                reason = message("SymPy is left out: its derivative has no value at this point")
            size = self._walk.sizes[name]
            numeric = central_difference(partial(self._walk.value_after, name), found, size)
            yield compared_row(name, None, found, symbolic, numeric, size, reason)

    def _kink(self, name: str) -> Message | None:
        """Return what is wrong where the variable moves a function that stands at a kink."""
        for function in self._walk.near_kinks(NEAR_A_KINK, name):
            return message(
                "not compared: {function} stands at a point where it has no derivative",
                function=function,
            )
        return None

    def _symbolic(self, name: str) -> Precise | None:
        """Return SymPy's derivative; None where SymPy writes one that divides by zero at this point."""
        import mpmath

        derivative = composition.derivative(self._composed, _variable(name), {})
        try:
            found = composition.evaluated(derivative, self._known)
        except (ZeroDivisionError, ValueError):
            return None
        return found if isinstance(found, mpmath.mpf | int) and not mpmath.isnan(found) else None

    @cached_property
    def _composed(self) -> Written:
        """The whole formula as one expression of its variables."""
        names = {name: Part(_variable(name), value) for name, value in self._walk.values.items()}
        for statement in self._walk.statements:
            part = active_part(statement.tree, names, self._known)
            if statement.name is not None:
                names[statement.name] = part
        return part.expression


def _variable(name: str) -> Written:
    return symbol(f"variable {name}")


def _reason_to_skip(walk: FormulaWalk, most_paths: int) -> Message | None:
    if len(walk.values) > MOST_VARIABLES:
        return message(
            "SymPy is left out: the formula has {count} variables, more than {limit}",
            count=len(walk.values),
            limit=MOST_VARIABLES,
        )
    if walk.paths > most_paths:
        return message(
            "SymPy is left out: the composed formula would have {count} paths, more than {limit}",
            count=walk.paths,
            limit=most_paths,
        )
    if walk.depth > MOST_DEPTH:
        return message(
            "SymPy is left out: the composed formula would be {count} operations deep, more than {limit}",
            count=walk.depth,
            limit=MOST_DEPTH,
        )
    return None
