"""Typed formulas are read as they were written, and everything else is refused in one sentence."""

import ast
import builtins
from pathlib import Path

import pytest
import sympy
from hypothesis import example, given, settings
from hypothesis import strategies as st

import explainer
from explainer.lesson.lesson import FORMAT, VERSION, Expression, Lesson
from explainer.maths import evaluation, typed
from explainer.maths.expression import (
    may_be_variable,
    parse_activation,
    parse_formula,
)
from explainer.maths.trees import Apply
from explainer.maths.typed import operation_of_tree
from explainer.messages import Refused
from explainer.pages.trace_file import trace_to_builtins
from explainer.trace.check import check
from explainer.trace.run import trace
from tests.counts import count
from tests.maths.hostile import HOSTILE
from tests.maths.written import read, refusal
from tests.work import counted


def _enough(text):
    """Return how many calls reading a text may take: so many for each of its letters, whatever they are."""
    return 2000 + 100 * len(text)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x + x", "sum(+x +x)"),
        ("a - b - c + d", "sum(+a -b -c +d)"),
        ("(a + b) + c", "sum(+sum(+a +b) +c)"),
        ("a + (b + c)", "sum(+a +sum(+b +c))"),
        ("a*b*c", "product(a, b, c)"),
        ("(a*b)*c", "product(product(a, b), c)"),
        ("a*b/c*d", "product(quotient(product(a, b), c), d)"),
        ("a/b/c", "quotient(quotient(a, b), c)"),
        ("x^2+1", "sum(+power(x, 2) +1)"),
        ("x**2", "power(x, 2)"),
        ("-x^2", "negative(power(x, 2))"),
        ("(-x)^2", "power(negative(x), 2)"),
        ("x^-2", "power(x, -2)"),
        ("--2 + -x", "sum(+2 +negative(x))"),
        ("2^3^x", "power(2, power(3, x))"),
        ("+x", "x"),
        ("2*pi*e", "product(2, pi, e)"),
        ("-pi", "negative(pi)"),
        (".5 + 1. + 1e-3", "sum(+.5 +1. +1e-3)"),
        ("\tx\r\n", "x"),
        ("a = x;; b = a ;\n\n b", "a = x; b = a; b"),
        ("a = x\rb = a\r\nb", "a = x; b = a; b"),
        ("sin( x+y )/(x*y)", "quotient(sin(sum(+x +y)), product(x, y))"),
        ("max(x, y, 0)", "max(x, y, 0)"),
        ("max(x)", "max(x)"),
        ("max(0) + min(1)", "sum(+max(0) +min(1))"),
        ("swish(x)*sigmoid(x)", "product(swish(x), sigmoid(x))"),
        ("x_1 + X1", "sum(+x_1 +X1)"),
        ("((((x))))", "x"),
        ("1/sigmoid(2)", "quotient(1, sigmoid(2))"),
    ],
)
def test_a_formula_is_read_as_it_was_written(text, tree):
    assert read(text) == tree


def test_the_largest_formula_is_read_quickly():
    for text in ("x" + "+x" * 597, "(" * 30 + "x" + ")" * 30, "+".join(["sin(x)"] * 285)):
        with counted(_enough(text)):
            parse_formula(text)


def test_variables_come_in_the_order_of_their_first_use():
    assert parse_formula("c = b + a; d = a*c; d**2").variables == ("b", "a")


def test_assigned_and_given_names_hide_the_constants():
    assert parse_formula("e = 3; e + pi").variables == ()
    assert parse_formula("e*x", frozenset({"e"})).variables == ("e", "x")
    assert parse_formula("e*x").variables == ("x",)


def test_a_given_name_is_not_assigned():
    with pytest.raises(Refused, match="“c” is assigned here and has a value of its own"):
        parse_formula("c = a; c", frozenset({"a", "c"}))


@pytest.mark.parametrize("name", ["x", "x1", "alpha", "E", "I", "S", "Q"])
def test_letters_that_mean_something_to_sympy_are_names(name):
    assert may_be_variable(name)
    assert parse_formula(f"2*{name}").variables == (name,)


@pytest.mark.parametrize("name", ["sin", "relu", "lambda", "1x", "_x", "x" * 33, "", "х"])
def test_these_may_not_be_variables(name):
    assert not may_be_variable(name)


@pytest.mark.parametrize(("text", "place", "said"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_at_its_first_offending_place(text, place, said):
    with counted(_enough(text)):
        sentence = refusal(text)
    assert said in sentence
    assert sentence.startswith(f"Character {place}: ") if place else "Character" not in sentence
    assert "\n" not in sentence.strip()


def test_the_corpus_is_large_and_has_no_repetition():
    texts = [text for text, _, _ in HOSTILE]
    assert len(set(texts)) == len(texts) >= 60


# Pieces that come close to a formula, so that the fuzz gets past the first look.
PIECES = [
    *"xyzabe0123456789+-*/^()=;,. _\n\t", "**", "pi", "sin(", "max(", "exp(", "sigmoid(",
    "__", "lambda ", "1e9", "0.5", "х", "²", "[", "'", "\\", "v1", "9" * 20, "((((", "))))", "x=",
]  # fmt: skip
anything = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=count(300, 20_000))
@given(anything)
@example("-" * 2000)
@example("(" * 2000)
@example("x^" * 1000)
@example("\ud800")
def test_any_text_is_read_or_refused(text):
    for parse in (parse_formula, parse_activation):
        sentence = ""
        with counted(_enough(text)):
            try:
                parse(text)
            except Refused as error:
                sentence = str(error)
        assert len(sentence) < 300


@settings(max_examples=count(100, 2_000))
@given(anything)
def test_what_is_read_can_be_made_into_operations(text):
    try:
        formula = parse_formula(text)
    except Refused:
        return
    for statement in formula.statements:
        waiting = [statement.tree]
        while waiting:
            tree = waiting.pop()
            if isinstance(tree, Apply):
                assert (
                    operation_of_tree(tree).arity == len(tree.arguments)
                    or tree.operation == "power"
                )
                waiting += tree.arguments


def test_nothing_is_evaluated_as_python(monkeypatch):
    def never(*arguments, **more):
        raise AssertionError("evaluated")

    parse_formula("x")
    parse_formula.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(builtins, "eval", never)
        patched.setattr(builtins, "exec", never)
        parse_formula("sin(x) + y^2")
        for text, _, _ in HOSTILE:
            refusal(text)


def test_no_line_of_the_program_evaluates_text():
    words = {"eval", "exec", "sympify", "parse_expr"}
    for path in Path(explainer.__file__).parent.rglob("*.py"):
        calls = [
            node.func
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
        ]
        named = {call.id for call in calls if isinstance(call, ast.Name)}
        named |= {call.attr for call in calls if isinstance(call, ast.Attribute)}
        # Qt's own word for running a dialog.
        found = named & words - ({"exec"} if "gui" in path.parts else set())
        assert not found, path


def test_python_only_parses_what_is_already_in_order(monkeypatch):
    seen = []
    real = ast.parse
    monkeypatch.setattr(ast, "parse", lambda text, **more: seen.append(text) or real(text, **more))
    for text, place, said in HOSTILE:
        seen.clear()
        refusal(text)
        allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-*/(),. ")
        assert all(set(part) <= allowed for part in seen), (text, place, said)


def test_names_never_reach_the_code_printers(monkeypatch):
    seen = []
    real = evaluation.compiled

    def watched(symbols, expression, module, **more):
        seen.extend(str(symbol) for symbol in symbols)
        return real(symbols, expression, module, **more)

    from explainer.maths import operation

    monkeypatch.setattr(operation, "compiled", watched)
    fresh = operation.Scalar(2, lambda sp, x: x[0] * sp.sin(x[1]))
    fresh.value([1.0, 2.0])
    fresh.partials([1.0, 2.0])
    assert set(seen) == {"x0000", "x0001"}


def test_names_of_a_whole_lesson_never_reach_the_code_printers(monkeypatch):
    """Trace, formulas and check of names that mean something to SymPy or to Python's modules."""
    seen = set()
    real = sympy.lambdify

    def watched(symbols, *arguments, **more):
        seen.update(map(str, symbols))
        return real(symbols, *arguments, **more)

    monkeypatch.setattr(sympy, "lambdify", watched)
    # What other tests have compiled would not be compiled again.
    for cached in (typed._operation, typed._fixed_power, evaluation.mpmath_function):
        cached.cache_clear()
    names = ("E", "I", "S", "N", "Q", "exp2", "math", "os", "oo", "self", "print")
    formula = f"Y = {'*'.join(names)}; Y^2 + sqrt(E)^I + sigmoid(S)/N + huberlike"
    values = dict.fromkeys((*names, "huberlike"), 1.5)
    lesson = Lesson(FORMAT, VERSION, "names", expression=Expression(formula, values))
    (run,) = trace(lesson, 1)
    assert trace_to_builtins([run], "en", 5)
    assert check(lesson).agrees
    assert seen
    assert not seen & {*values, "Y"}
