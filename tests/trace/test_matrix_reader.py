"""Rules of matrices are found where a formula spells them out, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.examples import example
from explainer.trace.grids import Grid
from explainer.trace.matrix_rules import matrix_rules


def rules_of(formula: str, names: str = ""):
    return matrix_rules(formula, frozenset(names.split()))


def told(formula: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(rule.result, rule.kind, rule.arguments) for rule in rules_of(formula).found]


EXPECTED = {
    "matrix-product": [("c", "product", ("a", "b")), ("E", "weighted", ("c",))],
    "matrix-hadamard": [("c", "hadamard", ("a", "b", "d")), ("E", "weighted", ("c",))],
    "matrix-function": [("y", "function", ("x",)), ("E", "weighted", ("y",))],
    "matrix-inverse": [("y", "inverse", ("x",)), ("E", "weighted", ("y",))],
    "matrix-transpose": [("y", "transpose", ("x",)), ("E", "weighted", ("y",))],
    "matrix-permutation": [("y", "permutation", ("x",)), ("E", "weighted", ("y",))],
    "matrix-mse": [
        ("p", "product", ("x", "a")),
        ("d", "sum", ("p", "y")),
        ("E", "squares", ("d",)),
    ],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_lessons_spell_out_their_rules(name):
    expression = example(name).expression
    rules = matrix_rules(expression.formula, frozenset(expression.values))
    assert [(rule.result, rule.kind, rule.arguments) for rule in rules.found] == EXPECTED[name]
    assert not rules.unexplained


sizes = st.integers(1, 4)


@given(sizes, sizes, sizes, st.randoms())
def test_any_product_is_found_however_it_is_ordered(n, k, m, random):
    lines = []
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            terms = [[f"a{i}{r}", f"b{r}{j}"] for r in range(1, k + 1)]
            random.shuffle(terms)
            for pair in terms:
                random.shuffle(pair)
            lines.append(f"c{i}{j} = " + " + ".join("*".join(pair) for pair in terms))
    if min(n * k, k * m, n * m) == 1:
        # A matrix of one entry is a number.
        return
    assert told("\n".join([*lines, "c11"])) == [("c", "product", ("a", "b"))]


def test_shapes_and_order():
    rules = rules_of(
        "c11 = a11*b11 + a12*b21 + a13*b31\nc21 = a21*b11 + a22*b21 + a23*b31\nc11 - c21"
    )
    assert list(rules.grids.values()) == [Grid("a", 2, 3), Grid("b", 3, 1), Grid("c", 2, 1)]
    assert rules.found[-1].weights == {(0, 0): 1.0, (1, 0): -1.0}
    assert rules.of("c21") is rules.found[0]
    assert rules.uses("b") == rules.found[:1]


def test_a_sum_keeps_its_signs_and_a_square_may_be_a_power():
    rules = rules_of("d11 = -1*p11\nd21 = p21")
    assert rules.found == ()
    rules = rules_of("d11 = p11 - y11 + z11; d21 = p21 - y21 + z21; d11^2 + d21^2")
    assert [rule.kind for rule in rules.found] == ["sum", "squares"]
    assert rules.found[0].signs == (1, -1, 1)


@pytest.mark.parametrize(
    "formula",
    [
        # One term of the product is wrong, or missing, or subtracted.
        "c11 = a11*b11 + a12*b22; c12 = a11*b12 + a12*b22; c11 + c12*1",
        "c11 = a11*b11; c12 = a11*b12 + a12*b22; c11*c12*a12*b21*b22",
        "c11 = a11*b11 - a12*b21; c12 = a11*b12 - a12*b22; c11*c12",
        # An entry is used twice, another never.
        "y11 = x11; y12 = x11; y21 = x21; y22 = x22; y11*y12*y21*y22*x12",
        # Two functions; a function of something else than an entry.
        "y11 = tanh(x11); y12 = sin(x12); y11*y12",
        "y11 = tanh(2*x11); y12 = tanh(2*x12); y11*y12",
        # Not the determinant.
        "t = x11*x22 + x12*x21; y11 = x22/t; y12 = -x12/t; y21 = -x21/t; y22 = x11/t; y11*y12*y21*y22",
        # A matrix with a gap; a single entry; no names with rows and columns.
        "c11 = a11*b11; c22 = a22*b22; c11*c22",
        "c11 = a11*b11; c11",
        "sin(x+y)/(x*y)",
    ],
)
def test_what_is_no_rule_is_not_taken_for_one(formula):
    kinds = [rule.kind for rule in rules_of(formula).found]
    assert kinds in ([], ["weighted"])


def test_what_else_a_matrix_goes_into_is_known():
    rules = rules_of("c11 = a11*b11; c12 = a12*b12; t = a11 + 1; c11 + c12*t")
    assert [rule.kind for rule in rules.found] == ["hadamard"]
    assert rules.unexplained == {"a", "c"}
