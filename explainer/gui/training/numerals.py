"""Numbers of the training view as they are written."""

from __future__ import annotations

import math

from explainer.maths.numbers import localised, shown

_NARROW_SPACE = "\u202f"
_DIGITS = 3


def count_text(count: int) -> str:
    """Return a whole number with its thousands apart."""
    return f"{count:,}".replace(",", _NARROW_SPACE)


def loss_text(value: float | None, language: str) -> str:
    """Return a loss with three digits, a dash where there is none."""
    if value is None:
        return "–"
    return shown(value, _DIGITS, language) if math.isfinite(value) else "∞"


def share_text(share: float | None, language: str) -> str:
    """Return a share in per cent; one that is not whole is never written as all or nothing."""
    if share is None:
        return "–"
    text = f"{100 * share:.1f}".removesuffix(".0")
    if text in ("100", "0") and 0 < share < 1:
        text = "99.9" if text == "100" else "0.1"
    return f"{localised(text, language)}{_NARROW_SPACE}%"
