"""Operations across units and samples: softmax, maxout, dropout, batch normalisation. Each is one expression, like any other."""

from __future__ import annotations

from functools import lru_cache

from explainer.maths.extremum import Extremum
from explainer.maths.operation import Operation, Scalar
from explainer.maths.rows import Expression, SymPy, total


@lru_cache(maxsize=512)
def softmax(index: int, count: int) -> Operation:
    """Return one component of softmax, e^zᵢ / Σ e^zⱼ, as a function of all its arguments."""

    def stable(sp: SymPy, x: list[Expression]) -> Expression:
        # The same fraction divided through by its numerator: nothing overflows unless one z is far above this one.
        return 1 / total([sp.exp(value - x[index]) for value in x])

    def written_partial(sp: SymPy, x: list[Expression], result: Expression, at: int) -> Expression:
        if at == index:
            return result * (1 - result)
        return -result * sp.exp(x[at]) / total([sp.exp(value) for value in x])

    return Scalar(
        count,
        lambda sp, x: sp.exp(x[index]) / total([sp.exp(value) for value in x]),
        stable=stable,
        written_partial=written_partial,
    )


def maxout(count: int) -> Operation:
    """Return the largest of `count` linear pieces; at a tie the first takes the derivative."""
    return Extremum(count)


@lru_cache(maxsize=64)
def dropout(rate: float, scaling: str, *, training: bool) -> Operation:
    """Return what is left of an activation: a·m with the mask m in training, a with the expected share kept when applied.

    Arguments: a, m. Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: Dropout (2014).
    """
    kept = repr(round(1 - rate, 15))

    def build(sp: SymPy, x: list[Expression]) -> Expression:
        share = sp.Rational(kept)
        if training:
            return x[0] * x[1] / share if scaling == "inverted" else x[0] * x[1]
        return x[0] if scaling == "inverted" else share * x[0]

    return Scalar(2, build)


@lru_cache(maxsize=64)
def batch_variance(count: int) -> Operation:
    """Return the variance of a batch around its mean; arguments: the mean, then the `count` values."""

    def build(sp: SymPy, x: list[Expression]) -> Expression:
        return sp.Rational(1, count) * total([(value - x[0]) ** 2 for value in x[1:]])

    def written_partial(sp: SymPy, x: list[Expression], _: Expression, at: int) -> Expression:
        if at == 0:
            return sp.Rational(-2, count) * total([value - x[0] for value in x[1:]])
        return sp.Rational(2, count) * (x[at] - x[0])

    return Scalar(count + 1, build, written_partial=written_partial)


@lru_cache(maxsize=64)
def normalised(epsilon: float) -> Operation:
    """Return (z − μ)/√(σ² + ε); arguments: z, μ, σ². Source: Ioffe, Szegedy: Batch normalization (2015), algorithm 1."""

    def build(sp: SymPy, x: list[Expression]) -> Expression:
        return (x[0] - x[1]) / sp.sqrt(x[2] + sp.Rational(repr(epsilon)))

    def written_partial(sp: SymPy, x: list[Expression], result: Expression, at: int) -> Expression:
        spread = x[2] + sp.Rational(repr(epsilon))
        forms = (1 / sp.sqrt(spread), -1 / sp.sqrt(spread), -result / (2 * spread))
        return forms[at]

    return Scalar(3, build, written_partial=written_partial)


@lru_cache(maxsize=1)
def scaled() -> Operation:
    """Return γ·x + β; arguments: γ, x, β."""

    def written_partial(sp: SymPy, x: list[Expression], _: Expression, at: int) -> Expression:
        return (x[1], x[0], sp.Integer(1))[at]

    return Scalar(3, lambda sp, x: x[0] * x[1] + x[2], written_partial=written_partial)
