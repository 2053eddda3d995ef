"""From a wrong number to its explanation: the one slip that gives it, several that do, or none."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from explainer.lesson.lesson import Arithmetic
from explainer.messages import Message, Refused, message
from explainer.trace.record import Run
from explainer.trace.run import run_pass
from explainer.trace.slips.backward import backward_slips
from explainer.trace.slips.forward import forward_slips
from explainer.trace.slips.slip import ROUNDED, Found, Slip, given_as
from explainer.trace.steps import Step

_EARLY = (
    Arithmetic("rounded", decimals=1),
    Arithmetic("rounded", decimals=2),
    Arithmetic("rounded", decimals=3),
    Arithmetic("rounded", significant=2),
    Arithmetic("rounded", significant=3),
)


class Verdict(Struct, frozen=True):
    """What is to be said of a number: "right"; "slip" where one explains it; "several" do; "unknown" where none does."""

    status: Literal["right", "slip", "several", "unknown"]
    slips: tuple[Slip, ...] = ()

    @property
    def sentence(self) -> Message:
        """Return the verdict as a sentence."""
        match self.status:
            case "right":
                return message("Right.")
            case "slip":
                return self.slips[0].sentence
            case "several":
                # Two are enough to say that it is not clear.
                return message(
                    "Either: {first} Or: {second}",
                    first=self.slips[0].sentence,
                    second=self.slips[1].sentence,
                )
        return message("No well-known slip gives this number.")


def slips(run: Run, step: Step) -> tuple[Slip, ...]:
    """Return every well-known slip at a step with the number it gives; most telling first."""
    found = forward_slips if step.phase in ("forward", "error") else backward_slips
    return (*found(run, step), *_rounded(run, step))


def explain(run: Run, step: Step, given: float, tolerance: float) -> Verdict:
    """Return what a learner's number at a step is: right within `tolerance`, or which slip gives it within the same.

    A slip that gives the right number too is none. Two that give the same number are both named: which it was is not known.
    """
    if abs(given - step.value) <= tolerance:
        return Verdict("right")
    found: dict[str, Slip] = {}
    for slip in slips(run, step):
        differs = abs(slip.value - step.value) > tolerance
        near = max(tolerance, abs(slip.value) * _RELATIVE)
        if differs and abs(given - slip.value) <= near:
            found.setdefault(slip.sentence.key, slip)
    if len(found) > 1:
        # Rounding reaches many numbers; it explains only what nothing else does.
        found.pop(ROUNDED.key, None)
    chosen = tuple(found.values())
    if not chosen:
        return Verdict("unknown")
    return Verdict("slip" if len(chosen) == 1 else "several", chosen)


# Whoever slips rounds as everybody does: to about four digits.
_RELATIVE = 5e-4


def _rounded(run: Run, step: Step) -> Found:
    """Yield what comes out at the step where every intermediate result is rounded to a few digits."""
    if run.lesson.arithmetic.mode == "rounded":
        return
    for arithmetic in _EARLY:
        try:
            early = run_pass(replace(run.lesson, arithmetic=arithmetic), run.pass_index, None)
        except Refused:
            continue
        if run.pass_index == 0 and len(early.summary.steps) == len(run.summary.steps):
            yield from given_as("rounded", ROUNDED, early.summary.steps[step.index].value)
