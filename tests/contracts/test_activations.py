"""What every row of the activation table must keep."""

import math

import mpmath
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from explainer.maths import operations
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.printed import Printed
from explainer.messages import Message
from explainer.render.formulas import picture
from tests.contracts.points import DIGITS, agrees, points, wrong

Z = sympy.Symbol("z", real=True)


def chosen_of(row):
    """Return the parameters at their defaults, and each moved a little."""
    moved = [((name, value * 1.25),) for name, value in row.parameters.items()]
    return [(), *moved]


CASES = [
    pytest.param(row, chosen, id="-".join([name, *(parameter for parameter, _ in chosen)]))
    for name, row in ACTIVATIONS.items()
    for chosen in chosen_of(row)
]
every_activation = pytest.mark.parametrize(("row", "chosen"), CASES)
every_row = pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=ACTIVATIONS)


def nearby(value):
    """Draw a parameter like its default and of the same sign; in 1024ths, which decimals and doubles both have."""
    size = max(round(1024 * abs(value)), 8)
    return st.integers(size // 8, size * 3).map(lambda part: math.copysign(part / 1024, value))


def numbers(row, chosen):
    values = {**row.parameters, **dict(chosen)}
    return {name: sympy.Rational(repr(value)) for name, value in values.items()}


def kinks_of(row, chosen=()):
    return row.kinks_at({**row.parameters, **dict(chosen)})


def definition(row, chosen):
    return row.formula(sympy, Z, numbers(row, chosen))


def precisely(expression):
    return sympy.lambdify([Z], expression, "mpmath")


def at_points(row, chosen=()):
    kinks = kinks_of(row, chosen)
    return [(point,) for point in points(kinks) if point not in kinks]


@every_row
def test_a_row_introduces_itself(row):
    assert ACTIVATIONS[row.name] is row
    assert row.name.isidentifier()
    assert isinstance(row.label, Message)
    assert row.label.key.strip()
    assert row.source.strip()
    assert bool(row.name_latex) == bool(row.name_text)
    assert "lambda" not in row.parameters
    for said in (row.range, row.saturation):
        assert isinstance(said, Message)
        assert said.key.strip()


@every_row
def test_a_kink_comes_with_the_convention(row):
    assert bool(row.kinks) == (row.convention is not None)


@every_activation
def test_the_bounds_are_approached_and_never_passed(row, chosen):
    value = precisely(definition(row, chosen))
    far = [float(value(mpmath.mpf(point))) for point in (-1e9, -1e3, 1e3, 1e9)]
    bounds = row.bounds_at(dict(chosen))
    if bounds is None:
        assert max(map(abs, far)) > 1e6
        return
    low, high = bounds
    every = [*far, *(float(value(mpmath.mpf(part) / 8)) for part in range(-64, 65))]
    assert min(every) >= low
    assert max(every) <= high
    assert min(every) == pytest.approx(low, abs=1e-8)
    assert max(every) == pytest.approx(high, abs=1e-8)


@every_activation
def test_the_kinks_are_where_the_slope_jumps(row, chosen):
    formula = definition(row, chosen)
    value, slope = precisely(formula), precisely(formula.diff(Z))
    kinks = set(kinks_of(row, chosen))
    conditions = [
        condition
        for part in formula.atoms(sympy.Piecewise)
        for _, condition in part.args
        if condition.is_Relational
    ]
    borders = {
        float(border)
        for condition in conditions
        for border in sympy.solve(condition.lhs - condition.rhs, Z)
    }
    step = mpmath.mpf("1e-30")
    with mpmath.workdps(60):
        jumps = {
            border
            for border in borders | kinks
            for function in (value, slope)
            if abs(function(mpmath.mpf(border) + step) - function(mpmath.mpf(border) - step))
            > 1e-20
        }
    # ELU is smooth for α = 1 only; other α have their kink where it would be.
    assert jumps == (set() if (row.name, chosen) == ("elu", ()) else kinks)


@every_activation
def test_the_stable_form_is_the_definition(row, chosen):
    if row.stable is None:
        return
    stable = row.stable(sympy, Z, numbers(row, chosen))
    assert (
        wrong(precisely(stable), precisely(definition(row, chosen)), at_points(row, chosen)) == []
    )
    assert (
        wrong(
            precisely(stable.diff(Z)),
            precisely(definition(row, chosen).diff(Z)),
            at_points(row, chosen),
        )
        == []
    )


@every_activation
def test_the_textbook_form_is_the_definition(row, chosen):
    if row.textbook is None:
        return
    textbook = row.textbook(sympy, Z, numbers(row, chosen))
    assert (
        wrong(precisely(textbook), precisely(definition(row, chosen)), at_points(row, chosen)) == []
    )


@every_activation
def test_the_textbook_derivative_is_the_derivative(row, chosen):
    if row.textbook_derivative is None:
        return
    formula = definition(row, chosen)
    textbook = row.textbook_derivative(sympy, Z, formula, numbers(row, chosen))
    assert wrong(precisely(textbook), precisely(formula.diff(Z)), at_points(row, chosen)) == []


@every_activation
def test_the_numbers_are_those_of_the_definition(row, chosen):
    operation = operations.activation(row.name, chosen)
    formula = definition(row, chosen)
    value, slope = precisely(formula), precisely(formula.diff(Z))
    with mpmath.workdps(DIGITS):
        for point in [*points(kinks_of(row, chosen)), *kinks_of(row, chosen)]:
            exact = mpmath.mpf(point)
            assert agrees(operation.value([point]), value(exact)), point
            assert agrees(operation.partials([point])[0], slope(exact)), point


@every_row
@given(data=st.data())
def test_the_numbers_are_those_of_the_definition_for_any_parameters(row, data):
    chosen = tuple((name, data.draw(nearby(value))) for name, value in row.parameters.items())
    if row.name == "hard_tanh" and chosen[0][1] >= chosen[1][1]:
        chosen = ()
    operation = operations.activation(row.name, chosen)
    kinks = kinks_of(row, chosen)
    sides = [math.nextafter(kink, side * math.inf) for kink in kinks for side in (1, -1)]
    drawn = data.draw(st.lists(st.floats(-1000, 1000), min_size=3, max_size=8))
    formula = definition(row, chosen)
    value, slope = precisely(formula), precisely(formula.diff(Z))
    with mpmath.workdps(DIGITS):
        for point in [*sides, *kinks, *drawn]:
            exact = mpmath.mpf(point)
            assert agrees(operation.value([point]), value(exact)), point
            assert agrees(operation.partials([point])[0], slope(exact)), point


@every_activation
def test_no_number_overflows(row, chosen):
    operation = operations.activation(row.name, chosen)
    for step in range(-1000, 1001):
        assert math.isfinite(operation.value([float(step)]))
        assert math.isfinite(operation.partials([float(step)])[0])


@every_activation
def test_the_formulas_can_be_drawn(row, chosen):
    operation = operations.activation(row.name, chosen)
    symbol, result = Printed("z_{h_1}", "z"), Printed("h_1", "h")
    number = Printed("-0.5", "−0.5", negative=True, starts_with_number=True)
    for language in ("en", "ru"):
        drawn = [
            operation.formula([symbol], language),
            operation.formula([number], language),
            operation.formula([number], language, [-0.5]),
            operation.partial_formula(0, [symbol], result, language),
            operation.partial_formula(0, [number], number, language, [-0.5]),
        ]
        for formula in drawn:
            assert picture(formula.latex).width > 0
            assert formula.text.strip()


@every_row
def test_relu_and_its_like_keep_their_convention(row):
    """At a kink the derivative is that of the branch the definition puts the kink into."""
    operation = operations.activation(row.name)
    slope = precisely(definition(row, ()).diff(Z))
    for kink in kinks_of(row):
        assert operation.partials([kink])[0] == float(slope(mpmath.mpf(kink)))


def test_relu_has_slope_0_at_0():
    assert operations.activation("relu").partials([0.0]) == [0.0]
    assert operations.activation("relu").partials([-0.0]) == [0.0]


@pytest.mark.parametrize(
    ("name", "border"),
    [("sigmoid", 4.6), ("tanh", 3), ("softsign", 9), ("arctan", 10)],
)
def test_where_the_slope_falls_below_a_hundredth(name, border):
    operation = operations.activation(name)
    assert f"−{border} … {border}" in ACTIVATIONS[name].saturation.key
    assert "0.01" in ACTIVATIONS[name].saturation.key
    for z in (border, -border):
        assert operation.partials([z])[0] <= 0.01 <= operation.partials([z * 0.99])[0]


@pytest.mark.parametrize(
    ("name", "lowest"),
    [
        ("selu", 1.7581), ("gelu", 0.17), ("gelu_tanh", 0.1701), ("swish", 0.28), ("mish", 0.31),
        ("hard_swish", 0.375),
    ],
)  # fmt: skip
def test_the_lowest_value_is_the_one_that_is_said(name, lowest):
    operation = operations.activation(name)
    assert f"−{lowest}" in ACTIVATIONS[name].range.key
    found = min(operation.value([step / 1000]) for step in range(-40000, 1000))
    assert -lowest <= found < -lowest + 0.01


@pytest.mark.parametrize("name", ["elu", "selu", "gelu", "gelu_tanh", "swish", "mish", "softplus"])
def test_a_smooth_rectifier_dies_far_below_zero(name):
    assert "very negative" in ACTIVATIONS[name].saturation.key
    assert abs(operations.activation(name).partials([-20.0])[0]) < 1e-6


@pytest.mark.parametrize(
    ("name", "flat", "steep"),
    [
        ("relu", (-1000, -1e-9, 0), (1e-9, 1000)),
        ("hard_tanh", (-1000, -1, 1, 1000), (-0.999, 0.999)),
        ("hard_sigmoid", (-1000, -3, 3, 1000), (-2.999, 2.999)),
        ("hard_swish", (-1000, -3), (-2.999, 3, 1000)),
        ("soft_shrink", (-0.5, 0, 0.5), (-0.501, 0.501, 1000)),
        ("hard_shrink", (-0.5, 0, 0.5), (-0.501, 0.501, 1000)),
        ("piecewise_linear", (-1000, -0.5, 0.5, 1000), (-0.499, 0.499)),
        ("heaviside", (-1000, -1e-9, 0, 1e-9, 1000), ()),
        ("sign", (-1000, -1e-9, 0, 1e-9, 1000), ()),
    ],
)
def test_where_the_slope_is_said_to_be_0_it_is(name, flat, steep):
    operation = operations.activation(name)
    assert "the derivative is 0" in ACTIVATIONS[name].saturation.key
    assert all(operation.partials([float(z)]) == [0.0] for z in flat)
    assert all(operation.partials([float(z)])[0] != 0 for z in steep)
