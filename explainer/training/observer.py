"""Looks at a trainer: everything the training view shows of one moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from explainer.training.axes import axes_of, free_columns
from explainer.training.classes import accuracy, classes_of
from explainer.training.grid import Grid
from explainer.training.histograms import histogram
from explainer.training.moment import SURFACE, Histogram, Moment
from explainer.training.slopes import Slopes
from explainer.training.trainer import Losses, Trainer

if TYPE_CHECKING:
    from explainer.training.applied import Applied
    from explainer.training.kernels import Array


class Observer:
    """Makes moments of one trainer, with buffers of its own that are made when they are first needed."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.axes = axes_of(trainer.lesson)
        self._free = free_columns(trainer.lesson)
        self._classes = classes_of(trainer.lesson)
        self._grid: Grid | None = None
        self._slopes: Slopes | None = None
        self._weights = _places_of_weights(trainer)

    def moment(self, *, surfaces: bool = True, layers: bool = True) -> Moment:
        """Return the present moment; without `surfaces` or `layers` what they cost is saved, and they are empty."""
        trainer = self.trainer
        losses = trainer.losses()
        confusion = self._confusion(trainer.samples)
        test = None if trainer.test is None else self._confusion(trainer.test)
        weights, activations, gradients, norms = self._layers() if layers else ((), (), (), ())
        return Moment(
            epoch=trainer.epoch,
            passes=trainer.passes,
            training_loss=losses.training,
            test_loss=losses.test,
            accuracy=None if confusion is None else accuracy(confusion),
            test_accuracy=None if test is None else accuracy(test),
            confusion=confusion,
            test_confusion=test,
            free=self._free,
            axes=self.axes,
            surfaces=self._surfaces() if surfaces and self.axes else {},
            parameters=trainer.parameters(),
            weights=weights,
            activations=activations,
            gradients=gradients,
            norms=norms,
        )

    def losses(self) -> Losses:
        """Return the present losses alone."""
        return self.trainer.losses()

    def _confusion(self, applied: Applied) -> Array | None:
        """Return the table of confusion; the losses have just had every output computed."""
        if self._classes is None:
            return None
        outputs = applied.forward.a[list(applied.engine.layout.outputs)]
        return self._classes.confusion(applied.table.targets, outputs)

    def _surfaces(self) -> dict[str, Array]:
        if self._grid is None:
            spans = [(axis.low, axis.high) for axis in self.axes]
            self._grid = Grid(self.trainer.engine, spans, size=SURFACE)
        grid = self._grid
        grid.run()
        # One copy of all of them: the buffers are filled anew at the next moment.
        block = grid.block.copy()
        shape = (SURFACE,) * len(self.axes)
        return {name: block[grid.row[name]].reshape(shape) for name in grid.values}

    def _layers(
        self,
    ) -> tuple[
        tuple[Histogram, ...], tuple[Histogram, ...], tuple[Histogram, ...], tuple[float, ...]
    ]:
        import numpy as np

        trainer = self.trainer
        if self._slopes is None:
            self._slopes = Slopes(trainer.samples)
        slopes = self._slopes
        vector, answers = trainer.engine.vector, trainer.samples.forward.a
        weights = tuple(histogram(vector[places]) for places in self._weights)
        activations = tuple(
            histogram(answers[level.first : level.end]) for level in trainer.engine.layout.levels
        )
        if not slopes.exists:
            return weights, activations, (), ()
        slopes.run()
        by_parameter = slopes.by_parameter()
        gradients = tuple(histogram(by_parameter[places]) for places in self._weights)
        norms = tuple(
            float(np.sqrt(np.square(slopes.by_sum(depth)).sum()))
            for depth in range(len(slopes.levels))
        )
        return weights, activations, gradients, norms


def _places_of_weights(trainer: Trainer) -> Sequence[Array]:
    """Return for every depth the places of the weights of the edges that lead to it, a tied one once."""
    import numpy as np

    layout = trainer.engine.layout
    network = trainer.lesson.network
    found = []
    for level in layout.levels:
        names = {neuron.id for neuron in level.neurons}
        weights = dict.fromkeys(edge.weight for edge in network.edges if edge.target in names)
        found.append(np.array([layout.place[name] for name in weights], dtype=int))
    return found
