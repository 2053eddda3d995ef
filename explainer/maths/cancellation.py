"""Losses and activations made for each other: ∂E/∂ŷ · ∂ŷ/∂z without its fractions, derived when it is asked for.

Nothing here is a formula of its own: the product of the two printed derivatives is cancelled by SymPy. The numbers of a
trace come from the two factors, never from this.
"""

from __future__ import annotations

from functools import lru_cache

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.formula import printed
from explainer.maths.losses import LOSSES
from explainer.maths.printed import Printed
from explainer.maths.rows import Expression


def cancelled(
    loss: str, activation: str, prediction: Printed, target: Printed, language: str
) -> Printed | None:
    """Return the shortened ∂E/∂z of an output, None where loss and activation do not cancel."""
    expression = cancelled_expression(loss, activation)
    if expression is None:
        return None
    names = dict(zip(_symbols(), (prediction, target), strict=True))
    return printed(expression, names, language=language)


@lru_cache(maxsize=16)
def cancelled_expression(loss: str, activation: str) -> Expression | None:
    """Return the shortened product over the symbols of prediction and target, None where nothing cancels."""
    if activation not in ACTIVATIONS or LOSSES[loss].cancels_with != activation:
        return None
    import sympy

    return sympy.cancel(product_expression(loss, activation))


def product_expression(loss: str, activation: str) -> Expression:
    """Return the product of the two printed derivatives as it stands."""
    import sympy

    prediction, target = _symbols()
    by_prediction, slope = (
        LOSSES[loss].textbook_partial,
        ACTIVATIONS[activation].textbook_derivative,
    )
    if by_prediction is None or slope is None:
        raise ValueError(f"{loss} or {activation} has no printed derivative")
    # The slope is a function of the neuron's output alone: its z is not in it.
    z = sympy.Symbol("z", real=True)
    return by_prediction(sympy, target, prediction, 1, {}) * slope(sympy, z, prediction, {})


def _symbols() -> tuple[Expression, Expression]:
    import sympy

    return sympy.Symbol("a", real=True), sympy.Symbol("t", real=True)
