"""Activations typed by the user: right to the last digits wherever doubles are, written as typed, differentiated."""

import math
from decimal import Decimal

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.active_tree import value_of_tree
from explainer.maths.chosen import (
    activation_conventions,
    activation_label,
    activation_operation,
    activation_row,
)
from explainer.maths.expression import parse_activation
from explainer.maths.printed import Printed
from explainer.maths.typed_activation import typed_activation
from tests.contracts.points import agrees, points

Z, A = Printed("z", "z"), Printed("a", "a")
# The same functions as rows of the table, written as a user would.
AS_TYPED = {
    "sigmoid": "1/(1+exp(-z))",
    "tanh": "(exp(z)-exp(-z))/(exp(z)+exp(-z))",
    "relu": "max(0, z)",
    "swish": "z/(1+exp(-z))",
    "softplus": "log(1+exp(z))",
    "softsign": "z/(1+abs(z))",
    "arctan": "atan(z)",
    "gelu": "z/2*(1+erf(z/sqrt(2)))",
    "mish": "z*tanh(log(1+exp(z)))",
    "tanh_shrink": "z - tanh(z)",
    "identity": "z",
}


def slope(name, z):
    """Return the table's derivative."""
    return activation_operation(Choice(name)).partials([z])[0]


@pytest.mark.parametrize("name", AS_TYPED)
def test_a_typed_function_is_as_good_as_the_row_of_the_table(name):
    typed, row = typed_activation(AS_TYPED[name]), activation_operation(Choice(name))
    for z in points():
        if abs(z) <= 1000 and z not in ACTIVATIONS[name].kinks:
            assert typed.value([z]) == pytest.approx(row.value([z]), rel=1e-12, abs=1e-15), z
            assert typed.partials([z])[0] == pytest.approx(slope(name, z), rel=1e-12, abs=1e-15), z


@pytest.mark.parametrize(
    "text",
    [
        "sin(2*pi*z)*z^2/3",
        "exp(-z)/exp(-z)",
        "1 - 1/(1+exp(z))",
        "logsumexp(z, 0, 2*z)",
        "soft_max_mean(z, -z)",
        "(1.0000001^64)^64*z",
        "log(1 + z^2) - 2*log(abs(z) + 1)",
        "selu(z) - elu(z)",
    ],
)
@given(st.floats(-1000, 1000))
def test_values_agree_with_mpmath(text, z):
    tree, variable = parse_activation(text)
    with mpmath.workdps(900):
        wanted = value_of_tree(tree, {variable: mpmath.mpf(z)})
        change = mpmath.diff(lambda x: value_of_tree(tree, {variable: x}), mpmath.mpf(z))
    typed = typed_activation(text)
    assert agrees(typed.value([z]), wanted)
    if "abs" not in text and "elu" not in text:
        assert agrees(typed.partials([z])[0], change)


def test_a_value_beyond_the_doubles_is_infinite_and_one_without_sense_nan():
    assert typed_activation("exp(z)^2").value([700.0]) == math.inf
    assert math.isnan(typed_activation("log(z)").value([-1.0]))
    assert typed_activation("exp(exp(exp(exp(z))))").value([1000.0]) == math.inf


def test_by_hand_a_typed_activation_is_one_step():
    third = typed_activation("z/3*3")
    assert third.precise_value([Decimal("0.5")]) == Decimal("0.5")
    assert third.precise_partials([Decimal("0.5")]) == [Decimal(1)]
    assert typed_activation("exp(exp(z))").precise_value([Decimal(1000)]).is_infinite()
    assert typed_activation("exp(z)").precise_value([Decimal(10000)]).is_infinite()


@pytest.mark.parametrize(
    ("text", "formula", "derivative"),
    [
        ("z^2 + 3*z", "z² + 3·z", "3 + 2·z"),
        ("0.5*x", "0.5·z", "0.5"),
        ("2*pi*z", "2·π·z", "2·π"),
        ("relu(z)*2", "ReLU(z)·2", "2·{0 (z ≤ 0); 1 (otherwise)}"),
        ("z*sigmoid(z)", "z·σ(z)", None),
        (
            "max(z, 1, 2)",
            "max(z, 1, 2)",
            "{1 (z ≥ 1 and z ≥ 2); 0 (otherwise)}",
        ),
        ("max_mean(z, -z)", "max_mean(z, −z)", "f′(z)"),
        ("(((1.0000001^64)^64)^64)^64*z", "(((1.0000001^64)^64)^64)^64·z", "5.353344555"),
    ],
)
def test_it_is_written_as_typed(text, formula, derivative):
    typed = typed_activation(text)
    assert typed.formula([Z], "en").text == formula
    if derivative is not None:
        assert typed.partial_formula(0, [Z], A, "en").text == derivative


def test_a_derivative_too_long_to_read_keeps_its_name():
    nested = "relu(" * 10 + "z" + ")" * 10
    typed = typed_activation(nested)
    assert typed.partial_formula(0, [Z], A, "en").text == "f′(z)"
    assert typed.partial_formula(0, [Z], A, "en", [2.0]).text == "1"
    assert typed.partials([2.0]) == [1.0]


def test_it_behaves_as_a_row():
    choice = Choice.typed("z*relu(z) + abs(z)")
    row = activation_row(choice)
    assert (row.name_latex, row.trained, dict(row.parameters)) == ("f", (), {})
    assert str(activation_label(choice)) == "z*relu(z) + abs(z)"
    assert len(activation_conventions(choice)) == 2
    assert activation_conventions(Choice("sigmoid")) == ()
    assert len(activation_conventions(Choice("maxout"))) == 1


def test_choices_are_equal_by_what_they_say():
    assert Choice.typed("z") == Choice.typed("z")
    assert Choice.typed("z") != Choice.typed("2*z")
    assert Choice.typed("z") != Choice("identity")
    assert hash(Choice("prelu", {"alpha": "a"})) != hash(Choice("prelu", {"alpha": 1.0}))
    assert Choice("prelu", {"alpha": "a"}).named == (("alpha", "a"),)
    assert repr(Choice.typed("z")) == "Choice.typed('z')"
    with pytest.raises(AttributeError):
        Choice.typed("z").expression = "x"


def test_learnt_parameters_are_arguments():
    operation = activation_operation(Choice("prelu", {"alpha": "a"}))
    assert operation.arity == 2
    assert operation.value([-2.0, 0.1]) == -0.2
    assert operation.partials([-2.0, 0.1]) == [0.1, -2.0]
    assert operation.partials([2.0, 0.1]) == [1.0, 0.0]
    alpha = Printed("\\alpha", "α")
    assert operation.formula([Z, alpha], "en").text == "{z (z > 0); α·z (otherwise)}"
    assert operation.partial_formula(1, [Z, alpha], A, "en").text == "{0 (z > 0); z (otherwise)}"
