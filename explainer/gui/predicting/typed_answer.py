"""A number as a learner types it: a decimal, a fraction, or a little calculation such as 0.5·(1 − 0.5)."""

from __future__ import annotations

import math
import re

from explainer.gui.canvas.typed_number import typed_number
from explainer.maths.constants import constant_value
from explainer.messages import Refused, message

# Any double can be an answer.
_LARGEST = float("inf")
_SIGNS = str.maketrans("−–·×÷:", "--**//")
# Digits on both sides, no blank: a comma between the arguments of a function has one.
_DECIMAL_COMMA = r"(?<=[0-9]),(?=[0-9])"


def typed_answer(text: str) -> float:
    """Return the number that was typed or calculated; Refused with one sentence where there is none.

    A calculation is read by the allow-list of formulas and has no names but functions, π and e.
    """
    try:
        return typed_number(text, _LARGEST)
    except Refused:
        value = _calculated(text)
        if value is None:
            raise
        return value


def _calculated(text: str) -> float | None:
    # Imported here: most answers are plain numbers.
    from explainer.maths.expression import parse_formula

    plain = re.sub(_DECIMAL_COMMA, ".", text.strip().translate(_SIGNS).replace("√", "sqrt"))
    try:
        formula = parse_formula(plain)
    except Refused:
        return None
    statement = formula.statements[0]
    if formula.variables or len(formula.statements) != 1 or statement.name is not None:
        return None
    value = constant_value(statement.tree)
    if value is None:
        return None
    if not math.isfinite(value):
        raise Refused(message("The number must be finite."))
    return value + 0.0
