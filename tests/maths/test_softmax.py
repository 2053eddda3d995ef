"""Softmax in doubles against mpmath, far beyond where one component takes it all."""

import mpmath
import pytest

from explainer.maths.softmax import softmax

FAR = [
    (0.0, 500.0, -3.0),
    (0.0, -400.0, 300.0),
    (0.0, 720.0),
    (-800.0, 0.0, 1.0),
    (0.0, 400.0, 401.0),
    (1000.0, -1000.0, 0.0),
    (0.3, 0.1, -0.2, 0.7),
    (5.0,),
]


@pytest.mark.parametrize("arguments", FAR)
def test_values_and_derivatives_are_those_of_mpmath(arguments):
    with mpmath.workdps(1000):
        powers = [mpmath.exp(value) for value in arguments]
        shares = [power / sum(powers) for power in powers]
        for own, share in enumerate(shares):
            operation = softmax(own, len(arguments))
            close(operation.value(arguments), share)
            for at, found in enumerate(operation.partials(arguments)):
                close(found, share * ((at == own) - shares[at]))


def close(found, wanted):
    assert abs(found - wanted) <= max(1e-15 * abs(wanted), 1e-307), (found, float(wanted))
