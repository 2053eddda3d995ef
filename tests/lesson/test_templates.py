"""New lessons can be saved, traced, checked, and learn what their data say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.lesson.checks import check_lesson
from explainer.lesson.choice import Choice
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.lesson import text_in
from explainer.lesson.templates import TEMPLATES, new_lesson
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.initialisers import INITIALISERS
from explainer.messages import Refused
from explainer.trace.check import check
from explainer.trace.run import trace

XAVIER = Choice("xavier_uniform")


@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=5),
    st.sampled_from([*ACTIVATIONS, "softmax", "maxout"]),
    st.sampled_from(list(INITIALISERS)),
    st.sampled_from(list(TEMPLATES)),
)
def test_any_new_lesson_may_be_saved_and_traced(sizes, activation, initialiser, template):
    if template == "multi-class" and sizes[-1] < 2:
        sizes[-1] = 2
    lesson = new_lesson(sizes, Choice(activation), Choice(initialiser), 3, template)
    check_lesson(lesson)
    assert lesson_from_json(lesson_to_json(lesson)) == lesson
    assert len(lesson.data.inputs) == len(set(lesson.data.inputs)) <= 16
    assert all(
        text_in(lesson.title, language).endswith("-".join(map(str, sizes)))
        for language in ("en", "ru")
    )
    trace(lesson, 1)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("inputs", [1, 2, 3])
def test_a_new_lesson_learns(template, inputs):
    outputs = 3 if template == "multi-class" else 1
    lesson = new_lesson((inputs, 3, outputs), Choice("tanh"), XAVIER, 1, template)
    passes = trace(lesson, 60)
    assert passes[-1].summary.loss < 0.95 * passes[0].summary.loss


@settings(max_examples=6)
@given(st.sampled_from(list(TEMPLATES)), st.sampled_from(["tanh", "sigmoid", "maxout", "prelu"]))
def test_the_gradients_of_a_new_lesson_agree(template, activation):
    assert check(new_lesson((2, 2, 2), Choice(activation), XAVIER, 1, template)).agrees


def test_the_same_seed_gives_the_same_lesson():
    first, same, other = (new_lesson((2, 3, 1), Choice("tanh"), XAVIER, seed) for seed in (1, 1, 2))
    assert first == same
    assert first.network.parameters != other.network.parameters
    assert first.initialise == XAVIER


@pytest.mark.parametrize(
    ("sizes", "template", "words"),
    [
        ((2,), "regression", "at least an input"),
        ((2, 0, 1), "regression", "at least an input"),
        ((2, 10**9, 1), "regression", "at most 300"),
        ((90, 90, 90), "regression", "at most 6000"),
        ((2, 2, 1), "multi-class", "at least 2 outputs"),
    ],
)
def test_sizes_there_cannot_be_are_refused(sizes, template, words):
    with pytest.raises(Refused, match=words):
        new_lesson(sizes, Choice("tanh"), XAVIER, 0, template)


def test_what_is_in_no_table_is_refused():
    with pytest.raises(Refused, match="is not one of"):
        new_lesson((2, 2, 1), Choice("nonsense"), XAVIER)
    with pytest.raises(Refused, match="is not one of"):
        new_lesson((2, 2, 1), Choice("tanh"), Choice("nonsense"))
