"""Looking at a trainer: everything the training view shows, as one moment of plain copies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from explainer.training.axes import axes_of, free_columns
from explainer.training.classes import Classes, accuracy, classes_of
from explainer.training.grid import Points
from explainer.training.layers import Inside, Layers
from explainer.training.moment import CURVE, SURFACE, Axis, Moment, sampling

if TYPE_CHECKING:
    from explainer.training.applied import Applied
    from explainer.training.kernels import Array
    from explainer.training.trainer import Losses, Trainer


class Looking:
    """What is seen of a trainer. Buffers are made once; every `moment` is a copy that training leaves alone.

    To be asked in the thread that trains, between updates. `axes` and `classes` stay as they are for a lesson.
    """

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        lesson = trainer.lesson
        free = axes_of(lesson, trainer.kept)
        self.axes: tuple[Axis, ...] = tuple(each.axis for each in free)
        self.free = len(free_columns(lesson))
        self.classes: Classes | None = classes_of(lesson)
        self._layers = Layers(trainer)
        self._truth = self._classes_of(trainer.samples)
        self._test_truth = self._classes_of(trainer.test)
        self._points: Points | None = None
        self._shape: tuple[int, ...] = ()
        # The row of every neuron, and which points its heat map shows.
        row = trainer.engine.layout.row
        self._rows = [row[neuron.id] for neuron in lesson.network.neurons]
        self._places: Array = sampling(0)
        if free:
            self._shape = (SURFACE, SURFACE) if len(free) > 1 else (CURVE,)
            coordinates = dict(zip((each.place for each in free), _spread(self.axes), strict=True))
            self._points = Points(trainer.engine, coordinates)

    def _classes_of(self, applied: Applied | None) -> Array | None:
        if self.classes is None or applied is None:
            return None
        return self.classes.decide(applied.table.targets)

    def losses(self) -> Losses:
        """Return the present losses alone."""
        return self.trainer.losses()

    def norms(self) -> tuple[float, ...]:
        """Return the present gradient norms alone, right after the losses."""
        return self._layers.norms(is_fresh=True)

    def moment(
        self, *, whole: Sequence[str] | None = None, side: int = 0, layers: bool = True
    ) -> Moment:
        """Return what is seen now; what is not wanted is empty, and what it costs is saved.

        `whole` are the neurons whose surface is wanted with all its points, by default all; `side` is how many points a
        side all heat maps have, 0 for none; without `layers` there are no histograms.
        """
        trainer = self.trainer
        losses = trainer.losses()
        # What the outputs say is there once the losses are.
        outputs, test_outputs = self._said(trainer.samples), self._said(trainer.test)
        if layers:
            inside = self._layers.run(is_fresh=True)
        else:
            inside = Inside((), (), (), self._layers.norms(is_fresh=True))
        surfaces, heat = self._surfaces(whole, side)
        confusion = self._confusion(self._truth, outputs)
        test_confusion = self._confusion(self._test_truth, test_outputs)
        return Moment(
            epoch=trainer.epoch,
            passes=trainer.passes,
            training_loss=losses.training,
            test_loss=losses.test,
            accuracy=None if confusion is None else accuracy(confusion),
            test_accuracy=None if test_confusion is None else accuracy(test_confusion),
            confusion=confusion,
            test_confusion=test_confusion,
            free=self.free,
            axes=self.axes,
            surfaces=surfaces,
            heat=heat,
            parameters=trainer.parameters(),
            weights=inside.weights,
            activations=inside.activations,
            gradients=inside.gradients,
            norms=inside.norms,
            outputs=outputs,
            test_outputs=test_outputs,
        )

    def _said(self, applied: Applied | None) -> Array | None:
        if applied is None:
            return None
        return applied.forward.a[list(self.trainer.engine.layout.outputs)]

    def _confusion(self, truth: Array | None, outputs: Array | None) -> Array | None:
        if self.classes is None or truth is None or outputs is None:
            return None
        return self.classes.confusion(truth, self.classes.decide(outputs))

    def _surfaces(
        self, whole: Sequence[str] | None, side: int
    ) -> tuple[dict[str, Array], Array | None]:
        points = self._points
        if points is None or (whole is not None and not whole and not side):
            return {}, None
        points.run()
        if whole is None:
            return points.by_neuron(points.whole.copy(), self._shape), self._heat(side)
        if len(self.axes) == 1:
            # Curves are small: all of them are there, and the heat maps are made of them.
            return points.by_neuron(points.whole.copy(), self._shape), None
        every = points.by_neuron(points.whole, self._shape)
        return {name: every[name].copy() for name in whole if name in every}, self._heat(side)

    def _heat(self, side: int) -> Array | None:
        """Return what every neuron says at so many points a side, from the top, where the second axis is high."""
        if not side or self._points is None or len(self.axes) == 1:
            return None
        if len(self._places) != side * side:
            self._places = sampling(side)
        found: Array = self._points.whole.take(self._places, axis=1, mode="clip")[self._rows]
        return found


def _spread(axes: tuple[Axis, ...]) -> list[Array]:
    """Return the coordinates of all points: along the one axis, or of a plane row by row from its low end."""
    import numpy as np

    if len(axes) == 1:
        return [np.linspace(axes[0].low, axes[0].high, CURVE)]
    along = [np.linspace(axis.low, axis.high, SURFACE) for axis in axes]
    return [part.ravel() for part in np.meshgrid(*along)]
