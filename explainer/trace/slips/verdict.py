"""What is to be said of a number: right, explained by slips, or by nothing known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Literal

from msgspec import Struct

from explainer.messages import Message, message
from explainer.trace.slips.slip import ROUNDED, Slip

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
