"""The functions a formula may use: one row each, and every scalar activation by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.rows import ActivationRow, Expression, Parameters, SymPy, constants, total
from explainer.messages import Message, message


@dataclass(frozen=True, slots=True)
class Function:
    """A function of typed formulas.

    `build(sp, arguments)` is its expression; `arity` None means one or more arguments. `stable` gives the numbers where
    present. `at_kink` says the convention where there is no derivative.
    """

    name: str
    arity: int | None
    build: Callable[[SymPy, list[Expression]], Expression]
    stable: Callable[[SymPy, list[Expression]], Expression] | None = None
    written: Callable[[SymPy, list[Expression]], Expression] | None = None
    written_partial: Callable[[SymPy, list[Expression], Expression, int], Expression] | None = None
    convention: Message | None = None


def _first_best(sp: SymPy, values: list[Expression], no_worse: Any) -> Expression:
    """Return the first of the best values: at a tie the whole derivative goes to it."""
    cases = [
        (value, sp.And(*[no_worse(value, other) for other in values if other is not value]))
        for value in values[:-1]
    ]
    return sp.Piecewise(*cases, (values[-1], True))


def _log_sum_exp(sp: SymPy, x: list[Expression]) -> Expression:
    return x[0] + sp.log(total([sp.exp(value - x[0]) for value in x]))


def _soft_max_mean(sp: SymPy, x: list[Expression], shift: Expression) -> Expression:
    weights = [sp.exp(value - shift) for value in x]
    return total([value * weight for value, weight in zip(x, weights, strict=True)]) / total(
        weights
    )


_TIE = message("At a tie the whole derivative goes to the first of the equal values.")

_ROWS = (
    Function("sin", 1, lambda sp, x: sp.sin(x[0])),
    Function("cos", 1, lambda sp, x: sp.cos(x[0])),
    Function(
        "tan",
        1,
        lambda sp, x: sp.tan(x[0]),
        written_partial=lambda sp, x, result, index: 1 + result**2,
    ),
    Function("asin", 1, lambda sp, x: sp.asin(x[0])),
    Function("acos", 1, lambda sp, x: sp.acos(x[0])),
    Function(
        "atan",
        1,
        lambda sp, x: sp.atan(x[0]),
        written_partial=lambda sp, x, result, index: 1 / (1 + x[0] ** 2),
    ),
    Function("sinh", 1, lambda sp, x: sp.sinh(x[0])),
    Function("cosh", 1, lambda sp, x: sp.cosh(x[0])),
    Function(
        "exp", 1, lambda sp, x: sp.exp(x[0]), written_partial=lambda sp, x, result, index: result
    ),
    Function(
        "log", 1, lambda sp, x: sp.log(x[0]), written_partial=lambda sp, x, result, index: 1 / x[0]
    ),
    Function(
        "sqrt",
        1,
        lambda sp, x: sp.sqrt(x[0]),
        written_partial=lambda sp, x, result, index: 1 / (2 * result),
    ),
    Function(
        "abs",
        1,
        lambda sp, x: sp.Piecewise((x[0], x[0] > 0), (-x[0], x[0] < 0), (sp.Integer(0), True)),
        written=lambda sp, x: sp.Abs(x[0]),
        written_partial=lambda sp, x, result, index: sp.sign(x[0]),
        convention=message(
            "At 0 the absolute value has no derivative; it is taken as 0, as in PyTorch."
        ),
    ),
    Function(
        "min",
        None,
        lambda sp, x: _first_best(sp, x, lambda value, other: value <= other),
        written=lambda sp, x: sp.Min(*x),
        convention=_TIE,
    ),
    Function(
        "max",
        None,
        lambda sp, x: _first_best(sp, x, lambda value, other: value >= other),
        written=lambda sp, x: sp.Max(*x),
        convention=_TIE,
    ),
    Function("erf", 1, lambda sp, x: sp.erf(x[0])),
    Function(
        "logsumexp",
        None,
        lambda sp, x: sp.log(total([sp.exp(value) for value in x])),
        stable=_log_sum_exp,
    ),
    Function(
        "soft_max_mean",
        None,
        lambda sp, x: _soft_max_mean(sp, x, sp.Integer(0)),
        stable=lambda sp, x: _soft_max_mean(sp, x, x[0]),
    ),
)


def _activation(row: ActivationRow) -> Function:
    """Return a scalar activation, with its default parameters, as a function of one value."""

    def with_defaults(build: Callable[[SymPy, Expression, Parameters], Expression]) -> Any:
        return lambda sp, x: build(sp, x[0], constants(sp, row.parameters, ()))

    derivative = row.textbook_derivative
    return Function(
        row.name,
        1,
        with_defaults(row.formula),
        stable=with_defaults(row.stable) if row.stable else None,
        written=with_defaults(row.textbook) if row.textbook else None,
        written_partial=(
            lambda sp, x, result, index: derivative(
                sp, x[0], result, constants(sp, row.parameters, ())
            )
        )
        if derivative
        else None,
        convention=row.convention,
    )


FUNCTIONS: dict[str, Function] = {name: _activation(row) for name, row in ACTIVATIONS.items()}
FUNCTIONS.update({row.name: row for row in _ROWS})
