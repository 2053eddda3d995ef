"""What `explainer check` needs of SymPy and mpmath: rows of the tables as exact functions, and composed expressions.

Everything here starts from `row.formula`, the definition, never from the stable or textbook forms that the trace
computes and prints with, so that a fault in those is found. Values are mpmath numbers of the precision in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from explainer.maths.losses import LOSSES
from explainer.maths.operations import ChosenParameters
from explainer.maths.rows import Expression, constants

# An mpmath number; its class is not named here because mpmath is imported when first needed.
Precise = Any

# They have a kink somewhere; written as case distinctions, one branch of which holds at given values.
_KINKED = ("Piecewise", "Abs", "Max", "Min", "sign", "Heaviside")


def symbol(name: str) -> Expression:
    """Return the real symbol of this name; it is never compiled or parsed."""
    import sympy

    return sympy.Symbol(name, real=True)


def mentions(expression: Expression, part: Expression) -> int:
    """Return how often an expression mentions a symbol, repeated parts counted at every place; at least 1."""
    from sympy import preorder_traversal

    return max(1, sum(1 for found in preorder_traversal(expression) if found == part))


def weighted_sum(
    terms: Sequence[tuple[Expression, Expression]], bias: Expression | None
) -> Expression:
    """Return Σ w·a + b as one expression."""
    import sympy

    parts = [weight * value for weight, value in terms]
    return sympy.Add(*parts) if bias is None else sympy.Add(*parts, bias)


def composed_loss(
    name: str,
    chosen: ChosenParameters,
    targets: Sequence[Expression],
    predictions: Sequence[Expression],
    target_values: Sequence[Precise],
    prediction_values: Sequence[Precise],
) -> Expression:
    """Return the error of one sample composed with the expressions of the predictions."""
    count = len(predictions)
    outputs = [symbol(f"prediction {index}") for index in range(count)]
    wanted = [symbol(f"target {index}") for index in range(count)]
    values = dict(zip([*outputs, *wanted], [*prediction_values, *target_values], strict=True))
    formula = active_branch(_loss(name, chosen, wanted, outputs), values)
    return formula.xreplace(dict(zip([*outputs, *wanted], [*predictions, *targets], strict=True)))


@lru_cache(maxsize=64)
def loss_value(name: str, chosen: ChosenParameters, count: int) -> Callable[..., Precise]:
    """Return (ŷ₁ … ŷ_K, y₁ … y_K) ↦ E in mpmath."""
    outputs, wanted = _numbered("a", count), _numbered("t", count)
    return in_precision([*outputs, *wanted], _loss(name, chosen, wanted, outputs))


class LossSlopes(NamedTuple):
    """∂E/∂ŷ of shape (K,), the sums of the absolute values of their terms likewise, and ∂²E/∂ŷ∂ŷ of shape (K, K)."""

    slopes: list[Precise]
    terms: list[Precise]
    bends: list[list[Precise]]


@lru_cache(maxsize=64)
def loss_slopes(
    name: str, chosen: ChosenParameters, count: int
) -> Callable[..., tuple[list[Precise], list[Precise], list[list[Precise]]]]:
    """Return (ŷ₁ … ŷ_K, y₁ … y_K) ↦ what `LossSlopes` holds, in mpmath."""
    outputs, wanted = _numbered("a", count), _numbered("t", count)
    formula = _loss(name, chosen, wanted, outputs)
    slopes = [slope_of(formula, output) for output in outputs]
    terms = [_without_signs(slope) for slope in slopes]
    bends = [[slope_of(slope, output) for output in outputs] for slope in slopes]
    return in_precision([*outputs, *wanted], (slopes, terms, bends))


def _without_signs(expression: Expression) -> Expression:
    """Return an expression with every term and factor replaced by its absolute value: what its terms could add up to."""
    import sympy

    if expression.is_Add or expression.is_Mul:
        return expression.func(*map(_without_signs, expression.args))
    if isinstance(expression, sympy.Piecewise):
        return sympy.Piecewise(*((_without_signs(value), when) for value, when in expression.args))
    return sympy.Abs(expression)


def is_near_loss_kink(
    name: str, chosen: ChosenParameters, prediction: Precise, target: Precise, distance: float
) -> bool:
    """Tell whether a prediction lies where the loss has no derivative by it."""
    return any(abs(kink) <= distance for kink in _loss_kinks(name, chosen)(prediction, target))


@lru_cache(maxsize=64)
def _loss_kinks(name: str, chosen: ChosenParameters) -> Callable[..., list[Precise]]:
    """Return (ŷ, y) ↦ the expressions that are 0 at the kinks of the loss, in mpmath."""
    import sympy

    row, (output,), (wanted,) = LOSSES[name], _numbered("a", 1), _numbered("t", 1)
    if row.kinks is None:
        return lambda prediction, target: []
    kinks = row.kinks(sympy, wanted, output, constants(sympy, row.parameters, chosen))
    return in_precision([output, wanted], kinks)


def evaluated(expression: Expression, known: dict[Expression, Precise]) -> Precise:
    """Evaluate an expression in mpmath, every part that occurs several times once.

    `known` holds the values of the symbols and gathers those of the parts.
    """
    found = known.get(expression)
    if found is None:
        found = known[expression] = _evaluate(expression, known)
    return found


def _evaluate(expression: Expression, known: dict[Expression, Precise]) -> Precise:
    import mpmath

    if expression.is_Rational:
        return mpmath.mpf(int(expression.p)) / int(expression.q)
    arguments = [evaluated(argument, known) for argument in expression.args]
    if expression.is_Add:
        return mpmath.fsum(arguments)
    if expression.is_Mul:
        return mpmath.fprod(arguments)
    if expression.is_Pow:
        base, exponent = arguments
        whole = expression.args[1].is_Integer
        return base ** int(expression.args[1]) if whole else mpmath.power(base, exponent)
    return _function(expression.func, len(arguments))(*arguments)


@lru_cache(maxsize=64)
def _function(function: Any, count: int) -> Callable[..., Precise]:
    arguments = _numbered("x", count)
    return in_precision(arguments, function(*arguments))


def _loss(
    name: str, chosen: ChosenParameters, targets: list[Expression], predictions: list[Expression]
) -> Expression:
    import sympy

    row = LOSSES[name]
    return row.formula(sympy, targets, predictions, constants(sympy, row.parameters, chosen))


def slope_of(expression: Expression, variable: Expression) -> Expression:
    """Return a derivative away from kinks: the impulses that SymPy puts at the jumps of a slope are left out."""
    import sympy

    return expression.diff(variable).replace(sympy.DiracDelta, lambda *place: sympy.Integer(0))


def active_branch(expression: Expression, values: Mapping[Expression, Precise]) -> Expression:
    """Replace every case distinction by the case that holds at `values`."""
    import sympy

    if not any(type(part).__name__ in _KINKED for part in sympy.preorder_traversal(expression)):
        return expression
    exact = {name: sympy.Float(value, 50) for name, value in values.items()}

    def chosen_case(*cases: Any) -> Expression:
        return next(value for value, condition in cases if condition.xreplace(exact) == True)  # noqa: E712 - SymPy's own truth

    written = expression.rewrite(sympy.Piecewise)
    while written.has(sympy.Piecewise):
        written = written.replace(sympy.Piecewise, chosen_case)
    return written


def _numbered(letter: str, count: int) -> list[Expression]:
    return [symbol(f"{letter}{index:04d}") for index in range(count)]


def in_precision(arguments: list[Expression], expression: Any) -> Callable[..., Any]:
    """Return an expression, or several, as a function in mpmath."""
    from sympy import lambdify

    return lambdify(arguments, expression, modules="mpmath")  # type: ignore[no-any-return]  # SymPy has no types here
