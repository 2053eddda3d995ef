"""Evaluation beyond doubles: fifty digits where a result is irrational, limits where an exponential is out of reach."""

import math
from decimal import Decimal

import mpmath
import pytest
import sympy

from explainer.maths import operations
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.evaluation import exactly, precisely

X = sympy.Symbol("x", real=True)


@pytest.mark.parametrize("text", ["2", "0.3", "1e-7", "123456.789"])
def test_irrational_results_keep_fifty_digits(text):
    found = exactly([X], sympy.sqrt(X) + sympy.exp(-X), [Decimal(text)])
    with mpmath.workdps(80):
        wanted = mpmath.sqrt(mpmath.mpf(text)) + mpmath.exp(-mpmath.mpf(text))
        assert abs(mpmath.mpf(str(found)) / wanted - 1) < mpmath.mpf(10) ** -49


@pytest.mark.parametrize("z", [1e308, -1e308])
def test_exponentials_out_of_reach_are_at_their_limit(z):
    assert precisely([X], sympy.exp(-X * X), [z]) == 0
    assert precisely([X], 1 + sympy.exp(-X * X) * X, [z]) == 1
    assert precisely([X], sympy.exp(X * X), [z]) == math.inf


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("z", [1.7e308, -1.7e308, 1e160, -1e160, 5e-324, -5e-324])
def test_no_activation_loses_its_way_at_the_ends_of_the_doubles(name, z):
    operation = operations.activation(name)
    assert math.isfinite(operation.value([z]))
    assert math.isfinite(operation.partials([z])[0])
