"""From a wrong number to its explanation: the one slip that gives it, several that do, or none."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from typing import Literal

from msgspec import Struct

from explainer.lesson.rounding import Rounding
from explainer.messages import Message, message
from explainer.trace.record import Run
from explainer.trace.slips.backward import backward_slips
from explainer.trace.slips.errors import error_slips
from explainer.trace.slips.formulas import formula_slips
from explainer.trace.slips.forward import forward_slips
from explainer.trace.slips.rounding import rounded_slips
from explainer.trace.slips.slip import ROUNDED, Found, Slip, given_as
from explainer.trace.slips.updating import update_slips
from explainer.trace.steps import Step

# Whoever slips rounds as everybody does: to about four digits.
ROUNDING = 5e-4
# Slips that are about as near to a number stay in their order.
_RANKS = 4


class Verdict(Struct, frozen=True):
    """What is to be said of a number: "right"; "slip" where one explains it; "several" do; "unknown" where none does."""

    status: Literal["right", "slip", "several", "unknown"]
    slips: tuple[Slip, ...] = ()

    @property
    def sentence(self) -> Message:
        """Return the verdict as a sentence, which names every slip."""
        match self.status:
            case "right":
                return message("Right.")
            case "slip":
                return self.slips[0].sentence
            case "several":
                first, *others = (slip.sentence for slip in self.slips)
                second = reduce(_or, others)
                return message("Either: {first} Or: {second}", first=first, second=second)
        return message("No well-known slip gives this number.")


def _or(first: Message, second: Message) -> Message:
    return message("{first} Or: {second}", first=first, second=second)


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


def explained(
    known: Iterable[Slip], right: float, given: float, tolerance: float, share: float = ROUNDING
) -> Verdict:
    """Return what a number is that slips already computed may explain.

    A slip that gives the right number too is none. It gives the learner's number where both are nearer to each other than
    `tolerance`, or than a `share` of what the slip gives.
    """
    if abs(given - right) <= tolerance:
        return Verdict("right")
    found: dict[str, tuple[bool, int, Slip]] = {}
    for slip in known:
        near = max(tolerance, abs(slip.value) * share)
        off = abs(given - slip.value)
        if abs(slip.value - right) > tolerance and off <= near:
            # The nearest first; rounding reaches many numbers and is named after all that explains more.
            rank = round(_RANKS * off / near) if near else 0
            entry = (slip.sentence == ROUNDED, rank, slip)
            found.setdefault(slip.sentence.key, entry)
    ranked = sorted(found.values(), key=lambda entry: entry[:2])
    chosen = tuple(slip for _, _, slip in ranked)
    if not chosen:
        return Verdict("unknown")
    return Verdict("slip" if len(chosen) == 1 else "several", chosen)
