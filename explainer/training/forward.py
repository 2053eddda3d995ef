"""The forward pass for batches of one size: buffers made once, and the calls that fill them.

z holds what the functions get, h what they put out, a what is left after dropout; h and a are one buffer where nothing is
dropped. All have the rows of `layout.py` and a column for each sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from explainer.training.joints import Masks, Maxout, Normalised, Softmax
from explainer.training.kernels import Kernel, kernel_for
from explainer.training.layout import Group, Layout, Level

if TYPE_CHECKING:
    from explainer.training.kernels import Array, Call
    from explainer.training.weights import Weights


class Forward:
    """Computes every neuron for `columns` samples.

    `training` drops neurons and normalises by the batch; otherwise the network is applied. `careful` keeps the digits of
    small slopes. `running` holds mean and variance of each normalised neuron.
    """

    def __init__(
        self,
        layout: Layout,
        weights: Weights,
        columns: int,
        running: Mapping[str, Array],
        *,
        training: bool,
        careful: bool = False,
        dtype: Any = "float64",
    ) -> None:
        import numpy as np

        self.layout = layout
        self.weights = weights
        self.columns = columns
        neurons = [(neuron, layout.row[neuron.id]) for neuron in layout.lesson.network.neurons]
        self.masks = Masks(neurons, layout.lesson.seed, training=training)
        drops = any(neuron.dropout is not None for neuron, _ in neurons)
        shape = (layout.rows, columns)
        self.a = np.zeros(shape, dtype)
        self.h = np.zeros(shape, dtype) if drops else self.a
        self.z = np.zeros(shape, dtype)
        self.mask = np.ones(shape, dtype) if drops else None
        for first in layout.start:
            self.a[first] = self.h[first] = 1
        self.raw: dict[int, Array] = {}
        self.kernels: dict[Group, Kernel] = {}
        self.softmax: dict[Group, Softmax] = {}
        self.joints: dict[int, list[Maxout | Normalised]] = {}
        self._plain_rows: dict[int, tuple[Array, Array]] = {}
        for level in layout.levels:
            self._prepare(level, running, careful=careful, training=training)

    def _prepare(
        self, level: Level, running: Mapping[str, Array], *, careful: bool, training: bool
    ) -> None:
        import numpy as np

        self.raw[level.depth] = self._raw(level)
        joints: list[Maxout | Normalised] = []
        plain: list[tuple[int, int]] = []
        for place, neuron in enumerate(level.neurons):
            at = [k for k, (owner, _) in enumerate(level.sums) if owner == place]
            row = level.first + place
            if neuron.activation.name == "maxout":
                joints.append(Maxout(row, slice(at[0], at[-1] + 1)))
            elif neuron.normalise is not None:
                joints.append(
                    Normalised(neuron, row, at[0], self.weights, running, training=training)
                )
            else:
                plain.append((row, at[0]))
        self.joints[level.depth] = joints
        rows, places = zip(*plain, strict=True) if plain else ((), ())
        self._plain_rows[level.depth] = (np.array(rows, int), np.array(places, int))
        for group in level.groups:
            if group.choice.name == "softmax":
                self.softmax[group] = Softmax()
            else:
                learnt = [self.weights.column(names) for names in group.learnt]
                self.kernels[group] = kernel_for(group.choice, careful=careful, learnt=learnt)

    def _raw(self, level: Level) -> Array:
        """Return where the weighted sums go: a buffer of their own, z, or at once what the neurons put out."""
        import numpy as np

        if level.is_joined:
            return np.zeros((len(level.sums), self.columns), self.z.dtype)
        buffer = self.h if level.is_identity else self.z
        return buffer[level.first : level.end]

    @property
    def inputs(self) -> slice:
        """The rows of the inputs, that of ones included."""
        return slice(0, 1 + len(self.layout.inputs))

    def source(self, level: Level, given: Array) -> Array:
        """Return what a depth reads; the inputs as they were given where it reads nothing else and none is dropped."""
        if self._reads_given(level):
            return given[level.low : level.high]
        return self.a[level.low : level.high]

    def _reads_given(self, level: Level) -> bool:
        dropped = any(neuron.dropout is not None for neuron in self.layout.inputs)
        return level.high <= self.inputs.stop and not dropped

    def calls(self, given: Array) -> list[Call]:
        """Return the calls of a forward pass over inputs of shape (1 + inputs, columns), the first row ones."""
        import numpy as np

        calls: list[Call] = list(self.weights.refresh)
        if any(
            level.low < self.inputs.stop and not self._reads_given(level)
            for level in self.layout.levels
        ):
            calls.append(partial(np.copyto, self.h[self.inputs], given))
        calls += self._dropped(self.inputs)
        for level in self.layout.levels:
            calls += self._level(level, given)
        return calls

    def _level(self, level: Level, given: Array) -> list[Call]:
        matrix, raw = self.weights.matrix[level.depth], self.raw[level.depth]
        calls: list[Call] = [partial(matrix.dot, self.source(level, given), raw)]
        if level.is_joined:
            calls.append(lambda: self._join(level))
        if not level.is_identity:
            for group in level.groups:
                rows = slice(group.first, group.end)
                z, h = self.z[rows], self.h[rows]
                if group in self.softmax:
                    calls.append(partial(self.softmax[group].forward, z, h))
                else:
                    calls += self.kernels[group].value(z, h)
        return [*calls, *self._dropped(slice(level.first, level.end))]

    def _join(self, level: Level) -> None:
        raw = self.raw[level.depth]
        rows, places = self._plain_rows[level.depth]
        self.z[rows] = raw[places]
        for joint in self.joints[level.depth]:
            joint.forward(raw, self.z)

    def split(self, level: Level, d: Array, d_raw: Array) -> None:
        """Turn derivatives by z, of all rows, into those by the sums of a depth: what `_join` did, backwards."""
        rows, places = self._plain_rows[level.depth]
        d_raw[places] = d[rows]
        for joint in self.joints[level.depth]:
            joint.backward(d, d_raw)

    def _dropped(self, rows: slice) -> list[Call]:
        import numpy as np

        if self.mask is None:
            return []
        return [partial(np.multiply, self.h[rows], self.mask[rows], self.a[rows])]

    def draw(self, passes: int, samples: tuple[int, ...]) -> None:
        """Draw what is dropped in a pass."""
        if self.mask is not None:
            self.masks.fill(self.mask, passes, samples)
