"""Whether the formula of a lesson can be read, and every variable in it has a value."""

from __future__ import annotations

from explainer.lesson.entries import check_finite
from explainer.lesson.faults import quoted, refused
from explainer.lesson.json_text import below
from explainer.lesson.lesson import Expression
from explainer.maths.expression import may_be_variable, parse_formula
from explainer.messages import Refused, message

_FORMULA, _VALUES = "expression.formula", "expression.values"


def check_formula(expression: Expression) -> None:
    """Raise Refused, naming the place, unless the formula can be computed with these values and needs all of them."""
    for name, value in expression.values.items():
        place = below(_VALUES, name)
        if not may_be_variable(name):
            fault = message('"{name}" cannot be the name of a value', name=quoted(name))
            raise refused(place, fault)
        check_finite(value, place)
    try:
        formula = parse_formula(expression.formula, frozenset(expression.values))
    except Refused as error:
        raise refused(_FORMULA, error.message) from None
    for name in formula.variables:
        if name not in expression.values:
            raise refused(_VALUES, message('there is no value for "{name}"', name=name))
    for name in expression.values:
        if name not in formula.variables:
            raise refused(below(_VALUES, name), message("the formula does not use it"))
