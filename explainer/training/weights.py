"""The parameters as matrices, and gradients back from matrices to parameters.

Where a depth is fully connected by weights of its own its matrix is a part of the vector, nothing is copied. Elsewhere it
is gathered before the forward pass, and its gradient is added up by parameter after the backward pass.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from explainer.training.layout import Layout, Level

if TYPE_CHECKING:
    from explainer.training.kernels import Array, Call


class Weights:
    """The matrix of every depth, of shape (sums, rows read). `refresh` brings them up to date with the vector."""

    def __init__(self, layout: Layout, vector: Array) -> None:
        self.vector = vector
        self.layout = layout
        self.matrix: dict[int, Array] = {}
        self.refresh: list[Call] = []
        for level in layout.levels:
            shape = (len(level.sums), level.width)
            if level.depth in layout.matrix:
                self.matrix[level.depth] = vector[layout.matrix[level.depth]].reshape(shape)
            else:
                self._gather(level)

    def _gather(self, level: Level) -> None:
        import numpy as np

        first, *others = cell_places(self.layout, level)
        matrix = np.zeros(first.shape, self.vector.dtype)
        self.matrix[level.depth] = matrix
        # "clip" looks up without a copy on the side; all places are there.
        self.refresh.append(partial(self.vector.take, first, None, matrix, "clip"))
        for places in others:
            self.refresh.append(lambda places=places: np.add(matrix, self.vector[places], matrix))  # type: ignore[misc]  # a default binds the places

    def column(self, names: Sequence[str]) -> Callable[[], Array]:
        """Return a function that gives the present values of some parameters as a column."""
        import numpy as np

        places = np.array([self.layout.place[name] for name in names])
        return lambda: self.vector[places, None]


class Gradient:
    """The derivative by every parameter, a vector in the order of the parameters, and the matrices it is put together from."""

    def __init__(self, layout: Layout) -> None:
        import numpy as np

        self.layout = layout
        self.vector = np.zeros(layout.nothing + 1)
        self.matrix: dict[int, Array] = {}
        self._parts: list[tuple[Array, Array]] = []
        self._slots: dict[Hashable, Array] = {}
        for level in layout.levels:
            shape = (len(level.sums), level.width)
            if level.depth in layout.matrix:
                self.matrix[level.depth] = self.vector[layout.matrix[level.depth]].reshape(shape)
                continue
            buffer = self.matrix[level.depth] = np.zeros(shape)
            for places in cell_places(layout, level):
                self._parts.append((places.ravel(), buffer.reshape(-1)))

    def slot(self, owner: Hashable, names: Sequence[str]) -> Array:
        """Return the buffer of an owner whose numbers are added to the gradients of these parameters.

        Batches of all sizes share it: what one of another size has left there must not be added once more.
        """
        import numpy as np

        if owner not in self._slots:
            buffer = self._slots[owner] = np.zeros(len(names))
            self._parts.append((np.array([self.layout.place[name] for name in names]), buffer))
        return self._slots[owner]

    def collected(self) -> list[Call]:
        """Return the calls that add up what does not lie in place; to be asked for after all slots."""
        return [self._collect] if self._parts else []

    def _collect(self) -> None:
        import numpy as np

        ends = [part.stop for part in self.layout.matrix.values()]
        self.vector[max(ends, default=0) :] = 0
        for places, numbers in self._parts:
            np.add.at(self.vector, places, numbers)
        self.vector[self.layout.nothing] = 0


def cell_places(layout: Layout, level: Level) -> list[Array]:
    """Return for every cell of a matrix the place of its parameter; a second array where edges run side by side, and so on."""
    import numpy as np

    most = max(1, *(len(cell) for line in level.cells for cell in line)) if level.cells else 1
    return [
        np.array(
            [
                [layout.place[cell[at]] if at < len(cell) else layout.nothing for cell in line]
                for line in level.cells
            ]
        )
        for at in range(most)
    ]
