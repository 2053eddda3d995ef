"""Operations: values, local derivatives, and both again in decimal before they are rounded by hand."""

import math
from decimal import Decimal

import mpmath
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from explainer.maths import operations
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.expression import parse_formula
from explainer.maths.functions import FUNCTIONS
from explainer.maths.printed import Printed
from explainer.maths.typed import operation_of_tree

number = st.floats(-1000, 1000)
decimal = st.decimals(-100, 100, places=3)


@given(st.integers(0, 6), st.booleans(), st.data())
def test_a_weighted_sum_and_its_derivatives(count, has_bias, data):
    if not count and not has_bias:
        return
    operation = operations.weighted_sum(count, has_bias)
    arguments = data.draw(st.lists(number, min_size=operation.arity, max_size=operation.arity))
    products = [arguments[2 * at] * arguments[2 * at + 1] for at in range(count)]
    bias = arguments[2 * count :]
    assert math.isclose(
        operation.value(arguments), math.fsum(products + bias), rel_tol=1e-12, abs_tol=1e-9
    )
    swapped = [arguments[at ^ 1] for at in range(2 * count)]
    assert list(operation.partials(arguments)) == swapped + [1.0] * has_bias


@given(st.lists(decimal, min_size=5, max_size=5))
def test_before_rounding_by_hand_nothing_is_lost(terms):
    w1, x1, w2, x2, b = terms
    operation = operations.weighted_sum(2, True)
    assert operation.precise_value(terms) == w1 * x1 + w2 * x2 + b
    assert list(operation.precise_partials(terms)) == [x1, w1, x2, w2, 1]


@given(st.lists(number, min_size=1, max_size=9), st.sampled_from(["mean", "sum"]))
def test_a_batch_is_added_or_averaged(terms, reduction):
    operation = operations.batch(len(terms), reduction)
    divisor = len(terms) if reduction == "mean" else 1
    wanted = math.fsum(terms) / divisor
    assert math.isclose(operation.value(terms), wanted, rel_tol=1e-12, abs_tol=1e-9)
    assert list(operation.partials(terms)) == [pytest.approx(1 / divisor)] * len(terms)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(decimal)
def test_an_activation_to_fifty_digits(name, z):
    operation = operations.activation(name)
    symbol = sympy.Symbol("z", real=True)
    row = ACTIVATIONS[name]
    numbers = {name: sympy.Rational(repr(value)) for name, value in row.parameters.items()}
    formula = row.formula(sympy, symbol, numbers)
    with mpmath.workdps(150):
        for found, expression in (
            (operation.precise_value([z]), formula),
            (operation.precise_partials([z])[0], formula.diff(symbol)),
        ):
            wanted = sympy.lambdify(symbol, expression, "mpmath")(mpmath.mpf(str(z)))
            assert mpmath.almosteq(mpmath.mpf(str(found)), wanted, rel_eps=1e-45, abs_eps=1e-300)


def test_a_tie_is_a_tie():
    """½·0.03² is 0.00045 exactly: half_up and half_even must see the five, not 0.000449999…"""
    error = operations.loss("half_squared_error", 1)
    assert error.precise_value([Decimal("0.03"), Decimal(0)]) == Decimal("0.00045")
    assert operations.activation("sigmoid").precise_value([Decimal(0)]) == Decimal("0.5")


def test_what_overflows_on_the_way_is_still_right():
    """(1.5·10¹⁵⁴)² is too large for a double, half of it is not."""
    error = operations.loss("half_squared_error", 1)
    assert error.value([1.5e154, 0.0]) == pytest.approx(1.125e308, rel=1e-15)
    assert error.value([1e200, 0.0]) == math.inf
    assert error.partials([1e200, 0.0])[0] == 1e200


def test_an_operation_is_built_once():
    assert operations.activation("sigmoid") is operations.activation("sigmoid")
    assert operations.weighted_sum(2, True) is operations.weighted_sum(2, True)


def test_every_derivative_is_printed_as_itself_again_and_again():
    """What was built for one argument is not shown for another, nor under names it was printed with before."""
    operation = FUNCTIONS["logsumexp"].operation(2)
    quotient = operation_of_tree(parse_formula("a/b").statements[0].tree)
    names = [Printed("a", "a"), Printed("b", "b")]
    other = [Printed("p", "p"), Printed("q", "q")]
    result = Printed("r", "r")
    for _ in range(2):
        shown = [quotient.partial_formula(at, names, result, "en").text for at in (0, 1)]
        assert shown == ["1/b", "−a/b²"]
        renamed = [quotient.partial_formula(at, other, result, "en").text for at in (0, 1)]
        assert renamed == ["1/q", "−p/q²"]
        powers = [operation.partial_formula(at, names, result, "en").text for at in (0, 1)]
        assert powers == ["e^a/(e^a + e^b)", "e^b/(e^a + e^b)"]
        assert quotient.formula(other, "en").text == "p/q"
