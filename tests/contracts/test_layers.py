"""Operations of several values against definitions written here: softmax and its relatives, maxout, batch normalisation."""

import random

import mpmath
import pytest

from explainer.maths import layers
from explainer.maths.batch_variance import BatchVariance
from explainer.maths.functions import FUNCTIONS
from explainer.maths.softmax import softmax
from tests.contracts.points import DIGITS, agrees

ROUNDS = 60
SIZES = (0.1, 1.0, 10.0, 100.0, 1000.0)


@pytest.fixture(autouse=True)
def _precision():
    with mpmath.workdps(DIGITS):
        yield


def drawn():
    """Yield lists of 1 to 6 values: of every size, with ties, nearly equal."""
    chance = random.Random(1989)
    for _ in range(ROUNDS):
        size = chance.choice(SIZES)
        values = [chance.uniform(-size, size) for _ in range(chance.randint(1, 6))]
        kind = chance.randrange(4)
        if kind == 0:
            values = [chance.choice(values) for _ in values]
        if kind == 1:
            values = [values[0] + chance.gauss(0, 1e-9) for _ in values]
        yield values


def shares(values):
    powers = [mpmath.exp(value) for value in values]
    return [power / mpmath.fsum(powers) for power in powers]


def exact(values):
    return [mpmath.mpf(value) for value in values]


def test_softmax_and_its_jacobian():
    for values in drawn():
        wanted = shares(values)
        for i in range(len(values)):
            operation = softmax(i, len(values))
            assert agrees(operation.value(values), wanted[i])
            for j, slope in enumerate(operation.partials(values)):
                assert agrees(slope, wanted[i] * ((i == j) - wanted[j])), (values, i, j)


def test_the_logarithm_of_the_sum_of_exponentials():
    for values in drawn():
        operation = FUNCTIONS["logsumexp"].operation(len(values))
        total = mpmath.fsum(mpmath.exp(value) for value in values)
        assert agrees(operation.value(values), mpmath.log(total))
        assert all(map(agrees, operation.partials(values), shares(values)))


def test_the_soft_maximum_of_the_lecture():
    for values in drawn():
        operation = FUNCTIONS["soft_max_mean"].operation(len(values))
        weights = shares(values)
        mean = mpmath.fdot(zip(exact(values), weights, strict=True))
        assert agrees(operation.value(values), mean)
        for value, weight, slope in zip(
            exact(values), weights, operation.partials(values), strict=True
        ):
            assert agrees(slope, weight * (1 + value - mean))


def test_maxout_is_the_largest_and_the_first_of_them():
    for values in drawn():
        operation = layers.maxout(len(values))
        best = values.index(max(values))
        assert operation.value(values) == values[best]
        assert operation.partials(values) == [float(at == best) for at in range(len(values))]


def test_the_variance_of_a_batch_and_its_slopes():
    for values in drawn():
        count = len(values)
        mean = sum(values) / count + random.Random(count).choice([0.0, 0.5])
        operation = BatchVariance(count)
        distances = [value - mpmath.mpf(mean) for value in exact(values)]
        squares = mpmath.fsum(distance**2 for distance in distances)
        assert agrees(operation.value([mean, *values]), squares / count)
        by_mean, *slopes = operation.partials([mean, *values])
        for slope, distance in zip(slopes, distances, strict=True):
            assert agrees(slope, 2 * distance / count)
        # At the mean itself the terms cancel; they are what rounding is measured by.
        size = mpmath.fsum(abs(distance) for distance in distances)
        assert abs(by_mean + 2 * mpmath.fsum(distances) / count) <= 1e-12 * size


def test_a_value_is_normalised_and_scaled():
    chance = random.Random(2015)
    for _ in range(ROUNDS):
        epsilon = chance.choice([1e-5, 0.01])
        z, mean = (chance.uniform(-50, 50) for _ in range(2))
        variance = chance.choice([0.0, 1e-12, chance.uniform(0, 100)])
        operation = layers.normalised(epsilon)
        spread = mpmath.mpf(variance) + mpmath.mpf(str(epsilon))
        distance = mpmath.mpf(z) - mpmath.mpf(mean)
        root = mpmath.sqrt(spread)
        assert agrees(operation.value([z, mean, variance]), distance / root)
        wanted = [1 / root, -1 / root, -distance / (2 * spread * root)]
        assert all(map(agrees, operation.partials([z, mean, variance]), wanted))
        gamma, beta = (chance.uniform(-2, 2) for _ in range(2))
        assert layers.scaled().value([gamma, z, beta]) == pytest.approx(gamma * z + beta, rel=1e-12)
        assert layers.scaled().partials([gamma, z, beta]) == [z, gamma, 1.0]


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.3, 0.5, 0.9])
@pytest.mark.parametrize("mask", [0.0, 1.0])
def test_what_dropout_leaves(rate, mask):
    def left(scaling, training):
        return layers.dropout(rate, scaling, training=training).value([2.0, mask])

    assert left("at_application", True) == 2.0 * mask
    assert left("at_application", False) == pytest.approx(2.0 * (1 - rate), rel=1e-15)
    assert left("inverted", True) == pytest.approx(2.0 * mask / (1 - rate), rel=1e-15)
    assert left("inverted", False) == 2.0
