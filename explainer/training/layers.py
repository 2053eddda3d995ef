"""What happens inside the layers of a training network: its weights, what its neurons put out, its gradients."""

from __future__ import annotations

import math
from collections import deque
from operator import call
from typing import TYPE_CHECKING, NamedTuple

from explainer.lesson.lesson import Samples
from explainer.maths.updates import LEARNING_RULES
from explainer.training.applied import Applied
from explainer.training.backward import Backward
from explainer.training.histograms import histograms
from explainer.training.moment import Histogram
from explainer.training.weights import Gradient

if TYPE_CHECKING:
    from explainer.training.kernels import Array, Call
    from explainer.training.trainer import Trainer

# So many samples say as much about layers as ten times as many.
MOST_SEEN = 1000


class Inside(NamedTuple):
    """One entry per depth, the side of the inputs first; gradients and norms are () where a rule has no gradient."""

    weights: tuple[Histogram, ...]
    activations: tuple[Histogram, ...]
    gradients: tuple[Histogram, ...]
    norms: tuple[float, ...]


class Layers:
    """The layers of a training network over its training samples, evenly chosen ones where there are very many.

    The network is applied, as for the losses. `gradient` is that of the reduced error with its penalty, every parameter
    in the order of the engine; a norm is the root of the mean over the samples of ‖∂E/∂z‖², E the error of the sample.
    """

    def __init__(self, trainer: Trainer) -> None:
        import numpy as np

        self._engine = engine = trainer.engine
        layout = engine.layout
        data = trainer.lesson.data
        self._is_whole = len(data.inputs) <= MOST_SEEN
        self._applied = trainer.samples
        if not self._is_whole:
            step = math.ceil(len(data.inputs) / MOST_SEEN)
            self._applied = Applied(engine, Samples(data.inputs[::step], data.targets[::step]))
        samples = self._applied.table.samples
        levels = layout.levels
        self._depths = len(levels)
        # The first cell of a line is the bias; a parameter used at several places of a depth counts once.
        weights = [
            sorted({name for line in level.cells for cell in line[1:] for name in cell})
            for level in levels
        ]
        self._weights = _places([[layout.place[name] for name in names] for names in weights])
        rows = _places([list(range(level.first, level.end)) for level in levels])
        self._rows = rows[0]
        self._of_row = np.repeat(rows[1], samples)
        self.gradient: Array = np.zeros(0)
        self._back: Backward | None = None
        self._calls: list[Call] = []
        if trainer.lesson.update.choice.name not in LEARNING_RULES:
            self._prepare_back()

    def _prepare_back(self) -> None:
        engine, forward = self._engine, self._applied.forward
        gradient = Gradient(engine.layout)
        fused = engine.objective.fused
        back = Backward(forward, gradient, None if fused is None else fused.level.depth)
        table = self._applied.table
        self._calls = [
            *back.begin(),
            *engine.objective.slope_calls(forward, back.g, table.targets),
            *back.calls(table.inputs),
        ]
        self._penalty = engine.objective.penalty_calls(engine.vector, gradient.vector)
        self._back, self.gradient = back, gradient.vector

    def run(self, *, is_fresh: bool = False) -> Inside:
        """Look at the layers with the present parameters; `is_fresh` where the losses have just been computed."""
        import numpy as np

        if not (is_fresh and self._is_whole):
            self._applied.run()
        with np.errstate(all="ignore"):
            self._go_back()
            places, of_weight = self._weights
            gradients: tuple[Histogram, ...] = ()
            if self._back is not None:
                gradients = histograms(self.gradient[places], of_weight, self._depths)
            values = self._applied.forward.a[self._rows].ravel()
            return Inside(
                histograms(self._engine.vector[places], of_weight, self._depths),
                histograms(values, self._of_row, self._depths),
                gradients,
                self._norms(),
            )

    def norms(self, *, is_fresh: bool = False) -> tuple[float, ...]:
        """Return the norms alone, which cost a tenth of the rest; `is_fresh` as in `run`."""
        import numpy as np

        if self._back is None:
            return ()
        if not (is_fresh and self._is_whole):
            self._applied.run()
        with np.errstate(all="ignore"):
            self._go_back()
            return self._norms()

    def _go_back(self) -> None:
        import numpy as np

        if self._back is None:
            return
        deque(map(call, self._calls), maxlen=0)
        if self._engine.lesson.loss.reduction == "mean":
            np.divide(self.gradient, self._applied.table.samples, self.gradient)
        deque(map(call, self._penalty), maxlen=0)

    def _norms(self) -> tuple[float, ...]:
        if self._back is None:
            return ()
        samples = self._applied.table.samples
        found = (self._back.by_sums(level).ravel() for level in self._engine.layout.levels)
        return tuple(math.sqrt(float(part.dot(part)) / samples) for part in found)


def _places(groups: list[list[int]]) -> tuple[Array, Array]:
    """Return all places one after the other, and to which group each belongs."""
    import numpy as np

    sizes = [len(group) for group in groups]
    flat = np.array([place for group in groups for place in group], dtype=np.intp)
    return flat, np.repeat(np.arange(len(groups)), sizes)
