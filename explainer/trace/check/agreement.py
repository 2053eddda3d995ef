"""When two derivatives agree: as far as the terms that make them up, and doubles, allow."""

from __future__ import annotations

from collections.abc import Callable

from explainer.maths.composition import Precise
from explainer.messages import Message
from explainer.trace.check.report import CheckRow, Status
from explainer.trace.check.size import Size

DIGITS = 50
# A saturated neuron's derivative lies hundreds of digits below the values it is a difference of; doubles end there too.
MOST_MORE_DIGITS = 350
# Of a central difference, as powers of ten: its error is of the order of the step's square. Where huge numbers make
# the error bend within a step, a far finer one is taken before anything is said to differ.
STEP, FINE_STEP = 20, 350
NEAR_A_KINK = 1e-9
TOLERANCE = 1e-12
DUST = 1e-40
# One rounding of a double is 1.1e-16, an activation or a derivative takes a few; together with the tolerance 1e-15.
ROUNDING = 1e-3


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
    error = apart(found, numeric, size)
    symbolic_error = None if symbolic is None else apart(found, symbolic, size)
    status: Status = "skipped" if symbolic is None else "ok"
    if max(error, symbolic_error or 0.0) > TOLERANCE:
        status = "differs"
    return CheckRow(
        name,
        sample,
        found,
        None if symbolic is None else _without_dust(symbolic, size),
        _without_dust(numeric, size),
        error,
        symbolic_error,
        status,
        reason,
    )


def _without_dust(value: Precise, size: Size) -> float:
    """Return a derivative as a double, 0 where it is no more than what terms leave that cancel to fifty digits."""
    scale = size.terms + ROUNDING * size.rounding
    return 0.0 if abs(value) <= DUST * scale else float(value)


def more_digits(largest: Precise, terms: list[Precise], flattest: Precise) -> int:
    """Return how many digits cancel where the smallest of the terms is added to, or is a difference of, the largest value."""
    import mpmath

    smallest = min((term for term in terms if term), default=mpmath.mpf(1))
    lost = max(1, abs(largest) / smallest, 1 / flattest)
    return min(int(mpmath.ceil(mpmath.log10(lost))), MOST_MORE_DIGITS)


def apart(found: float, other: Precise, size: Size) -> float:
    """Return how far apart two derivatives are, relative to the terms that make them up and what doubles do to them."""
    scale = size.terms + ROUNDING * size.rounding
    distance = abs(found - other)
    if not distance:
        return 0.0
    return float(distance / scale) if scale else float("inf")


def central_difference(changed: Callable[[Precise], Precise], found: float, size: Size) -> Precise:
    """Return the central difference of a function of the change; with a far finer step where the first one differs."""
    coarse = difference(changed)
    return coarse if apart(found, coarse, size) <= TOLERANCE else difference(changed, FINE_STEP)


def difference(changed: Callable[[Precise], Precise], step_digits: int = STEP) -> Precise:
    """Return the central difference of a function of the change, by a step of so many digits."""
    import mpmath

    step = mpmath.mpf(10) ** -step_digits
    with mpmath.workdps(mpmath.mp.dps + 2 * (step_digits - STEP)):
        return (changed(step) - changed(-step)) / (2 * step)
