"""The built-in lessons: complete, in both languages, in teaching order, each able to do what every lesson can."""

import math

import pytest

from explainer.cli import main
from explainer.lesson.examples import (
    OPENING,
    example,
    example_groups,
    example_heading,
    example_names,
)
from explainer.lesson.files import lesson_from_json, lesson_to_json, read_lesson
from explainer.lesson.lesson import Localised
from explainer.maths.updates import UPDATES
from explainer.messages import Refused
from explainer.resources import resource
from explainer.trace.run import trace

# Lessons about a step that is too long.
TOO_FAR = {"descent-learning-rate", "exploding-gradient"}


def follows_one_error(name):
    """Tell whether every pass goes downhill on the same error, which is not 0 from the beginning."""
    lesson = example(name)
    return (
        lesson.expression is None
        and lesson.update.choice.name in UPDATES
        and lesson.update.batch_size in ("all", len(lesson.data.inputs))
        and lesson.mode == "train"
        and not any(neuron.dropout for neuron in lesson.network.neurons)
        and name != "xor-network"
    )


@pytest.mark.parametrize("name", example_names())
def test_a_lesson_of_the_program_would_be_taken_from_a_stranger_too(name):
    (file,) = resource("examples").glob(f"*-{name}.json")
    assert read_lesson(file) == example(name)


def test_every_file_is_a_lesson_of_its_own():
    files = sorted(file.name for file in resource("examples").glob("*"))
    assert len(files) == len(example_names())
    numbers = [file.partition("-")[0] for file in files]
    assert len(set(numbers)) == len(numbers)
    assert all(len(number) == 3 and number.isdecimal() for number in numbers)


def test_the_teaching_order():
    names = example_names()
    wanted = [
        "threshold-neuron", "logic-and", "xor-one-neuron", "xor-network", "perceptron-rule", "lecture-2-2-1",
        "logistic-regression-1d", "mazur-2-2-2", "logistic-cross-entropy", "softmax-classifier", "symmetric-weights",
        "dropout", "dropout-applied", "vanishing-gradient", "exploding-gradient", "clipping-by-norm", "recurrent",
        "graph-sin", "matrix-product", "matrix-mse",
    ]  # fmt: skip
    places = [names.index(name) for name in wanted]
    assert places == sorted(places)


def test_the_groups_hold_every_lesson_once_and_in_order():
    groups = example_groups()
    assert tuple(name for group in groups for name in group.names) == example_names()
    assert len({group.title.key for group in groups}) == len(groups)
    assert all(group.names for group in groups)
    assert "xor-network" in groups[0].names
    assert {name for name in example_names() if name.startswith("matrix-")} == set(groups[-1].names)


def test_the_lesson_that_opens_first_is_the_lecture_s():
    assert OPENING in example_names()
    assert example(OPENING).data.inputs == ((2, 3),)


@pytest.mark.parametrize("name", example_names())
def test_title_and_description_are_in_both_languages(name):
    lesson = example(name)
    for text in (lesson.title, lesson.description):
        assert isinstance(text, Localised)
        assert any("а" <= letter <= "я" for letter in text.ru) or text.ru == "XOR"
        assert not any("а" <= letter <= "я" for letter in text.en)
    for text in (lesson.description.en, lesson.description.ru):
        assert sum(text.count(mark) for mark in ".:?!") >= 3
        assert 200 < len(text) < 1000
        assert text[-1] in ".?)"
        assert "  " not in text
    assert example_heading(name).title == lesson.title
    assert example_heading(name).description == lesson.description


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_two_titles_are_alike(language):
    titles = [getattr(example(name).title, language) for name in example_names()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", example_names())
def test_three_passes_are_traced(name):
    runs = trace(example(name), 3)
    assert len(runs) == (1 if example(name).expression else 3)
    for run in runs:
        assert run.summary.steps
        assert math.isfinite(run.loss)


@pytest.mark.parametrize("name", example_names())
def test_it_survives_being_saved(name):
    lesson = example(name)
    assert lesson_from_json(lesson_to_json(lesson)) == lesson


@pytest.mark.parametrize("name", example_names())
def test_its_gradients_agree_three_ways(name, capsys):
    assert main(["check", f"example:{name}"]) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("name", [*filter(follows_one_error, example_names())])
def test_an_update_makes_the_error_smaller(name):
    first, second = trace(example(name), 2)
    assert (second.loss < first.loss) is (name not in TOO_FAR)


def test_xor_is_learnt():
    outputs = [run.summary.values for run in trace(example("xor-2-2-1"), 501)][-1]
    answers = [round(outputs[str(sample)]["o1"]) for sample in range(4)]
    assert answers == [0, 1, 1, 0]
    assert all(abs(outputs[str(sample)]["o1"] - answers[sample]) < 0.15 for sample in range(4))


def test_the_logistic_neuron_says_what_its_description_says():
    (run,) = trace(example("logistic-neuron"), 1)
    assert round(run.summary.values["0"]["o1"], 2) == 0.44


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("mazur", "mazur-2-2-2"),
        ("recurent", "recurrent"),
        ("xor-feture", "xor-feature"),
        ("batch-norm-", "batch-norm-applied"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(asked, nearest):
    with pytest.raises(Refused, match=f'no built-in lesson "{asked}"; perhaps {nearest}[?]'):
        example(asked)


@pytest.mark.parametrize("asked", ["", "x" * 100_000, "лекция"])
def test_any_name_is_refused_at_once(asked):
    with pytest.raises(Refused, match="no built-in lesson"):
        example(asked)


def test_some_lessons_come_with_notes_for_the_presenter():
    noted = [name for name in example_names() if example(name).notes]
    assert {"lecture-2-2-1", "mazur-2-2-2", "vanishing-gradient"} <= set(noted)
    assert all(isinstance(example(name).notes, Localised) for name in noted)
