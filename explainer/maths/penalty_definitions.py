"""What `explainer check` needs of the penalties: each row as an exact function, from its definition alone.

Values are mpmath numbers of the precision in force.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from explainer.maths.composition import Precise, active_branch, in_precision, slope_of, symbol
from explainer.maths.operations import ChosenParameters
from explainer.maths.penalties import PENALTIES
from explainer.maths.rows import Expression, constants
from explainer.maths.update_rows import PenaltyRow


@lru_cache(maxsize=16)
def penalty_term(name: str, chosen: ChosenParameters) -> Callable[[Precise], Precise]:
    """Return what one weight or prediction adds to the penalty, in mpmath."""
    x = symbol("x")
    return in_precision([x], _term(PENALTIES[name], chosen, x))


@lru_cache(maxsize=16)
def penalty_slopes(name: str, chosen: ChosenParameters) -> Callable[[Precise], list[Precise]]:
    """Return x ↦ [R′, R″] of one weight or prediction, in mpmath."""
    x = symbol("x")
    slope = slope_of(_term(PENALTIES[name], chosen, x), x)
    return in_precision([x], [slope, slope_of(slope, x)])


def composed_penalty(
    name: str, chosen: ChosenParameters, values: Sequence[tuple[Expression, Precise]]
) -> Expression:
    """Return the penalty composed with expressions, each given with its value, which chooses the branch at a kink."""
    import sympy

    x, row = symbol("x"), PENALTIES[name]
    term = _term(row, chosen, x)
    return sympy.Add(
        *(active_branch(term, {x: value}).xreplace({x: written}) for written, value in values)
    )


def is_near_penalty_kink(name: str, value: Precise, distance: float) -> bool:
    """Tell whether a weight lies where the penalty has no derivative."""
    return any(abs(value - kink) <= distance for kink in PENALTIES[name].kinks)


def _term(row: PenaltyRow, chosen: ChosenParameters, x: Expression) -> Expression:
    import sympy

    return row.factor(sympy, constants(sympy, row.parameters, chosen)) * row.term(sympy, x)
