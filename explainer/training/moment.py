"""What is seen of a training network at one moment: plain copies, safe to hand from the training thread to the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explainer.training.kernels import Array

# Points a side of a surface.
SURFACE = 100


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of the surfaces: the input neuron whose given column runs along it, from `low` to `high`."""

    neuron: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often values lie between neighbouring edges; `edges` has one more entry than `counts`."""

    edges: Array
    counts: Array


@dataclass(frozen=True, slots=True)
class Moment:
    """A training network after so many epochs and passes.

    Accuracies lie between 0 and 1 and stand, like the tables of confusion, only where the outputs are classes; a table
    is (classes, classes), a row for each true class, a column for each predicted one. `free` counts the given columns that
    inputs receive; with one or two of them `axes` names these and `surfaces` holds every neuron over them: float32,
    (100, 100) with row 0 at the low end of the second axis, or (100,) with one axis. The last four hold one entry per depth,
    the side of the inputs first; `norms` are ‖∂E/∂z‖ over the training samples. `parameters` are by name.
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
