"""Where a function fades away a double still has its digits, if the form it is computed by keeps them."""

import mpmath
import pytest

from explainer.maths import operations

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
