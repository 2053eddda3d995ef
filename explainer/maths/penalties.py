"""The penalties added to the error: one row each, nothing else to edit."""

from __future__ import annotations

import math

from explainer.maths import stable_forms
from explainer.maths.update_rows import PenaltyRow
from explainer.messages import message

_ROWS = (
    PenaltyRow(
        name="l2",
        label=message("L2 (weight decay)"),
        idea=message(
            "Large weights cost extra: half the sum of their squares, times λ. Biases are free."
        ),
        acts_on="weights",
        factor=lambda sp, p: p["rate"] * sp.Rational(1, 2),
        term=lambda sp, x: x**2,
        textbook_partial=lambda sp, x, p: p["rate"] * x,
        parameters={"rate": 0.01},
        source="Krogh, Hertz: A simple weight decay can improve generalization (1991); the lectures' λ‖W‖₂ means the square",
    ),
    PenaltyRow(
        name="l1",
        label=message("L1"),
        idea=message(
            "Every weight costs its size, times λ, which draws small ones to exactly 0. Biases are free."
        ),
        acts_on="weights",
        factor=lambda sp, p: p["rate"],
        term=lambda sp, x: sp.Abs(x),
        stable=stable_forms.absolute,
        textbook_partial=lambda sp, x, p: p["rate"] * sp.sign(x),
        parameters={"rate": 0.01},
        kinks=(0.0,),
        convention=message("At 0 the derivative of |w| is taken as 0, as in PyTorch."),
        source="Tibshirani: Regression shrinkage and selection via the lasso (1996)",
    ),
    PenaltyRow(
        name="entropy",
        label=message("entropy of the predictions"),
        idea=message(
            "λ times the entropy of the predictions is added: with λ > 0 doubtful answers cost extra, with λ < 0 confident ones."
        ),
        acts_on="predictions",
        factor=lambda sp, p: -p["rate"],
        term=lambda sp, x: sp.Piecewise((sp.Integer(0), sp.Eq(x, 0)), (x * sp.log(x), True)),
        textbook=lambda sp, x: x * sp.log(x),
        textbook_partial=lambda sp, x, p: -p["rate"] * (sp.log(x) + 1),
        parameters={"rate": 0.01},
        kinks=(0.0,),
        predictions=(0.0, math.inf),
        made_of="logarithms",
        convention=message(
            "0 · ln 0 counts as 0, the limit of x ln x; the derivative at 0, which is infinite, is taken as 0."
        ),
        source="the lectures' sign; Pereyra, Tucker, Chorowski, Kaiser, Hinton: Regularizing neural networks by penalizing confident output distributions (2017) use the other",
    ),
)

PENALTIES: dict[str, PenaltyRow] = {row.name: row for row in _ROWS}
