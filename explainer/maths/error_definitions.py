"""The error of a sample from its definition, for `explainer check`; arguments: ŷ₁ … ŷ_K, and as data y₁ … y_K."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from explainer.maths.composition import Precise, in_precision, numbered
from explainer.maths.exact import Exact, Written
from explainer.maths.losses import LOSSES
from explainer.maths.operations import ChosenParameters
from explainer.maths.rows import Expression, constants


@lru_cache(maxsize=64)
def exact_loss(name: str, chosen: ChosenParameters, count: int) -> Exact:
    """Return the error of a sample with so many outputs."""
    import sympy

    row = LOSSES[name]
    numbers = constants(sympy, row.parameters, chosen)

    def build(x: list[Expression]) -> Expression:
        return row.formula(sympy, x[count:], x[:count], numbers)

    return Written(2 * count, build, data=count, adds=True)


@lru_cache(maxsize=64)
def loss_kinks(name: str, chosen: ChosenParameters) -> Callable[..., Sequence[Precise]]:
    """Return (ŷ, y) ↦ numbers that are 0 where the error has no derivative by this output."""
    import sympy

    row, (output, target) = LOSSES[name], numbered("x", 2)
    if row.kinks is None:
        return lambda prediction, target: ()
    kinks = row.kinks(sympy, target, output, constants(sympy, row.parameters, chosen))
    return in_precision([output, target], kinks)
