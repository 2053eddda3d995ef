"""Whether parameters are still of a size that can be computed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explainer.training.kernels import Array

# A parameter beyond it is on its way out of the doubles, and its square loses all digits beside 1.
LARGEST = 1e15


def is_sound(vector: Array) -> bool:
    """Tell whether all parameters are numbers of a usable size."""
    import numpy as np

    # NaN is not at most anything.
    return bool(np.abs(vector).max(initial=0.0) <= LARGEST)
