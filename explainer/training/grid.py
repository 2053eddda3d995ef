"""What every neuron says over a square of the plane, in single precision: the heat maps of the training view."""

from __future__ import annotations

from collections import deque
from operator import call
from typing import TYPE_CHECKING

from explainer.lesson.inputs import column_names, computed_column, seen_columns
from explainer.maths.expression import positions_of
from explainer.maths.typed_arrays import tree_values
from explainer.training.forward import Forward
from explainer.training.weights import Weights

if TYPE_CHECKING:
    from explainer.training.engine import Engine
    from explainer.training.kernels import Array


class Grid:
    """Every neuron over the square from `low` to `high`, `size` points a side, the network applied.

    The first two given columns of the data are the coordinates, further ones stay at their mean; computed columns follow.
    `values[id]` is (size, size): rows from the top, y = high, down, columns from the left. Buffers are made once; `run`
    fills them anew.
    """

    def __init__(
        self, engine: Engine, *, low: float = -6.0, high: float = 6.0, size: int = 100
    ) -> None:
        import numpy as np

        self._vector = engine.vector
        self._single = np.zeros(len(engine.vector), np.float32)
        layout = engine.layout
        weights = Weights(layout, self._single)
        axis = np.linspace(low, high, size)
        x, y = (part.ravel() for part in np.meshgrid(axis, axis[::-1]))
        rows = _received(engine, x, y)
        column = {neuron.id: at for at, neuron in enumerate(layout.lesson.network.of_role("input"))}
        given = np.ones((1 + len(layout.inputs), size * size), np.float32)
        for place, neuron in enumerate(layout.inputs, 1):
            given[place] = rows[column[neuron.id]]
        forward = Forward(
            layout, weights, size * size, engine.running, training=False, dtype=np.float32
        )
        forward.draw(0, ())
        # The inputs are shown like any other neuron, though the first depth reads them where they are.
        forward.a[forward.inputs] = given
        self._calls = forward.calls(given)
        self.values = {
            neuron.id: forward.a[layout.row[neuron.id]].reshape(size, size)
            for neuron in layout.lesson.network.neurons
        }

    def run(self) -> None:
        """Compute every neuron with the present parameters."""
        import numpy as np

        np.copyto(self._single, self._vector, casting="same_kind")
        with np.errstate(all="ignore"):
            deque(map(call, self._calls), maxlen=0)


def _received(engine: Engine, x: Array, y: Array) -> list[Array]:
    """Return what every input neuron receives at these points."""
    import numpy as np

    data = engine.lesson.data
    names = column_names(data)
    means = np.array(data.inputs, float).reshape(len(data.inputs), len(names)).mean(axis=0)
    given = [np.full_like(x, mean) for mean in means]
    given[:2] = [x, y][: len(given)]
    places = positions_of(names)
    values = {name: given[place] for name, place in places.items()}
    computed = [
        np.broadcast_to(tree_values(computed_column(feature, data).tree, values), x.shape)
        for feature in data.features
    ]
    return [given[place] for place in seen_columns(data)] + computed
