"""The operations a network is made of, built from the tables and kept: one object per distinct operation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from explainer.maths.operation import BuildPartial, Operation, Scalar
from explainer.maths.rows import Expression, Ingredients, LossRow
from explainer.maths.sums import Reduction, SumOfTerms
from explainer.maths.updates import UPDATES

ChosenParameters = tuple[tuple[str, float], ...]

# w·x, the one product every weighted sum is made of.
_PRODUCT = Scalar(
    2, lambda sp, x: x[0] * x[1], written_partial=lambda sp, x, result, index: x[1 - index]
)


@lru_cache(maxsize=256)
def weighted_sum(count: int, has_bias: bool) -> Operation:
    """Return w₁x₁ + w₂x₂ + … + b over the arguments w₁, x₁, w₂, x₂, …, b."""
    return SumOfTerms(_PRODUCT, count, int(has_bias))


@lru_cache(maxsize=256)
def activation(name: str, chosen: ChosenParameters = ()) -> Operation:
    """Return a = f(z) for a row of the activation table with its parameters fixed."""
    row = ACTIVATIONS[name]

    def with_parameters(build: Any) -> Any:
        return lambda sp, x: build(sp, x[0], constants(sp, row.parameters, chosen))

    derivative = row.textbook_derivative
    return Scalar(
        1,
        with_parameters(row.formula),
        stable=with_parameters(row.stable) if row.stable else None,
        written=with_parameters(row.textbook) if row.textbook else None,
        written_partial=(
            lambda sp, x, result, index: derivative(
                sp, x[0], result, constants(sp, row.parameters, chosen)
            )
        )
        if derivative
        else None,
    )


@lru_cache(maxsize=256)
def loss(name: str, outputs: int, chosen: ChosenParameters = ()) -> Operation:
    """Return the error of one sample over the arguments ŷ₁ … ŷ_K, y₁ … y_K."""
    row = LOSSES[name]

    def build(sp: Any, x: list[Expression]) -> Expression:
        return row.formula(sp, x[outputs:], x[:outputs], constants(sp, row.parameters, chosen))

    return Scalar(2 * outputs, build, written_partial=_written_loss_partial(row, outputs, chosen))


def _written_loss_partial(
    row: LossRow, outputs: int, chosen: ChosenParameters
) -> BuildPartial | None:
    partial = row.textbook_partial
    if partial is None:
        return None
    return lambda sp, x, result, index: partial(
        sp, x[outputs + index], x[index], outputs, constants(sp, row.parameters, chosen)
    )


def batch(count: int, reduction: str) -> Operation:
    """Return the mean or the sum of `count` terms: the losses of a batch, or a gradient over its samples."""
    return Reduction(count, mean=reduction == "mean")


@lru_cache(maxsize=64)
def update(name: str, chosen: ChosenParameters = ()) -> dict[str, Operation]:
    """Return, in order, the operations of an update rule: each memory cell, then "parameter".

    Arguments: w, ∂E/∂w, η, t, then the memory cells before the update in the row's order.
    """
    row = UPDATES[name]
    cells = tuple(row.memory)

    def build(sp: Any, x: list[Expression], result: str) -> Expression:
        memory = dict(zip(cells, x[4:], strict=True))
        return row.formula(
            sp, Ingredients(x[0], x[1], x[2], x[3], memory, constants(sp, row.parameters, chosen))
        )[result]

    def operation(result: str) -> Operation:
        return Scalar(4 + len(cells), lambda sp, x: build(sp, x, result))

    return {result: operation(result) for result in (*cells, "parameter")}


def constants(
    sp: Any, defaults: Mapping[str, float], chosen: ChosenParameters
) -> dict[str, Expression]:
    """Return a row's parameters as exact SymPy numbers: 0.1 means one tenth, as it was typed."""
    return {
        name: sp.Rational(repr(value)) if value % 1 else sp.Integer(int(value))
        for name, value in {**defaults, **dict(chosen)}.items()
    }
