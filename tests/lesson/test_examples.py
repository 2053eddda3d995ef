"""The built-in lessons: complete, in both languages, in teaching order."""

import pytest

from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import Localised
from explainer.messages import Refused
from explainer.trace.run import trace


def test_the_teaching_order():
    names = example_names()
    assert names[:4] == ("lecture-2-2-1", "mazur-2-2-2", "logistic-neuron", "xor-2-2-1")


@pytest.mark.parametrize("name", example_names())
def test_title_and_description_are_in_both_languages(name):
    lesson = example(name)
    for text in (lesson.title, lesson.description):
        assert isinstance(text, Localised)
        assert any("а" <= letter <= "я" for letter in text.ru)
        assert not any("а" <= letter <= "я" for letter in text.en)


@pytest.mark.parametrize("name", [name for name in example_names() if not example(name).expression])
def test_an_update_makes_the_error_smaller(name):
    first, second = trace(example(name), 2)
    assert second.loss < first.loss


def test_xor_is_learnt():
    outputs = [run.summary.values for run in trace(example("xor-2-2-1"), 501)][-1]
    answers = [round(outputs[str(sample)]["o1"]) for sample in range(4)]
    assert answers == [0, 1, 1, 0]
    assert all(abs(outputs[str(sample)]["o1"] - answers[sample]) < 0.15 for sample in range(4))


def test_the_logistic_neuron_says_what_its_description_says():
    (run,) = trace(example("logistic-neuron"), 1)
    assert round(run.summary.values["0"]["o1"], 2) == 0.44


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(
        Refused, match='no built-in lesson "mazur"; there are: lecture-2-2-1, mazur'
    ):
        example("mazur")
