"""The comparison: precision, kinks, agreement."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from explainer.lesson.lesson import Arithmetic, Lesson
from explainer.maths.chosen import activation_row
from explainer.maths.chosen_definitions import is_near_kink
from explainer.maths.composition import Precise, is_near_loss_kink
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.penalty_definitions import is_near_penalty_kink
from explainer.maths.updates import LEARNING_RULES
from explainer.messages import Message, message
from explainer.trace.batches import batch_of
from explainer.trace.check.agreement import (
    DIGITS,
    MOST_MORE_DIGITS,
    NEAR_A_KINK,
    central_difference,
    compared_row,
    more_digits,
)
from explainer.trace.check.composed import MOST_PATHS, Composed, reason_to_skip
from explainer.trace.check.formula import check_formula_gradients
from explainer.trace.check.penalty import WeightPenalty
from explainer.trace.check.report import CheckReport, CheckRow
from explainer.trace.check.size import NOTHING, Size
from explainer.trace.check.terms import Sizes
from explainer.trace.check.values import Subject, Walk
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
    return CheckReport(tuple(_Comparison(plain, batch_of(plain, 0), run, most_paths).rows()))


class _Sample:
    """One sample's derivatives by the two independent ways, and their sizes."""

    def __init__(self, lesson: Lesson, sample: int, sizes: Sizes) -> None:
        self.walk = Walk(lesson, sample)
        self.sizes = sizes
        self._composed = Composed(self.walk)
        self._kinks = _near_kinks(self.walk)

    def kink(self, subject: Subject) -> Message | None:
        """Return what is wrong where the subject moves a neuron that stands at a kink."""
        reached = self.walk.reached(subject) if self._kinks else set()
        return next((text for name, text in self._kinks.items() if name in reached), None)

    def error_after(self, subject: Subject, change: Precise) -> Precise:
        """Return the error with the subject moved."""
        return self.walk.error_after(subject, change)

    def symbolic(self, subject: Subject) -> Precise:
        """Return SymPy's derivative."""
        return self._composed.derivative(subject)


class _Comparison:
    """The three derivatives of every parameter and input of one batch, side by side."""

    def __init__(self, lesson: Lesson, samples: tuple[int, ...], run: Run, most_paths: int) -> None:
        import mpmath

        self._run = run
        self._mean = lesson.loss.reduction == "mean"
        with mpmath.workdps(DIGITS + MOST_MORE_DIGITS):
            walks = [Walk(lesson, sample) for sample in samples]
            sizes = [Sizes(walk) for walk in walks]
            self._digits = DIGITS + max(
                _more_digits(walk, size, run) for walk, size in zip(walks, sizes, strict=True)
            )
        with mpmath.workdps(self._digits):
            self._samples = [
                _Sample(lesson, sample, size) for sample, size in zip(samples, sizes, strict=True)
            ]
        self._reason = reason_to_skip(walks[0], len(walks), most_paths)
        self._penalty = WeightPenalty(lesson)

    def rows(self) -> Iterator[CheckRow]:
        """Yield the row of every parameter, then of every input of every sample."""
        import mpmath

        one_pass = self._run.summary
        with mpmath.workdps(self._digits):
            for name, found in one_pass.gradients.items():
                divisor = len(self._samples) if self._mean else 1
                yield self._row(Subject(name, False), None, found, self._samples, divisor)
            for part in self._samples:
                sample = part.walk.sample
                for name, found in one_pass.input_gradients[str(sample)].items():
                    yield self._row(Subject(name, True), sample, found, [part], 1)

    def _row(
        self,
        subject: Subject,
        sample: int | None,
        found: float,
        parts: list[_Sample],
        divisor: int,
    ) -> CheckRow:
        kinks = [self._penalty.kink(subject), *(part.kink(subject) for part in parts)]
        kink = next(filter(None, kinks), None)
        if kink is not None:
            return CheckRow(subject.name, sample, found, None, None, 0.0, None, "kink", kink)
        size = NOTHING
        for part in parts:
            size = size.plus(part.sizes.of(subject))
        size = Size(size.terms / divisor, size.rounding / divisor)

        def changed(change: Precise) -> Precise:
            return sum(part.error_after(subject, change) for part in parts) / divisor

        numeric = central_difference(changed, found, size)
        symbolic = (
            sum(part.symbolic(subject) for part in parts) / divisor
            if self._reason is None
            else None
        )
        if self._penalty.counts(subject):
            numeric += self._penalty.numeric(subject.name)
            symbolic = None if symbolic is None else symbolic + self._penalty.symbolic(subject.name)
            size = size.plus(self._penalty.size(subject.name))
        return compared_row(subject.name, sample, found, symbolic, numeric, size, self._reason)


def _near_kinks(walk: Walk) -> dict[str, Message]:
    """Return, for each neuron that stands at a kink of its activation, the sentence that says so."""
    found: dict[str, Message] = {}
    for neuron in walk.order:
        # By the delta rule the error takes the weighted sum, whatever the activation makes of it.
        if neuron.role == "input" or walk.compares_sums:
            continue
        if is_near_kink(neuron.activation, walk.arguments(neuron), NEAR_A_KINK):
            found[neuron.id] = message(
                "not compared: {neuron} stands at a point where {activation} has no derivative",
                neuron=neuron.id,
                activation=activation_row(neuron.activation).label,
            )
    choice = walk.lesson.loss.choice
    for name, prediction, target in zip(
        walk.output_ids, walk.predictions, walk.targets, strict=True
    ):
        if is_near_loss_kink(choice.name, choice.parameters, prediction, target, NEAR_A_KINK):
            found[name] = message(
                "not compared: {neuron} stands at a point where the error ({loss}) has no derivative",
                neuron=name,
                loss=LOSSES[choice.name].label,
            )
        penalty = walk.penalty
        if penalty is not None and is_near_penalty_kink(penalty.name, prediction, NEAR_A_KINK):
            found[name] = message(
                "not compared: {neuron} stands at a point where the penalty ({penalty}) has no derivative",
                neuron=name,
                penalty=PENALTIES[penalty.name].label,
            )
    return found


def _more_digits(walk: Walk, sizes: Sizes, run: Run) -> int:
    """Return how many digits cancel in the differences and derivatives of saturated neurons."""
    subjects = [Subject(name, False) for name in run.summary.gradients]
    subjects += [Subject(name, True) for name in run.summary.input_gradients[str(walk.sample)]]
    terms = [sizes.of(subject).terms for subject in subjects]
    return more_digits(walk.error, terms, sizes.flattest)
