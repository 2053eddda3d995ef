"""The way back for batches of one size: from the derivative by every output to the derivative by every parameter.

g holds the derivative by what a neuron puts out and then, in place, that by its weighted sum; s the slopes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from explainer.training.forward import Forward
from explainer.training.kernels import Identity, Kernel, Row, Tanh
from explainer.training.layout import Group, Level
from explainer.training.weights import Gradient

if TYPE_CHECKING:
    from explainer.training.kernels import Array, Call


class Backward:
    """Adds up gradients over the batch that `forward` has computed. Where they go is `gradient`.

    At the depth `done`, if there is one, g is given as the derivative by the weighted sums already.
    """

    def __init__(self, forward: Forward, gradient: Gradient, done: int | None = None) -> None:
        import numpy as np

        self.forward = forward
        self.gradient = gradient
        self._done = done
        self.layout = forward.layout
        self.g = np.zeros_like(forward.a)
        self.s = np.zeros_like(forward.a)
        self._raw: dict[int, Array] = {
            level.depth: np.zeros_like(forward.raw[level.depth])
            for level in self.layout.levels
            if level.is_joined
        }
        self._slots: dict[Group, list[Array]] = {}
        for level in self.layout.levels:
            for joint in forward.joints[level.depth]:
                if hasattr(joint, "learn"):
                    joint.learn(gradient)
            for group in level.groups:
                self._slots[group] = [
                    gradient.slot((group.first, at), names) for at, names in enumerate(group.learnt)
                ]
        self.is_chain = self._is_chain()

    def _is_chain(self) -> bool:
        """Tell whether every depth reads the one before and nothing else, and the outputs are the last one."""
        levels = self.layout.levels
        last = levels[-1]
        return set(self.layout.outputs) == set(range(last.first, last.end)) and all(
            level.low == self.layout.start[level.depth - 1]
            and level.high == self.layout.start[level.depth]
            for level in levels
        )

    def begin(self) -> list[Call]:
        """Return the calls before the error puts its derivatives into g."""
        return [] if self.is_chain else [lambda: self.g.fill(0)]

    def calls(self, given: Array) -> list[Call]:
        """Return the calls from there on; `given` is what the forward pass was given."""
        calls: list[Call] = self._slopes()
        for level in reversed(self.layout.levels):
            calls += self._level(level, given)
        return [*calls, *self.gradient.collected()]

    def by_sums(self, level: Level) -> Array:
        """Return the derivative by every weighted sum of a depth, (sums, columns), as the last way back has left it."""
        return self._raw[level.depth] if level.is_joined else self.g[level.first : level.end]

    def _slopes(self) -> list[Call]:
        """Return the calls for all slopes; neighbouring depths with one function by hand are done at once."""
        runs: list[tuple[Kernel, int, int]] = []
        for level in self.layout.levels:
            for group in level.groups if level.depth != self._done else ():
                kernel = self.forward.kernels.get(group)
                if kernel is None:
                    continue
                joins = (
                    bool(runs)
                    and isinstance(kernel, Tanh)
                    and isinstance(runs[-1][0], Tanh)
                    and group.first - runs[-1][2] <= 1
                )
                if joins:
                    runs[-1] = (kernel, runs[-1][1], group.end)
                else:
                    runs.append((kernel, group.first, group.end))
        calls: list[Call] = []
        forward = self.forward
        for kernel, first, end in runs:
            rows = slice(first, end)
            calls += kernel.slope(forward.z[rows], forward.h[rows], self.s[rows])
        return calls

    def _level(self, level: Level, given: Array) -> list[Call]:
        import numpy as np

        rows = slice(level.first, level.end)
        forward, g = self.forward, self.g
        calls: list[Call] = []
        if any(neuron.dropout is not None for neuron in level.neurons) and forward.mask is not None:
            calls.append(partial(np.multiply, g[rows], forward.mask[rows], g[rows]))
        if level.depth != self._done:
            calls += self._through_functions(level)
        d = g[rows]
        if level.is_joined:
            d = self._raw[level.depth]
            calls.append(partial(forward.split, level, g, d))
        source = forward.source(level, given)
        calls.append(partial(d.dot, source.T, self.gradient.matrix[level.depth]))
        return [*calls, *self._to_sources(level, d)]

    def _through_functions(self, level: Level) -> list[Call]:
        import numpy as np

        calls: list[Call] = []
        kernels = [self.forward.kernels.get(group) for group in level.groups]
        rows = slice(level.first, level.end)
        if all(isinstance(kernel, Identity) for kernel in kernels):
            return calls
        if all(
            kernel is not None and not level.groups[at].learnt for at, kernel in enumerate(kernels)
        ):
            return [partial(np.multiply, self.g[rows], self.s[rows], self.g[rows])]
        for group, kernel in zip(level.groups, kernels, strict=True):
            own = slice(group.first, group.end)
            if kernel is None:
                softmax = self.forward.softmax[group]
                calls.append(partial(softmax.backward, self.forward.h[own], self.g[own]))
                continue
            if isinstance(kernel, Row) and group.learnt:
                calls.append(partial(self._by_learnt, kernel, group))
            calls.append(partial(np.multiply, self.g[own], self.s[own], self.g[own]))
        return calls

    def _by_learnt(self, kernel: Row, group: Group) -> None:
        """Put the derivatives by the parameters inside a function into their slots, before g becomes that by z."""
        upstream = self.g[group.first : group.end]
        for slot, local in zip(self._slots[group], kernel.by_learnt, strict=True):
            slot[...] = (upstream * local).sum(axis=1)

    def _to_sources(self, level: Level, d: Array) -> list[Call]:
        """Return the calls that hand the derivatives on to the rows a depth has read; inputs need none."""
        import numpy as np

        if level.high <= 1 + len(self.layout.inputs):
            return []
        matrix = self.forward.weights.matrix[level.depth]
        if self.is_chain:
            target = self.g[level.low + 1 : level.high]
            return [partial(matrix[:, 1:].T.dot, d, target)]
        part = np.zeros((level.width, self.forward.columns))
        target = self.g[level.low : level.high]
        return [partial(matrix.T.dot, d, part), partial(np.add, target, part, target)]
