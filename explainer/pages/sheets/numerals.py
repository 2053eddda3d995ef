"""Numbers as learners write them: with comma or point, a true minus sign, a power of ten, as a fraction."""

from __future__ import annotations

import math
import re

from explainer.maths.calculated import calculated

# A whole table is read at once: what is longer than anybody calculates in a cell is not looked into.
_LONGEST_CALCULATION = 100
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<mantissa>\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})"
    r"(?:(?:[eE]|[·*×x]10\^?)(?P<power>[-+]?\d{1,3}))?"
)
_FRACTION = re.compile(r"(?P<sign>[-+]?)(?P<top>\d{1,15})/(?P<bottom>\d{1,15})")


def read_number(text: str) -> float | None:
    """Return the number a text is, None where it is none."""
    plain = "".join(text.split()).replace("−", "-").replace("–", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    fraction = _FRACTION.fullmatch(plain)
    if fraction:
        bottom = int(fraction["bottom"])
        value = int(fraction["top"]) / bottom if bottom else math.nan
        return None if math.isnan(value) else _signed(fraction["sign"], value)
    # A raised digit is an exponent only behind a ten.
    ten = re.sub(
        r"10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+)$", lambda found: "10^" + found[1].translate(_SUPERSCRIPTS), plain
    )
    if re.fullmatch(r"[-+]?10\^[-+]?\d{1,3}", ten):
        ten = ten.replace("10^", "1e")
    found = _NUMBER.fullmatch(ten)
    if found is None:
        return None
    value = float(f"{found['mantissa']}e{found['power'] or 0}")
    return _signed(found["sign"], value) if math.isfinite(value) else None


def read_answer(text: str) -> float | None:
    """Return the number a text is or, as where results are predicted, comes to when calculated; None where it is none."""
    number = read_number(text)
    if number is None and len(text) <= _LONGEST_CALCULATION:
        number = calculated(text)
    return number if number is not None and math.isfinite(number) else None


def is_number(text: str) -> bool:
    """Tell whether a text is a number."""
    return read_number(text) is not None


def _signed(sign: str, value: float) -> float:
    return -value if sign == "-" else value
