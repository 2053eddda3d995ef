"""Numbers as people type them, and as a field shows them for editing."""

from __future__ import annotations

import re

from explainer.maths.numbers import localised
from explainer.messages import Refused, message

LARGEST = 1e6
# Compiled when somebody types, not before the first frame.
_NUMBER = r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]{1,4})?"
# A number copied from a formula: 1.2·10⁻⁷.
_POWER = r"[·×]10(?=[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺])"
_PLAIN = str.maketrans("−–⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "--0123456789-+")


def typed_number(text: str, largest: float = LARGEST) -> float:
    """Return the number that was typed; Refused with one sentence where it is none or too large.

    A decimal comma, a typographic minus and powers such as 1e-3 or 1.2·10⁻³ are understood.
    """
    plain = re.sub(_POWER, "e", text.strip()).translate(_PLAIN)
    if not plain:
        raise Refused(message("Type a number, for example 0.5."))
    if plain.lstrip("+-").lower() in {"inf", "infinity", "nan", "∞"}:
        raise Refused(message("The number must be finite."))
    if not re.fullmatch(_NUMBER, plain):
        shown = _short(text.strip())
        raise Refused(message("“{text}” is not a number: type one such as 0.5 or −2.", text=shown))
    value = float(plain.replace(",", "."))
    if abs(value) > largest:
        raise Refused(message("The number must lie between −1 000 000 and 1 000 000."))
    # Minus nothing is nothing.
    return value + 0.0


def editable_text(value: float, language: str) -> str:
    """Return a number for editing: all its digits, none that are not needed."""
    return localised(repr(value).removesuffix(".0").replace("-", "−"), language)


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"
