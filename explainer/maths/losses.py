"""The losses of one sample with K outputs: one row each, nothing else to edit."""

from __future__ import annotations

from explainer.maths.rows import LossRow, total
from explainer.messages import message

_ROWS = (
    LossRow(
        name="half_squared_error",
        label=message("half squared error"),
        formula=lambda sp, y, out, p: total(
            [sp.Rational(1, 2) * (a - t) ** 2 for t, a in zip(y, out, strict=True)]
        ),
        textbook_partial=lambda sp, t, a, k, p: a - t,
        source="Rumelhart, Hinton, Williams (1986), equation 3",
    ),
    LossRow(
        name="squared_error",
        label=message("squared error"),
        formula=lambda sp, y, out, p: total([(a - t) ** 2 for t, a in zip(y, out, strict=True)]),
        textbook_partial=lambda sp, t, a, k, p: 2 * (a - t),
        source="Legendre (1805), Gauss (1809): least squares",
    ),
    LossRow(
        name="mean_squared_error",
        label=message("mean squared error"),
        formula=lambda sp, y, out, p: (
            sp.Rational(1, len(y)) * total([(a - t) ** 2 for t, a in zip(y, out, strict=True)])
        ),
        textbook_partial=lambda sp, t, a, k, p: sp.Rational(2, k) * (a - t),
        source="torch.nn.MSELoss; the mean is over the K outputs of one sample",
    ),
)

LOSSES: dict[str, LossRow] = {row.name: row for row in _ROWS}
