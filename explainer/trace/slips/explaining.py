"""From a wrong number to its explanation: the one slip that gives it, several that do, or none."""

from __future__ import annotations

from decimal import Decimal

from explainer.lesson.rounding import Rounding
from explainer.trace.record import Run
from explainer.trace.slips.backward import backward_slips
from explainer.trace.slips.errors import error_slips
from explainer.trace.slips.formulas import formula_slips
from explainer.trace.slips.forward import forward_slips
from explainer.trace.slips.rounding import rounded_slips
from explainer.trace.slips.slip import Found, Slip, given_as
from explainer.trace.slips.updating import update_slips
from explainer.trace.slips.verdict import Verdict, explained
from explainer.trace.steps import Step


def slips(run: Run, step: Step) -> tuple[Slip, ...]:
    """Return every well-known slip at a step with the number it gives; most telling first.

    Two that give the same number are both there: which it was nobody knows. Where the lesson rounds, so does whoever slips.
    """
    found = dict.fromkeys((*_found(run, step), *rounded_slips(run, step)))
    if run.lesson.arithmetic.mode != "rounded":
        return tuple(found)
    rounding = Rounding(run.lesson.arithmetic)
    return tuple(
        dict.fromkeys(
            kept
            for slip in found
            for kept in given_as(
                slip.key, slip.sentence, rounding.rounded(Decimal(repr(slip.value)))
            )
        )
    )


def _found(run: Run, step: Step) -> Found:
    match step.phase:
        case "forward":
            return (formula_slips if step.kind == "operation" else forward_slips)(run, step)
        case "error":
            return error_slips(run, step)
        case "backward":
            return backward_slips(run, step)
    return update_slips(run, step)


def explain(run: Run, step: Step, given: float, tolerance: float) -> Verdict:
    """Return what a learner's number at a step is: right within `tolerance`, or which slips give it within the same."""
    if abs(given - step.value) <= tolerance:
        return Verdict("right")
    return explained(slips(run, step), step.value, given, tolerance)
