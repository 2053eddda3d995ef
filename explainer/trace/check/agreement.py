"""When two derivatives agree: as far as the terms that make them up, and doubles, allow."""

from __future__ import annotations

from explainer.maths.composition import Precise
from explainer.messages import Message
from explainer.trace.check.report import CheckRow, Status
from explainer.trace.check.size import Size

DIGITS = 50
# A saturated neuron's derivative lies hundreds of digits below the values it is a difference of; doubles end there too.
MOST_MORE_DIGITS = 350
# Of a central difference: its error, of the order of the square, is far below what is compared.
STEP = "1e-20"
# Where the derivative is 0 and the second one jumps, the error of a difference is of the order of the step itself.
SMALLEST_STEP = "1e-300"
NEAR_A_KINK = 1e-9
TOLERANCE = 1e-12
# One rounding of a double is 1.1e-16; an activation or a derivative takes a few of them.
A_FEW_ROUNDINGS = 1e-15
# Doubles end near 1e-308, and their products may have lost digits before: what is smaller compares as zero.
SMALLEST = 1e-290


def compared_row(
    name: str,
    sample: int | None,
    found: float,
    symbolic: Precise | None,
    numeric: Precise,
    size: Size,
    reason: Message | None,
) -> CheckRow:
    """Return the row of a derivative found by back-propagation and the two other ways; `reason` says why SymPy is left out."""
    others = [numeric] if symbolic is None else [numeric, symbolic]
    status: Status = "ok" if symbolic is not None else "skipped"
    if not all(_agree(found, other, size) for other in others):
        status = "differs"
    return CheckRow(
        name,
        sample,
        found,
        None if symbolic is None else float(symbolic),
        float(numeric),
        _relative(found, numeric, size),
        None if symbolic is None else _relative(found, symbolic, size),
        status,
        reason,
    )


def more_digits(largest: Precise, terms: list[Precise], flattest: Precise) -> int:
    """Return how many digits cancel where the smallest of the terms is added to, or is a difference of, the largest value."""
    import mpmath

    smallest = min((term for term in terms if term), default=mpmath.mpf(1))
    lost = max(1, abs(largest) / smallest, 1 / flattest)
    return min(int(mpmath.ceil(mpmath.log10(lost))), MOST_MORE_DIGITS)


def _agree(found: float, other: Precise, size: Size) -> bool:
    allowed = TOLERANCE * size.terms + A_FEW_ROUNDINGS * size.rounding
    return bool(abs(found - other) <= max(allowed, SMALLEST))


def _relative(found: float, other: Precise, size: Size) -> float:
    distance = abs(found - other)
    if distance <= SMALLEST:
        return 0.0
    return float(distance / size.terms) if size.terms else float("inf")
