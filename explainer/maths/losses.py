"""The losses of one sample with K outputs: one row each, nothing else to edit.

Targets are y, predictions ŷ, called `t` and `a` here. `stable` forms are the same functions written so that no double
loses its digits; a test proves every pair equal.
"""

from __future__ import annotations

import math

from explainer.maths import stable_forms
from explainer.maths.rows import Expression, LossRow, Parameters, SymPy, total
from explainer.messages import message


def _mean(sp: SymPy, terms: list[Expression]) -> Expression:
    return total(terms) if len(terms) == 1 else sp.Rational(1, len(terms)) * total(terms)


def _times(factor: Expression, expression: Expression) -> Expression:
    return expression if factor == 1 else factor * expression


def _part_of(sp: SymPy, outputs: int, expression: Expression) -> Expression:
    """Divide by the number of outputs, as the mean over them does."""
    return _times(sp.Rational(1, outputs), expression)


def _asymmetric_partial(sp: SymPy, t: Expression, a: Expression, p: Parameters) -> Expression:
    return sp.Piecewise((2 * p["a"] * (a - t), t - a < 0), (2 * p["b"] * (a - t), True))


def _huber(sp: SymPy, t: Expression, a: Expression, p: Parameters) -> Expression:
    distance = sp.Abs(a - t)
    return sp.Piecewise(
        (sp.Rational(1, 2) * (a - t) ** 2, distance <= p["delta"]),
        (p["delta"] * (distance - sp.Rational(1, 2) * p["delta"]), True),
    )


def _huber_stable(sp: SymPy, t: Expression, a: Expression, p: Parameters) -> Expression:
    half = sp.Rational(1, 2) * p["delta"]
    return sp.Piecewise(
        (p["delta"] * (a - t - half), a - t > p["delta"]),
        (p["delta"] * (t - a - half), t - a > p["delta"]),
        (sp.Rational(1, 2) * (a - t) ** 2, True),
    )


def _times_log(sp: SymPy, factor: Expression, logarithm: Expression) -> Expression:
    # 0·ln 0 = 0, the limit of x ln x.
    return sp.Piecewise((sp.Integer(0), sp.Eq(factor, 0)), (factor * logarithm, True))


def _log1p(x: Expression) -> Expression:
    from sympy.codegen.cfunctions import log1p

    return log1p(x)


def _percentage(sp: SymPy, t: Expression, a: Expression) -> Expression:
    return sp.Abs(a - t) / (sp.Abs(a) + sp.Abs(t))


def _guarded_percentage(sp: SymPy, t: Expression, a: Expression) -> Expression:
    return sp.Piecewise(
        (sp.Integer(0), sp.Eq(sp.Abs(a) + sp.Abs(t), 0)), (_percentage(sp, t, a), True)
    )


def _percentage_stable(sp: SymPy, t: Expression, a: Expression) -> Expression:
    """Return |ŷ − y| / (|ŷ| + |y|) by cases: opposite signs give 1, and equal ones leave no absolute value.

    Far above the target 1 − 2y/(ŷ + y) keeps the digits of the derivative, near it the plain quotient those of the value.
    """
    same_sign = sp.Or(sp.And(a > 0, t > 0), sp.And(a < 0, t < 0))
    far_above = sp.Or(sp.And(t > 0, a > 2 * t), sp.And(t < 0, a < 2 * t))
    above = sp.Or(sp.And(t > 0, a > t), sp.And(t < 0, a < t))
    return sp.Piecewise(
        (sp.Integer(0), sp.Eq(a, t)),
        # At ŷ = 0 every |x| has the derivative 0, which leaves −1/y.
        (1 - a / t, sp.Eq(a, 0)),
        (sp.Integer(1), sp.Not(same_sign)),
        (1 - 2 * t / (a + t), far_above),
        ((a - t) / (a + t), above),
        ((t - a) / (a + t), True),
    )


def _percentage_partial(sp: SymPy, t: Expression, a: Expression) -> Expression:
    whole = sp.Abs(a) + sp.Abs(t)
    return sp.sign(a - t) / whole - sp.sign(a) * sp.Abs(a - t) / whole**2


_ROWS = (
    LossRow(
        name="half_squared_error",
        label=message("half squared error"),
        formula=lambda sp, y, out, p: total(
            [sp.Rational(1, 2) * (a - t) ** 2 for t, a in zip(y, out, strict=True)]
        ),
        textbook_partial=lambda sp, t, a, k, p: a - t,
        made_of="squares",
        source="Rumelhart, Hinton, Williams (1986), equation 3",
    ),
    LossRow(
        name="squared_error",
        label=message("squared error"),
        formula=lambda sp, y, out, p: total([(a - t) ** 2 for t, a in zip(y, out, strict=True)]),
        textbook_partial=lambda sp, t, a, k, p: 2 * (a - t),
        made_of="squares",
        source="Legendre (1805), Gauss (1809): least squares",
    ),
    LossRow(
        name="mean_squared_error",
        label=message("mean squared error"),
        formula=lambda sp, y, out, p: _mean(
            sp, [(a - t) ** 2 for t, a in zip(y, out, strict=True)]
        ),
        textbook_partial=lambda sp, t, a, k, p: _times(sp.Rational(2, k), a - t),
        is_mean=True,
        made_of="squares",
        source="torch.nn.MSELoss; the mean is over the K outputs of one sample",
    ),
    LossRow(
        name="mean_absolute_error",
        label=message("mean absolute error"),
        formula=lambda sp, y, out, p: _mean(
            sp, [sp.Abs(a - t) for t, a in zip(y, out, strict=True)]
        ),
        stable=lambda sp, y, out, p: _mean(
            sp, [stable_forms.absolute(sp, a - t) for t, a in zip(y, out, strict=True)]
        ),
        textbook_partial=lambda sp, t, a, k, p: _part_of(sp, k, sp.sign(a - t)),
        kinks=lambda sp, t, a, p: [a - t],
        convention=message(
            "Where the prediction equals its target, |ŷ − y| has no derivative; it is taken as 0, as in PyTorch."
        ),
        is_mean=True,
        made_of="sizes",
        source="Laplace (1774): least absolute deviations; torch.nn.L1Loss; the mean is over the K outputs of one sample",
    ),
    LossRow(
        name="asymmetric_squared_error",
        label=message("asymmetric squared error"),
        formula=lambda sp, y, out, p: total(
            [
                sp.Piecewise((p["a"] * (a - t) ** 2, t - a < 0), (p["b"] * (a - t) ** 2, True))
                for t, a in zip(y, out, strict=True)
            ]
        ),
        textbook_partial=lambda sp, t, a, k, p: _asymmetric_partial(sp, t, a, p),
        parameters={"a": 1.0, "b": 2.0},
        convention=message(
            "Predicting too much (y − ŷ < 0) is weighted with a, predicting too little with b."
        ),
        made_of="squares",
        source="the lectures' loss for unequal costs; Newey, Powell: Asymmetric least squares estimation and testing (1987)",
    ),
    LossRow(
        name="huber",
        label=message("Huber loss"),
        formula=lambda sp, y, out, p: total(
            [_huber(sp, t, a, p) for t, a in zip(y, out, strict=True)]
        ),
        stable=lambda sp, y, out, p: total(
            [_huber_stable(sp, t, a, p) for t, a in zip(y, out, strict=True)]
        ),
        textbook_partial=lambda sp, t, a, k, p: sp.Piecewise(
            (a - t, sp.Abs(a - t) <= p["delta"]), (p["delta"] * sp.sign(a - t), True)
        ),
        parameters={"delta": 1.0},
        made_of="bordered squares",
        source="Huber: Robust estimation of a location parameter (1964); torch.nn.HuberLoss; summed over the K outputs",
    ),
    LossRow(
        name="hinge",
        label=message("hinge loss"),
        formula=lambda sp, y, out, p: total(
            [
                sp.Piecewise((1 - t * a, 1 - t * a > 0), (sp.Integer(0), True))
                for t, a in zip(y, out, strict=True)
            ]
        ),
        textbook=lambda sp, y, out, p: total(
            [sp.Max(sp.Integer(0), 1 - t * a) for t, a in zip(y, out, strict=True)]
        ),
        textbook_partial=lambda sp, t, a, k, p: sp.Piecewise(
            (-t, t * a < 1), (sp.Integer(0), True)
        ),
        kinks=lambda sp, t, a, p: [1 - t * a],
        convention=message(
            "The targets are −1 and 1. Where yŷ = 1 the derivative is taken as 0, that of the flat side."
        ),
        output="tanh",
        classes=(-1.0, 1.0),
        source="Cortes, Vapnik: Support-vector networks (1995); summed over the K outputs",
    ),
    LossRow(
        name="binary_cross_entropy",
        label=message("binary cross-entropy"),
        formula=lambda sp, y, out, p: (
            -total(
                [
                    _times_log(sp, t, sp.log(a)) + _times_log(sp, 1 - t, sp.log(1 - a))
                    for t, a in zip(y, out, strict=True)
                ]
            )
        ),
        textbook=lambda sp, y, out, p: (
            -total([t * sp.log(a) + (1 - t) * sp.log(1 - a) for t, a in zip(y, out, strict=True)])
        ),
        # ln(1 − ŷ) loses the digits of a small ŷ.
        stable=lambda sp, y, out, p: (
            -total(
                [
                    _times_log(sp, t, sp.log(a)) + _times_log(sp, 1 - t, _log1p(-a))
                    for t, a in zip(y, out, strict=True)
                ]
            )
        ),
        textbook_partial=lambda sp, t, a, k, p: -t / a + (1 - t) / (1 - a),
        output="sigmoid",
        cancels=True,
        convention=message("0 · ln 0 counts as 0, the limit of x ln x."),
        predictions=(0.0, 1.0),
        targets=(0.0, 1.0),
        classes=(0.0, 1.0),
        made_of="logarithms of both",
        source="Good: Rational decisions (1952); torch.nn.BCELoss; summed over the K outputs",
    ),
    LossRow(
        name="cross_entropy",
        label=message("cross-entropy"),
        formula=lambda sp, y, out, p: (
            -total([_times_log(sp, t, sp.log(a)) for t, a in zip(y, out, strict=True)])
        ),
        textbook=lambda sp, y, out, p: -total([t * sp.log(a) for t, a in zip(y, out, strict=True)]),
        textbook_partial=lambda sp, t, a, k, p: -t / a,
        convention=message("0 · ln 0 counts as 0, the limit of x ln x."),
        predictions=(0.0, math.inf),
        targets=(0.0, math.inf),
        output="softmax",
        cancels=True,
        classes=(0.0, 1.0),
        made_of="logarithms",
        source="Bridle: Probabilistic interpretation of feedforward classification network outputs (1990); torch.nn.NLLLoss of ln ŷ",
    ),
    LossRow(
        name="smape",
        label=message("symmetric mean absolute percentage error (SMAPE)"),
        formula=lambda sp, y, out, p: _mean(
            sp, [_guarded_percentage(sp, t, a) for t, a in zip(y, out, strict=True)]
        ),
        textbook=lambda sp, y, out, p: _mean(
            sp, [_percentage(sp, t, a) for t, a in zip(y, out, strict=True)]
        ),
        stable=lambda sp, y, out, p: _mean(
            sp, [_percentage_stable(sp, t, a) for t, a in zip(y, out, strict=True)]
        ),
        textbook_partial=lambda sp, t, a, k, p: _part_of(sp, k, _percentage_partial(sp, t, a)),
        kinks=lambda sp, t, a, p: [a - t, a],
        convention=message(
            "0/0 counts as 0. Where |ŷ − y| or |ŷ| has no derivative, it is taken as 0, as in PyTorch."
        ),
        is_mean=True,
        source="Makridakis: Accuracy measures (1993); the lectures' example of a graph; the mean is over the K outputs",
    ),
)

LOSSES: dict[str, LossRow] = {row.name: row for row in _ROWS}
