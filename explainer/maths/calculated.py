"""The value of a little calculation that a learner writes for a number, such as 0.5·(1 − 0.5)."""

from __future__ import annotations

import math
import re

from explainer.messages import Refused

_SIGNS = str.maketrans("−–·⋅∙×÷:", "--****//")
# As pages print them, and as they are typed.
_WRITTEN = (
    (r"^\s*≈", ""),
    (r"√", "sqrt"),
    (r"π", "pi"),
    (r"σ(?=\()", "sigmoid"),
    (r"(?<![a-z])ln(?=\()", "log"),
    # Not 2½, which would be a product.
    (r"(?<![0-9.)])½", "(1/2)"),
    # A number or a bracket in front of a bracket multiplies it; what ends in a digit and begins with a letter is a name.
    (r"(\)|(?<![\w.])[0-9.]+)\s*(?=\()", r"\1*"),
)
# Digits on both sides, no blank: a comma between the arguments of a function has one.
_DECIMAL_COMMA = r"(?<=[0-9]),(?=[0-9])"


def calculated(text: str) -> float | None:
    """Return what a calculation gives, None where the text is none; too large a result is infinite.

    It is read by the allow-list of formulas and has no names but functions, π and e.
    """
    # Imported here: most answers are plain numbers.
    from explainer.maths.constants import constant_value
    from explainer.maths.expression import parse_formula

    plain = re.sub(_DECIMAL_COMMA, ".", text.strip().translate(_SIGNS))
    for written, typed in _WRITTEN:
        plain = re.sub(written, typed, plain)
    try:
        formula = parse_formula(plain)
    except Refused:
        return None
    statement = formula.statements[0]
    if formula.variables or len(formula.statements) != 1 or statement.name is not None:
        return None
    value = constant_value(statement.tree, {"tanh": math.tanh, "sigmoid": _sigmoid})
    return None if value is None else value + 0.0


def _sigmoid(z: float) -> float:
    # The exponential of a large number would be none.
    share = math.exp(-abs(z))
    return (1 if z > 0 else share) / (1 + share)
