"""What every row of the penalties, schedules and derived cancellations must keep."""

import math
import random

import mpmath
import pytest
import sympy

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.cancellation import cancelled, cancelled_expression, product_expression
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.printed import Printed
from explainer.maths.schedules import SCHEDULES
from explainer.maths.update_operations import learning_rate, penalty, penalty_slope
from explainer.messages import Message
from explainer.render.formulas import picture
from tests.contracts.points import DIGITS, agrees, points

X = sympy.Symbol("x", real=True)
every_penalty = pytest.mark.parametrize("row", PENALTIES.values(), ids=PENALTIES)
every_schedule = pytest.mark.parametrize("row", SCHEDULES.values(), ids=SCHEDULES)


def numbers(row):
    return {name: sympy.Rational(repr(value)) for name, value in row.parameters.items()}


def definition(row):
    return row.factor(sympy, numbers(row)) * row.term(sympy, X)


def places(row):
    """Return weights of every size, or the shares that predictions are."""
    if row.acts_on == "weights":
        return [place for place in points(row.kinks) if place not in row.kinks]
    chance = random.Random(3)
    return [1.0, 0.5, 1e-12, 1 - 1e-12, *(chance.random() for _ in range(200))]


@every_penalty
def test_a_penalty_introduces_itself(row):
    assert PENALTIES[row.name] is row
    for text in (row.label, row.idea):
        assert isinstance(text, Message)
        assert text.key.strip()
    assert row.source.strip()
    assert "lambda" not in row.parameters
    assert not row.kinks or row.convention is not None


@every_penalty
def test_the_numbers_of_a_penalty_are_those_of_the_definition(row):
    value = sympy.lambdify([X], definition(row), "mpmath")
    slope = sympy.lambdify([X], definition(row).diff(X), "mpmath")
    operation = penalty(row.name, 1)
    with mpmath.workdps(DIGITS):
        for place in places(row):
            exact = mpmath.mpf(place)
            assert agrees(operation.value([place]), value(exact)), place
            assert agrees(operation.partials([place])[0], slope(exact)), place
            assert agrees(penalty_slope(row.name).value([place]), slope(exact)), place


@every_penalty
def test_several_weights_or_predictions_add_up(row):
    place = places(row)[:5]
    together = penalty(row.name, 5)
    apart = [penalty(row.name, 1).value([one]) for one in place]
    assert together.value(place) == pytest.approx(sum(apart), rel=1e-14)
    slopes = [penalty(row.name, 1).partials([one])[0] for one in place]
    assert list(together.partials(place)) == slopes


@every_penalty
def test_the_formulas_of_a_penalty_can_be_drawn(row):
    for count in (1, 3, 9):
        symbols = [Printed(f"w_{index}", f"w{index}") for index in range(count)]
        shown = [Printed("0.5", "0.5", starts_with_number=True)] * count
        operation = penalty(row.name, count)
        for language in ("en", "ru"):
            assert picture(operation.formula(symbols, language).latex).width > 0
            assert picture(operation.formula(shown, language, [0.5] * count).latex).width > 0
            slope = operation.partial_formula(0, symbols, Printed("R", "R"), language)
            assert picture(slope.latex).width > 0


def test_the_penalties_as_defined():
    assert penalty("l2", 2, (("rate", 0.5),)).value([3.0, -4.0]) == 0.5 * 0.5 * 25
    assert penalty("l1", 2, (("rate", 0.5),)).value([3.0, -4.0]) == 0.5 * 7
    assert penalty("l1", 1).partials([0.0]) == [0.0]
    entropy = penalty("entropy", 2, (("rate", 2.0),))
    assert entropy.value([0.5, 0.5]) == pytest.approx(2 * math.log(2), rel=1e-15)
    assert entropy.value([0.0, 1.0]) == 0.0
    assert entropy.partials([0.0, 1.0]) == [0.0, -2.0]


@every_schedule
def test_a_schedule_starts_with_the_first_learning_rate_and_never_rises(row):
    assert SCHEDULES[row.name] is row
    assert row.source.strip()
    rates = [learning_rate(row.name).value([0.25, float(epoch)]) for epoch in range(50)]
    assert rates[0] == 0.25
    assert rates == sorted(rates, reverse=True)


def test_the_schedules_as_defined():
    step = learning_rate("step", (("gamma", 0.5), ("step_size", 3.0)))
    assert [step.value([0.8, float(epoch)]) for epoch in (2, 3, 5, 6)] == [0.8, 0.4, 0.4, 0.2]
    falling = learning_rate("exponential", (("gamma", 0.5),))
    assert [falling.value([0.8, float(epoch)]) for epoch in range(3)] == [0.8, 0.4, 0.2]


def test_sigmoid_and_binary_cross_entropy_cancel_to_prediction_minus_target():
    loss, activation = LOSSES["binary_cross_entropy"], ACTIVATIONS["sigmoid"]
    z, target = sympy.symbols("z y", real=True)
    prediction = activation.formula(sympy, z, {})
    composed = loss.textbook(sympy, [target], [prediction], {}).diff(z)
    # The whole derivative, from the definitions alone.
    assert sympy.simplify(composed - (prediction - target)) == 0
    a, y = Printed("\\hat{y}", "ŷ"), Printed("y", "y")
    assert cancelled("binary_cross_entropy", "sigmoid", a, y, "en").text == "ŷ − y"


@pytest.mark.parametrize(
    "row", [row for row in LOSSES.values() if row.cancels], ids=lambda row: row.name
)
def test_what_is_cancelled_is_the_product_of_the_printed_derivatives(row):
    if row.output not in ACTIVATIONS:
        return
    product = product_expression(row.name, row.output)
    assert sympy.cancel(product - cancelled_expression(row.name, row.output)) == 0


def test_other_pairs_do_not_cancel():
    for loss in LOSSES:
        for activation in ACTIVATIONS:
            made_for_each_other = (loss, activation) == ("binary_cross_entropy", "sigmoid")
            found = cancelled_expression(loss, activation)
            assert (found is not None) is made_for_each_other
