"""Variants: numbers as one writes them by hand, all different, and a calculation that shows something."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from explainer.lesson.drawing import usual
from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import Lesson, Parameter
from explainer.lesson.vary import Draw, Vary
from explainer.messages import Refused
from explainer.trace.check import check
from explainer.trace.run import run_pass
from explainer.trace.variants import variants
from tests.counts import count


def numbers(lesson: Lesson) -> list[float]:
    if lesson.expression is not None:
        return list(lesson.expression.values.values())
    rows = (*lesson.data.inputs, *lesson.data.targets)
    found = [lesson.network.value(name) for name in lesson.network.parameters]
    return [*found, *(value for row in rows for value in row)]


@pytest.mark.parametrize("name", example_names())
def test_every_built_in_lesson_has_variants_with_nice_numbers(name):
    lesson = example(name)
    runs = list(variants(lesson, 1, 6, 4))
    assert len({tuple(numbers(run.lesson)) for run in runs}) == 6
    own = set(numbers(lesson))
    for run in runs:
        for number in numbers(run.lesson):
            decimals = -int(Decimal(repr(number)).normalize().as_tuple().exponent)
            assert decimals <= 2 or number in own
        assert replace(run.lesson, network=lesson.network, data=lesson.data).title == lesson.title


@pytest.mark.parametrize("name", ["graph-reuse", "mazur-2-2-2", "softmax-classifier", "xor-2-2-1"])
def test_two_hundred_variants_differ(name):
    runs = list(variants(example(name), 3, count(60, 200), 4))
    assert len({tuple(numbers(run.lesson)) for run in runs}) == len(runs)


def test_each_is_a_function_of_seed_and_number():
    lesson = example("mazur-2-2-2")
    assert [run.lesson for run in variants(lesson, 5, 3, 4)] == [
        run.lesson for run in variants(lesson, 5, 8, 4)
    ][:3]
    (other,) = variants(lesson, 6, 1, 4)
    assert other.lesson not in [run.lesson for run in variants(lesson, 5, 3, 4)]


@pytest.mark.parametrize("name", ["xor-2-2-1", "leaky-relu", "logistic-neuron"])
def test_nothing_is_saturated_or_zero_unless_the_lesson_is(name):
    lesson = example(name)
    own = run_pass(lesson, 0, None)
    for run in variants(lesson, 2, 20, 4):
        slopes = [
            term.local
            for terms in run.terms
            for term in terms
            if run.graph.nodes[term.consumer].role == "activation"
        ]
        if all(own.gradients.values()):
            assert all(abs(value) >= 1e-4 for value in run.gradients.values())
            assert all(abs(slope) >= 0.01 for slope in slopes if slope)
        assert check(replace(run.lesson, vary=None)).agrees


def test_frozen_parameters_truth_tables_and_shares_stay_what_they_are():
    (run,) = variants(example("mazur-2-2-2"), 4, 1, 4)
    assert run.lesson.network.parameters["b1"] == Parameter(0.35, trainable=False)
    table = example("xor-2-2-1")
    (run,) = variants(table, 4, 1, 4)
    assert run.lesson.data == table.data
    for run in variants(example("softmax-classifier"), 4, 5, 4):
        assert sorted(run.lesson.data.targets[0]) == [0, 0, 1]


def test_only_what_the_lesson_says_is_drawn():
    lesson = example("mazur-2-2-2")
    vary = Vary(learning_rate=Draw(0.1, 0.9, 1), parameters={"w1": Draw(1, 3, 0)})
    for run in variants(replace(lesson, vary=vary), 0, 5, 4):
        assert run.lesson.data == lesson.data
        assert run.lesson.network.value("w1") in (1, 2, 3)
        assert run.lesson.network.value("w2") == lesson.network.value("w2")
        assert run.lesson.update.learning_rate in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def test_the_rule_that_cannot_be_kept_is_named():
    lesson = replace(example("logistic-regression-1d"), vary=Vary(inputs=Draw(60, 90, 0)))
    with pytest.raises(
        Refused, match="After 500 draws there is no variant 1 that keeps the rule: "
    ):
        list(variants(lesson, 0, 1, 4))
    lesson = replace(example("mazur-2-2-2"), vary=Vary(parameters={"w1": Draw(1, 3, 0)}))
    with pytest.raises(Refused, match=r"no variant 4 .*: every variant has numbers of its own"):
        list(variants(lesson, 0, 4, 4))


def test_what_is_usual_is_near_the_lesson():
    found = usual(example("mazur-2-2-2"))
    assert found.weights == Draw(0.01, 0.9, 2)
    assert found.learning_rate is None
