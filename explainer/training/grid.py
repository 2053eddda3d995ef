"""What every neuron says over the plane or a line, in single precision: the heat maps of the training view."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
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


Span = tuple[float, float]
_USUAL = (-6.0, 6.0)


class Grid:
    """Every neuron over a rectangle of the plane, `size` points a side, the network applied; over a line with one span.

    The first given columns of the data run over the spans, further ones stay at their mean; computed columns follow.
    `values[id]` is (size, size): rows from the low end of the second span, columns from that of the first; (size,) with
    one span. Buffers are made once; `run` fills them anew. `block` holds all of them, a neuron in each row that `row` names.
    """

    def __init__(
        self, engine: Engine, spans: Sequence[Span] = (_USUAL, _USUAL), *, size: int = 100
    ) -> None:
        import numpy as np

        self._vector = engine.vector
        self._single = np.zeros(len(engine.vector), np.float32)
        layout = engine.layout
        weights = Weights(layout, self._single)
        axes = [np.linspace(low, high, size) for low, high in spans]
        points = [part.ravel() for part in np.meshgrid(*axes)]
        count = size ** len(spans)
        rows = _received(engine, points)
        column = {neuron.id: at for at, neuron in enumerate(layout.lesson.network.of_role("input"))}
        given = np.ones((1 + len(layout.inputs), count), np.float32)
        for place, neuron in enumerate(layout.inputs, 1):
            given[place] = rows[column[neuron.id]]
        forward = Forward(layout, weights, count, engine.running, training=False, dtype=np.float32)
        forward.draw(0, ())
        # The inputs are shown like any other neuron, though the first depth reads them where they are.
        forward.a[forward.inputs] = given
        self._calls = forward.calls(given)
        self.block = forward.a
        self.row = layout.row
        self.values = {
            neuron.id: forward.a[layout.row[neuron.id]].reshape((size,) * len(spans))
            for neuron in layout.lesson.network.neurons
        }

    def run(self) -> None:
        """Compute every neuron with the present parameters."""
        import numpy as np

        np.copyto(self._single, self._vector, casting="same_kind")
        with np.errstate(all="ignore"):
            deque(map(call, self._calls), maxlen=0)


def _received(engine: Engine, points: Sequence[Array]) -> list[Array]:
    """Return what every input neuron receives where the first given columns are these points."""
    import numpy as np

    data = engine.lesson.data
    names = column_names(data)
    means = np.array(data.inputs, float).reshape(len(data.inputs), len(names)).mean(axis=0)
    given = [np.full_like(points[0], mean) for mean in means]
    given[: len(points)] = list(points)[: len(given)]
    places = positions_of(names)
    values = {name: given[place] for name, place in places.items()}
    computed = [
        np.broadcast_to(tree_values(computed_column(feature, data).tree, values), points[0].shape)
        for feature in data.features
    ]
    return [given[place] for place in seen_columns(data)] + computed
