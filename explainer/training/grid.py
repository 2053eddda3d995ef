"""What every neuron says at many points at once, in single precision: the heat maps and surfaces of the training view."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
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


class Points:
    """Every neuron at given points, the network applied. Buffers are made once; `run` fills them anew.

    `coordinates` has the values of given columns, by their places in the data, each of shape (points,); the other columns
    stay at their mean and computed columns follow. `whole` is (rows, points) with the rows of `layout.py`.
    """

    def __init__(self, engine: Engine, coordinates: Mapping[int, Array]) -> None:
        import numpy as np

        self._vector = engine.vector
        self._single = np.zeros(len(engine.vector), np.float32)
        layout = self._layout = engine.layout
        weights = Weights(layout, self._single)
        rows = _received(engine, coordinates)
        points = len(rows[0]) if rows else 0
        column = {neuron.id: at for at, neuron in enumerate(layout.lesson.network.of_role("input"))}
        given = np.ones((1 + len(layout.inputs), points), np.float32)
        for place, neuron in enumerate(layout.inputs, 1):
            given[place] = rows[column[neuron.id]]
        forward = Forward(layout, weights, points, engine.running, training=False, dtype=np.float32)
        forward.draw(0, ())
        # The inputs are shown like any other neuron, though the first depth reads them where they are.
        forward.a[forward.inputs] = given
        self._calls = forward.calls(given)
        self.whole = forward.a

    def by_neuron(self, whole: Array, shape: tuple[int, ...]) -> dict[str, Array]:
        """Return the rows of an array like `whole` by neuron, each in this shape."""
        row = self._layout.row
        return {
            neuron.id: whole[row[neuron.id]].reshape(shape)
            for neuron in self._layout.lesson.network.neurons
        }

    def run(self) -> None:
        """Compute every neuron with the present parameters."""
        import numpy as np

        np.copyto(self._single, self._vector, casting="same_kind")
        with np.errstate(all="ignore"):
            deque(map(call, self._calls), maxlen=0)


class Grid(Points):
    """Every neuron over the square from `low` to `high`, `size` points a side.

    The first two given columns of the data are the coordinates. `values[id]` is (size, size): rows from the top, y = high,
    down, columns from the left.
    """

    def __init__(
        self, engine: Engine, *, low: float = -6.0, high: float = 6.0, size: int = 100
    ) -> None:
        import numpy as np

        axis = np.linspace(low, high, size)
        x, y = (part.ravel() for part in np.meshgrid(axis, axis[::-1]))
        super().__init__(engine, {0: x, 1: y})
        self.values = self.by_neuron(self.whole, (size, size))


def _received(engine: Engine, coordinates: Mapping[int, Array]) -> list[Array]:
    """Return what every input neuron receives at these points."""
    import numpy as np

    data = engine.lesson.data
    names = column_names(data)
    means = np.array(data.inputs, float).reshape(len(data.inputs), len(names)).mean(axis=0)
    like = next(iter(coordinates.values()))
    given = [
        coordinates.get(place, np.full_like(like, mean, dtype=float))
        for place, mean in enumerate(means)
    ]
    values = {name: given[place] for name, place in positions_of(names).items()}
    computed = [
        np.broadcast_to(tree_values(computed_column(feature, data).tree, values), like.shape)
        for feature in data.features
    ]
    return [given[place] for place in seen_columns(data)] + computed
