"""The table of scalar activation functions, gathered from the files that hold its rows.

Names and default parameters are PyTorch's. `stable` forms are the same functions written so that no double
overflows or cancels on −1000 … 1000; a test proves every pair equal.
"""

from __future__ import annotations

from explainer.maths import cornered_rows, rectifier_rows, squashing_rows
from explainer.maths.rows import USUAL_INITIALISER, ActivationRow

_ROWS = (*squashing_rows.ROWS, *rectifier_rows.ROWS, *cornered_rows.ROWS)

ACTIVATIONS: dict[str, ActivationRow] = {row.name: row for row in _ROWS}


def initialiser_for(name: str) -> str:
    """Return the name of the initialiser that suits weights into an activation of this name, typed ones and those of whole layers included."""
    row = ACTIVATIONS.get(name)
    return USUAL_INITIALISER if row is None else row.initialiser
