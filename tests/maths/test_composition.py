"""What the gradient check builds with SymPy: composed expressions, their branches, their values."""

import mpmath
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.maths import composition
from explainer.maths.chosen_definitions import exact_activation
from explainer.maths.composition import Part
from explainer.maths.error_definitions import exact_loss

X, Y = composition.symbol("x"), composition.symbol("y")
modest = st.floats(0.1, 3)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (X + Y, 5),
        (X * Y - 1, 5),
        (X**3 / Y, mpmath.mpf(8) / 3),
        (X**-2, mpmath.mpf(1) / 4),
        (sympy.sqrt(Y) + sympy.Rational(1, 3), mpmath.sqrt(3) + mpmath.mpf(1) / 3),
        (sympy.exp(-X) + sympy.pi, mpmath.exp(-2) + mpmath.pi),
        (sympy.tanh(X) * sympy.log(Y), mpmath.tanh(2) * mpmath.log(3)),
    ],
    ids=str,
)
def test_an_expression_is_evaluated(expression, value):
    found = composition.evaluated(expression, {X: mpmath.mpf(2), Y: mpmath.mpf(3)})
    assert mpmath.almosteq(found, value, 1e-15)


def test_a_shared_part_is_evaluated_once():
    """Forty doublings: a walk without memory would take a year."""
    expression = X
    for _ in range(40):
        expression = sympy.Mul(sympy.sin(expression), sympy.cos(expression) + 1)
    assert mpmath.isfinite(composition.evaluated(expression, {X: mpmath.mpf("0.5")}))


@pytest.mark.parametrize(("value", "branch"), [(2.0, X), (-2.0, sympy.Integer(0))])
def test_a_kinked_function_is_replaced_by_its_branch(value, branch):
    assert exact_activation(Choice("relu")).composed([Part(X, mpmath.mpf(value))], {}) == branch


def test_a_smooth_function_stays_whole():
    part = Part(X, mpmath.mpf(1))
    assert exact_activation(Choice("sigmoid")).composed([part], {}) == 1 / (1 + sympy.exp(-X))


@given(modest, modest)
def test_a_composed_loss_is_worth_its_definition(prediction, target):
    parts = [Part(X * X, mpmath.mpf(prediction) ** 2), Part(Y, mpmath.mpf(target))]
    error = exact_loss("half_squared_error", (), 1).composed(parts, {})
    known = {X: mpmath.mpf(prediction), Y: mpmath.mpf(target)}
    wanted = (mpmath.mpf(prediction) ** 2 - target) ** 2 / 2
    assert mpmath.almosteq(composition.evaluated(error, known), wanted, 1e-14, 1e-14)


def test_slopes_come_with_their_terms_and_what_they_carry():
    [slope] = exact_activation(Choice("tanh")).slopes([mpmath.mpf("0.5")], [3])
    tanh = mpmath.tanh("0.5")
    assert mpmath.almosteq(slope.value, 1 - tanh**2, 1e-14)
    assert slope.terms == slope.value
    assert mpmath.almosteq(slope.carried, 3 * 2 * tanh * (1 - tanh**2), 1e-14)
    found = exact_loss("mean_squared_error", (), 2).slopes([3, 5, 1, 1], [1, 10])
    assert found == [(2, 4, 1), (4, 6, 10)]


SHAPES = [
    sympy.exp(-(X**2)) * sympy.tanh(X * Y) + X,
    sympy.sqrt(1 + X**4) / (X + Y) ** 2,
    sympy.log(1 + sympy.exp(X)) * X * Y**X,
    sympy.erf(X / sympy.sqrt(2)) - sympy.atan(X) + Y,
    sympy.Integer(3) + Y,
]


@pytest.mark.parametrize("expression", SHAPES, ids=str)
def test_a_derivative_is_the_one_that_sympy_has(expression):
    found = composition.derivative(expression, X, {})
    known = {X: mpmath.mpf("0.7"), Y: mpmath.mpf("1.3")}
    wanted = expression.diff(X)
    assert mpmath.almosteq(
        composition.evaluated(found, dict(known)),
        composition.evaluated(wanted, dict(known)),
        1e-14,
        1e-14,
    )


def test_the_power_of_zero_has_the_derivative_0_everywhere():
    one = composition.as_written(Y**X, {X: sympy.Integer(0)})
    found = composition.derivative(one, Y, {})
    assert composition.evaluated(found, {Y: mpmath.mpf(0)}) == 0


def test_what_is_put_in_is_left_as_it_is():
    """SymPy would make x of x² to the power of a half, and 0 of x − x."""
    root = composition.as_written(X - Y, {X: sympy.Integer(3), Y: sympy.Integer(3)})
    assert root != 0
    assert composition.evaluated(root, {}) == 0
