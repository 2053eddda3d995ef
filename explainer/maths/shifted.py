"""Functions of exponentials that may all be shifted by one number: log-sum-exp, the soft maximum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from explainer.maths.forwarding import Forwarding
from explainer.maths.operation import Build, BuildPartial, Scalar


class Shifted(Forwarding):
    """A function f(x₁ … xₙ) with a form g(x₁ … xₙ, s) that is the same for every s.

    Numbers come from g with s the largest argument, so that no exponential overflows and none loses digits; since s
    changes nothing, the derivatives of g at fixed s are those of f. The definition f gives all that is written.
    """

    def __init__(
        self, arity: int, build: Build, shifted: Build, written_partial: BuildPartial | None = None
    ) -> None:
        super().__init__(Scalar(arity, build, written_partial=written_partial))
        self.open = Scalar(arity + 1, shifted)

    def value(self, arguments: Sequence[float]) -> float:
        return self.open.value([*arguments, max(arguments)])

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        return self.open.partials([*arguments, max(arguments)])[: self.arity]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        return self.open.precise_value([*arguments, max(arguments)])

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        return self.open.precise_partials([*arguments, max(arguments)])[: self.arity]
