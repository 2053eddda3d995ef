"""What is seen of a training network at one moment: plain copies, safe to hand from the training thread to the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explainer.training.kernels import Array

# Points a side of a surface; points of a curve, more because steps are to look like steps.
SURFACE = 100
CURVE = 401


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of the surfaces: the input neuron whose given column runs along it, from `low` to `high`."""

    neuron: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often values lie between neighbouring edges, which divide `low` to `high` evenly."""

    low: float
    high: float
    counts: Array

    @property
    def edges(self) -> Array:
        """The edges, one more than there are counts."""
        import numpy as np

        return np.linspace(self.low, self.high, len(self.counts) + 1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A training network after so many epochs and passes.

    Accuracies lie between 0 and 1 and stand, like the tables of confusion, only where the outputs are classes; a table
    is (classes, classes), a row for each true class, a column for each predicted one. `free` counts the given columns that
    inputs receive; with one or two of them `axes` names these and `surfaces` holds neurons over them, those that are looked
    at: float32, (100, 100) with row 0 at the low end of the second axis, or (401,) with one axis. `heat` is a part of these
    points for every neuron in the order of the network, float32 of shape (neurons, side²), the top line first; None with one
    axis, where all surfaces are there. Histograms and `norms` hold one entry per depth,
    the side of the inputs first; `norms` are the roots of the mean of ‖∂E/∂z‖² over the training samples, E the error of
    one. `gradients` and `norms` are () where the rule has none. `parameters` are by name, `outputs` what the outputs say
    for every sample, of shape (outputs, samples).
    """

    epoch: int
    passes: int
    training_loss: float
    test_loss: float | None
    accuracy: float | None
    test_accuracy: float | None
    confusion: Array | None
    test_confusion: Array | None
    free: int
    axes: tuple[Axis, ...]
    surfaces: dict[str, Array]
    parameters: dict[str, float]
    weights: tuple[Histogram, ...]
    activations: tuple[Histogram, ...]
    gradients: tuple[Histogram, ...]
    norms: tuple[float, ...]
    outputs: Array | None = None
    test_outputs: Array | None = None
    heat: Array | None = None


def sampling(side: int) -> Array:
    """Return which points of a surface a picture of so many pixels a side shows, line by line from the top."""
    import numpy as np

    at = np.rint(np.linspace(0, SURFACE - 1, side)).astype(np.intp)
    places: Array = (at[::-1, None] * SURFACE + at[None]).ravel()
    return places
