"""Which samples a pass uses, and which epoch it belongs to; training that goes on counts on from its state."""

from __future__ import annotations

import math

from explainer.lesson.chance import permutation
from explainer.lesson.lesson import Lesson


def pass_number(lesson: Lesson, pass_index: int) -> int:
    """Return how many passes were done before this one, those of an earlier training included."""
    return lesson.state.passes + pass_index


def epoch_of(lesson: Lesson, pass_index: int) -> int:
    """Return the epoch of a pass, counted from 0."""
    return pass_number(lesson, pass_index) // batches(lesson)[1]


def batch_of(lesson: Lesson, pass_index: int) -> tuple[int, ...]:
    """Return the rows of the data that pass `pass_index` (from 0) uses; the last batch of an epoch may be smaller."""
    size, per_epoch = batches(lesson)
    count = len(lesson.data.inputs) or 1
    first = (pass_number(lesson, pass_index) % per_epoch) * size
    places = range(first, min(first + size, count))
    if not lesson.update.shuffle:
        return tuple(places)
    order = permutation(count, lesson.seed, "shuffle", epoch_of(lesson, pass_index))
    return tuple(order[place] for place in places)


def batches(lesson: Lesson) -> tuple[int, int]:
    """Return the batch size in samples and the number of batches in an epoch."""
    # A formula is one sample.
    count = len(lesson.data.inputs) or 1
    wanted = lesson.update.batch_size
    size = count if wanted == "all" else min(wanted, count)
    return size, math.ceil(count / size)
