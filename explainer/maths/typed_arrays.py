"""A typed activation over NumPy arrays: node by node, as for one number; what is not certain is computed one by one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from explainer.maths.array_operations import array_partials, array_value
from explainer.maths.trees import Name, Number, Tree
from explainer.maths.typed import arguments_of_tree, operation_of_tree
from explainer.maths.typed_activation import (
    ABSOLUTE,
    DISTURBANCE,
    LARGEST_CERTAIN,
    MIDDLE_SIZE,
    RELATIVE,
    ROUNDING,
    SIGNS,
    SMALLEST_CERTAIN,
    TypedActivation,
    Zero,
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
        # Where each node is 0 because it was made of zeros, as in the function for one number.
        nothing: list[Any] = []
        certain = np.isfinite(z)
        for place, (operation, inputs, constant, zero) in enumerate(self._activation.program):
            if operation is None:
                values.append(z if constant is None else np.full_like(z, constant))
                nothing.append(values[-1] == 0)
                continue
            arguments = [values[source] for source in inputs]
            value = array_value(operation, arguments)
            known = [nothing[source] for source in inputs]
            nothing.append((value == 0) & _come_of_zeros(zero, arguments, known))
            with np.errstate(all="ignore"):
                size = np.abs(value)
                in_range = (size > SMALLEST_CERTAIN) & (size < LARGEST_CERTAIN)
                certain = certain & (nothing[-1] | in_range)
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
            operation, inputs, constant, _ = program[place]
            if operation is None:
                slope = slope + upstream[place] if constant is None else slope
                continue
            partials = array_partials(operation, [values[source] for source in inputs])
            with np.errstate(all="ignore"):
                for source, partial in zip(inputs, partials, strict=True):
                    upstream[source] = upstream[source] + upstream[place] * partial
        return slope, certain


def _come_of_zeros(zero: Zero, arguments: list[Array], nothing: list[Any]) -> Any:
    """Tell where a result of 0 is one to the last digit, since arguments are."""
    import numpy as np

    match zero:
        case "any":
            return np.logical_or.reduce(nothing)
        case "first":
            return nothing[0]
        case "chosen":
            unknown = [
                (value == 0) & ~known for value, known in zip(arguments, nothing, strict=True)
            ]
            return np.logical_or.reduce(nothing) & ~np.logical_or.reduce(unknown)
        case "function":
            with np.errstate(all="ignore"):
                return nothing[0] | (np.abs(arguments[0]) < MIDDLE_SIZE)
    return np.logical_and.reduce(nothing)


def _is_certain(found: Array, disturbed: Array) -> Any:
    """Tell where a result is good to 13 digits, as the activation itself does."""
    import numpy as np

    with np.errstate(all="ignore"):
        lost = np.abs(found - disturbed) * (ROUNDING / DISTURBANCE)
        return lost <= np.maximum(RELATIVE * np.abs(found), ABSOLUTE)


@lru_cache(maxsize=64)
def typed_arrays(activation: TypedActivation) -> TypedArrays:
    """Return the array form of a typed activation, which takes arrays of any shape."""
    return TypedArrays(activation)


def tree_values(tree: Tree, values: Mapping[str, Array]) -> Array:
    """Return a typed formula for arrays of one shape, node by node, in plain doubles: for pictures, not for training."""
    import numpy as np

    if isinstance(tree, Number):
        return np.asarray(tree.value)
    if isinstance(tree, Name):
        return values[tree.name]
    parts = [tree_values(part, values) for part in arguments_of_tree(tree)]
    return array_value(operation_of_tree(tree), parts)
