"""The samples as the engine reads them: columns, the inputs below a row of ones, batch behind batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from explainer.lesson.inputs import received
from explainer.lesson.lesson import Data, Samples
from explainer.training.layout import Layout

if TYPE_CHECKING:
    from explainer.training.kernels import Array


class Table:
    """`inputs` is (1 + inputs, samples), `targets` (outputs, samples), both in the present order of the samples.

    `data` has the given columns of the lesson; what the input neurons receive is computed here, once.
    """

    def __init__(self, layout: Layout, data: Data | Samples) -> None:
        import numpy as np

        column = {neuron.id: at for at, neuron in enumerate(layout.lesson.network.of_role("input"))}
        order = [column[neuron.id] for neuron in layout.inputs]
        self.samples = len(data.inputs)
        rows = [received(layout.lesson, row) for row in data.inputs]
        given = np.array(rows, dtype=float).reshape(self.samples, len(order)).T[order]
        self._inputs = np.vstack((np.ones((1, self.samples)), given))
        self._targets = np.array(data.targets, dtype=float).reshape(self.samples, -1).T.copy()
        self.inputs = self._inputs.copy()
        self.targets = self._targets.copy()
        self._batches: dict[int, tuple[Array, Array]] = {}
        self._size = 0

    def batch(self, at: int, size: int) -> tuple[Array, Array]:
        """Return inputs and targets of a batch, in memory of their own that `order` fills anew."""
        self._size = size
        if at not in self._batches:
            part = slice(at * size, (at + 1) * size)
            self._batches[at] = (self.inputs[:, part].copy(), self.targets[:, part].copy())
        return self._batches[at]

    def order(self, samples: Sequence[int]) -> None:
        """Put the samples into another order, in place, so that calls that were bound to a batch see it."""
        import numpy as np

        places = np.array(samples)
        np.take(self._inputs, places, axis=1, out=self.inputs)
        np.take(self._targets, places, axis=1, out=self.targets)
        for at, (given, wanted) in self._batches.items():
            part = slice(at * self._size, (at + 1) * self._size)
            given[...] = self.inputs[:, part]
            wanted[...] = self.targets[:, part]
