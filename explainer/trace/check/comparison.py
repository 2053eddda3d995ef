"""The comparison: precision, agreement, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from explainer.lesson.lesson import Arithmetic, Lesson
from explainer.maths.composition import Precise
from explainer.maths.updates import LEARNING_RULES
from explainer.messages import Message, message
from explainer.trace.batches import batch_of
from explainer.trace.check.agreement import (
    DIGITS,
    MOST_MORE_DIGITS,
    central_difference,
    compared_row,
    more_digits,
)
from explainer.trace.check.composed import MOST_PATHS, Branches, Composed, reason_to_skip
from explainer.trace.check.formula import check_formula_gradients
from explainer.trace.check.kinks import near_kinks
from explainer.trace.check.penalty import WeightPenalty
from explainer.trace.check.quantities import Quantities
from explainer.trace.check.report import CheckReport, CheckRow
from explainer.trace.check.size import Size
from explainer.trace.check.terms import Sizes
from explainer.trace.check.values import Walk
from explainer.trace.learning import follows_gradient
from explainer.trace.record import Run
from explainer.trace.run import run_pass


def check(lesson: Lesson, *, most_paths: int = MOST_PATHS) -> CheckReport:
    """Compare every gradient three ways, at the starting parameters and on the batch of the first pass.

    Simultaneous and in exact arithmetic, whatever the lesson says. SymPy is left out where the composed error of the
    batch has more than `most_paths` paths: its time grows with them. Refused where the numbers grow too large.
    """
    if lesson.expression is not None:
        return check_formula_gradients(lesson, lesson.expression, most_paths)
    if not follows_gradient(lesson.update.choice.name):
        rule = LEARNING_RULES[lesson.update.choice.name].label
        return CheckReport(
            (), message("{rule} has no gradient: there is nothing to compare.", rule=rule)
        )
    plain = replace(
        lesson, update=replace(lesson.update, order="simultaneous"), arithmetic=Arithmetic()
    )
    run = run_pass(plain, 0, None)
    quantities = Quantities(plain, batch_of(plain, 0))
    note = None
    if lesson.arithmetic.mode == "rounded":
        note = message("Compared in exact arithmetic: the lesson itself rounds every step.")
    return CheckReport(tuple(_Comparison(quantities, run, most_paths).rows()), note=note)


class _Comparison:
    """The three derivatives of every parameter and input of one batch, side by side."""

    def __init__(self, quantities: Quantities, run: Run, most_paths: int) -> None:
        import mpmath

        self._quantities = quantities
        self._run = run
        reduced = quantities.lesson.loss.reduction == "mean"
        self._divisor = len(quantities.samples) if reduced else 1
        with mpmath.workdps(DIGITS + MOST_MORE_DIGITS):
            walk = Walk(quantities)
            self._sizes = Sizes(walk)
            self._digits = DIGITS + _more_digits(walk, self._sizes)
        with mpmath.workdps(self._digits):
            self._walk = Walk(quantities)
            branches = Branches(self._walk)
            self._composed = Composed(branches)
            self._kinks = near_kinks(self._walk)
            self._reason = reason_to_skip(branches, most_paths)
        self._penalty = WeightPenalty(quantities.lesson)

    def rows(self) -> Iterator[CheckRow]:
        """Yield the row of every parameter, then of every input of every sample."""
        import mpmath

        one_pass = self._run.summary
        with mpmath.workdps(self._digits):
            for name, found in one_pass.gradients.items():
                yield self._row_of_parameter(name, found)
            for (sample, name), place in self._quantities.inputs.items():
                found = one_pass.input_gradients[str(sample)][name]
                yield self._row(name, sample, place, found)

    def _row_of_parameter(self, name: str, found: float) -> CheckRow:
        place, penalty = self._quantities.parameters[name], self._penalty
        if not penalty.counts(name):
            return self._row(name, None, place, found, self._divisor)
        kink = penalty.kink(name)
        if kink is not None:
            return _at_kink(name, None, found, kink)
        return self._row(name, None, place, found, self._divisor, penalty)

    def _row(
        self,
        name: str,
        sample: int | None,
        place: int,
        found: float,
        divisor: int = 1,
        penalty: WeightPenalty | None = None,
    ) -> CheckRow:
        """Return the row of a given number: a parameter's derivative is of the reduced error, perhaps with a penalty."""
        kink = next((text for at, text in self._kinks if at in self._walk.reached(place)), None)
        if kink is not None:
            return _at_kink(name, sample, found, kink)
        size = self._sizes.of(place)
        size = Size(size.terms / divisor, size.rounding / divisor)
        added = 0
        if penalty is not None:
            size = size.plus(penalty.size(name))
            added = penalty.numeric(name)
        symbolic = None
        if self._reason is None:
            symbolic = self._composed.derivative(place) / divisor
            symbolic += 0 if penalty is None else penalty.symbolic(name)

        def changed(step: Precise) -> Precise:
            return self._walk.error_after(place, step) / divisor + added * step

        numeric = central_difference(changed, found, size)
        return compared_row(name, sample, found, symbolic, numeric, size, self._reason)


def _at_kink(name: str, sample: int | None, found: float, kink: Message) -> CheckRow:
    return CheckRow(name, sample, found, None, None, 0.0, None, "kink", kink)


def _more_digits(walk: Walk, sizes: Sizes) -> int:
    """Return how many digits cancel in the differences and derivatives of saturated neurons."""
    quantities = walk.quantities
    subjects = [*quantities.parameters.values(), *quantities.inputs.values()]
    errors = sum(abs(walk.values[place]) for place in quantities.errors)
    return more_digits(errors, [sizes.of(subject).terms for subject in subjects], sizes.flattest)
