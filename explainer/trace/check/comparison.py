"""The comparison: precision, kinks, agreement."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from explainer.lesson.lesson import Arithmetic, Lesson
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.composition import Precise
from explainer.messages import Message, message
from explainer.trace.check.composed import MOST_PATHS, Composed, reason_to_skip
from explainer.trace.check.report import CheckReport, CheckRow, Status
from explainer.trace.check.terms import NOTHING, Size, Sizes
from explainer.trace.check.values import Subject, Walk
from explainer.trace.run import Run, batch_of, run_pass

DIGITS = 50
# A saturated neuron's derivative lies hundreds of digits below the values it is a difference of; doubles end there too.
MOST_MORE_DIGITS = 350
# Of a central difference, as powers of ten: its error is of the order of the step's square. Where huge numbers make
# the error bend within a step, a far finer one is taken before anything is said to differ.
STEP, FINE_STEP = 20, 350
NEAR_A_KINK = 1e-9
TOLERANCE = 1e-12
# One rounding of a double is 1.1e-16, an activation or a derivative takes a few; together with the tolerance 1e-15.
ROUNDING = 1e-3


def check(lesson: Lesson, *, most_paths: int = MOST_PATHS) -> CheckReport:
    """Compare every gradient three ways, at the starting parameters and on the batch of the first pass.

    Simultaneous and in exact arithmetic, whatever the lesson says. SymPy is left out where the composed error of the
    batch has more than `most_paths` paths: its time grows with them. Refused where the numbers grow too large.
    """
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

    def numeric(self, subject: Subject, step_digits: int) -> Precise:
        """Return the central difference with a step of 10 to the minus `step_digits`."""
        import mpmath

        step = mpmath.mpf(10) ** -step_digits
        with mpmath.workdps(mpmath.mp.dps + 2 * (step_digits - STEP)):
            above, below = (self.walk.error_after(subject, change) for change in (step, -step))
            return (above - below) / (2 * step)

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
        kink = next(filter(None, (part.kink(subject) for part in parts)), None)
        if kink is not None:
            return CheckRow(subject.name, sample, found, None, None, 0.0, None, "kink", kink)
        size = NOTHING
        for part in parts:
            size = size.plus(part.sizes.of(subject))
        size = Size(size.terms / divisor, size.rounding / divisor)
        numeric = sum(part.numeric(subject, STEP) for part in parts) / divisor
        if _apart(found, numeric, size) > TOLERANCE:
            numeric = sum(part.numeric(subject, FINE_STEP) for part in parts) / divisor
        error = _apart(found, numeric, size)
        symbolic = symbolic_error = None
        if self._reason is None:
            symbolic = sum(part.symbolic(subject) for part in parts) / divisor
            symbolic_error = _apart(found, symbolic, size)
        status: Status = "skipped" if symbolic is None else "ok"
        if max(error, symbolic_error or 0.0) > TOLERANCE:
            status = "differs"
        return CheckRow(
            subject.name,
            sample,
            found,
            None if symbolic is None else float(symbolic),
            float(numeric),
            error,
            symbolic_error,
            status,
            self._reason,
        )


def _near_kinks(walk: Walk) -> dict[str, Message]:
    """Return, for each neuron that stands at a kink of its activation, the sentence that says so."""
    found: dict[str, Message] = {}
    for neuron in walk.order:
        row = ACTIVATIONS[neuron.activation.name]
        if neuron.role == "input" or not row.kinks:
            continue
        if min(abs(walk.sums[neuron.id] - kink) for kink in row.kinks) <= NEAR_A_KINK:
            found[neuron.id] = message(
                "not compared: {neuron} stands at a point where {activation} has no derivative",
                neuron=neuron.id,
                activation=row.label,
            )
    return found


def _more_digits(walk: Walk, sizes: Sizes, run: Run) -> int:
    """Return how many digits cancel in the differences and derivatives of saturated neurons."""
    import mpmath

    subjects = [Subject(name, False) for name in run.summary.gradients]
    subjects += [Subject(name, True) for name in run.summary.input_gradients[str(walk.sample)]]
    terms = [sizes.of(subject).terms for subject in subjects]
    smallest = min((term for term in terms if term), default=mpmath.mpf(1))
    lost = max(1, abs(walk.error) / smallest, 1 / sizes.flattest)
    return min(int(mpmath.ceil(mpmath.log10(lost))), MOST_MORE_DIGITS)


def _apart(found: float, other: Precise, size: Size) -> float:
    """Return how far apart two derivatives are, relative to the terms that make them up and what doubles do to them."""
    scale = size.terms + ROUNDING * size.rounding
    distance = abs(found - other)
    if not distance:
        return 0.0
    return float(distance / scale) if scale else float("inf")
