"""What every row of the activation table must keep."""

import math

import mpmath
import pytest
import sympy

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


def numbers(row, chosen):
    values = {**row.parameters, **dict(chosen)}
    return {name: sympy.Rational(repr(value)) for name, value in values.items()}


def definition(row, chosen):
    return row.formula(sympy, Z, numbers(row, chosen))


def precisely(expression):
    return sympy.lambdify([Z], expression, "mpmath")


def at_points(row):
    return [(point,) for point in points(row.kinks) if point not in row.kinks]


@every_row
def test_a_row_introduces_itself(row):
    assert ACTIVATIONS[row.name] is row
    assert row.name.isidentifier()
    assert isinstance(row.label, Message)
    assert row.label.key.strip()
    assert row.source.strip()
    assert bool(row.name_latex) == bool(row.name_text)
    assert "lambda" not in row.parameters


@every_row
def test_a_kink_comes_with_the_convention(row):
    assert bool(row.kinks) == (row.convention is not None)


@every_activation
def test_the_kinks_are_where_the_slope_jumps(row, chosen):
    formula = definition(row, chosen)
    slope = precisely(formula.diff(Z))
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
            for border in borders
            if abs(slope(mpmath.mpf(border) + step) - slope(mpmath.mpf(border) - step)) > 1e-20
        }
    assert jumps == set(row.kinks)


@every_activation
def test_the_stable_form_is_the_definition(row, chosen):
    if row.stable is None:
        return
    stable = row.stable(sympy, Z, numbers(row, chosen))
    assert wrong(precisely(stable), precisely(definition(row, chosen)), at_points(row)) == []
    assert (
        wrong(precisely(stable.diff(Z)), precisely(definition(row, chosen).diff(Z)), at_points(row))
        == []
    )


@every_activation
def test_the_textbook_form_is_the_definition(row, chosen):
    if row.textbook is None:
        return
    textbook = row.textbook(sympy, Z, numbers(row, chosen))
    assert wrong(precisely(textbook), precisely(definition(row, chosen)), at_points(row)) == []


@every_activation
def test_the_textbook_derivative_is_the_derivative(row, chosen):
    if row.textbook_derivative is None:
        return
    formula = definition(row, chosen)
    textbook = row.textbook_derivative(sympy, Z, formula, numbers(row, chosen))
    assert wrong(precisely(textbook), precisely(formula.diff(Z)), at_points(row)) == []


@every_activation
def test_the_numbers_are_those_of_the_definition(row, chosen):
    operation = operations.activation(row.name, chosen)
    formula = definition(row, chosen)
    value, slope = precisely(formula), precisely(formula.diff(Z))
    with mpmath.workdps(DIGITS):
        for point in [*points(row.kinks), *row.kinks]:
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
    for kink in row.kinks:
        assert operation.partials([kink])[0] == float(slope(mpmath.mpf(kink)))


def test_relu_has_slope_0_at_0():
    assert operations.activation("relu").partials([0.0]) == [0.0]
    assert operations.activation("relu").partials([-0.0]) == [0.0]
