"""How often values lie where: quick histograms of small arrays, for every frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explainer.training.moment import Histogram

if TYPE_CHECKING:
    from explainer.training.kernels import Array

_BINS = 24


def histogram(values: Array, bins: int = _BINS) -> Histogram:
    """Return how often the finite ones of these values lie in each of equally wide bins, from the least to the largest.

    Values that are all the same lie in the middle of a span of 1, or of their own size where that is more.
    """
    import numpy as np

    flat = values.ravel()
    if not np.isfinite(flat).all():
        flat = flat[np.isfinite(flat)]
    low, high = (float(flat.min()), float(flat.max())) if flat.size else (0.0, 0.0)
    width = high - low
    # Divided first: the difference of two large numbers may be none.
    if not np.isfinite(width) or width <= 1e-12 * max(abs(low), abs(high), 1e-300):
        half = max(abs(low), abs(high), 1.0) / 2
        low, high = (low + high) / 2 - half, (low + high) / 2 + half
    edges = np.linspace(low, high, bins + 1)
    places = ((flat - low) * (bins / (high - low))).astype(np.intp)
    np.clip(places, 0, bins - 1, out=places)
    return Histogram(edges, np.bincount(places, minlength=bins))
