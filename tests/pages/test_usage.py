"""Tangent and arctangent as Russian textbooks write them, where a lesson's notation says so, and nowhere else."""

import json

import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.lesson import Expression, Notation
from explainer.messages import Refused
from explainer.pages.page import plain
from explainer.pages.sheets.grading import Marker
from explainer.pages.sheets.plan import Options
from explainer.pages.sheets.series import series
from explainer.pages.sheets.sheet import key, worksheet
from explainer.pages.trace_file import trace_to_builtins
from explainer.pages.worked_example import worked_example
from explainer.render.publish import publish
from explainer.trace.run import trace
from tests.pages.sheets.reading import texts

FORMULA = Expression("tan(x) + atan(x*y)", {"x": 0.5, "y": 2.0})
PLAIN = replace(
    example("graph-sin"), expression=FORMULA, title="The tan of x", description="", vary=None
)
RUSSIAN = replace(PLAIN, notation=Notation(functions="russian"))


def everything(document):
    return " ".join(text for block in document.blocks for text in texts(block))


def documents(lesson):
    (sheet,) = series(lesson, 1, 3, Options(share=30), "ru", 4)
    return [worked_example(lesson, trace(lesson, 1), "ru", 5), worksheet(sheet), key(sheet)]


def test_both_usages():
    for document in documents(PLAIN):
        assert "arctan(" in everything(document)
        assert "tg(" not in everything(document)
    for document in documents(RUSSIAN):
        said = everything(document)
        assert "arctg(" in said
        assert " tg(" in said
        assert "arctan" not in said
        # What somebody typed stays what it is.
        assert plain(document.blocks[0].text) == "The tan of x"


def test_the_numbers_are_the_same():
    before = trace_to_builtins(trace(PLAIN, 1), "en", 5)
    after = trace_to_builtins(trace(RUSSIAN, 1), "en", 5)
    assert before["passes"][0]["values"] == after["passes"][0]["values"]
    assert "\\operatorname{arctg}" in json.dumps(after).replace("\\\\", "\\")


def test_the_picture_follows():
    for lesson, word in ((PLAIN, "arctan"), (RUSSIAN, "arctg")):
        runs = trace(lesson, 1)
        document = worked_example(lesson, runs, "ru", 5)
        assert word in publish(document, lesson, runs, "svg", "ru", 5).decode()


@pytest.mark.parametrize("usage", ["international", "russian"])
def test_learners_write_either(usage):
    lesson = example("logistic-neuron")
    neurons = tuple(
        replace(neuron, activation=Choice("arctan")) if neuron.role == "output" else neuron
        for neuron in lesson.network.neurons
    )
    network = replace(lesson.network, neurons=neurons)
    lesson = replace(lesson, network=network, notation=Notation(functions=usage))
    (sheet,) = series(lesson, 1, 3, Options(kinds=("symbols",), share=100), "ru", 4)
    marker = Marker(lesson)
    word, other = ("arctg", "arctan") if usage == "russian" else ("arctan", "arctg")
    answers = [each for each in sheet.questions.answers if word in each.text]
    assert answers
    for answer in answers:
        for text in (answer.text, answer.text.replace(word, other)):
            assert marker.mark(sheet.form, "", str(answer.number), text).status == "right"


def test_the_file_keeps_it_and_refuses_other_words():
    assert lesson_from_json(lesson_to_json(RUSSIAN), "a") == RUSSIAN
    assert b"functions" not in lesson_to_json(PLAIN)
    wrong = lesson_to_json(RUSSIAN).replace(b'"russian"', b'"german"')
    with pytest.raises(Refused, match=r"notation\.functions"):
        lesson_from_json(wrong, "a")
