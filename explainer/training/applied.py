"""The network applied to samples: no dropping, the running averages in place of the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explainer.lesson.lesson import Data, Samples
from explainer.training.forward import Forward
from explainer.training.table import Table

if TYPE_CHECKING:
    from explainer.training.engine import Engine
    from explainer.training.kernels import Array


class Applied:
    """The network applied to a table of samples: what it puts out, and the error."""

    def __init__(self, engine: Engine, data: Data | Samples) -> None:
        self.engine = engine
        self.table = Table(engine.layout, data)
        self.forward = Forward(
            engine.layout, engine.weights, self.table.samples, engine.running, training=False
        )
        self.forward.draw(0, ())
        self._wanted = self.table.targets
        self._calls = self.forward.calls(self.table.inputs)

    def run(self) -> None:
        """Compute every neuron with the present parameters."""
        import numpy as np

        with np.errstate(all="ignore"):
            for call in self._calls:
                call()

    def outputs(self) -> Array:
        """Return what the outputs say, of shape (samples, outputs)."""
        self.run()
        return self.forward.a[list(self.engine.layout.outputs)].T.copy()

    def loss(self) -> float:
        """Return the error of all samples as the lesson puts them together, penalty included."""
        import numpy as np

        self.run()
        with np.errstate(all="ignore"):
            errors = self.engine.objective.errors(self.forward, self._wanted)
            return self.engine.objective.total(errors, self.engine.vector)
