"""Typed activations that are exactly 0 over half of the axis, as ReLU is: right to the last digit, and without mpmath."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths.typed_activation import TypedActivation, typed_activation
from explainer.maths.typed_arrays import typed_arrays
from tests.counts import EXAMPLES, MODE

RECTIFIERS = (
    "max(z, 0)",
    "max(z, 0)^2",
    "min(max(z, 0), 6)",
    "max(0, z) - 0.1*max(0, -z)",
    "max(z, 0)*tanh(z)",
    "sin(z)*max(z, 0)",
    "max(z, 0)/(1 + max(z, 0))",
    "abs(z)*max(z, 0)/(1 + abs(z))",
    "relu(z)*3",
    "-relu(-z)",
)
# Where a zero is what is left of something: these must not be taken at their word.
VANISHING = (
    "exp(-z^2)",
    "exp(-exp(z))*z",
    "z*1e-200*1e-200",
    "(1 + z) - z - 1",
    "log(1 + z)",
    "0.3*z - 0.1*z - 0.2*z",
)


@pytest.mark.parametrize("text", RECTIFIERS)
def test_nothing_is_computed_one_by_one(text, monkeypatch):
    def slow(*_arguments):
        raise AssertionError("mpmath was asked")

    monkeypatch.setattr(TypedActivation, "_dual", slow)
    # Away from the kink itself, whose neighbours are decided in more digits.
    z = np.concatenate([np.linspace(-9, -0.01, 400), np.linspace(0.01, 9, 400)])
    arrays = typed_arrays(typed_activation(text))
    assert np.isfinite(arrays.value(z)).all()
    assert np.isfinite(arrays.slope(z)).all()


@pytest.mark.parametrize("text", RECTIFIERS + VANISHING)
@settings(max_examples=EXAMPLES[MODE], deadline=None)
@given(
    st.lists(
        st.sampled_from([0.0, 1.0, -1.0, 6.0, 1e-17, -1e-17, 1e-300, -800.0, 40.0])
        | st.floats(-50, 50),
        min_size=1,
        max_size=8,
    )
)
def test_values_and_slopes_are_those_in_sixty_digits(text, numbers):
    activation = typed_activation(text)
    arrays, z = typed_arrays(activation), np.array(numbers)
    values, slopes = arrays.value(z), arrays.slope(z)
    for at, number in enumerate(numbers):
        exact = activation._dual(number)
        for found, true in ((values[at], exact.value), (slopes[at], exact.slope)):
            assert found == pytest.approx(float(true), rel=1e-12, abs=1e-15, nan_ok=True)
        assert activation.value((number,)) == pytest.approx(
            values[at], rel=1e-12, abs=1e-15, nan_ok=True
        )
        assert activation.partials((number,))[0] == pytest.approx(
            slopes[at], rel=1e-12, abs=1e-15, nan_ok=True
        )
