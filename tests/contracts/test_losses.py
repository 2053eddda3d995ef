"""What every row of the loss table must keep."""

import math
import random

import mpmath
import pytest
import sympy

from explainer.maths import operations
from explainer.maths.formula import Printed
from explainer.maths.losses import LOSSES
from explainer.messages import Message
from explainer.render.formulas import picture
from tests.contracts.points import DIGITS, POINTS, agrees, wrong

MOST_OUTPUTS = 3
SIZES = [0.0, 1.0, -1.0, 1e-6, -1e-3, 1000.0, -1000.0]

CASES = [
    pytest.param(row, chosen, count, id=f"{name}-{count}" + "".join(f"-{p}" for p, _ in chosen))
    for name, row in LOSSES.items()
    for chosen in [(), *(((name, value * 1.25),) for name, value in row.parameters.items())]
    for count in range(1, MOST_OUTPUTS + 1)
]
every_loss = pytest.mark.parametrize(("row", "chosen", "count"), CASES)
every_row = pytest.mark.parametrize("row", LOSSES.values(), ids=LOSSES)


class Definition:
    """The formula of a row for K outputs over its own symbols; `places` are the predictions, then the targets."""

    def __init__(self, row, chosen, count):
        self.outputs = sympy.symbols([f"p{index}" for index in range(count)], real=True)
        self.targets = sympy.symbols([f"t{index}" for index in range(count)], real=True)
        values = {**row.parameters, **dict(chosen)}
        self.numbers = {name: sympy.Rational(repr(value)) for name, value in values.items()}
        self.places = [*self.outputs, *self.targets]
        self.formula = row.formula(sympy, self.targets, self.outputs, self.numbers)

    def precisely(self, expression):
        return sympy.lambdify(self.places, expression, "mpmath")


def places(count):
    """Return rows of predictions and targets, also equal ones and ones that nearly cancel."""
    chance = random.Random(count)
    found = [(a,) * count + (b,) * count for a in SIZES for b in SIZES]
    while len(found) < POINTS:
        row = [chance.choice([chance.gauss(0, 2), chance.choice(SIZES)]) for _ in range(2 * count)]
        found.append(tuple(row))
    return found


@every_row
def test_a_row_introduces_itself(row):
    assert LOSSES[row.name] is row
    assert row.name.isidentifier()
    assert isinstance(row.label, Message)
    assert row.label.key.strip()
    assert row.source.strip()
    assert "lambda" not in row.parameters


@every_loss
def test_the_textbook_derivative_is_the_derivative(row, chosen, count):
    if row.textbook_partial is None:
        return
    definition = Definition(row, chosen, count)
    for output, target in zip(definition.outputs, definition.targets, strict=True):
        textbook = row.textbook_partial(sympy, target, output, count, definition.numbers)
        derivative = definition.formula.diff(output)
        found, wanted = definition.precisely(textbook), definition.precisely(derivative)
        assert wrong(found, wanted, places(count)) == []


@every_loss
def test_the_numbers_are_those_of_the_definition(row, chosen, count):
    definition = Definition(row, chosen, count)
    operation = operations.loss(row.name, count, chosen)
    value = definition.precisely(definition.formula)
    slopes = [
        definition.precisely(definition.formula.diff(output)) for output in definition.outputs
    ]
    with mpmath.workdps(DIGITS):
        for place in places(count):
            exact = [mpmath.mpf(number) for number in place]
            assert agrees(operation.value(place), value(*exact)), place
            found = operation.partials(place)
            for slope, partial in zip(slopes, found[:count], strict=True):
                assert agrees(partial, slope(*exact)), place


@every_loss
def test_no_number_overflows(row, chosen, count):
    operation = operations.loss(row.name, count, chosen)
    for place in places(count):
        assert math.isfinite(operation.value(place))
        assert all(map(math.isfinite, operation.partials(place)))


@every_loss
def test_the_formulas_can_be_drawn(row, chosen, count):
    operation = operations.loss(row.name, count, chosen)
    symbols = [Printed(f"\\hat{{y}}_{index}", f"ŷ{index}") for index in range(count)]
    symbols += [Printed(f"y_{index}", f"y{index}") for index in range(count)]
    number = Printed("-0.5", "−0.5", negative=True, starts_with_number=True)
    values = [-0.5] * (2 * count)
    for language in ("en", "ru"):
        drawn = [
            operation.formula(symbols, language),
            operation.formula([number] * (2 * count), language, values),
            operation.partial_formula(0, symbols, Printed("E", "E"), language),
            operation.partial_formula(0, [number] * (2 * count), number, language, values),
        ]
        for formula in drawn:
            assert picture(formula.latex).width > 0
            assert formula.text.strip()


@every_loss
def test_a_perfect_prediction_costs_no_more_than_a_wrong_one(row, chosen, count):
    operation = operations.loss(row.name, count, chosen)
    for target in (0.0, 1.0):
        perfect = operation.value([target] * (2 * count))
        wrong_one = operation.value([0.5] * count + [target] * count)
        assert perfect <= wrong_one


def test_the_squared_errors_as_defined():
    """δ = (1, −2, 3): Σ½δ² = 7, Σδ² = 14, Σδ²/K = 14/3."""
    place = [1.0, 4.0, 2.0, 2.0, 2.0, 5.0]
    assert operations.loss("half_squared_error", 3).value(place) == 7.0
    assert operations.loss("squared_error", 3).value(place) == 14.0
    assert operations.loss("mean_squared_error", 3).value(place) == pytest.approx(14 / 3, rel=1e-15)
    assert operations.loss("half_squared_error", 3).partials(place)[:3] == [-1.0, 2.0, -3.0]
    assert operations.loss("squared_error", 3).partials(place)[:3] == [-2.0, 4.0, -6.0]
