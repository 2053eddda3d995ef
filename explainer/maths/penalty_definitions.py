"""What one weight or prediction adds to the penalty, from the definition, for `explainer check`."""

from __future__ import annotations

from functools import lru_cache

from explainer.maths.exact import Exact, Written
from explainer.maths.operations import ChosenParameters
from explainer.maths.penalties import PENALTIES
from explainer.maths.rows import constants


@lru_cache(maxsize=16)
def exact_penalty(name: str, chosen: ChosenParameters) -> Exact:
    """Return the penalty of one weight or prediction x."""
    import sympy

    row = PENALTIES[name]
    factor = row.factor(sympy, constants(sympy, row.parameters, chosen))
    return Written(
        1,
        lambda x: factor * row.term(sympy, x[0]),
        kinks=lambda x: [x[0] - kink for kink in row.kinks],
    )
