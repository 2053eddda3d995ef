"""`--expr` and `--at` stand for a lesson in trace, check and export; what cannot be computed is refused in one line."""

import json
import math

import pytest

from explainer.cli import main

FORMULA = ["--expr", "sin(x+y)/(x*y)", "--at", "x=1", "--at", "y=2"]


def test_the_trace_of_a_formula(capsys):
    assert main(["trace", *FORMULA, "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["passes"]
    assert one["value"] == pytest.approx(math.sin(3) / 2, rel=1e-14)
    slope = {
        "x": math.cos(3) / 2 - math.sin(3) / 2,
        "y": math.cos(3) / 2 - math.sin(3) / 4,
    }
    assert one["gradients"] == pytest.approx(slope, rel=1e-13)


def test_a_formula_is_checked(capsys):
    assert main(["check", *FORMULA]) == 0
    assert main(["check", "--expr", "c = a + b; d = a*c; d**2", "--at", "a=2", "--at", "b=-3"]) == 0


@pytest.mark.parametrize("ending", ["html", "svg", "tex"])
def test_a_formula_is_exported(tmp_path, capsys, ending):
    path = tmp_path / f"formula.{ending}"
    assert main(["export", *FORMULA, "-o", str(path)]) == 0
    assert path.stat().st_size > 0


@pytest.mark.parametrize(
    ("formula", "values", "sentence"),
    [
        ("х + 1", [], "--expr: Character 1: “х” is a Cyrillic letter; type the Latin “x”."),
        ("x + 1", ["х=1"], "--at.х: “х” is a Cyrillic letter; type the Latin “x”"),
        ("x", [], '--at: there is no value for "x"'),
        ("x", ["x=1", "y=1"], "--at.y: the formula does not use it"),
        ("x", ["x=1", "x=2"], "--at: a variable has two values"),
        ("x", ["x"], "--at: write NAME=VALUE with a number, such as x=1.5"),
        ("x", ["x=1,5,2"], "--at: write NAME=VALUE with a number, such as x=1.5"),
        ("x", ["x=nan"], "--at: write NAME=VALUE with a number, such as x=1.5"),
        ("x", ["x=1e400"], "--at.x: the number must be finite"),
        ("x", ["x=__import__('os')"], "--at: write NAME=VALUE with a number, such as x=1.5"),
        ("sin*x", ["x=1", "sin=1"], '--at.sin: "sin" cannot be the name of a value'),
        ("9**9**9", [], "--expr: Character 4: exponents go up to 64."),
        ("1/0", [], "--expr: Character 1: this part has no finite value"),
        ("1/(x-x)", ["x=1"], "1/(x - x) has no real value for these numbers."),
        (
            "exp(exp(exp(x)))",
            ["x=1000"],
            "At exp(x) the result is infinite, or too large for a number.",
        ),
        (
            "((x^64)^64)^64",
            ["x=1e15"],
            "At x^64 the result is infinite, or too large for a number.",
        ),
    ],
)
@pytest.mark.parametrize("command", ["trace", "check"])
def test_what_cannot_be_read_or_computed_is_refused(capsys, command, formula, values, sentence):
    pairs = [word for value in values for word in ("--at", value)]
    assert main([command, "--expr", formula, *pairs]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(sentence)


def test_a_decimal_comma_is_as_good_as_a_point(capsys):
    found = []
    for value in ("1,5", "1.5"):
        assert main(["trace", "--expr", "x^2", "--at", f"x={value}", "--json"]) == 0
        found.append(capsys.readouterr().out)
    assert found[0] == found[1]
