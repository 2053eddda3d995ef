"""The update rules: one row each, nothing else to edit."""

from __future__ import annotations

from explainer.maths.rows import UpdateRow
from explainer.messages import message

_ROWS = (
    UpdateRow(
        name="sgd",
        label=message("gradient descent (SGD)"),
        formula=lambda sp, q: {"parameter": q.weight - q.learning_rate * q.gradient},
        source="Robbins, Monro: A stochastic approximation method (1951); torch.optim.SGD",
    ),
)

UPDATES: dict[str, UpdateRow] = {row.name: row for row in _ROWS}
