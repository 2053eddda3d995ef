"""A cross-entropy of shares, fused with its last layer, is the row and its chain rule; far out it stays a number."""

import math
from functools import partial

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Data
from explainer.training.build import lesson_for
from explainer.training.trainer import Trainer

small = st.floats(-12, 12)


def passed(loss, sums, targets):
    """Return the error and its derivatives by the weighted sums, of one sample, as the engine has them."""
    data = Data(((1.0,),), (tuple(targets),))
    trainer = Trainer(lesson_for(data, loss=Choice(loss)))
    engine = trainer.engine
    assert engine.objective.fused is not None
    engine.run_batch()
    batch = engine.batch_before()
    level = engine.layout.levels[-1]
    rows = slice(level.first, level.end)
    for row, z in enumerate(sums, level.first):
        batch.forward.z[row] = z
    for group in level.groups:
        z, h = batch.forward.z[rows], batch.forward.h[rows]
        if loss == "cross_entropy":
            calls = [partial(batch.forward.softmax[group].forward, z, h)]
        else:
            calls = batch.forward.kernels[group].value(z, h)
        with np.errstate(all="ignore"):
            for call in calls:
                call()
    g = batch.backward.g
    with np.errstate(all="ignore"):
        for call in engine.objective.slope_calls(batch.forward, g, batch.wanted):
            call()
    return float(engine.objective.errors(batch.forward, batch.wanted)[0]), g[rows, 0].tolist()


@given(st.lists(small, min_size=1, max_size=3), st.sampled_from([0.0, 1.0, 0.3]))
def test_sigmoids(sums, target):
    error, slopes = passed("binary_cross_entropy", sums, [target] * len(sums))
    with mpmath.workdps(50):
        y, z = mpmath.mpf(target), [mpmath.mpf(number) for number in sums]
        shares = [1 / (1 + mpmath.exp(-number)) for number in z]
        expected = -sum(y * mpmath.log(a) + (1 - y) * mpmath.log(1 - a) for a in shares)
        # (−y/a + (1 − y)/(1 − a)) · a(1 − a), the row and its chain rule.
        chain = [(-y / a + (1 - y) / (1 - a)) * a * (1 - a) for a in shares]
    assert math.isclose(error, float(expected), rel_tol=1e-12)
    for found, wanted in zip(slopes, chain, strict=True):
        # For a share between, σ − y itself cancels.
        assert math.isclose(found, float(wanted), rel_tol=1e-12, abs_tol=1e-15)


@given(st.lists(small, min_size=2, max_size=4), st.integers(0, 3))
def test_a_softmax(sums, right):
    count = len(sums)
    targets = [float(place == right % count) for place in range(count)]
    error, slopes = passed("cross_entropy", sums, targets)
    with mpmath.workdps(50):
        powers = [mpmath.exp(mpmath.mpf(number)) for number in sums]
        shares = [power / sum(powers) for power in powers]
        expected = -sum(y * mpmath.log(a) for y, a in zip(targets, shares, strict=True))
        chain = [
            sum(-targets[i] / shares[i] * shares[i] * ((i == j) - shares[j]) for i in range(count))
            for j in range(count)
        ]
    assert math.isclose(error, float(expected), rel_tol=1e-12, abs_tol=1e-15)
    for found, wanted in zip(slopes, chain, strict=True):
        assert math.isclose(found, float(wanted), rel_tol=1e-12, abs_tol=1e-15)


@pytest.mark.parametrize("z", [40.0, 800.0, 1e6, 1e300])
def test_far_out_it_grows_with_the_sum(z):
    assert passed("binary_cross_entropy", [z], [0.0]) == (z, [1.0])
    assert passed("binary_cross_entropy", [-z], [1.0]) == (z, [-1.0])
    error, slopes = passed("cross_entropy", [z, 0.0], [0.0, 1.0])
    assert (error, slopes) == (z, [1.0, -1.0])
