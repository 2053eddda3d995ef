"""The functions a formula may use: one row each, and every scalar activation by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from explainer.maths import operations
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.extremum import Extremum, Share
from explainer.maths.operation import (
    Build,
    BuildPartial,
    BuildStablePartial,
    Operation,
    Scalar,
)
from explainer.maths.rows import ActivationRow, Expression, SymPy, constants, total
from explainer.maths.shifted import Shifted
from explainer.messages import Message, message

# A function of any number of values takes at most so many.
MOST_ARGUMENTS = 32


class Function(Struct, frozen=True):
    """A function of typed formulas.

    `build(sp, arguments)` is its definition; `arity` None means 1 to `MOST_ARGUMENTS` arguments. `stable` and
    `stable_partial` give the numbers, `written` and `written_partial` the printed forms, where present; `special`
    replaces them all. `convention` says what the derivative is where there is none, `to_kink(arguments)` how far
    the nearest such place is.
    """

    name: str
    arity: int | None
    build: Build
    stable: Build | None = None
    stable_partial: BuildStablePartial | None = None
    written: Build | None = None
    written_partial: BuildPartial | None = None
    special: Callable[[int], Operation] | None = None
    convention: Message | None = None
    to_kink: Callable[[Sequence[Any]], Any] | None = None

    def operation(self, count: int) -> Operation:
        """Return the function of `count` arguments as an operation."""
        if self.special is not None:
            return self.special(count)
        return Scalar(
            count,
            self.build,
            stable=self.stable,
            stable_partial=self.stable_partial,
            written=self.written,
            written_partial=self.written_partial,
        )


def _log_sum_exp(sp: SymPy, x: list[Expression]) -> Expression:
    return sp.log(total([sp.exp(value) for value in x]))


def _log_sum_exp_shifted(sp: SymPy, x: list[Expression]) -> Expression:
    *values, shift = x
    return shift + sp.log(total([sp.exp(value - shift) for value in values]))


def _soft_arg_max(sp: SymPy, x: list[Expression], index: int) -> Expression:
    return sp.exp(x[index]) / total([sp.exp(value) for value in x])


def _soft_max_mean(sp: SymPy, x: list[Expression]) -> Expression:
    weights = [sp.exp(value) for value in x]
    return _weighted(x, weights) / total(weights)


def _soft_max_mean_shifted(sp: SymPy, x: list[Expression]) -> Expression:
    *values, shift = x
    weights = [sp.exp(value - shift) for value in values]
    return _weighted(values, weights) / total(weights)


def _weighted(values: list[Expression], weights: list[Expression]) -> Expression:
    return total([value * weight for value, weight in zip(values, weights, strict=True)])


def _shifted(name: str, build: Build, shifted: Build, partial: BuildPartial) -> Function:
    return Function(
        name, None, build, special=lambda count: Shifted(count, build, shifted, partial)
    )


def _gap(values: Sequence[Any]) -> Any:
    """Return how far the two largest of several values are apart; one value alone has no kink."""
    ordered = sorted(values)
    return ordered[-1] - ordered[-2] if len(ordered) > 1 else 1


def _maximum(name: str, share: Share, convention: Message) -> Function:
    return Function(
        name,
        None,
        lambda sp, x: sp.Max(*x),
        special=lambda count: Extremum(count, share=share),
        convention=convention,
        to_kink=_gap,
    )


_FIRST = message("At a tie the whole derivative goes to the first of the equal values.")
_EQUAL = message("At a tie the equal values share the derivative: each of m gets 1/m of it.")
_EACH = message(
    "At a tie each of the equal values gets the whole derivative, which makes their sum too large."
)

_ROWS = (
    Function("sin", 1, lambda sp, x: sp.sin(x[0])),
    Function("cos", 1, lambda sp, x: sp.cos(x[0])),
    Function(
        "tan",
        1,
        lambda sp, x: sp.tan(x[0]),
        written_partial=lambda sp, x, result, index: 1 + result**2,
    ),
    Function(
        "asin",
        1,
        lambda sp, x: sp.asin(x[0]),
        # 1 − x² loses the digits of an x close to 1.
        stable_partial=lambda sp, x, index: 1 / sp.sqrt((1 - x[0]) * (1 + x[0])),
    ),
    Function(
        "acos",
        1,
        lambda sp, x: sp.acos(x[0]),
        stable_partial=lambda sp, x, index: -1 / sp.sqrt((1 - x[0]) * (1 + x[0])),
    ),
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
        to_kink=lambda values: abs(values[0]),
    ),
    Function(
        "min",
        None,
        lambda sp, x: sp.Min(*x),
        special=lambda count: Extremum(count, largest=False),
        convention=_FIRST,
        to_kink=lambda values: _gap([-value for value in values]),
    ),
    _maximum("max", "first", _FIRST),
    _maximum("max_mean", "equal", _EQUAL),
    _maximum("max_each", "each", _EACH),
    Function("erf", 1, lambda sp, x: sp.erf(x[0])),
    _shifted(
        "logsumexp",
        _log_sum_exp,
        _log_sum_exp_shifted,
        lambda sp, x, result, index: _soft_arg_max(sp, x, index),
    ),
    _shifted(
        "soft_max_mean",
        _soft_max_mean,
        _soft_max_mean_shifted,
        lambda sp, x, result, index: _soft_arg_max(sp, x, index) * (1 + x[index] - result),
    ),
)


def _activation(row: ActivationRow) -> Function:
    """Return a scalar activation, with its default parameters, as a function of one value."""
    kinks = row.kinks_at({})
    return Function(
        row.name,
        1,
        lambda sp, x: row.formula(sp, x[0], constants(sp, row.parameters, ())),
        special=lambda count: operations.activation(row.name),
        convention=row.convention,
        to_kink=(lambda values: min(abs(values[0] - kink) for kink in kinks)) if kinks else None,
    )


FUNCTIONS: dict[str, Function] = {name: _activation(row) for name, row in ACTIVATIONS.items()}
FUNCTIONS.update({row.name: row for row in _ROWS})
