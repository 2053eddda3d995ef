"""What a worked example says beforehand of special neurons, and of how the weights were drawn."""

import pytest

from explainer.lesson.choice import Choice
from explainer.lesson.training_edits import initialised
from explainer.pages.page import Table, plain
from explainer.pages.worked_example import worked_example
from explainer.trace.run import trace
from tests.trace.special_lessons import ALL, normalised, normalised_classes

each = pytest.mark.parametrize("lesson", ALL.values(), ids=ALL)


def facts(lesson):
    document = worked_example(lesson, trace(lesson), "en", 5)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [
        (plain(row[0]), " | ".join(plain(cell) for cell in row[1:]))
        for table in tables
        for row in table.rows
    ]


@each
def test_a_worked_example_is_made_of_all_of_them(lesson):
    assert facts(lesson)


def test_a_worked_example_names_what_is_special():
    found = facts(normalised_classes())
    assert ("Mode", "training") in found
    assert ("One softmax", "p₁, p₂") in found
    masks = trace(normalised_classes())[0].summary.values
    drawn = ", ".join(
        f"m(r)⁽{mark}⁾ = {masks[str(sample)]['r.mask']:.0f}" for sample, mark in enumerate("¹²³⁴")
    )
    # The neuron named before has the label of the two.
    assert (
        "",
        (
            "r is switched off with probability p = 0.3, scaled by 1/(1 − p) in training; "
            f"the mask of this pass, from the seed 5: {drawn}"
        ),
    ) in found
    assert (
        "Batch normalisation",
        (
            "of z(p₁), scale γ = g₁, shift β = c₁, ε = 10⁻⁵, share of the newest batch α = 0.1; "
            "running averages μ̄(p₁) = 0, σ̄(p₁)² = 1"
        ),
    ) in found
    assert ("Other parameters", "s = 0.1, g₁ = 1.1, g₂ = 0.9, c₁ = 0.2, c₂ = −0.1") in found
    applied = facts(ALL["batch normalisation, applied"])
    assert any("μ̄(h₁) = 0.3, σ̄(h₁)² = 0.7" in text for _, text in applied)
    assert [text for label, text in applied if label == "Mode"] != ["training"]


def test_the_fans_and_the_spread_are_shown_where_weights_were_drawn():
    drawn = initialised(normalised(), Choice("xavier_uniform"), 7)
    found = facts(drawn)
    assert (
        "Initial weights",
        "Xavier, uniform, drawn from the seed 7; biases start at 0, gain = 1",
    ) in found
    # Two edges lead into h1 and h2; x1 feeds three neurons, x2 two: √(6/5) and √(6/4).
    assert ("wₓ₁,ₕ₁, wₓ₁,ₕ₂", "2 | 3 | evenly from −1.0954 to 1.0954") in found
    assert ("wₓ₂,ₕ₁, wₓ₂,ₕ₂", "2 | 2 | evenly from −1.2247 to 1.2247") in found
    constant = facts(initialised(normalised(), Choice("constant", {"value": 0.25}), 7))
    assert ("skip", "3 | 3 | all 0.25") in constant
