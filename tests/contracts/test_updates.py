"""What every row of the update table must keep."""

import math
from itertools import product

import mpmath
import pytest
import sympy

from explainer.maths.printed import Printed
from explainer.maths.update_operations import (
    learning_move,
    learning_step,
    learning_term,
    reduced,
    stages,
)
from explainer.maths.update_rows import PARAMETER, Ingredients
from explainer.maths.updates import LEARNING_RULES, RULES, UPDATES
from explainer.messages import Message
from explainer.render.formulas import picture
from tests.contracts.points import DIGITS, agrees

NUMBERS = (0.0, 0.4, -0.7, 1e-8, -3.0, 1000.0)
RATES = (0.5, 0.001)
every_row = pytest.mark.parametrize("row", UPDATES.values(), ids=UPDATES)
every_rule = pytest.mark.parametrize("row", RULES.values(), ids=RULES)
every_learning_rule = pytest.mark.parametrize("row", LEARNING_RULES.values(), ids=LEARNING_RULES)


class Definition:
    """The stages of a row over symbols of their own, each put together from w, g, η, t and the memory alone."""

    def __init__(self, row):
        self.given = sympy.symbols("w g eta t", real=True)
        self.memory = {name: sympy.Symbol(f"cell_{name}", real=True) for name in row.memory}
        numbers = {name: sympy.Rational(repr(value)) for name, value in row.parameters.items()}
        self.results = {}
        for stage in row.stages:
            ingredients = Ingredients(*self.given, self.memory, numbers, dict(self.results))
            self.results[stage.name] = stage.formula(sympy, ingredients)

    def precisely(self, name):
        return sympy.lambdify([*self.given, *self.memory.values()], self.results[name], "mpmath")


def run(row, place):
    """Return the results of all stages in doubles; `place` is w, g, η, t and the memory cells."""
    arguments, results = list(place), {}
    for stage, operation in stages(row.name):
        results[stage.name] = operation.value(arguments)
        arguments.append(results[stage.name])
    return results


@every_rule
def test_a_row_introduces_itself(row):
    assert RULES[row.name] is row
    assert row.name.isidentifier()
    for text in (row.label, row.idea):
        assert isinstance(text, Message)
        assert text.key.strip()
    assert row.source.strip()
    assert "lambda" not in row.parameters


@every_row
def test_it_renews_every_memory_cell_and_ends_with_the_parameter(row):
    names = [stage.name for stage in row.stages]
    assert names[-1] == PARAMETER
    assert set(row.memory) <= set(names)
    assert len(set(names)) == len(names)


@every_row
def test_the_numbers_are_those_of_the_definition(row):
    definition = Definition(row)
    exactly = {name: definition.precisely(name) for name in definition.results}
    for w, g, eta, t in product(NUMBERS, NUMBERS, RATES, (1.0, 3.0, 200.0)):
        place = [w, g, eta, t, *(abs(value) + 0.25 for value in row.memory.values())]
        found = run(row, place)
        with mpmath.workdps(DIGITS):
            for name, function in exactly.items():
                wanted = function(*map(mpmath.mpf, place))
                # A weight next to its step may cancel; what is compared is the step.
                scale = max(1, abs(w), abs(found[name] - w))
                near = abs(mpmath.mpf(found[name]) - wanted) <= 1e-12 * scale
                assert near or agrees(found[name], wanted), (name, place)
                assert math.isfinite(found[name])


@every_row
def test_nothing_happens_without_a_gradient_and_a_memory(row):
    """A weight with gradient 0 stays, unless the rule itself draws it towards 0."""
    place = [0.4, 0.0, 0.5, 1.0, *row.memory.values()]
    moved = run(row, place)[PARAMETER]
    decay = row.parameters.get("weight_decay", 0.0)
    assert moved == pytest.approx(0.4 - 0.5 * decay * 0.4, rel=1e-15)


@every_row
def test_the_first_step_goes_against_the_gradient(row):
    for gradient in (0.3, -0.3):
        place = [0.0, gradient, 0.01, 1.0, *row.memory.values()]
        assert run(row, place)[PARAMETER] * gradient < 0


@every_row
def test_the_formulas_can_be_drawn(row):
    names = [Printed(letter, letter) for letter in ("w", "g", "\\eta", "t")]
    names += [Printed(f"{cell}_w", cell) for cell in row.memory]
    number = Printed("-0.5", "−0.5", negative=True, starts_with_number=True)
    for stage, operation in stages(row.name):
        for language in ("en", "ru"):
            assert picture(operation.formula(names, language).latex).width > 0
            numbers = operation.formula([number] * len(names), language, [-0.5] * len(names))
            assert picture(numbers.latex).width > 0
        names.append(Printed(f"{stage.name[0]}^{{+}}", stage.name))


def test_gradient_descent_as_defined():
    assert run(UPDATES["sgd"], [0.4, 0.25, 0.5, 1.0]) == {PARAMETER: 0.4 - 0.5 * 0.25}


def test_momentum_as_defined():
    found = run(UPDATES["momentum"], [1.0, 0.5, 0.1, 7.0, 2.0])
    assert found == {"v": 0.9 * 2.0 + 0.5, PARAMETER: 1.0 - 0.1 * (0.9 * 2.0 + 0.5)}


def test_the_first_step_of_adam_is_as_long_as_the_learning_rate():
    """m̂ = g and v̂ = g² at t = 1, so w moves by η whatever the gradient (Kingma, Ba, section 2.1)."""
    for gradient in (1e-3, -2.0, 500.0):
        found = run(UPDATES["adam"], [0.0, gradient, 0.1, 1.0, 0.0, 0.0])
        assert found["m_hat"] == pytest.approx(gradient, rel=1e-15)
        assert found["v_hat"] == pytest.approx(gradient**2, rel=1e-12)
        assert found[PARAMETER] == pytest.approx(-math.copysign(0.1, gradient), rel=1e-4)


@every_learning_rule
def test_one_term_is_the_whole_rule(row):
    """w ± η · term gives the same at once and in two steps."""
    for only_on_error, has_input in product((False, True), (False, True)):
        use = {"only_on_error": only_on_error, "has_input": has_input}
        for place in ((1.0, 0.0, -0.5), (-1.0, 1.0, 2.0), (1.0, 1.0, 0.25)):
            values = [*place, 3.0] if has_input else list(place)
            term = learning_term(row.name, **use).value(values)
            stepwise = learning_move(row.name).value([0.4, 0.5, term])
            assert learning_step(row.name, **use).value([0.4, 0.5, *values]) == stepwise


@pytest.mark.parametrize(
    ("name", "only_on_error", "expected"),
    [
        # y = 1, ŷ = 0, z = −0.5, x = 3, η = 0.5, w = 0.4
        ("perceptron", False, 0.4 + 0.5 * (1 - 0) * 3),
        ("hebb", False, 0.4 + 0.5 * 3 * 1),
        ("hebb", True, 0.4 + 0.5 * 3 * 1),
        ("delta", False, 0.4 - 0.5 * (-0.5 - 1) * 3),
    ],
)
def test_the_learning_rules_as_defined(name, only_on_error, expected):
    step = learning_step(name, only_on_error=only_on_error, has_input=True)
    assert step.value([0.4, 0.5, 1.0, 0.0, -0.5, 3.0]) == expected


def test_hebb_on_errors_only_leaves_a_right_answer_alone():
    step = learning_step("hebb", only_on_error=True, has_input=True)
    assert step.value([0.4, 0.5, -1.0, -1.0, -0.5, 3.0]) == 0.4
    assert step.value([0.4, 0.5, 1.0, 1.0, 0.0, 3.0]) == 0.4


def test_several_terms_are_added_and_divided_by_the_number_of_samples():
    assert reduced(4, 2, "mean").value([1.0, 2.0, 3.0, 4.0]) == 5.0
    assert reduced(4, 2, "sum").value([1.0, 2.0, 3.0, 4.0]) == 10.0
