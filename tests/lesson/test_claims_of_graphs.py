"""What the lessons on computation graphs claim, against the formulas of the lectures."""

from __future__ import annotations

import math

import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.trace.run import trace


def gradients(name, **values):
    """Return the gradients of the inputs of a formula, with other values where given."""
    lesson = example(name)
    if values:
        known = {**lesson.expression.values, **values}
        lesson = replace(lesson, expression=replace(lesson.expression, values=known))
    (run,) = trace(lesson, 1)
    return run.summary.gradients


def test_the_lecture_s_first_graph():
    """∂F/∂x = cos(x + y)/(x·y) − y·sin(x + y)/(x·y)²."""
    x, y = 1, 2
    found = gradients("graph-sin")
    for name, other in (("x", y), ("y", x)):
        wanted = math.cos(x + y) / (x * y) - other * math.sin(x + y) / (x * y) ** 2
        assert found[name] == pytest.approx(wanted, rel=1e-12)


def test_reuse_adds_up():
    assert gradients("graph-reuse")["x"] == 13.5


def test_smape_as_the_lecture_derives_it():
    """∂E/∂P = sign(D)·I − sign(P)·N/S²; ∂E/∂aᵢ = xᵢ·∂E/∂P."""
    (a1, x1), (a2, x2), y = (0.5, 2), (-0.2, 3), 1
    p = a1 * x1 + a2 * x2
    d, s = p - y, abs(p) + abs(y)
    by_p = math.copysign(1, d) / s - math.copysign(1, p) * abs(d) / s**2
    found = gradients("graph-smape")
    assert found["a1"] == pytest.approx(x1 * by_p, rel=1e-12)
    assert found["a2"] == pytest.approx(x2 * by_p, rel=1e-12)


@pytest.mark.parametrize("row", [0, 1, 2])
def test_every_row_of_the_jacobian_of_soft_arg_max(row):
    """∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ − yⱼ)."""
    exponentials = [math.exp(x) for x in (1, 2, 0)]
    y = [e / sum(exponentials) for e in exponentials]
    picked = {f"g{k + 1}": float(k == row) for k in range(3)}
    found = gradients("graph-soft-arg-max", **picked)
    wanted = [y[row] * ((row == j) - y[j]) for j in range(3)]
    assert [found[f"x{j + 1}"] for j in range(3)] == pytest.approx(wanted, rel=1e-12)
    assert sum(wanted) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("x", [(1, 2, 0), (0, 0, 0), (5, -3, 1)])
def test_the_two_soft_maxima(x):
    lesson = example("graph-soft-max")
    values = {f"x{k + 1}": float(value) for k, value in enumerate(x)}
    lesson = replace(lesson, expression=replace(lesson.expression, values=values))
    found = trace(lesson, 1)[0].summary.values["0"]
    shares = [math.exp(value) / sum(map(math.exp, x)) for value in x]
    mean = sum(s * value for s, value in zip(shares, x, strict=True))
    assert found["A"] == pytest.approx(mean, abs=1e-12)
    assert found["L"] == pytest.approx(math.log(sum(map(math.exp, x))), rel=1e-12)
    assert found["A"] <= found["M"] <= found["L"]
    entropy = -sum(s * math.log(s) for s in shares)
    assert found["H"] == pytest.approx(entropy, rel=1e-9)


def test_three_conventions_at_a_tie():
    """First of the equal ones, shared, all to each: x and y are equal, z is smaller."""
    assert gradients("graph-max-tie") == {"x": 1 + 0.5 + 1, "y": 0 + 0.5 + 1, "z": 0}
    assert gradients("graph-max-tie", z=3.0) == {"x": 0, "y": 0, "z": 3}
