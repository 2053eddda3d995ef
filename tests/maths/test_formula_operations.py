"""The operations of formulas: value, derivatives, exact decimals, and how they are written."""

import math
from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.maths.expression import parse_formula
from explainer.maths.extremum import Extremum
from explainer.maths.functions import FUNCTIONS, MOST_ARGUMENTS
from explainer.maths.power import Power
from explainer.maths.printed import Printed, number
from explainer.maths.product import Product
from explainer.maths.signed_sum import SignedSum
from explainer.maths.typed import formula_of_tree, operation_of_tree
from tests.contracts.points import agrees

X, Y, Z = (Printed(name, name) for name in "xyz")
OUT = Printed("v", "v")
ONE_ARGUMENT = sorted(name for name, row in FUNCTIONS.items() if row.arity == 1)
SMOOTH = ["sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "exp", "log", "sqrt", "erf"]
values = st.floats(-700, 700)


def slope_of(name, point):
    """Return the derivative of a function by mpmath alone."""
    own = {"asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan}
    with mpmath.workdps(60):
        return mpmath.diff(own.get(name) or getattr(mpmath, name), mpmath.mpf(point))


@pytest.mark.parametrize("name", SMOOTH)
def test_functions_agree_with_mpmath(name):
    inside = {"asin", "acos"}
    above = {"log", "sqrt"}
    for point in (1e-8, 0.3, 1 - 1e-9) if name in inside else (1e-6, 0.5, 3.0, 40.0):
        for x in (point, -point) if name not in above else (point,):
            operation = FUNCTIONS[name].operation(1)
            with mpmath.workdps(60):
                wanted = getattr(mpmath, name)(mpmath.mpf(x))
            assert agrees(operation.value([x]), wanted), x
            assert agrees(operation.partials([x])[0], slope_of(name, x)), x


def test_the_absolute_value_has_slope_nought_at_nought():
    assert [FUNCTIONS["abs"].operation(1).partials([x])[0] for x in (-2.0, 0.0, 3.0)] == [-1, 0, 1]


@pytest.mark.parametrize(
    ("share", "tied", "apart"),
    [
        ("first", [0, 1, 0], [0, 1, 0]),
        ("equal", [0, 0.5, 0.5], [0, 1, 0]),
        ("each", [0, 1, 1], [0, 1, 0]),
    ],
)
def test_three_conventions_for_a_tie(share, tied, apart):
    largest = Extremum(3, share=share)
    assert largest.partials([1.0, 2.0, 2.0]) == tied
    assert largest.partials([1.0, 2.0, 1.5]) == apart
    assert largest.value([1.0, 2.0, 2.0]) == 2
    assert [
        float(part) for part in largest.precise_partials([Decimal(1), Decimal(2), Decimal(2)])
    ] == tied


def test_the_minimum_is_the_mirror_of_the_maximum():
    smallest = Extremum(3, largest=False)
    assert smallest.value([3.0, 1.0, 1.0]) == 1
    assert smallest.partials([3.0, 1.0, 1.0]) == [0, 1, 0]
    assert smallest.formula([X, Y, Z], "en").text == "min(x, y, z)"


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8))
def test_shares_add_up_to_one_but_for_each(arguments):
    count = len(arguments)
    assert sum(Extremum(count).partials(arguments)) == 1
    assert sum(Extremum(count, share="equal").partials(arguments)) == pytest.approx(1)
    ties = arguments.count(max(arguments))
    assert sum(Extremum(count, share="each").partials(arguments)) == ties


def test_how_a_tie_is_written():
    assert Extremum(2).partial_formula(0, [X, Y], OUT, "en").text == "{1 (x ≥ y); 0 (otherwise)}"
    assert Extremum(2).partial_formula(1, [X, Y], OUT, "ru").text == "{1 (y > x); 0 (иначе)}"
    equal = Extremum(3, share="equal")
    assert equal.partial_formula(0, [X, Y, Z], OUT, "en").text == "{1/m (x = v); 0 (otherwise)}"
    assert equal.partial_formula(0, [X, Y, Z], OUT, "en", [2.0, 2.0, 1.0]).text == "1/2"
    assert equal.formula([X, Y, Z], "en").text == "max_mean(x, y, z)"


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=6))
def test_a_product_and_its_partials(factors):
    product = Product(len(factors))
    assert product.value(factors) == pytest.approx(math.prod(factors))
    for place, partial in enumerate(product.partials(factors)):
        assert partial == pytest.approx(math.prod(factors[:place] + factors[place + 1 :]))


def test_a_product_may_leave_the_doubles_on_its_way():
    assert Product(3).value([1e200, 1e200, 1e-300]) == pytest.approx(1e100)
    assert Product(3).partials([1e200, 1e200, 1e200])[0] == math.inf


def test_exact_products():
    tenth = Decimal("0.1")
    assert Product(3).precise_value([tenth, tenth, tenth]) == Decimal("0.001")


@given(st.lists(values, min_size=1, max_size=6))
def test_shifted_functions_never_overflow_and_add_up(arguments):
    count = len(arguments)
    exact = [mpmath.mpf(argument) for argument in arguments]
    with mpmath.workdps(60):
        exponentials = [mpmath.exp(x) for x in exact]
        whole = mpmath.fsum(exponentials)
        shares = [each / whole for each in exponentials]
        mean = mpmath.fsum(x * share for x, share in zip(exact, shares, strict=True))
        wanted = {"logsumexp": mpmath.log(whole), "soft_max_mean": mean}
        slopes = {
            "logsumexp": shares,
            "soft_max_mean": [s * (1 + x - mean) for x, s in zip(exact, shares, strict=True)],
        }
    for name, value in wanted.items():
        operation = FUNCTIONS[name].operation(count)
        assert operation.value(arguments) == pytest.approx(float(value), rel=1e-12, abs=1e-12)
        for found, slope in zip(operation.partials(arguments), slopes[name], strict=True):
            # Doubles carry no more digits of the differences of the x than of the x themselves.
            assert found == pytest.approx(float(slope), rel=1e-11, abs=1e-12)


def test_the_largest_number_of_arguments():
    arguments = [float(index % 5) for index in range(MOST_ARGUMENTS)]
    for name, row in FUNCTIONS.items():
        if row.arity is None:
            assert len(row.operation(MOST_ARGUMENTS).partials(arguments)) == MOST_ARGUMENTS, name


@pytest.mark.parametrize(
    ("exponent", "formula", "slope"),
    [
        ("2", "x²", "2·x"),
        ("3", "x^3", "3·x²"),
        ("-2", "x^(−2)", "−2·x^(−3)"),
        ("0.5", "x^0.5", "0.5·x^(−0.5)"),
        ("1", "x", "1"),
        ("0", "x^0", "0"),
    ],
)
def test_powers_are_written_as_typed(exponent, formula, slope):
    power = Power(exponent)
    assert power.formula([X], "en").text == formula
    assert power.partial_formula(0, [X], OUT, "en").text == slope


def test_powers():
    assert Power("2.3").value([2.0]) == 2.0**2.3
    assert Power("0").partials([0.0]) == [0.0]
    assert Power("2").partials([0.0]) == [0.0]
    assert Power("3").precise_value([Decimal("0.1")]) == Decimal("0.001")


def operation(text):
    return operation_of_tree(parse_formula(text).statements[0].tree)


def test_a_power_with_a_variable_exponent():
    power = operation("x^y")
    assert power.value([2.0, 3.0]) == 8
    assert power.partials([2.0, 3.0]) == pytest.approx([12, 8 * math.log(2)])
    assert power.partials([0.0, 2.0]) == [0, 0]
    assert power.partials([0.0, 1.0]) == [1, 0]
    assert math.isnan(power.partials([-2.0, 2.0])[1])
    assert power.precise_value([Decimal(2), Decimal(3)]) == 8
    assert power.precise_value([Decimal("1.5"), Decimal("1e15")]).is_infinite()


def test_signed_sums_are_written_as_typed():
    total = SignedSum((1, -1, 1))
    assert total.formula([X, Y, Z], "en").text == "x − y + z"
    numbers = [number(value, 5, "en") for value in (1.0, -2.0, -3.0)]
    assert total.formula(numbers, "en").text == "1 − (−2) + (−3)"
    assert SignedSum((-1, 1)).formula([X, Y], "en").text == "−x + y"
    assert total.partials([1.0, 2.0, 3.0]) == [1, -1, 1]
    assert total.precise_value([Decimal("0.1"), Decimal("0.3"), Decimal("0.2")]) == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(x + y)*z", "(x + y)·z"),
        ("x - (y - z)", "x − (y − z)"),
        ("x/(y*z)", "x/(y·z)"),
        ("x/y/z", "x/y/z"),
        ("(-x)^2", "(−x)²"),
        ("2*pi*x", "2·π·x"),
        ("0.50*x", "0.5·x"),
        ("sigmoid(2*x)", "σ(2·x)"),
        ("max(x, y)^2", "(max(x, y))²"),
        ("x^(y+1)", "x^(y + 1)"),
        ("sqrt(x) + exp(-x)", "√(x) + e^(−x)"),
        ("x*-3", "x·(−3)"),
        ("swish(x)", "swish(x)"),
        ("tanh_linear(x)", "tanh(x) + a·x"),
    ],
)
def test_trees_are_written_with_the_parentheses_they_need(text, shown):
    tree = parse_formula(text).statements[0].tree
    assert formula_of_tree(tree, {"x": X, "y": Y, "z": Z}, "en").text == shown


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_can_be_worked_out_by_hand(name):
    row = FUNCTIONS[name]
    count = row.arity or 3
    arguments = [Decimal("0.25"), Decimal("0.5"), Decimal("0.5")][:count]
    made = row.operation(count)
    exact = made.precise_value(arguments)
    assert float(exact) == pytest.approx(made.value([float(x) for x in arguments]), rel=1e-14)
    partials = made.partials([float(x) for x in arguments])
    assert [float(x) for x in made.precise_partials(arguments)] == pytest.approx(
        partials, rel=1e-13, abs=1e-15
    )


def test_a_tie_in_rounding_is_a_tie():
    product = operation("x*y")
    assert product.precise_value([Decimal("0.5"), Decimal("0.25")]) == Decimal("0.125")
    assert Fraction(operation("x/y").precise_value([Decimal(1), Decimal(8)])) == Fraction(1, 8)


@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_the_distance_to_a_kink_goes_with_the_convention(name):
    row = FUNCTIONS[name]
    assert (row.to_kink is not None) == (row.convention is not None)
