"""What every row of the loss table must keep."""

import math
import random

import mpmath
import pytest
import sympy

from explainer.maths import operations
from explainer.maths.losses import LOSSES
from explainer.maths.printed import Printed
from explainer.messages import Message
from explainer.render.formulas import picture
from tests.contracts.points import DIGITS, POINTS, agrees, wrong

MOST_OUTPUTS = 3
NEAR_ENDS = [1 - 1e-12, 1e-12, 0.5]
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

    def kinks(self, row):
        if row.kinks is None:
            return []
        return row.kinks(sympy, self.targets[0], self.outputs[0], self.numbers)

    def precisely(self, expression):
        return sympy.lambdify(self.places, expression, "mpmath")


@every_row
def test_a_mean_over_the_outputs_says_so(row):
    values = {**row.parameters}
    numbers = {name: sympy.Rational(repr(value)) for name, value in values.items()}
    one = row.formula(sympy, [sympy.Rational(1, 4)], [sympy.Rational(1, 2)], numbers)
    four = row.formula(sympy, [sympy.Rational(1, 4)] * 4, [sympy.Rational(1, 2)] * 4, numbers)
    assert sympy.simplify(four - (one if row.is_mean else 4 * one)) == 0


def places(row, count):
    """Return rows of predictions and targets, also equal ones and ones that nearly cancel; the predictions fit the loss."""
    chance = random.Random(count)
    sizes = [size for size in (*SIZES, *NEAR_ENDS) if within(row, size)]
    found = [(a,) * count + (b,) * count for a in sizes for b in (*SIZES, 0.3)]
    while len(found) < POINTS:
        outputs = [chance.choice([draw(row, chance), chance.choice(sizes)]) for _ in range(count)]
        targets = [
            chance.choice([chance.gauss(0, 2), chance.choice(SIZES), chance.choice(outputs)])
            for _ in range(count)
        ]
        found.append((*outputs, *targets))
    return found


def within(row, prediction):
    low, high = row.predictions
    return low < prediction < high


def draw(row, chance):
    low, high = row.predictions
    if math.isfinite(high):
        return chance.uniform(low, high)
    return abs(chance.gauss(0, 2)) + 1e-9 if math.isfinite(low) else chance.gauss(0, 2)


def at_kink(definition, row, place):
    """Tell whether a place lies where the loss has no derivative."""
    count = len(place) // 2
    return any(
        float(
            kink.subs({definition.outputs[0]: place[at], definition.targets[0]: place[count + at]})
        )
        == 0
        for at in range(count)
        for kink in definition.kinks(row)
    )


@every_row
def test_a_row_introduces_itself(row):
    assert LOSSES[row.name] is row
    assert row.name.isidentifier()
    assert isinstance(row.label, Message)
    assert row.label.key.strip()
    assert row.source.strip()
    assert "lambda" not in row.parameters


@every_row
def test_a_kink_comes_with_the_convention(row):
    assert row.kinks is None or row.convention is not None


@every_loss
def test_the_printed_forms_are_the_definition(row, chosen, count):
    definition = Definition(row, chosen, count)
    wanted = definition.precisely(definition.formula)
    smooth = [place for place in places(row, count) if not at_kink(definition, row, place)]
    for form in (row.stable, row.textbook):
        if form is not None:
            written = form(sympy, definition.targets, definition.outputs, definition.numbers)
            assert wrong(definition.precisely(written), wanted, smooth) == []


@every_loss
def test_the_textbook_derivative_is_the_derivative(row, chosen, count):
    assert row.textbook_partial is not None
    definition = Definition(row, chosen, count)
    smooth = [place for place in places(row, count) if not at_kink(definition, row, place)]
    for output, target in zip(definition.outputs, definition.targets, strict=True):
        textbook = row.textbook_partial(sympy, target, output, count, definition.numbers)
        derivative = definition.formula.diff(output)
        found, wanted = definition.precisely(textbook), definition.precisely(derivative)
        assert wrong(found, wanted, smooth) == []


@every_loss
def test_the_kinks_are_where_the_slope_jumps(row, chosen, count):
    """On each side of every target, and of 0, the slope jumps exactly where the row says so."""
    definition = Definition(row, chosen, count)
    slope = definition.precisely(definition.formula.diff(definition.outputs[0]))
    step = mpmath.mpf("1e-30")
    chance = random.Random(7)
    borders = [0.0, 0.5, -0.5, 2.0, 1.0, -1.0, 0.25, -4.0]
    with mpmath.workdps(60):
        for prediction in filter(lambda value: within(row, value), borders):
            for target in (0.5, -0.5, 2.0, -1.0, 0.25):
                place = [prediction, *(chance.uniform(0.1, 0.9) for _ in range(count - 1)), target]
                place = [mpmath.mpf(value) for value in (*place, *(0.7,) * (count - 1))]
                near = [slope(place[0] + side * step, *place[1:]) for side in (-1, 1)]
                values = {definition.outputs[0]: prediction, definition.targets[0]: target}
                named = any(float(kink.subs(values)) == 0 for kink in definition.kinks(row))
                assert (abs(near[1] - near[0]) > 1e-20) is named, (prediction, target)


@every_loss
def test_the_numbers_are_those_of_the_definition(row, chosen, count):
    definition = Definition(row, chosen, count)
    operation = operations.loss(row.name, count, chosen)
    value = definition.precisely(definition.formula)
    slopes = [
        definition.precisely(definition.formula.diff(output)) for output in definition.outputs
    ]
    with mpmath.workdps(DIGITS):
        for place in places(row, count):
            exact = [mpmath.mpf(number) for number in place]
            assert agrees(operation.value(place), value(*exact)), place
            found = operation.partials(place)
            if at_kink(definition, row, place):
                continue
            for slope, partial in zip(slopes, found[:count], strict=True):
                assert agrees(partial, slope(*exact)), place


@every_loss
def test_no_number_overflows(row, chosen, count):
    operation = operations.loss(row.name, count, chosen)
    for place in places(row, count):
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
        # The hinge has no target 0, its lowest prediction lies beyond the target, and a logarithm's best is its own end.
        if row.name == "hinge" and target == 0.0:
            continue
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


def derivative(name, prediction, target):
    return operations.loss(name, 1).partials([prediction, target])[0]


def test_at_a_kink_the_derivative_is_that_of_the_convention():
    assert derivative("mean_absolute_error", 0.3, 0.3) == 0.0
    assert derivative("hinge", 1.0, 1.0) == 0.0
    assert derivative("hinge", -2.0, -0.5) == 0.0
    assert derivative("smape", 0.3, 0.3) == 0.0
    assert derivative("smape", 0.0, 0.0) == 0.0
    assert derivative("smape", 0.0, 4.0) == -0.25
    assert derivative("smape", 0.0, -4.0) == 0.25


def test_nought_times_the_logarithm_of_nought_is_nought():
    binary = operations.loss("binary_cross_entropy", 1)
    for certain in (0.0, 1.0):
        assert binary.value([certain, certain]) == 0.0
    assert binary.partials([1.0, 1.0])[0] == -1.0
    assert binary.partials([0.0, 0.0])[0] == 1.0
    several = operations.loss("cross_entropy", 3)
    assert several.value([0.0, 1.0, 0.0, 0.0, 1.0, 0.0]) == 0.0
    assert several.partials([0.0, 1.0, 0.0, 0.0, 1.0, 0.0])[:3] == [0.0, -1.0, 0.0]


def test_smape_of_nothing_is_nothing():
    assert operations.loss("smape", 2).value([0.0, 1.0, 0.0, 3.0]) == 0.25


def test_the_other_losses_as_defined():
    """δ = y − ŷ = (1, −2), worked out by hand."""
    place = [1.0, 4.0, 2.0, 2.0]
    assert operations.loss("mean_absolute_error", 2).value(place) == 1.5
    weighted = operations.loss("asymmetric_squared_error", 2, (("a", 3.0), ("b", 0.5)))
    assert weighted.value(place) == 0.5 * 1 + 3 * 4
    assert operations.loss("huber", 2).value(place) == 0.5 + 1.5
    assert operations.loss("hinge", 2).value([0.25, -0.5, 1.0, 1.0]) == 0.75 + 1.5
    assert operations.loss("smape", 2).value(place) == pytest.approx((1 / 3 + 2 / 6) / 2, rel=1e-15)
    assert operations.loss("binary_cross_entropy", 2).value([0.25, 0.5, 1.0, 0.0]) == pytest.approx(
        math.log(4) + math.log(2), rel=1e-15
    )
    assert operations.loss("cross_entropy", 2).value([0.25, 0.75, 1.0, 0.0]) == pytest.approx(
        math.log(4), rel=1e-15
    )
