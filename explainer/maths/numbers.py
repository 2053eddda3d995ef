"""How a number is written for people: significant digits, minus sign, decimal comma. Needs no SymPy.

Rounding is done in decimal on the shortest text that identifies the double, so that 2.675 gives 2.68 as by
hand; what is shown never feeds a later value. The last bits of a sum are noise on paper: 0.25·0.05 + 0.3·0.1 + 0.35
is 0.39249999999999996 as doubles and 0.3925 by hand, so fifteen digits are kept first, as spreadsheets do.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

MINUS = "−"
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
# Outside 10⁻⁴ … 10⁷ a power of ten reads better than a row of zeros.
_SMALLEST_PLAIN = -4
_LARGEST_PLAIN = 7
# Every decimal of so many digits survives being a double.
_SOUND = 15


class Shown(NamedTuple):
    """A rounded number: sign, digits with their point, power of ten (0 for none), and whether rounding changed it."""

    negative: bool
    mantissa: str
    exponent: int
    rounded: bool


@lru_cache(maxsize=4096)
def rounded(value: float, digits: int) -> Shown:
    """Round to `digits` significant digits, half away from zero; trailing zeros are dropped."""
    if not math.isfinite(value):
        return Shown(value < 0, "∞" if math.isinf(value) else "NaN", 0, False)
    exact = Decimal(repr(value))
    if not exact:
        return Shown(False, "0", 0, False)
    short = _quantized(_quantized(exact, max(digits, _SOUND)), digits)
    exponent = short.adjusted()
    changed = abs(short - exact) > abs(exact) * Decimal("1e-12")
    if exponent < _SMALLEST_PLAIN or exponent >= max(_LARGEST_PLAIN, digits):
        mantissa, power = short.scaleb(-exponent), exponent
    else:
        mantissa, power = short, 0
    text = format(abs(mantissa), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Shown(short < 0, text, power, changed)


def _quantized(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(number.adjusted() - digits + 1), ROUND_HALF_UP)


def is_rounded(value: float, digits: int) -> bool:
    """Tell whether showing this many digits hides something (then ≈ is written, not =)."""
    return rounded(value, digits).rounded


def localised(digits: str, language: str) -> str:
    """Return the digits of a number with the decimal sign of a language."""
    return digits.replace(".", ",") if language == "ru" else digits


def shown(value: float, digits: int, language: str) -> str:
    """Write a number as plain text, e.g. "−0.227", "1.2·10⁻⁷"; with a comma in Russian."""
    number = rounded(value, digits)
    text = localised(number.mantissa, language)
    if number.exponent:
        power = "10" + str(number.exponent).translate(_SUPERSCRIPTS)
        text = power if text == "1" else f"{text}·{power}"
    return MINUS + text if number.negative else text


def shown_latex(value: float, digits: int, language: str) -> str:
    """Write a number as LaTeX; a decimal comma is braced so that no space follows it."""
    number = rounded(value, digits)
    text = {"∞": "\\infty", "NaN": "\\mathrm{NaN}"}.get(number.mantissa, number.mantissa)
    if language == "ru":
        text = text.replace(".", "{,}")
    if number.exponent:
        power = f"10^{{{number.exponent}}}"
        text = power if text == "1" else f"{text} \\cdot {power}"
    return "-" + text if number.negative else text


def difference(after: float, before: float) -> float:
    """Subtract as on paper, in decimal: the last bits of two close doubles would change digits that are shown."""
    return float(Decimal(repr(after)) - Decimal(repr(before)))


def telling_digits(value: float, before: float | None, digits: int, most: int) -> int:
    """Return how many digits tell a number from the one before it: at least `digits`, at most `most`.

    `digits` where there is none before it, and where not even the most tell them apart.
    """
    if before is None or before == value:
        return digits
    for enough in range(digits, most + 1):
        if rounded(value, enough)[:3] != rounded(before, enough)[:3]:
            return enough
    return digits


def canvas_digits(digits: int) -> int:
    """Return the digits for the graph, where there is less room than in a derivation."""
    return min(max(digits - 2, 2), 6)
