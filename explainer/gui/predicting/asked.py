"""What is asked of a learner, what is answered, and how an answer is judged."""

from __future__ import annotations

from typing import Literal, NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.trace.steps import Pass, Step

Verdict = Literal["right", "close", "wrong"]
# A number this many times as far off as is allowed is still close.
_CLOSE = 5.0
# Below this, numbers are what is left of others that cancel: then it counts by how much one is off, not by what share.
_NOTHING = 1e-9


class Asked(NamedTuple):
    """One question: a step of a pass of a lesson. Its value is the answer."""

    lesson: Lesson
    one_pass: Pass
    step: Step

    @property
    def value(self) -> float:
        """The right number."""
        return self.step.value


def judged(number: float, value: float, tolerance: float) -> Verdict:
    """Return how near a number is to the right one; `tolerance` is a share of that."""
    near = allowed(value, tolerance)
    # The number typed has been rounded and may lie on the very edge.
    off = abs(number - value) * (1 - 1e-9)
    if off <= near:
        return "right"
    return "close" if off <= _CLOSE * near else "wrong"


def allowed(value: float, tolerance: float) -> float:
    """Return how far from the right number an answer may be."""
    return tolerance * max(abs(value), _NOTHING)
