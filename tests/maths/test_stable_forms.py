"""Where a function fades away a double still has its digits, if the form it is computed by keeps them."""

from decimal import Decimal

import mpmath
import pytest

from explainer.lesson.choice import Choice
from explainer.maths import operations
from explainer.maths.chosen import activation_operation

TAILS = {
    "gelu": lambda z: z / 2 * mpmath.erfc(-z / mpmath.sqrt(2)),
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "swish": lambda z: z / (1 + mpmath.exp(-z)),
    "softplus": lambda z: mpmath.log1p(mpmath.exp(z)),
}


@pytest.mark.parametrize("name", TAILS)
@pytest.mark.parametrize("z", [-4.0, -8.5, -20.0, -30.0])
def test_the_tail_keeps_its_digits(name, z):
    operation = operations.activation(name)
    with mpmath.workdps(400):
        value, slope = TAILS[name](mpmath.mpf(z)), mpmath.diff(TAILS[name], mpmath.mpf(z))
        assert abs(operation.value([z]) - value) <= 1e-12 * abs(value)
        assert abs(operation.partials([z])[0] - slope) <= 1e-12 * abs(slope)


@pytest.mark.parametrize(
    ("z", "value", "slope"), [("1e200", 1e200, 1.0), ("-1e200", 0.0, 0.0), ("-1e7", 0.0, 0.0)]
)
def test_gelu_by_hand_ends_for_numbers_beyond_every_tail(z, value, slope):
    gelu = activation_operation(Choice("gelu"))
    assert float(gelu.precise_value([Decimal(z)])) == value
    assert [float(part) for part in gelu.precise_partials([Decimal(z)])] == [slope]
