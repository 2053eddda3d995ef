"""The operations a network is made of, built from the tables and kept: one object per distinct operation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from explainer.maths.operation import Build, BuildPartial, Operation, Scalar
from explainer.maths.rows import Expression, LossFormula, LossRow
from explainer.maths.sums import Reduction, SumOfTerms

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
def activation(
    name: str,
    chosen: ChosenParameters = (),
    named: tuple[str, ...] = (),
    *,
    slope_by_output: bool = False,
) -> Operation:
    """Return a = f(z) for a row of the activation table; arguments are z and the parameters in `named`, the rest is fixed.

    With `slope_by_output` the numbers of f′ come from the printed form, such as a(1 − a), at the double that a is.
    """
    row = ACTIVATIONS[name]
    fixed = {
        key: value for key, value in {**row.parameters, **dict(chosen)}.items() if key not in named
    }

    def parameters(x: list[Expression]) -> dict[str, Expression]:
        return dict(zip(named, x[1:], strict=False)) | _named(fixed, x)

    def with_parameters(build: Any) -> Build:
        return lambda sp, x: build(sp, x[0], parameters(x))

    def written_partial(sp: Any, x: list[Expression], result: Expression, index: int) -> Expression:
        if index == 0 and row.textbook_derivative is not None:
            return row.textbook_derivative(sp, x[0], result, parameters(x))
        with sp.evaluate(True):
            return row.formula(sp, x[0], parameters(x)).diff(x[index])

    def by_output(sp: Any, x: list[Expression], index: int) -> Expression:
        value = (row.stable or row.formula)(sp, x[0], parameters(x))
        if index == 0 and row.textbook_derivative is not None:
            return row.textbook_derivative(sp, x[0], value, parameters(x))
        return value.diff(x[index])

    return Scalar(
        1 + len(named),
        with_parameters(row.formula),
        stable_partial=by_output if slope_by_output else None,
        stable=with_parameters(row.stable) if row.stable else None,
        written=with_parameters(row.textbook) if row.textbook else None,
        written_partial=written_partial,
        fixed=fixed,
    )


@lru_cache(maxsize=256)
def loss(name: str, outputs: int, chosen: ChosenParameters = ()) -> Operation:
    """Return the error of one sample over the arguments ŷ₁ … ŷ_K, y₁ … y_K."""
    row = LOSSES[name]
    fixed = {**row.parameters, **dict(chosen)}

    def of_sample(form: LossFormula) -> Build:
        return lambda sp, x: form(sp, x[outputs : 2 * outputs], x[:outputs], _named(fixed, x))

    return Scalar(
        2 * outputs,
        of_sample(row.formula),
        stable=of_sample(row.stable) if row.stable else None,
        written=of_sample(row.textbook) if row.textbook else None,
        written_partial=_written_loss_partial(row, outputs, fixed),
        fixed=fixed,
        data=outputs,
    )


def _written_loss_partial(
    row: LossRow, outputs: int, fixed: Mapping[str, float]
) -> BuildPartial | None:
    partial = row.textbook_partial
    if partial is None:
        return None
    return lambda sp, x, result, index: partial(
        sp, x[outputs + index], x[index], outputs, _named(fixed, x)
    )


def _named(fixed: Mapping[str, float], arguments: list[Expression]) -> dict[str, Expression]:
    """Return a row's own parameters, which stand behind the arguments, by their names."""
    return dict(zip(fixed, arguments[len(arguments) - len(fixed) :], strict=True))


def batch(count: int, reduction: str) -> Operation:
    """Return the mean or the sum of `count` terms, the losses of a batch."""
    return Reduction(count, divisor=count if reduction == "mean" else 1)
