"""Formulas as they are written: the order kept, signs never side by side, and the numbers line worth what it says."""

import operator

import mpmath
import pytest
import sympy
from hypothesis import assume, example, given
from hypothesis import strategies as st

from explainer.maths.formula import DEEPEST_FRACTION, printed
from explainer.maths.operations import activation, loss, weighted_sum
from explainer.maths.printed import ATOM, Printed, number, printed_sum
from explainer.render.formulas import picture
from tests.maths.reading import read

LETTERS = {name: sympy.Symbol(name, real=True) for name in ("b", "a", "z", "w", "x", "y")}
NAMES = {symbol: Printed(name, name) for name, symbol in LETTERS.items()}
b, a, z, w, x, y = LETTERS.values()


def written(build, names=NAMES, **options):
    with sympy.evaluate(False):
        expression = build()
    return printed(expression, names, **options)


def numbered(**values):
    return {LETTERS[name]: number(value, 10, "en") for name, value in values.items()}


GOLDENS = [
    (lambda: b + a, "b + a", "b + a"),
    (lambda: b * a, "b a", "b·a"),
    (lambda: b - a, "b - a", "b − a"),
    (lambda: z + b - a, "z + b - a", "z + b − a"),
    (lambda: z - (b + a), "z - \\left(b + a\\right)", "z − (b + a)"),
    (lambda: -z, "-z", "−z"),
    (lambda: (b + a) * z, "\\left(b + a\\right) z", "(b + a)·z"),
    (lambda: (z - a) ** 2, "\\left(z - a\\right)^{2}", "(z − a)²"),
    (lambda: 2 * (z - a), "2 \\cdot \\left(z - a\\right)", "2·(z − a)"),
    (lambda: sympy.Rational(1, 2) * (z - a) ** 2,
     "\\frac{1}{2} \\left(z - a\\right)^{2}", "1/2·(z − a)²"),
    (lambda: b / a, "\\frac{b}{a}", "b/a"),
    (lambda: (b + z) / (a * w), "\\frac{b + z}{a w}", "(b + z)/(a·w)"),
    (lambda: 1 / (1 + sympy.exp(-z)), "\\frac{1}{1 + e^{-z}}", "1/(1 + e^(−z))"),
    (lambda: sympy.exp(z) * a, "e^{z} a", "e^z·a"),
    (lambda: a * (1 - a), "a \\left(1 - a\\right)", "a·(1 − a)"),
    (lambda: sympy.tanh(z), "\\tanh\\left(z\\right)", "tanh(z)"),
    (lambda: sympy.sqrt(z), "\\sqrt{z}", "√(z)"),
    (lambda: sympy.Abs(z - a), "\\left|z - a\\right|", "|z − a|"),
    (lambda: sympy.log(z), "\\ln\\left(z\\right)", "ln(z)"),
]  # fmt: skip


@pytest.mark.parametrize(("build", "latex", "text"), GOLDENS, ids=[text for *_, text in GOLDENS])
def test_the_order_of_writing_is_kept(build, latex, text):
    found = written(build)
    assert (found.latex, found.text) == (latex, text)


NUMBERED = [
    (lambda: w * x, {"w": 0.5, "x": 2.0}, "0.5 \\cdot 2", "0.5·2"),
    (lambda: w * x, {"w": -0.5, "x": 2.0}, "-0.5 \\cdot 2", "−0.5·2"),
    (lambda: w * x, {"w": 0.5, "x": -2.0},
     "0.5 \\cdot \\left(-2\\right)", "0.5·(−2)"),
    (lambda: b + w * x, {"b": 1.0, "w": -0.5, "x": 2.0},
     "1 + \\left(-0.5\\right) \\cdot 2", "1 + (−0.5)·2"),
    (lambda: b + a, {"b": -1.0, "a": -2.0}, "-1 + \\left(-2\\right)", "−1 + (−2)"),
    (lambda: b - a, {"b": -1.0, "a": -2.0}, "-1 - \\left(-2\\right)", "−1 − (−2)"),
    (lambda: -z, {"z": -3.0}, "-\\left(-3\\right)", "−(−3)"),
    (lambda: (z - a) ** 2, {"z": 0.191, "a": 1.0},
     "\\left(0.191 - 1\\right)^{2}", "(0.191 − 1)²"),
    (lambda: z**2, {"z": -3.0}, "\\left(-3\\right)^{2}", "(−3)²"),
    (lambda: z**2, {"z": 3.0}, "3^{2}", "3²"),
    (lambda: z**2, {"z": 1e-7}, "\\left(10^{-7}\\right)^{2}", "(10⁻⁷)²"),
    (lambda: z**2, {"z": 2e-7}, "\\left(2 \\cdot 10^{-7}\\right)^{2}", "(2·10⁻⁷)²"),
    (lambda: b / a, {"b": 1.0, "a": 2e-7}, "\\frac{1}{2 \\cdot 10^{-7}}", "1/(2·10⁻⁷)"),
    (lambda: b / a, {"b": 1.0, "a": -2.0}, "\\frac{1}{-2}", "1/(−2)"),
    (lambda: sympy.exp(-z), {"z": -2.0}, "e^{-\\left(-2\\right)}", "e^(−(−2))"),
    (lambda: sympy.exp(z), {"z": 1e-7}, "e^{10^{-7}}", "e^(10⁻⁷)"),
    (lambda: a * (1 - a), {"a": 0.5},
     "0.5 \\cdot \\left(1 - 0.5\\right)", "0.5·(1 − 0.5)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("build", "values", "latex", "text"), NUMBERED, ids=[text for *_, text in NUMBERED]
)
def test_numbers_are_put_in_with_parentheses_where_they_are_needed(build, values, latex, text):
    found = written(build, numbered(**values))
    assert (found.latex, found.text) == (latex, text)


def test_deep_fractions_are_written_on_one_line():
    def nested(depth):
        return z if depth == 0 else a / (b + nested(depth - 1))

    flat, deep = written(lambda: nested(DEEPEST_FRACTION)), written(lambda: nested(9))
    assert flat.latex.count("\\frac") == DEEPEST_FRACTION
    assert " / " not in flat.latex
    assert deep.latex.count("\\frac") == DEEPEST_FRACTION
    assert "a / \\left(b + " in deep.latex
    assert deep.text.count("a/(b + ") == 9


def test_a_case_distinction_shows_its_cases_or_the_one_that_holds():
    def cases():
        return sympy.Piecewise((sympy.Integer(0), z <= 0), (z, True))

    assert written(cases).latex == (
        "\\begin{cases} 0 & z \\le 0 \\\\ z & \\text{otherwise} \\end{cases}"
    )
    assert written(cases, language="ru").text == "{0 (z ≤ 0); z (иначе)}"
    assert written(cases, values={z: 2.0}).text == "z"
    assert written(cases, values={z: 0.0}).text == "0"
    assert written(cases, values={z: -2.0}).text == "0"


def test_russian_writes_a_comma():
    found = written(lambda: w * x, {w: number(0.5, 5, "ru"), x: number(-1.25, 5, "ru")})
    assert found.text == "0,5·(−1,25)"
    assert found.latex == "0{,}5 \\cdot \\left(-1{,}25\\right)"


def test_a_sum_of_products_keeps_signs_apart():
    terms = [Printed("-1", "−1", negative=True), Printed("-2", "−2", negative=True)]
    assert printed_sum(terms).text == "−1 + (−2)"
    assert printed_sum(terms[:1]).text == "−1"
    names = [number(value, 5, "en") for value in (-0.5, 2.0, -0.25, -4.0, -1.0)]
    assert weighted_sum(2, True).formula(names, "en").text == "−0.5·2 + (−0.25)·(−4) + (−1)"


def test_the_formulas_of_the_first_lessons():
    hat, target = Printed("\\hat{y}", "ŷ"), Printed("y", "y")
    error = loss("half_squared_error", 1)
    assert error.formula([hat, target], "en").latex == (
        "\\frac{1}{2} \\left(\\hat{y} - y\\right)^{2}"
    )
    assert error.partial_formula(0, [hat, target], Printed("E", "E"), "en").text == "ŷ − y"
    sigmoid = activation("sigmoid")
    assert sigmoid.formula([Printed("z", "z")], "en").latex == "\\frac{1}{1 + e^{-z}}"
    assert (
        sigmoid.partial_formula(0, [Printed("z", "z")], Printed("h", "h"), "en").text == "h·(1 − h)"
    )
    assert activation("relu").formula([Printed("z", "z")], "en").text == "max(0, z)"


# Random formulas: a tree is built twice, as an expression to print and as its value.

leaves = st.sampled_from(sorted(LETTERS)) | st.integers(0, 3)
values = st.sampled_from([0.5, -0.5, 2.0, -3.0, 1e-7, -1e-7, 2.5e-6, 0.1 + 0.2, 12345678.9, -1.0])
TWO = ("+", "-", "*", "/")
ONE = ("negative", "square", "cube", "inverse square", "exp", "tanh", "abs", "root")
trees = st.recursive(
    leaves,
    lambda inner: (
        st.tuples(st.sampled_from(TWO), inner, inner) | st.tuples(st.sampled_from(ONE), inner)
    ),
    max_leaves=12,
)


OPERATIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "negative": operator.neg,
    "abs": abs,
    "square": lambda inner: inner**2,
    "cube": lambda inner: inner**3,
    "inverse square": lambda inner: inner**-2,
}


def built(tree, leaf, functions):
    """Build a tree from its leaves with the given functions for exp, tanh and the root."""
    if not isinstance(tree, tuple):
        return leaf(tree)
    parts = [built(part, leaf, functions) for part in tree[1:]]
    return (OPERATIONS | functions)[tree[0]](*parts)


def expression_of(tree):
    functions = {"exp": sympy.exp, "tanh": sympy.tanh, "root": sympy.sqrt}
    return built(
        tree,
        lambda leaf: LETTERS[leaf] if isinstance(leaf, str) else sympy.Integer(leaf),
        functions,
    )


def modest_exp(power):
    """Return e to a power, but not a tower of powers, which no computer finishes."""
    if abs(power) > 1000:
        raise OverflowError
    return mpmath.exp(power)


def value_of(tree, table):
    """Return the value in mpmath; the example is dropped where it has none or is unwieldy."""
    functions = {"exp": modest_exp, "tanh": mpmath.tanh, "root": mpmath.sqrt}
    try:
        found = built(
            tree,
            lambda leaf: mpmath.mpf(repr(table[leaf]) if isinstance(leaf, str) else leaf),
            functions,
        )
    except (ZeroDivisionError, OverflowError):
        found = mpmath.nan
    assume(mpmath.isfinite(found) and mpmath.im(found) == 0)
    return found


@given(trees, st.fixed_dictionaries(dict.fromkeys(LETTERS, values)), st.sampled_from(["en", "ru"]))
@example(("square", "a"), dict.fromkeys(LETTERS, 1e-7), "en")
@example(("*", "a", ("/", "b", ("/", "x", "y"))), dict.fromkeys(LETTERS, -0.5), "en")
@example(("-", "a", ("negative", ("*", "b", "x"))), dict.fromkeys(LETTERS, -0.5), "ru")
@example(("exp", ("negative", "a")), dict.fromkeys(LETTERS, 2.5e-6), "en")
def test_a_printed_line_is_worth_what_it_stands_for(tree, table, language):
    with mpmath.workdps(60):
        wanted = value_of(tree, table)
        names = {LETTERS[name]: number(value, 17, language) for name, value in table.items()}
        with sympy.evaluate(False):
            expression = expression_of(tree)
        found = printed(expression, names, language=language, digits=17)
        for line in (found.text, found.latex):
            assert mpmath.almosteq(read(line), wanted, rel_eps=1e-9, abs_eps=1e-30), line


@given(trees)
def test_every_printed_line_can_be_drawn(tree):
    found = written(lambda: expression_of(tree))
    assert picture(found.latex).width > 0
    assert found.level <= ATOM
