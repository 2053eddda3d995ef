"""The sigmoid of an output behind the cross-entropy, whose derivative divides by what σ′ multiplies with."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.maths import operations
from explainer.maths.forwarding import Forwarding


class CancellingSlope(Forwarding):
    """An activation, with the slope a(1 − a) at the double that a is, where the error divides by that very 1 − a.

    Near 1 the double a has lost most digits of its distance from 1, σ′(z) has not: only what was computed from the same
    double cancels. That matters where a lies above its target; elsewhere the error divides by a, and σ′(z) is better.
    """

    def __init__(self, name: str, target: float) -> None:
        super().__init__(operations.activation(name))
        self._by_output = operations.activation(name, slope_by_output=True)
        self._target = target

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        """Return the slope: of the printed form where a lies above its target."""
        cancels = self.value(arguments) > self._target
        return self._by_output.partials(arguments) if cancels else super().partials(arguments)
