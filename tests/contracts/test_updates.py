"""What every row of the update table must keep."""

import math

import mpmath
import pytest
import sympy

from explainer.maths import operations
from explainer.maths.formula import Printed
from explainer.maths.rows import Ingredients
from explainer.maths.updates import UPDATES
from explainer.messages import Message
from explainer.render.formulas import picture
from tests.contracts.points import DIGITS, agrees

NUMBERS = (0.0, 0.4, -0.7, 1e-8, -3.0, 1000.0)
RATES = (0.5, 0.001)
every_row = pytest.mark.parametrize("row", UPDATES.values(), ids=UPDATES)


def symbols(names):
    return {name: sympy.Symbol(f"cell_{name}", real=True) for name in names}


@every_row
def test_a_row_introduces_itself(row):
    assert UPDATES[row.name] is row
    assert row.name.isidentifier()
    assert isinstance(row.label, Message)
    assert row.label.key.strip()
    assert row.source.strip()


@every_row
def test_it_gives_each_memory_cell_and_then_the_parameter(row):
    assert list(operations.update(row.name)) == [*row.memory, "parameter"]


@every_row
def test_the_numbers_are_those_of_the_definition(row):
    weight, gradient, rate, time = sympy.symbols("w g eta t", real=True)
    memory = symbols(row.memory)
    numbers = {name: sympy.Rational(repr(value)) for name, value in row.parameters.items()}
    formulas = row.formula(sympy, Ingredients(weight, gradient, rate, time, memory, numbers))
    places = [weight, gradient, rate, time, *memory.values()]
    for result, operation in operations.update(row.name).items():
        exactly = sympy.lambdify(places, formulas[result], "mpmath")
        for w in NUMBERS:
            for g in NUMBERS:
                for eta in RATES:
                    place = [w, g, eta, 3.0, *(abs(value) + 0.25 for value in row.memory.values())]
                    found = operation.value(place)
                    with mpmath.workdps(DIGITS):
                        assert agrees(found, exactly(*map(mpmath.mpf, place))), place
                    assert math.isfinite(found)


@every_row
def test_the_formulas_can_be_drawn(row):
    names = [Printed(letter, letter) for letter in ("w", "g", "\\eta", "t")]
    names += [Printed(f"m_{index}", f"m{index}") for index in range(len(row.memory))]
    number = Printed("-0.5", "−0.5", negative=True, starts_with_number=True)
    for operation in operations.update(row.name).values():
        for language in ("en", "ru"):
            assert picture(operation.formula(names, language).latex).width > 0
            assert picture(operation.formula([number] * len(names), language).latex).width > 0


def test_gradient_descent_as_defined():
    assert operations.update("sgd")["parameter"].value([0.4, 0.25, 0.5, 1.0]) == 0.4 - 0.5 * 0.25
