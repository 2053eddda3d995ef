"""The rules for derivatives of matrix functions, as NumPy computes them, hold for the lessons that show them in scalars.

Source of the rules: Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation
(2008).
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.lesson.lesson import Expression
from explainer.trace.run import trace

# The weights of the sum that every lesson but the regression ends in.
WEIGHTS = np.array([[2.0, -1.0], [3.0, 1.0]])
SOME_VALUES = st.floats(-3, 3).map(lambda value: round(value, 2))


def gathered(found, letter):
    """Return the matrix of all entries whose names are this letter with a row and a column."""
    named = {
        name: value for name, value in found.items() if name[0] == letter and name[1:].isdigit()
    }
    rows = max(int(name[1]) for name in named)
    columns = max(int(name[2]) for name in named)
    return np.array(
        [[named[f"{letter}{i + 1}{j + 1}"] for j in range(columns)] for i in range(rows)]
    )


class Found:
    """Values and derivatives of a lesson as matrices."""

    def __init__(self, lesson):
        (run,) = trace(lesson, 1)
        nodes = run.graph.nodes
        self.values = {node.address: value for node, value in zip(nodes, run.values, strict=True)}
        self.slopes = {node.address: value for node, value in zip(nodes, run.adjoints, strict=True)}

    def value(self, letter):
        return gathered(self.values, letter)

    def d(self, letter):
        return gathered(self.slopes, letter)


def product(found):
    A, B, dC = found.value("a"), found.value("b"), found.d("c")
    return [(found.value("c"), A @ B), (found.d("a"), dC @ B.T), (found.d("b"), A.T @ dC)]


def hadamard(found):
    A, B, D, dC = found.value("a"), found.value("b"), found.value("d"), found.d("c")
    return [
        (found.value("c"), A * B * D),
        (found.d("a"), dC * B * D),
        (found.d("b"), A * dC * D),
        (found.d("d"), A * B * dC),
    ]


def function(found):
    X, dY = found.value("x"), found.d("y")
    return [(found.value("y"), np.tanh(X)), (found.d("x"), (1 - np.tanh(X) ** 2) * dY)]


def inverse(found):
    X, Y, dY = found.value("x"), found.value("y"), found.d("y")
    return [(Y, np.linalg.inv(X)), (found.d("x"), -Y.T @ dY @ Y.T)]


def transpose(found):
    return [(found.value("y"), found.value("x").T), (found.d("x"), found.d("y").T)]


def permutation(found):
    """Y = πX turns the square by a quarter; back it is turned the other way."""
    return [
        (found.value("y"), np.rot90(found.value("x"))),
        (found.d("x"), np.rot90(found.d("y"), -1)),
    ]


def regression(found):
    X, A, Y = found.value("x"), found.value("a"), found.value("y")
    D = X @ A - Y
    return [
        (found.values["E"], (D.T @ D)[0, 0]),
        (found.d("d"), 2 * D),
        (found.d("a"), X.T @ (2 * D)),
        (found.d("x"), 2 * D @ A.T),
        (found.d("y"), -2 * D),
    ]


RULES = {
    "matrix-product": product,
    "matrix-hadamard": hadamard,
    "matrix-function": function,
    "matrix-inverse": inverse,
    "matrix-transpose": transpose,
    "matrix-permutation": permutation,
    "matrix-mse": regression,
}


def assert_rule(name, lesson):
    found = Found(lesson)
    if name != "matrix-mse":
        letter = "c" if "c11" in found.values else "y"
        assert found.d(letter) == pytest.approx(WEIGHTS)
    for scalar, matrix in RULES[name](found):
        assert scalar == pytest.approx(matrix, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", RULES)
def test_the_lesson_obeys_the_rule(name):
    assert_rule(name, example(name))


@pytest.mark.parametrize("name", [name for name in RULES if name != "matrix-inverse"])
@given(data=st.data())
def test_any_values_obey_the_rule(name, data):
    lesson = example(name)
    values = {key: data.draw(SOME_VALUES) for key in lesson.expression.values}
    assert_rule(name, replace(lesson, expression=Expression(lesson.expression.formula, values)))


@given(st.tuples(SOME_VALUES, SOME_VALUES, SOME_VALUES, SOME_VALUES))
def test_any_regular_matrix_has_the_inverse_with_its_derivative(entries):
    X = np.array(entries).reshape(2, 2)
    if abs(np.linalg.det(X)) > 0.1:
        lesson = example("matrix-inverse")
        values = dict(zip(("x11", "x12", "x21", "x22"), entries, strict=True))
        found = Found(replace(lesson, expression=Expression(lesson.expression.formula, values)))
        for scalar, matrix in inverse(found):
            assert scalar == pytest.approx(matrix, rel=1e-9, abs=1e-9)
