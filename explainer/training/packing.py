"""A moment on its way from the process that trains to the window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from explainer.training.moment import CURVE, SURFACE, Axis, Histogram, Moment

if TYPE_CHECKING:
    from explainer.training.kernels import Array


class _Bins(Struct, frozen=True):
    """Counts are whole numbers of 64 bits."""

    low: float
    high: float
    counts: bytes


class _Table(Struct, frozen=True):
    """Doubles, of shape (rows, any)."""

    rows: int
    numbers: bytes


class PackedMoment(Struct, frozen=True):
    """A moment without its surfaces and heat maps.

    Of the block the surfaces of `names` come first, then so many heat maps (`heat`).
    """

    numbers: tuple[int, int, float, float | None, float | None, float | None, int]
    confusion: tuple[tuple[int, ...], ...] | None
    test_confusion: tuple[tuple[int, ...], ...] | None
    axes: tuple[tuple[str, float, float], ...]
    names: tuple[str, ...]
    heat: int
    parameters: dict[str, float]
    histograms: tuple[tuple[_Bins, ...], ...]
    norms: tuple[float, ...]
    outputs: _Table | None
    test_outputs: _Table | None


def packed(moment: Moment) -> PackedMoment:
    """Return a moment without its surfaces, ready to be written."""
    import numpy as np

    def bins(found: tuple[Histogram, ...]) -> tuple[_Bins, ...]:
        return tuple(
            _Bins(one.low, one.high, one.counts.astype(np.int64).tobytes()) for one in found
        )

    return PackedMoment(
        (
            moment.epoch,
            moment.passes,
            moment.training_loss,
            moment.test_loss,
            moment.accuracy,
            moment.test_accuracy,
            moment.free,
        ),
        _rows(moment.confusion),
        _rows(moment.test_confusion),
        tuple((axis.neuron, axis.low, axis.high) for axis in moment.axes),
        tuple(moment.surfaces),
        0 if moment.heat is None else len(moment.heat),
        moment.parameters,
        (bins(moment.weights), bins(moment.activations), bins(moment.gradients)),
        moment.norms,
        _table(moment.outputs),
        _table(moment.test_outputs),
    )


def _table(numbers: Array | None) -> _Table | None:
    return None if numbers is None else _Table(len(numbers), numbers.astype(float).tobytes())


def _rows(table: Array | None) -> tuple[tuple[int, ...], ...] | None:
    return None if table is None else tuple(map(tuple, table.tolist()))


def unpacked(sent: PackedMoment, block: bytes) -> Moment:
    """Return the moment that was packed; `block` holds its surfaces one after the other, then its heat maps."""
    import numpy as np

    def histograms(found: tuple[_Bins, ...]) -> tuple[Histogram, ...]:
        return tuple(
            Histogram(one.low, one.high, np.frombuffer(one.counts, np.int64)) for one in found
        )

    def table(found: _Table | None) -> Array | None:
        return None if found is None else np.frombuffer(found.numbers).reshape(found.rows, -1)

    shape = (CURVE,) if len(sent.axes) == 1 else (SURFACE,) * len(sent.axes)
    numbers = np.frombuffer(block, np.float32)
    size = math.prod(shape) * len(sent.names)
    surfaces = numbers[:size].reshape(len(sent.names), *shape)
    heat = numbers[size:].reshape(sent.heat, -1) if sent.heat else None
    epoch, passes, training, test, accuracy, test_accuracy, free = sent.numbers
    weights, activations, gradients = map(histograms, sent.histograms)
    return Moment(
        epoch=epoch,
        passes=passes,
        training_loss=training,
        test_loss=test,
        accuracy=accuracy,
        test_accuracy=test_accuracy,
        confusion=None if sent.confusion is None else np.array(sent.confusion),
        test_confusion=None if sent.test_confusion is None else np.array(sent.test_confusion),
        free=free,
        axes=tuple(Axis(*axis) for axis in sent.axes),
        surfaces=dict(zip(sent.names, surfaces, strict=True)),
        parameters=sent.parameters,
        weights=weights,
        activations=activations,
        gradients=gradients,
        norms=sent.norms,
        outputs=table(sent.outputs),
        test_outputs=table(sent.test_outputs),
        heat=heat,
    )


def blocks(moment: Moment) -> tuple[Array, ...]:
    """Return the block that goes with a packed moment, in its parts."""
    heat = () if moment.heat is None else (moment.heat,)
    return (*moment.surfaces.values(), *heat)
