"""What was read of a formula, written out again, and what was said where it was refused."""

import pytest

from explainer.maths.expression import (
    parse_formula,
)
from explainer.maths.trees import Name, Number
from explainer.messages import Refused


def written(tree):
    """Write a tree with all its parentheses, to see how it was read."""
    if isinstance(tree, Number):
        return tree.text
    if isinstance(tree, Name):
        return tree.name
    inside = [written(argument) for argument in tree.arguments]
    if tree.operation == "sum":
        signed = [
            f"{'+' if sign > 0 else '-'}{part}"
            for sign, part in zip(tree.signs, inside, strict=True)
        ]
        return f"sum({' '.join(signed)})"
    return f"{tree.operation}({', '.join(inside)})"


def read(text):
    formula = parse_formula(text)
    return "; ".join(
        (f"{statement.name} = " if statement.name else "") + written(statement.tree)
        for statement in formula.statements
    )


def refusal(text, parse=parse_formula):
    with pytest.raises(Refused) as caught:
        parse(text)
    return str(caught.value)
