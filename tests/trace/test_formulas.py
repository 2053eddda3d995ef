"""Formulas traced: the graph as written, values and derivatives, one pass, clear refusals."""

import math

import pytest
from hypothesis import given, settings

from explainer.lesson.examples import example
from explainer.lesson.lesson import FORMAT, VERSION, Arithmetic, Expression, Lesson
from explainer.maths.formula_nodes import formula_nodes
from explainer.messages import Refused
from explainer.trace.check import check
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.counts import count
from tests.maths.formulas import formulas


def about(formula, arithmetic=None, **values):
    expression = Expression(formula, values)
    return Lesson(
        FORMAT, VERSION, "Test", expression=expression, arithmetic=arithmetic or Arithmetic()
    )


def summary(formula, **values):
    return trace(about(formula, **values))[0].summary


def names(formula, **values):
    return [node.name for node in formula_nodes(formula, tuple(values)).nodes]


def test_the_example_of_the_lecture():
    found = summary("sin(x+y)/(x*y)", x=1.0, y=2.0)
    assert found.loss == math.sin(3) / 2
    assert found.values["0"] == {
        "x": 1,
        "y": 2,
        "v1": 3,
        "v2": math.sin(3),
        "v3": 2,
        "v4": found.loss,
    }
    assert found.gradients["x"] == pytest.approx(math.cos(3) / 2 - 2 * math.sin(3) / 4, rel=1e-15)
    assert [step.kind for step in found.steps] == ["operation"] * 4 + ["gradient_node"] * 6
    assert [step.subject for step in found.steps[4:]] == ["v4", "v3", "v2", "v1", "x", "y"]


def test_nodes_follow_what_was_written():
    assert names("x + x", x=1) == ["x", "v1"]
    assert names("a + b - c", a=1, b=1, c=1) == ["a", "b", "c", "v1"]
    assert names("2*x^2", x=1) == ["x", "", "v1", "v2"]
    assert names("c = a + b; d = a*c; d**2", a=1, b=1) == ["a", "b", "c", "d", "v1"]
    assert names("v1 = x; v2*v1 + 1", x=1, v2=1) == ["x", "v2", "v1", "v3", "", "v4"]
    assert names("e = 3; x*e", x=1) == ["x", "e", "v1"]


def test_a_name_used_again_is_one_node():
    found = summary("c = a + b; d = a*c; d**2", a=2.0, b=3.0)
    assert found.gradients == {"a": 2 * 10 * (5 + 2), "b": 2 * 10 * 2}


@pytest.mark.parametrize(
    ("formula", "gradient"),
    [("x + x", 2), ("x*x", 6), ("x", 1), ("x - x", 0), ("y = x; y*y", 6), ("2*x", 2)],
)
def test_uses_add_up(formula, gradient):
    assert summary(formula, x=3.0).gradients == {"x": gradient}


def test_a_number_alone_is_a_result():
    found = summary("5")
    assert (found.loss, found.gradients) == (5, {})


def test_what_does_not_reach_the_result_has_no_derivative():
    found = summary("a = x*y; b = x + 1; b", x=2.0, y=3.0)
    assert (found.loss, found.gradients) == (3, {"x": 1, "y": 0})
    assert found.deltas["0"]["a"] == 0


def test_the_first_of_equal_values_gets_the_derivative():
    assert summary("max(x, y, z)", x=1.0, y=2.0, z=2.0).gradients == {"x": 0, "y": 1, "z": 0}
    assert summary("max_mean(x, y, z)", x=1.0, y=2.0, z=2.0).gradients == {
        "x": 0,
        "y": 0.5,
        "z": 0.5,
    }
    assert summary("max_each(x, y, z)", x=1.0, y=2.0, z=2.0).gradients == {"x": 0, "y": 1, "z": 1}


def test_there_is_one_pass():
    assert len(trace(about("x^2", x=3.0), passes=5)) == 1


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("1/(x - 1)", "1/(x - 1) has no real value"),
        ("(x - 3)^(x/2)", "(x - 3)^(x/2) has no real value"),
        ("(x - 3)^(2*x)", "(x - 3)^(2*x) has no finite derivative"),
        ("log(x - 2)", "log(x - 2) has no real value"),
        ("sqrt(x - 1)", "sqrt(x - 1) has no finite derivative"),
        ("asin(x)", "asin(x) has no finite derivative"),
        ("exp(1000*x)", "At exp(1000*x) the result is infinite, or too large for a number."),
        ("big = exp(700*x); big*big", "At big*big the result"),
    ],
)
@pytest.mark.parametrize("arithmetic", [Arithmetic(), Arithmetic("rounded", decimals=3)])
def test_what_has_no_value_is_refused_by_its_node(formula, said, arithmetic):
    with pytest.raises(Refused) as caught:
        trace(about(formula, arithmetic, x=1.0))
    assert said in str(caught.value)


def test_a_huge_exponent_by_hand_ends_at_once():
    with pytest.raises(Refused):
        trace(about("x^y", Arithmetic("rounded", significant=3), x=1.5, y=1e15))


def test_by_hand_every_step_is_rounded():
    found = trace(about("sin(x+y)/(x*y)", Arithmetic("rounded", decimals=2), x=1.0, y=2.0))[
        0
    ].summary
    assert found.values["0"]["v2"] == 0.14
    assert found.loss == 0.07
    # cos 3 ≈ −0.99; ∂/∂v1 = 0.5·(−0.99) = −0.495 → −0.5; ∂/∂v3 = −0.14/4 = −0.035 → −0.04.
    assert found.gradients == {"x": -0.58, "y": -0.54}


def test_the_blackboard_fills_step_by_step():
    lesson = about("k = 3; F = k*x", x=2.0)
    one_pass = trace(lesson)[0].summary
    assert starting_moment(lesson).values == {"x": 2, "k": 3}
    assert moment_at(lesson, one_pass, 0).values == {"x": 2, "k": 3, "F": 6}
    assert moment_at(lesson, one_pass, 0).deltas == {}
    assert moment_at(lesson, one_pass, 2).deltas == {"F": 1, "x": 3}


@settings(max_examples=count(40, 500))
@given(formulas())
def test_random_formulas_agree_three_ways(lesson):
    try:
        report = check(lesson)
    except Refused:
        return
    assert [row for row in report.rows if row.status == "differs"] == []
    assert [row.name for row in report.rows] == list(lesson.expression.values)


@settings(max_examples=count(20, 300))
@given(formulas(depth=2))
def test_random_formulas_by_hand_stay_near_the_exact_values(lesson):
    from msgspec.structs import replace

    rounded = replace(lesson, arithmetic=Arithmetic("rounded", significant=15))
    try:
        exact, by_hand = trace(lesson)[0].summary, trace(rounded)[0].summary
    except Refused:
        return
    for name, value in exact.values["0"].items():
        assert by_hand.values["0"][name] == pytest.approx(value, rel=1e-6, abs=1e-6)


def test_a_wrong_local_derivative_is_found(monkeypatch):
    from explainer.maths.product import Product

    monkeypatch.setattr(Product, "partials", lambda self, arguments: [1.0] * self.arity)
    assert not check(about("x*y", x=2.0, y=3.0)).agrees


def test_a_wrong_stable_form_is_found(monkeypatch):
    from explainer.maths.shifted import Shifted

    right = Shifted.partials
    monkeypatch.setattr(Shifted, "partials", lambda self, x: [1.0001 * p for p in right(self, x)])
    assert not check(about("logsumexp(x, y)", x=2.0, y=3.0)).agrees


@pytest.mark.parametrize(
    "formula", ["max(x, y)*z", "abs(x - 1)*z", "relu(x - y)*z", "sign(x - y) + z"]
)
def test_only_what_stands_at_a_kink_is_left_out(formula):
    lesson = about(formula, **{name: 1.0 for name in ("x", "y", "z") if name in formula})
    rows = {row.name: row.status for row in check(lesson).rows}
    assert rows.pop("z") == "ok"
    assert set(rows.values()) == {"kink"}


@pytest.mark.parametrize(
    ("formula", "values", "said"),
    [
        (
            "; ".join(f"a{k + 1} = a{k}*a{k}" for k in range(12)) + "; a12",
            {"a0": 1.0},
            "4096 paths",
        ),
        (
            "; ".join(f"a{k + 1} = sin(a{k})" for k in range(50)) + "; a50",
            {"a0": 1.0},
            "50 operations deep",
        ),
        ("*".join(f"x{k}" for k in range(50)), {f"x{k}": 1.0 for k in range(50)}, "50 variables"),
        ("x^y", {"x": 0.0, "y": 2.0}, "no value at this point"),
    ],
)
def test_where_sympy_is_left_out_the_reason_is_said(formula, values, said):
    report = check(about(formula, **values))
    skipped = [row for row in report.rows if row.status == "skipped"]
    assert skipped
    assert said in str(skipped[0].reason)
    assert report.agrees


def test_a_pole_of_the_formula_is_seen_from_far():
    assert check(about("tan(x)", x=1.5707)).agrees
    assert check(about("1/(x - 1)", x=1.0000001)).agrees
    assert check(about("(x + 1e10) - 1e10", x=0.1)).agrees


@pytest.mark.parametrize(
    "name", ["graph-sin", "graph-reuse", "graph-smape", "graph-soft-arg-max", "graph-soft-max"]
)
def test_the_lessons_agree_three_ways(name):
    report = check(example(name))
    assert {row.status for row in report.rows} == {"ok"}


def test_the_lessons_say_what_their_descriptions_say():
    x, y = 1.0, 2.0
    sin = trace(example("graph-sin"))[0].summary
    assert sin.gradients["x"] == pytest.approx(
        math.cos(x + y) / (x * y) - y * math.sin(x + y) / (x * y) ** 2
    )
    assert trace(example("graph-reuse"))[0].summary.gradients == {"x": 13.5}
    smape = trace(example("graph-smape"))[0].summary
    assert smape.deltas["0"]["P"] == pytest.approx(-1 / 1.4 - 0.6 / 1.4**2)
    assert smape.gradients["a2"] == pytest.approx(3 * smape.deltas["0"]["P"])
    arg_max = trace(example("graph-soft-arg-max"))[0].summary
    first, second = arg_max.values["0"]["y1"], arg_max.values["0"]["y2"]
    assert arg_max.gradients["x1"] == pytest.approx(first * (1 - first))
    assert arg_max.gradients["x2"] == pytest.approx(-first * second)
    assert sum(arg_max.gradients[name] for name in ("x1", "x2", "x3")) == pytest.approx(
        0, abs=1e-16
    )
    soft = trace(example("graph-soft-max"))[0].summary.values["0"]
    assert soft["A"] < soft["M"] < soft["L"]
    shares = [arg_max.values["0"][name] for name in ("y1", "y2", "y3")]
    assert soft["H"] == pytest.approx(-sum(share * math.log(share) for share in shares))
    assert trace(example("graph-max-tie"))[0].summary.gradients == {"x": 2.5, "y": 1.5, "z": 0}
