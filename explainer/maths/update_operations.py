"""The operations of an update, of penalties and of clipping, built from the tables and kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from explainer.maths.norm import Norm
from explainer.maths.operation import Operation, Scalar
from explainer.maths.penalties import PENALTIES
from explainer.maths.rows import Expression, SymPy
from explainer.maths.schedules import SCHEDULES
from explainer.maths.sums import Reduction, ScaledSum
from explainer.maths.update_rows import Ingredients, Stage
from explainer.maths.updates import LEARNING_RULES, UPDATES

ChosenParameters = tuple[tuple[str, float], ...]

# w, g, η, t stand before the memory cells.
_GIVEN = 4


@lru_cache(maxsize=64)
def stages(name: str, chosen: ChosenParameters = ()) -> tuple[tuple[Stage, Operation], ...]:
    """Return the stages of an update rule in order, each with its operation.

    Arguments of each: w, ∂E/∂w, η, t, the memory cells before the update in the row's order, the results of the stages
    before it.
    """
    row = UPDATES[name]
    fixed = {**row.parameters, **dict(chosen)}
    return tuple(
        (stage, _stage(stage, tuple(row.memory), row.stages[:place], fixed))
        for place, stage in enumerate(row.stages)
    )


def _stage(
    stage: Stage, cells: tuple[str, ...], earlier: tuple[Stage, ...], fixed: Mapping[str, float]
) -> Operation:
    names = (*cells, *(before.name for before in earlier), *fixed)

    def build(sp: SymPy, x: list[Expression]) -> Expression:
        return stage.formula(sp, ingredients(x[:_GIVEN], names, x[_GIVEN:], len(cells), len(fixed)))

    return Scalar(_GIVEN + len(cells) + len(earlier), build, fixed=fixed)


def ingredients(
    given: list[Expression],
    names: tuple[str, ...],
    values: list[Expression],
    cells: int,
    parameters: int,
) -> Ingredients:
    """Sort what stands behind w, g, η, t: memory cells, results of earlier stages, the rule's own parameters."""
    named = list(zip(names, values, strict=True))
    split = len(named) - parameters
    memory, results, own = dict(named[:cells]), dict(named[cells:split]), dict(named[split:])
    weight, gradient, learning_rate, time = given
    return Ingredients(weight, gradient, learning_rate, time, memory, own, results)


@lru_cache(maxsize=16)
def learning_term(name: str, *, only_on_error: bool, has_input: bool) -> Operation:
    """Return one term of a learning rule; arguments: y, ŷ, z and, but for a bias, the input x."""
    row = LEARNING_RULES[name]

    def build(sp: SymPy, x: list[Expression]) -> Expression:
        factor = row.factor(sp, x[0], x[1], x[2], only_on_error)
        return factor * x[3] if has_input else factor

    return Scalar(3 + has_input, build)


@lru_cache(maxsize=16)
def learning_step(name: str, *, only_on_error: bool, has_input: bool) -> Operation:
    """Return w ± η · term, the whole rule where there is one term; arguments: w, η, then those of the term."""
    row = LEARNING_RULES[name]

    def build(sp: SymPy, x: list[Expression]) -> Expression:
        factor = row.factor(sp, x[2], x[3], x[4], only_on_error)
        term = factor * x[5] if has_input else factor
        return x[0] + x[1] * term if row.sign > 0 else x[0] - x[1] * term

    return Scalar(5 + has_input, build)


@lru_cache(maxsize=16)
def learning_move(name: str) -> Operation:
    """Return w ± η · change; arguments: w, η, change."""
    if LEARNING_RULES[name].sign > 0:
        return Scalar(3, lambda sp, x: x[0] + x[1] * x[2])
    return Scalar(3, lambda sp, x: x[0] - x[1] * x[2])


def reduced(terms: int, samples: int, reduction: str) -> Operation:
    """Return the sum of the terms of a whole batch, divided by its number of samples where the mean is taken."""
    return Reduction(terms, divisor=samples if reduction == "mean" else 1)


@lru_cache(maxsize=64)
def penalty(name: str, count: int, chosen: ChosenParameters = ()) -> Operation:
    """Return a penalty over `count` weights or predictions."""
    row = PENALTIES[name]
    fixed = {**row.parameters, **dict(chosen)}
    stable, textbook = row.stable, row.textbook
    factor = Scalar(0, lambda sp, x: row.factor(sp, dict(zip(fixed, x, strict=True))), fixed=fixed)
    term = Scalar(
        1,
        lambda sp, x: row.term(sp, x[0]),
        stable=(lambda sp, x: stable(sp, x[0])) if stable else None,
        written=(lambda sp, x: textbook(sp, x[0])) if textbook else None,
    )
    return ScaledSum(factor, term, penalty_slope(name, chosen), count)


@lru_cache(maxsize=64)
def penalty_slope(name: str, chosen: ChosenParameters = ()) -> Scalar:
    """Return the derivative of a penalty by one weight or prediction, as a book prints it."""
    row = PENALTIES[name]
    fixed = {**row.parameters, **dict(chosen)}
    return Scalar(
        1,
        lambda sp, x: row.textbook_partial(sp, x[0], dict(zip(fixed, x[1:], strict=True))),
        fixed=fixed,
    )


@lru_cache(maxsize=64)
def learning_rate(schedule: str, chosen: ChosenParameters = ()) -> Operation:
    """Return the learning rate of an epoch; arguments: the first learning rate, the number of epochs completed."""
    row = SCHEDULES[schedule]
    fixed = {**row.parameters, **dict(chosen)}
    return Scalar(
        2,
        lambda sp, x: row.formula(sp, x[0], x[1], dict(zip(fixed, x[2:], strict=True))),
        fixed=fixed,
    )


@lru_cache(maxsize=64)
def norm(count: int) -> Operation:
    """Return ‖g‖ of a gradient of `count` components."""
    return Norm(count)


@lru_cache(maxsize=64)
def clipping_factor(threshold: float) -> Operation:
    """Return what a gradient is multiplied by, θ/‖g‖ where it is longer than θ; argument: ‖g‖.

    Source: Pascanu, Mikolov, Bengio: On the difficulty of training recurrent neural networks (2013), algorithm 1. PyTorch's
    clip_grad_norm_ divides by ‖g‖ + 10⁻⁶.
    """
    return Scalar(
        1,
        lambda sp, x: sp.Piecewise((x[1] / x[0], x[0] > x[1]), (sp.Integer(1), True)),
        fixed={"threshold": threshold},
    )


@lru_cache(maxsize=1)
def scaled_gradient() -> Operation:
    """Return a component of a clipped gradient; arguments: the factor, the component."""
    return Scalar(2, lambda sp, x: x[0] * x[1])


@lru_cache(maxsize=64)
def clipped_value(threshold: float) -> Operation:
    """Return a component of a gradient cut off at ±θ, as torch.nn.utils.clip_grad_value_ does."""
    return Scalar(
        1,
        lambda sp, x: sp.Piecewise((x[1], x[0] > x[1]), (-x[1], x[0] < -x[1]), (x[0], True)),
        written=lambda sp, x: sp.Max(-x[1], sp.Min(x[1], x[0])),
        fixed={"threshold": threshold},
    )
