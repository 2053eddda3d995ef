"""What the gradient check builds with SymPy: composed expressions, their branches, their values."""

import mpmath
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.maths import composition
from explainer.maths.active_tree import Part
from explainer.maths.chosen_definitions import activated, activation_slopes

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
    assert activated(Choice("relu"), [Part(X, mpmath.mpf(value))], {}) == branch


def test_a_smooth_function_stays_whole():
    part = Part(X, mpmath.mpf(1))
    assert activated(Choice("sigmoid"), [part], {}) == 1 / (1 + sympy.exp(-X))


@given(modest, modest)
def test_a_composed_loss_is_worth_its_definition(prediction, target):
    error = composition.composed_loss(
        "half_squared_error", (), [Y], [X * X], [mpmath.mpf(target)], [mpmath.mpf(prediction) ** 2]
    )
    known = {X: mpmath.mpf(prediction), Y: mpmath.mpf(target)}
    wanted = (mpmath.mpf(prediction) ** 2 - target) ** 2 / 2
    assert mpmath.almosteq(composition.evaluated(error, known), wanted, 1e-14, 1e-14)


def test_slopes_are_the_first_two_derivatives():
    [slope], [bend] = activation_slopes(Choice("tanh"))(mpmath.mpf("0.5"))
    tanh = mpmath.tanh("0.5")
    assert mpmath.almosteq(slope, 1 - tanh**2, 1e-14)
    assert mpmath.almosteq(bend, -2 * tanh * (1 - tanh**2), 1e-14)
    slopes, terms, bends = composition.loss_slopes("mean_squared_error", (), 2)(3, 5, 1, 1)
    assert slopes == [2, 4]
    assert terms == [3 + 1, 5 + 1]
    assert bends == [[1, 0], [0, 1]]
