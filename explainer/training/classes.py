"""Whether a lesson tells classes apart, which class an output stands for, and how often that is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explainer.lesson.lesson import Lesson
from explainer.maths.losses import LOSSES
from explainer.maths.updates import LEARNING_RULES
from explainer.maths.vector_activations import bounds_of
from explainer.training.axes import free_columns

if TYPE_CHECKING:
    from explainer.training.kernels import Array

_PAIRS = ((0.0, 1.0), (-1.0, 1.0))


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a lesson, in the order of a table of confusion.

    With one output there are two, `values` their targets, the smaller first, and halfway between lies the border;
    with several outputs each, by its id in `outputs`, is a class and the largest decides.
    """

    outputs: tuple[str, ...]
    values: tuple[float, float] | None

    @property
    def count(self) -> int:
        """How many classes there are."""
        return 2 if self.values is not None else len(self.outputs)

    @property
    def border(self) -> float:
        """What the one output must exceed for the second class."""
        low, high = self.values or (0.0, 1.0)
        return (low + high) / 2

    def decide(self, outputs: Array) -> Array:
        """Return the class of every column of outputs, or of targets, of shape (outputs, samples)."""
        import numpy as np

        if self.values is None:
            return outputs.argmax(axis=0)  # type: ignore[no-any-return]  # NumPy's stubs
        return (outputs[0] > self.border).astype(np.intp)  # type: ignore[no-any-return]  # NumPy's stubs

    def confusion(self, truth: Array, predicted: Array) -> Array:
        """Count how often each class, a row, is taken for each, a column."""
        import numpy as np

        found = np.bincount(truth * self.count + predicted, minlength=self.count**2)
        return found.reshape(self.count, self.count)


def accuracy(confusion: Array) -> float:
    """Return the share on the diagonal of a table of confusion."""
    total = int(confusion.sum())
    return float(confusion.trace()) / total if total else 0.0


def classes_of(lesson: Lesson) -> Classes | None:
    """Return the classes that a lesson's targets name, None where its outputs are quantities.

    Classes are 0 and 1 or −1 and 1 for one output, and for several a single 1 among zeros in every sample.
    """
    outputs = lesson.network.of_role("output")
    names = tuple(neuron.id for neuron in outputs)
    targets = [*lesson.data.targets, *(lesson.data.test.targets if lesson.data.test else ())]
    if len(names) > 1:
        shared = {neuron.activation.name for neuron in outputs} == {"softmax"}
        found = {row.index(1.0) for row in targets if _is_one_of_many(row)}
        whole = all(_is_one_of_many(row) for row in targets)
        return Classes(names, None) if whole and (shared or len(found) > 1) else None
    values = tuple(sorted({row[0] for row in targets}))
    last = outputs[0].activation
    # Two-valued targets of one column may be a curve with steps; what puts out only part of the numbers decides.
    decides = (
        LOSSES[lesson.loss.choice.name].tells_classes
        or lesson.update.choice.name in LEARNING_RULES
        or bounds_of(last.name, dict(last.parameters)) is not None
        or len(free_columns(lesson)) > 1
    )
    if values not in _PAIRS or not decides:
        return None
    return Classes(names, (values[0], values[1]))


def _is_one_of_many(row: tuple[float, ...]) -> bool:
    return row.count(1.0) == 1 and row.count(0.0) == len(row) - 1
