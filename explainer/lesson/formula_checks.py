"""Whether the formula of a lesson can be read, and every variable in it has a value."""

from __future__ import annotations

from explainer.lesson.entries import check_finite
from explainer.lesson.faults import below, quoted, refused
from explainer.lesson.lesson import Expression
from explainer.maths.characters import foreign_letter
from explainer.maths.expression import may_be_variable, parse_formula
from explainer.messages import Refused, message


def check_formula(
    expression: Expression,
    formula_place: str = "expression.formula",
    values_place: str = "expression.values",
) -> None:
    """Raise Refused, naming the place, unless the formula can be read, all its variables have values and all values are used.

    The places are what its two parts are called where they come from.
    """
    for name, value in expression.values.items():
        place = below(values_place, name)
        if not may_be_variable(name):
            fault = message('"{name}" cannot be the name of a value', name=quoted(name))
            raise refused(place, foreign_letter(name) or fault)
        check_finite(value, place)
    try:
        formula = parse_formula(expression.formula, frozenset(expression.values))
    except Refused as error:
        raise refused(formula_place, error.message) from None
    for name in formula.variables:
        if name not in expression.values:
            raise refused(values_place, message('there is no value for "{name}"', name=name))
    for name in expression.values:
        if name not in formula.variables:
            raise refused(below(values_place, name), message("the formula does not use it"))
