"""What the input neurons receive: given columns, then computed ones, each the true value rounded once."""

import json
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal

import mpmath
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.edits import set_input
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.inputs import given_column, inputs_of
from explainer.lesson.lesson import Arithmetic, Data, Feature
from explainer.maths.column import column_of
from explainer.maths.trees import Apply
from explainer.messages import Refused
from explainer.trace.check import check
from explainer.trace.run import trace

# What lecture 2 feeds the network in TensorFlow Playground, and more, with the same in SymPy's words.
EXPRESSIONS = {
    "x1": lambda x, y: x,
    "x1^2": lambda x, y: x**2,
    "x1*x2": lambda x, y: x * y,
    "x1+x2": lambda x, y: x + y,
    "x1-x2": lambda x, y: x - y,
    "sin(x1)": lambda x, y: sympy.sin(x),
    "sin(x2)": lambda x, y: sympy.sin(y),
    "-x1": lambda x, y: -x,
    "x1^3": lambda x, y: x**3,
    "x1/3 - x2": lambda x, y: x / 3 - y,
    "exp(-x1^2)": lambda x, y: sympy.exp(-(x**2)),
    "tanh(x1)*cos(x2)": lambda x, y: sympy.tanh(x) * sympy.cos(y),
    "atan(x2)": lambda x, y: sympy.atan(y),
    "sigmoid(x1)": lambda x, y: 1 / (1 + sympy.exp(-x)),
    "abs(x1)": lambda x, y: sympy.Abs(x),
    "max(x1, x2)": lambda x, y: sympy.Max(x, y),
    "sqrt(x1^2 + x2^2)": lambda x, y: sympy.sqrt(x**2 + y**2),
    "pi*x1": lambda x, y: sympy.pi * x,
}
numbers = st.floats(-100, 100)


@pytest.mark.parametrize("text", EXPRESSIONS)
@given(numbers, numbers)
def test_a_feature_is_sympy_s_value_rounded_once(text, x1, x2):
    symbols = sympy.symbols("x1 x2", real=True)
    whole = sympy.lambdify(symbols, EXPRESSIONS[text](*symbols), "mpmath")
    with mpmath.workdps(80):
        expected = float(whole(mpmath.mpf(x1), mpmath.mpf(x2)))
    assert column_of(text, ("x1", "x2")).value((x1, x2)) == expected


@given(st.sampled_from(sorted(EXPRESSIONS)), numbers, numbers, st.integers(0, 6))
def test_by_hand_it_is_rounded_once(text, x1, x2, decimals):
    x1, x2 = round(x1, 3), round(x2, 3)
    data = Data(((x1, x2),), ((0.0,),), columns=(), features=(Feature("p", text),))
    lesson = replace(
        example("lecture-2-2-1"),
        data=data,
        arithmetic=Arithmetic("rounded", decimals=decimals),
    )
    exact = column_of(text, ("x1", "x2")).precise_value((x1, x2))
    wanted = float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0
    assert inputs_of(lesson, 0) == (wanted,)


def test_the_order_is_given_columns_then_features():
    lesson = example("xor-feature")
    assert [inputs_of(lesson, sample) for sample in range(4)] == [
        (0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1),
    ]  # fmt: skip
    assert [given_column(lesson.data, place) for place in range(3)] == [0, 1, None]
    assert lesson.data.features == (Feature("p", "x1*x2"),)


def test_without_features_a_row_is_handed_on_as_it_is():
    lesson = example("mazur-2-2-2")
    assert inputs_of(lesson, 0) is lesson.data.inputs[0]


def test_columns_are_called_by_their_names_or_by_position():
    data = Data(((2.0, 5.0),), ((0.0,),), names=("size", "e"), columns=("x2",))
    for text in ("size*e", "x1*e", "x1*x2"):
        shown = replace(data, features=(Feature("p", text),))
        assert inputs_of(replace(example("mazur-2-2-2"), data=shown), 0) == (5.0, 10.0)


def test_everything_sees_the_computed_inputs():
    lesson = example("circle-features")
    (run,) = trace(lesson)
    assert run.summary.values["5"]["u"] == 1.44
    assert check(lesson).rows
    given = replace(
        lesson,
        data=Data(tuple(inputs_of(lesson, sample) for sample in range(6)), lesson.data.targets),
    )
    (same,) = trace(given)
    assert run.summary.gradients == same.summary.gradients
    assert run.summary.input_gradients == same.summary.input_gradients


def test_a_computed_input_cannot_be_set_and_its_columns_can():
    lesson = example("xor-feature")
    with pytest.raises(Refused, match="computed from the others"):
        set_input(lesson, 0, 2, 5.0)
    assert inputs_of(set_input(lesson, 3, 1, -2.0), 3) == (1, -2, -2)
    tree = json.loads(lesson_to_json(lesson))
    tree["data"]["features"][0]["expression"] = "1/(x1 + 2)"
    with pytest.raises(Refused, match="in sample 2 it is not a finite number"):
        set_input(lesson_from_json(json.dumps(tree).encode()), 1, 0, -2.0)


def test_the_features_of_the_lecture_need_no_sympy():
    code = """
import sys
from explainer.maths.column import column_of
for text in ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"):
    column_of(text, ("x1", "x2")).value((0.5, 2.0))
assert "sympy" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_single_operation_is_left_to_the_processor():
    for text in ("x1*x2", "x1+x2", "x1-x2", "x1^2"):
        column = column_of(text, ("x1", "x2"))
        assert isinstance(column.tree, Apply)
        assert column._quick is not None
