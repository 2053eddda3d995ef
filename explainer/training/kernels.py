"""What a neuron makes of its weighted sum, for many neurons and samples at once: calls that fill buffers.

A kernel writes the calls once; running them allocates nothing. The common functions are written by hand, every other
comes from the row's one expression (`maths/array_operations.py`); tests prove each equal to its row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from explainer.lesson.choice import Choice
from explainer.maths.array_operations import array_partials, array_value
from explainer.maths.chosen import activation_operation
from explainer.maths.typed_activation import TypedActivation
from explainer.maths.typed_arrays import typed_arrays

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]
else:
    Array = Any

Call = Callable[[], object]


class Kernel(Protocol):
    """A function of one number and its derivative; z, a, s are buffers of one shape."""

    def value(self, z: Array, a: Array) -> list[Call]:
        """Return the calls that put f(z) into a."""

    def slope(self, z: Array, a: Array, s: Array) -> list[Call]:
        """Return the calls that put f′(z) into s; a holds f(z)."""


class Tanh:
    """tanh z. 1 − a² has the digits of 1; a `careful` one keeps those of a small slope, through e^(−2|z|)."""

    def __init__(self, *, careful: bool) -> None:
        self._careful = careful

    def value(self, z: Array, a: Array) -> list[Call]:
        import numpy as np

        return [partial(np.tanh, z, a)]

    def slope(self, z: Array, a: Array, s: Array) -> list[Call]:
        import numpy as np

        one = _number(1, s)
        if not self._careful:
            return [partial(np.multiply, a, a, s), partial(np.subtract, one, s, s)]
        whole = np.empty_like(s)
        return [
            partial(np.absolute, z, s),
            partial(np.multiply, s, _number(-2, s), s),
            partial(np.exp, s, s),
            partial(np.add, s, one, whole),
            partial(np.divide, s, whole, s),
            partial(np.divide, s, whole, s),
            partial(np.multiply, s, _number(4, s), s),
        ]


class Sigmoid:
    """1/(1 + e^(−z)), of which e^(−z) may overflow to infinity and the whole to its limit 0."""

    def __init__(self, *, careful: bool) -> None:
        self._careful = careful

    def value(self, z: Array, a: Array) -> list[Call]:
        import numpy as np

        return [
            partial(np.negative, z, a),
            partial(np.exp, a, a),
            partial(np.add, a, _number(1, a), a),
            partial(np.reciprocal, a, a),
        ]

    def slope(self, z: Array, a: Array, s: Array) -> list[Call]:
        import numpy as np

        one = _number(1, s)
        if not self._careful:
            return [partial(np.subtract, one, a, s), partial(np.multiply, s, a, s)]
        whole = np.empty_like(s)
        return [
            partial(np.absolute, z, s),
            partial(np.negative, s, s),
            partial(np.exp, s, s),
            partial(np.add, s, one, whole),
            partial(np.divide, s, whole, s),
            partial(np.divide, s, whole, s),
        ]


class Relu:
    """max(0, z), with the derivative 0 at 0."""

    def value(self, z: Array, a: Array) -> list[Call]:
        import numpy as np

        return [partial(np.maximum, z, _number(0, a), out=a)]

    def slope(self, z: Array, a: Array, s: Array) -> list[Call]:
        import numpy as np

        return [partial(np.heaviside, z, _number(0, s), s)]


class Identity:
    """z itself."""

    def value(self, z: Array, a: Array) -> list[Call]:
        import numpy as np

        return [] if z is a else [partial(np.copyto, a, z)]

    def slope(self, z: Array, a: Array, s: Array) -> list[Call]:
        s[...] = 1
        return []


class Row:
    """Any row of the table, or a typed function, compiled from its expression.

    `learnt` gives the values of the parameters inside it, one column for each, as a function of nothing: they change.
    `by_learnt` are buffers for the derivatives by them, filled by the calls of `slope`.
    """

    def __init__(self, choice: Choice, learnt: Sequence[Callable[[], Array]] = ()) -> None:
        self._operation = activation_operation(choice)
        self._learnt = learnt
        self.by_learnt: list[Array] = []

    def value(self, z: Array, a: Array) -> list[Call]:
        operation = self._operation
        if isinstance(operation, TypedActivation):
            arrays = typed_arrays(operation)
            return [lambda: _put(a, arrays.value(z))]
        return [lambda: _put(a, array_value(operation, self._arguments(z)))]

    def slope(self, z: Array, a: Array, s: Array) -> list[Call]:
        import numpy as np

        operation = self._operation
        if isinstance(operation, TypedActivation):
            arrays = typed_arrays(operation)
            return [lambda: _put(s, arrays.slope(z))]
        # Once: the calls of every batch fill these, and whoever reads them knows no batch.
        if not self.by_learnt:
            self.by_learnt = [np.zeros_like(s) for _ in self._learnt]
        buffers = [s, *self.by_learnt]

        def fill() -> None:
            for buffer, found in zip(
                buffers, array_partials(operation, self._arguments(z)), strict=True
            ):
                buffer[...] = found

        return [fill]

    def _arguments(self, z: Array) -> list[Array]:
        return [z, *(value() for value in self._learnt)]


def kernel_for(
    choice: Choice, *, careful: bool, learnt: Sequence[Callable[[], Array]] = ()
) -> Kernel:
    """Return the kernel of an activation of one number."""
    by_hand: dict[str, Callable[[], Kernel]] = {
        "tanh": lambda: Tanh(careful=careful),
        "sigmoid": lambda: Sigmoid(careful=careful),
        "relu": Relu,
        "identity": Identity,
        # The largest piece is found before; what is left is to pass it on.
        "maxout": Identity,
    }
    make = by_hand.get(choice.name) if choice.expression is None else None
    return make() if make is not None else Row(choice, learnt)


def _number(value: float, like: Array) -> Array:
    """Return a number as an array without dimensions: NumPy takes it faster than Python's own."""
    import numpy as np

    return np.array(value, dtype=like.dtype)


def _put(buffer: Array, values: Array) -> None:
    buffer[...] = values
