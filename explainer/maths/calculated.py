"""The value of a little calculation that a learner writes for a number, such as 0.5·(1 − 0.5)."""

from __future__ import annotations

import re

from explainer.messages import Refused

_SIGNS = str.maketrans("−–·×÷:", "--**//")
# Digits on both sides, no blank: a comma between the arguments of a function has one.
_DECIMAL_COMMA = r"(?<=[0-9]),(?=[0-9])"


def calculated(text: str) -> float | None:
    """Return what a calculation gives, None where the text is none; too large a result is infinite.

    It is read by the allow-list of formulas and has no names but functions, π and e.
    """
    # Imported here: most answers are plain numbers.
    from explainer.maths.constants import constant_value
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
    return None if value is None else value + 0.0
