"""The gradient over all training samples with the present parameters, as the layers show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explainer.maths.updates import LEARNING_RULES
from explainer.training.backward import Backward
from explainer.training.weights import Gradient

if TYPE_CHECKING:
    from explainer.training.applied import Applied
    from explainer.training.kernels import Array


class Slopes:
    """Derivatives of the error of all samples, the network applied and without penalties.

    `exists` is False for rules older than back-propagation, which use none.
    """

    def __init__(self, applied: Applied) -> None:
        engine = applied.engine
        self._applied = applied
        self.exists = engine.lesson.update.choice.name not in LEARNING_RULES
        self.levels = engine.layout.levels
        if not self.exists:
            return
        fused = engine.objective.fused
        self._gradient = Gradient(engine.layout)
        done = None if fused is None else fused.level.depth
        self._backward = Backward(applied.forward, self._gradient, done)
        samples = applied.table.samples
        self._share = 1 / samples if engine.lesson.loss.reduction == "mean" else 1.0
        self._calls = [
            *self._backward.begin(),
            *engine.objective.slope_calls(applied.forward, self._backward.g, applied.table.targets),
            *self._backward.calls(applied.table.inputs),
        ]

    def run(self) -> None:
        """Compute them for what the forward pass over the samples has left."""
        import numpy as np

        with np.errstate(all="ignore"):
            for call in self._calls:
                call()

    def by_sum(self, depth: int) -> Array:
        """Return ∂E/∂z of a depth, of shape (neurons, samples)."""
        level = self.levels[depth]
        return self._backward.g[level.first : level.end] * self._share

    def by_parameter(self) -> Array:
        """Return ∂E/∂w of every parameter, in the order of the layout."""
        return self._gradient.vector * self._share
