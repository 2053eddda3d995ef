"""A number as a learner types it: a decimal, a fraction, or a little calculation such as 0.5·(1 − 0.5)."""

from __future__ import annotations

import math

from explainer.gui.canvas.typed_number import typed_number
from explainer.maths.calculated import calculated
from explainer.messages import Refused, message

# Any double can be an answer.
_LARGEST = float("inf")


def typed_answer(text: str) -> float:
    """Return the number that was typed or calculated; Refused with one sentence where there is none."""
    try:
        return typed_number(text, _LARGEST)
    except Refused:
        value = calculated(text)
        if value is None:
            raise
        if not math.isfinite(value):
            raise Refused(message("The number must be finite.")) from None
        return value
