"""Cross-entropy of shares, as one function of the weighted sums: what a saturated neuron's logarithm would lose stays.

E = −Σ y ln σ(z) … has the derivative σ(z) − y by z, whatever the size of z. It is written as (1 − y)·σ(z) − y·σ(−z), in which
nothing cancels for y = 0 and y = 1; a test proves both equal to the row and its chain rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from explainer.training.layout import Layout, Level

if TYPE_CHECKING:
    from explainer.training.forward import Forward
    from explainer.training.kernels import Array, Call


# Up to so many outputs every one is compared with all others.
_MOST_APART = 32


class Fused(Protocol):
    """An error together with the last layer's function."""

    level: Level

    def slope_calls(self, forward: Forward, g: Array, target: Array) -> list[Call]:
        """Return the calls that put the derivative by the weighted sums of the last layer into g."""

    def errors(self, forward: Forward, target: Array) -> Array:
        """Return the error of every sample."""


class SigmoidEntropy:
    """Binary cross-entropy of sigmoids, summed over the outputs; `order` are their places in the last layer."""

    def __init__(self, level: Level, order: list[int]) -> None:
        self.level = level
        self._order = order

    def slope_calls(self, forward: Forward, g: Array, target: Array) -> list[Call]:
        """See `Fused`."""
        import numpy as np

        rows = slice(self.level.first, self.level.end)
        z, a, d = forward.z[rows], forward.h[rows], g[rows]
        rest = np.zeros_like(d)
        order = self._order

        def put() -> None:
            np.exp(z, rest)
            np.add(rest, 1, rest)
            np.reciprocal(rest, rest)
            d[order] = (1 - target) * a[order] - target * rest[order]

        return [put]

    def errors(self, forward: Forward, target: Array) -> Array:
        """See `Fused`."""
        import numpy as np

        z = forward.z[self.level.first : self.level.end][self._order]
        # y·ln(1 + e^(−z)) + (1 − y)·ln(1 + e^z)
        found = target * np.logaddexp(0, -z) + (1 - target) * np.logaddexp(0, z)
        return found.sum(axis=0)  # type: ignore[no-any-return]  # NumPy's stubs


class SoftmaxEntropy:
    """Cross-entropy of one softmax over all outputs."""

    def __init__(self, level: Level, order: list[int]) -> None:
        self.level = level
        self._order = order

    def slope_calls(self, forward: Forward, g: Array, target: Array) -> list[Call]:
        """See `Fused`: aᵢ Σ_{j≠i} yⱼ − yᵢ Σ_{j≠i} aⱼ."""
        import numpy as np

        rows = slice(self.level.first, self.level.end)
        a, d, order = forward.h[rows], g[rows], self._order
        others = 1.0 - np.eye(len(order))

        def put() -> None:
            shares = a[order]
            d[order] = shares * others.dot(target) - target * others.dot(shares)

        return [put]

    def errors(self, forward: Forward, target: Array) -> Array:
        """See `Fused`: Σ yᵢ ln(1 + Σ_{j≠i} e^(zⱼ − zᵢ)), which keeps the digits of a small error."""
        import numpy as np

        z = forward.z[self.level.first : self.level.end][self._order]
        if len(z) > _MOST_APART:
            return (target * (np.logaddexp.reduce(z, axis=0) - z)).sum(axis=0)  # type: ignore[no-any-return]  # NumPy's stubs
        found = np.zeros(z.shape[1])
        for place, own in enumerate(z):
            others = np.logaddexp.reduce(np.delete(z, place, axis=0), axis=0, initial=-np.inf)
            found += target[place] * np.logaddexp(0, others - own)
        return found


def fused_for(layout: Layout) -> Fused | None:
    """Return the fused error of a lesson whose last layer and error fit, else None."""
    lesson, level = layout.lesson, layout.levels[-1]
    rows = range(level.first, level.end)
    if set(layout.outputs) != set(rows) or any(neuron.dropout for neuron in level.neurons):
        return None
    order = [row - level.first for row in layout.outputs]
    names = {neuron.activation.name for neuron in level.neurons}
    loss = lesson.loss.choice.name
    if loss == "binary_cross_entropy" and names == {"sigmoid"}:
        return SigmoidEntropy(level, order)
    if loss == "cross_entropy" and names == {"softmax"} and len(level.groups) == 1:
        return SoftmaxEntropy(level, order)
    return None
