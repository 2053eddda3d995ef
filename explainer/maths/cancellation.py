"""Losses and activations made for each other: ∂E/∂ŷ · ∂ŷ/∂z without its fractions, derived when it is asked for.

Nothing here is a formula of its own: the product of the two printed derivatives is cancelled by SymPy. The numbers of a
trace come from the two factors, never from this.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.formula import printed
from explainer.maths.losses import LOSSES
from explainer.maths.printed import PRODUCT, SUM, Printed, printed_product, printed_sum
from explainer.maths.rows import Expression
from explainer.maths.sums import shortened


def are_made_for_each_other(loss: str, activation: str) -> bool:
    """Tell whether the derivative of the loss by z loses its fractions behind the activation."""
    row = LOSSES[loss]
    return row.cancels and row.output == activation


def cancelling(
    loss: str, activation: str, prediction: Printed, target: Printed, language: str
) -> list[Printed]:
    """Return the lines from ∂E/∂ŷ · ∂ŷ/∂z of an output to its short form: each summand cancelled, then all added up.

    Empty where loss and activation do not cancel.
    """
    if cancelled_expression(loss, activation) is None:
        return []
    import sympy

    names = dict(zip(_symbols(), (prediction, target), strict=True))
    by_prediction, slope = _factors(loss, activation)
    parts = [
        printed(sympy.cancel(part * slope), names, language=language)
        for part in sympy.Add.make_args(by_prediction)
    ]
    short = printed(cancelled_expression(loss, activation), names, language=language)
    added = printed_sum([parts[0].at_least(PRODUCT), *parts[1:]])
    return [added, short] if len(parts) > 1 else [short]


def softmax_cancelling(
    loss: str,
    index: int,
    predictions: Sequence[Printed],
    targets: Sequence[Printed],
    language: str,
    *,
    adds_up: bool,
) -> list[Printed]:
    """Return the lines from Σⱼ ∂E/∂ŷⱼ · ∂ŷⱼ/∂zᵢ over the outputs of one softmax to ŷᵢ Σ yⱼ − yᵢ, or on to ŷᵢ − yᵢ.

    `adds_up` says that the targets add up to 1. Every summand is cancelled by SymPy; empty where nothing cancels.
    """
    if not are_made_for_each_other(loss, "softmax"):
        return []
    import sympy

    count = len(predictions)
    a = [sympy.Symbol(f"a{place:04d}", real=True) for place in range(count)]
    t = [sympy.Symbol(f"t{place:04d}", real=True) for place in range(count)]
    names = dict(zip((*a, *t), (*predictions, *targets), strict=True))

    def shown(expression: Expression) -> Printed:
        return printed(expression, names, language=language)

    parts = softmax_parts(loss, index, a, t)
    whole = sympy.expand(sum(parts))
    factor = whole.coeff(a[index])
    rest = sympy.expand(whole - a[index] * factor)
    # The targets in the order of the outputs, which is not SymPy's.
    shares = [shown(factor.coeff(target) * target) for target in t]
    collected = printed_product(predictions[index], printed_sum(shortened(shares)))
    lines = [
        printed_sum(shortened([shown(part) for part in parts])),
        minus(collected, shown(-rest)),
    ]
    if adds_up:
        lines.append(minus(predictions[index], shown(-rest)))
    return lines


def softmax_parts(
    loss: str, index: int, a: Sequence[Expression], t: Sequence[Expression]
) -> list[Expression]:
    """Return ∂E/∂aⱼ · ∂aⱼ/∂zᵢ for every output j, cancelled; from the printed derivatives of the loss and of softmax.

    ValueError for a loss whose row has no printed derivative.
    """
    import sympy

    partial = LOSSES[loss].textbook_partial
    if partial is None:
        raise ValueError(f"{loss} has no printed derivative")
    found = []
    for place, (own, target) in enumerate(zip(a, t, strict=True)):
        slope = own * (1 - own) if place == index else -own * a[index]
        found.append(sympy.cancel(partial(sympy, target, own, len(a), {}) * slope))
    return found


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
    if activation not in ACTIVATIONS or not are_made_for_each_other(loss, activation):
        return None
    import sympy

    return sympy.cancel(product_expression(loss, activation))


def product_expression(loss: str, activation: str) -> Expression:
    """Return the product of the two printed derivatives as it stands."""
    by_prediction, slope = _factors(loss, activation)
    return by_prediction * slope


def _factors(loss: str, activation: str) -> tuple[Expression, Expression]:
    """Return the printed ∂E/∂ŷ and ∂ŷ/∂z."""
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
    return by_prediction(sympy, target, prediction, 1, {}), slope(sympy, z, prediction, {})


def _symbols() -> tuple[Expression, Expression]:
    import sympy

    return sympy.Symbol("a", real=True), sympy.Symbol("t", real=True)


def minus(left: Printed, right: Printed) -> Printed:
    """Write a difference of two printed terms."""
    second = right.at_least(PRODUCT)
    return Printed(
        f"{left.latex} - {second.latex}",
        f"{left.text} − {second.text}",
        SUM,
        left.starts_with_number,
        left.negative,
    )
