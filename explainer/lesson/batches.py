"""Which samples an update uses, and how many updates an epoch has."""

from __future__ import annotations

import math

from explainer.lesson.chance import permutation
from explainer.lesson.lesson import Lesson


def batches(lesson: Lesson) -> tuple[int, int]:
    """Return the batch size in samples and the number of batches in an epoch."""
    # A formula is one sample.
    count = len(lesson.data.inputs) or 1
    wanted = lesson.update.batch_size
    size = count if wanted == "all" else min(wanted, count)
    return size, math.ceil(count / size)


def batch_samples(lesson: Lesson, number: int) -> tuple[int, ...]:
    """Return the rows of the data that pass `number` (from 0, over all training) uses; an epoch's last may be fewer."""
    size, per_epoch = batches(lesson)
    count = len(lesson.data.inputs) or 1
    first = (number % per_epoch) * size
    places = range(first, min(first + size, count))
    if not lesson.update.shuffle:
        return tuple(places)
    order = permutation(count, lesson.seed, "shuffle", number // per_epoch)
    return tuple(order[place] for place in places)
