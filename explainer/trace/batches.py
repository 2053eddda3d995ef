"""Which samples a pass uses, and which epoch it belongs to; training that goes on counts on from its state."""

from __future__ import annotations

from explainer.lesson.batches import batch_samples, batches
from explainer.lesson.lesson import Lesson


def pass_number(lesson: Lesson, pass_index: int) -> int:
    """Return how many passes were done before this one, those of an earlier training included."""
    return lesson.state.passes + pass_index


def epoch_of(lesson: Lesson, pass_index: int) -> int:
    """Return the epoch of a pass, counted from 0."""
    return pass_number(lesson, pass_index) // batches(lesson)[1]


def batch_of(lesson: Lesson, pass_index: int) -> tuple[int, ...]:
    """Return the rows of the data that pass `pass_index` (from 0) uses; the last batch of an epoch may be smaller."""
    return batch_samples(lesson, pass_number(lesson, pass_index))
