"""Which lessons sort samples into classes, which class an output means, how many are sorted right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explainer.lesson.lesson import Lesson

if TYPE_CHECKING:
    from explainer.training.kernels import Array

# One output and two numbers as targets: which they may be.
_PAIRS = ((0.0, 1.0), (-1.0, 1.0))
# Where the error is made for classes, one of the two numbers is enough to know the other.
_OF_CLASSES = {"binary_cross_entropy": _PAIRS[0], "hinge": _PAIRS[1]}


@dataclass(frozen=True)
class Classes:
    """The classes of a lesson. With one output the second one begins above `border`; else it is the largest output."""

    count: int
    border: float | None = None

    @property
    def pair(self) -> tuple[float, float] | None:
        """The two numbers that are the targets of one output."""
        return None if self.border is None else _PAIRS[0 if self.border else 1]

    def of(self, numbers: Array) -> Array:
        """Return the class of each column of targets or outputs, of shape (outputs, samples)."""
        import numpy as np

        if self.border is None:
            found: Array = numbers.argmax(axis=0)
            return found
        return np.asarray(numbers[0] > self.border, dtype=np.intp)

    def confusion(self, targets: Array, outputs: Array) -> Array:
        """Return how many samples of each class (rows) were sorted into each class (columns)."""
        import numpy as np

        places = self.of(targets) * self.count + self.of(outputs)
        counts = np.bincount(places, minlength=self.count**2)
        return np.reshape(counts, (self.count, self.count))


def accuracy(confusion: Array) -> float:
    """Return the share of samples that were sorted right, 0 where there are none."""
    total = int(confusion.sum())
    return float(confusion.trace()) / total if total else 0.0


def classes_of(lesson: Lesson) -> Classes | None:
    """Return the classes into which a lesson sorts its samples; None where its outputs are numbers.

    They are classes where all targets are one of two numbers, 0 and 1 or −1 and 1, or where exactly one of several
    outputs is 1 and the others are 0.
    """
    rows = [*lesson.data.targets, *(lesson.data.test.targets if lesson.data.test else ())]
    if not rows:
        return None
    if len(rows[0]) == 1:
        return _of_one_output(lesson, {row[0] for row in rows})
    if all(row.count(1.0) == 1 and row.count(0.0) == len(row) - 1 for row in rows):
        return Classes(len(rows[0]))
    return None


def _of_one_output(lesson: Lesson, found: set[float]) -> Classes | None:
    known = _OF_CLASSES.get(lesson.loss.choice.name)
    for pair in _PAIRS:
        if found == set(pair) or (known == pair and found <= set(pair)):
            return Classes(2, sum(pair) / 2)
    return None
