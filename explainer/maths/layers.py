"""Operations across units and samples: maxout, dropout, batch normalisation. Each is one expression, like any other."""

from __future__ import annotations

from functools import lru_cache

from explainer.maths.extremum import Extremum
from explainer.maths.operation import Operation, Scalar
from explainer.maths.rows import Expression, SymPy


def maxout(count: int) -> Operation:
    """Return the largest of `count` linear pieces; at a tie the first takes the derivative."""
    return Extremum(count)


@lru_cache(maxsize=64)
def dropout(rate: float, scaling: str, *, training: bool) -> Operation:
    """Return what is left of an activation: a·m with the mask m in training, a with the expected share kept when applied.

    Arguments: a, m. Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: Dropout (2014).
    """

    def build(_: SymPy, x: list[Expression]) -> Expression:
        kept = 1 - x[2]
        if training:
            return x[0] * x[1] / kept if scaling == "inverted" else x[0] * x[1]
        return x[0] if scaling == "inverted" else kept * x[0]

    def written_partial(sp: SymPy, x: list[Expression], _: Expression, at: int) -> Expression:
        kept = 1 - x[2]
        if at == 1:
            return x[0]
        if training:
            return x[1] / kept if scaling == "inverted" else x[1]
        return sp.Integer(1) if scaling == "inverted" else kept

    return Scalar(2, build, written_partial=written_partial, fixed={"p": rate})


@lru_cache(maxsize=64)
def normalised(epsilon: float) -> Operation:
    """Return (z − μ)/√(σ² + ε); arguments: z, μ, σ². Source: Ioffe, Szegedy: Batch normalization (2015), algorithm 1."""

    def build(sp: SymPy, x: list[Expression]) -> Expression:
        return (x[0] - x[1]) / sp.sqrt(x[2] + x[3])

    def written_partial(sp: SymPy, x: list[Expression], result: Expression, at: int) -> Expression:
        spread = x[2] + x[3]
        forms = (1 / sp.sqrt(spread), -1 / sp.sqrt(spread), -result / (2 * spread))
        return forms[at]

    return Scalar(3, build, written_partial=written_partial, fixed={"epsilon": epsilon})


@lru_cache(maxsize=1)
def scaled() -> Operation:
    """Return γ·x + β; arguments: γ, x, β."""

    def written_partial(sp: SymPy, x: list[Expression], _: Expression, at: int) -> Expression:
        return (x[1], x[0], sp.Integer(1))[at]

    return Scalar(3, lambda sp, x: x[0] * x[1] + x[2], written_partial=written_partial)


@lru_cache(maxsize=64)
def running_mean(momentum: float) -> Operation:
    """Return (1 − α)·r + α·μ; arguments: the average r before, the mean μ of the batch. Source: torch.nn.BatchNorm1d."""
    return Scalar(2, lambda sp, x: (1 - x[2]) * x[0] + x[2] * x[1], fixed={"alpha": momentum})


@lru_cache(maxsize=64)
def running_variance(momentum: float, count: int) -> Operation:
    """Return (1 − α)·r + α·σ²·n/(n − 1); arguments: the average r before, the variance σ² of a batch of n ≥ 2 samples.

    The average is of the unbiased variance, while the batch itself is normalised by the other. Source: torch.nn.BatchNorm1d.
    """

    def build(sp: SymPy, x: list[Expression]) -> Expression:
        return (1 - x[2]) * x[0] + x[2] * (sp.Rational(count, count - 1) * x[1])

    return Scalar(2, build, fixed={"alpha": momentum})
