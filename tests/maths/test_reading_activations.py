"""Reading an activation typed as a formula, and which functions a formula may use."""

import pytest

from explainer.maths.expression import (
    parse_activation,
)
from explainer.maths.functions import FUNCTIONS
from tests.maths.written import read, refusal


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("z*w", "Character 3: an activation is written in z; “w” is not known."),
        ("z + x", "Character 5: an activation is written in z or in x, not in both."),
        ("a = z; a", "An activation is one expression in z, without “=” or “;”."),
        ("a = z", "An activation is one expression in z, without “=” or “;”."),
        ("z" + "+z" * 250, "The formula is longer than 500 characters."),
        ("z" + "+z" * 200, "more than 200 operations"),
    ],
)
def test_what_an_activation_may_not_be(text, said):
    assert said in refusal(text, parse_activation)


@pytest.mark.parametrize(("text", "variable"), [("z^2", "z"), ("x^2", "x"), ("3", "z")])
def test_an_activation_is_in_z_or_x(text, variable):
    assert parse_activation(text)[1] == variable


def test_every_scalar_activation_is_a_function():
    from explainer.maths.activations import ACTIVATIONS

    assert set(ACTIVATIONS) <= set(FUNCTIONS)
    for name in ACTIVATIONS:
        assert read(f"{name}(x)") == f"{name}(x)"


def test_every_function_of_the_contract_is_there():
    names = "sin cos tan asin acos atan sinh cosh exp log sqrt abs sign min max erf logsumexp soft_max_mean"
    assert set(names.split()) <= set(FUNCTIONS)
