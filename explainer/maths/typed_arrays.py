"""A typed activation over NumPy arrays: node by node, as for one number; what is not certain is computed one by one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from explainer.maths.array_operations import array_partials, array_value
from explainer.maths.typed_activation import (
    ABSOLUTE,
    DISTURBANCE,
    LARGEST_CERTAIN,
    RELATIVE,
    ROUNDING,
    SIGNS,
    SMALLEST_CERTAIN,
    TypedActivation,
)

if TYPE_CHECKING:
    from explainer.maths.array_operations import Array


class TypedArrays:
    """a = f(z) and f′(z) for arrays z of any shape."""

    def __init__(self, activation: TypedActivation) -> None:
        self._activation = activation

    def value(self, z: Array) -> Array:
        """Return f(z)."""
        import numpy as np

        found, certain = self._forward(z, 0.0)
        disturbed, also = self._forward(z, DISTURBANCE)
        result = np.array(found[-1])
        unsure = ~(certain & also & _is_certain(found[-1], disturbed[-1]))
        self._again(result, unsure, z, lambda number: self._activation.value((number,)))
        return result

    def slope(self, z: Array) -> Array:
        """Return f′(z)."""
        found, certain = self._slope(z, 0.0)
        disturbed, also = self._slope(z, DISTURBANCE)
        unsure = ~(certain & also & _is_certain(found, disturbed))
        self._again(found, unsure, z, lambda number: self._activation.partials((number,))[0])
        return found

    @staticmethod
    def _again(result: Array, unsure: Any, z: Array, by_one: Any) -> None:
        import numpy as np

        for at in zip(*np.nonzero(unsure), strict=True):
            result[at] = by_one(float(z[at])) if np.isfinite(z[at]) else np.nan

    def _forward(self, z: Array, disturbance: float) -> tuple[list[Array], Any]:
        """Return the value of every node, and where all of them lie in the range in which digits are kept."""
        import numpy as np

        values: list[Array] = []
        certain = np.isfinite(z)
        for place, (operation, inputs, constant) in enumerate(self._activation.program):
            if operation is None:
                values.append(z if constant is None else np.full_like(z, constant))
                continue
            value = array_value(operation, [values[source] for source in inputs])
            with np.errstate(all="ignore"):
                size = np.abs(value)
                certain = certain & (size > SMALLEST_CERTAIN) & (size < LARGEST_CERTAIN)
                values.append(value * (1 + disturbance * SIGNS[place % len(SIGNS)]))
        return values, certain

    def _slope(self, z: Array, disturbance: float) -> tuple[Array, Any]:
        import numpy as np

        values, certain = self._forward(z, disturbance)
        upstream = [np.zeros_like(z) for _ in values]
        upstream[-1] = np.ones_like(z)
        slope = np.zeros_like(z)
        program = self._activation.program
        for place in reversed(range(len(values))):
            operation, inputs, constant = program[place]
            if operation is None:
                slope = slope + upstream[place] if constant is None else slope
                continue
            partials = array_partials(operation, [values[source] for source in inputs])
            with np.errstate(all="ignore"):
                for source, partial in zip(inputs, partials, strict=True):
                    upstream[source] = upstream[source] + upstream[place] * partial
        return slope, certain


def _is_certain(found: Array, disturbed: Array) -> Any:
    """Tell where a result is good to 13 digits, as the activation itself does."""
    import numpy as np

    with np.errstate(all="ignore"):
        lost = np.abs(found - disturbed) * (ROUNDING / DISTURBANCE)
        return lost <= np.maximum(RELATIVE * np.abs(found), ABSOLUTE)


@lru_cache(maxsize=64)
def typed_arrays(activation: TypedActivation) -> TypedArrays:
    """Return the array form of a typed activation."""
    return TypedArrays(activation)
