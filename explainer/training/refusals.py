"""Which lessons the engine does not train, and why: one sentence each."""

from __future__ import annotations

from explainer.lesson.lesson import Lesson
from explainer.messages import Message, Refused, message


def why_not_trained(lesson: Lesson) -> Message | None:
    """Return why a lesson cannot be trained without stepping, None where it can."""
    if lesson.expression is not None:
        return message("A formula has nothing to train: only a network learns.")
    if lesson.arithmetic.mode == "rounded":
        return message(
            "This lesson rounds every number as one does by hand; training without steps computes exactly. Step it, or choose exact arithmetic."
        )
    if lesson.update.order == "in_place":
        return message(
            "This lesson updates in place, one depth after the other, which needs the graph of the steps. Step it, or choose simultaneous updates."
        )
    return None


def must_be_trainable(lesson: Lesson) -> None:
    """Raise Refused, with one sentence, for a lesson that the engine does not train."""
    reason = why_not_trained(lesson)
    if reason is not None:
        raise Refused(reason)
