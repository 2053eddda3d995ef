"""Assignments: results are locked until answered, answers come back in the same file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.examples import example
from explainer.messages import Refused
from explainer.pages.sheets.answers import harmless, read_table, table
from explainer.pages.sheets.assignment import (
    assignment_from_json,
    assignment_of,
    assignment_to_json,
)
from explainer.pages.sheets.grading import Marker
from explainer.pages.sheets.numerals import read_answer, read_number
from explainer.pages.sheets.plan import Options, address_of
from explainer.pages.sheets.series import series

LESSON = example("lecture-2-2-1")
(SHEET,) = series(LESSON, 1, 9, Options(share=30), "en", 4)
STEPS = SHEET.run.summary.steps


def test_the_results_asked_for_are_locked_until_answered():
    assignment = assignment_of(SHEET)
    asked = {answer.index for answer in SHEET.questions.answers}
    assert assignment.locked(STEPS) == asked
    assert assignment.reach(STEPS) == min(asked)
    for answer in SHEET.questions.answers:
        assignment = assignment.answered(answer.number, answer.text)
        assert address_of(STEPS[answer.index]) == answer.address
    assert assignment.locked(STEPS) == frozenset()
    assert assignment.reach(STEPS) == len(STEPS) - 1
    marks = Marker(LESSON).assignment(assignment.named("Vera  K."))
    assert {mark.status for mark in marks} == {"right"}
    assert {mark.name for mark in marks} == {"Vera K."}


def test_the_file_holds_no_answers_and_is_read_back():
    assignment = assignment_of(SHEET).answered(1, "0,5").named("Vera")
    content = assignment_to_json(assignment)
    assert assignment_from_json(content, "a.json") == assignment
    blank = assignment_to_json(assignment_of(SHEET)).decode()
    assert not [
        answer
        for answer in SHEET.questions.answers
        if answer.text in blank.split('"lesson"')[0] and len(answer.text) > 4
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format": "explainer-assignment"}',
        b'{"format": "explainer-assignment", "lesson": 3}',
    ],
)
def test_what_is_none_is_refused(content):
    with pytest.raises(Refused):
        assignment_from_json(content, "a.json")


def test_unknown_questions_and_words_for_numbers_are_refused():
    with pytest.raises(Refused, match="no question 99"):
        assignment_of(SHEET).answered(99, "1")
    with pytest.raises(Refused, match="is not a number"):
        assignment_of(SHEET).answered(1, "many")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", 0.5), ("0,5", 0.5), ("−0,5", -0.5), (" 1 000 ", 1000), ("-1/4", -0.25), ("5e-3", 0.005),
        ("5·10⁻³", 0.005), ("5*10^-3", 0.005), ("10⁻²", 0.01), (".5", 0.5), ("3.", 3),
        ("", None), ("x", None), ("1/0", None), ("=1", None), ("1e999", None), ("1,2,3", None), ("nan", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_learners_write_them(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,5·(1 − 0,5)", 0.25), ("0.225/2", 0.1125), ("1/3", 1 / 3), ("√(4)", 2), ("exp(0)", 1),
        ("__import__('os')", None), ("10**10**10", None), ("x", None), ("a = 1", None), ("1/0", None), ("", None),
        ("1+" * 60 + "1", None), ("exp(9999)", None), ("((((", None), ("=1+1", None),
    ],
)  # fmt: skip
def test_an_answer_may_be_a_little_calculation_as_in_the_window(text, number):
    assert read_answer(text) == (None if number is None else pytest.approx(number, rel=1e-15))


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_every_double_is_read_back(number):
    assert read_number(repr(number)) == pytest.approx(number)


@given(st.text(max_size=40))
def test_no_cell_begins_as_a_formula(text):
    cell = harmless(text)
    assert read_number(cell) is not None or not cell.startswith(tuple("=+-@\t\r"))


@given(st.lists(st.text(alphabet="ab=+-@ ,;\"'1.", max_size=12), min_size=3, max_size=3))
def test_what_was_written_is_read_back(cells):
    content = table([("form", "number", "given"), ("x", *cells[1:])])
    rows = read_table(content, "a.csv")
    assert rows[0]["form"] == "x"
    assert rows[0]["given"].lstrip("'").strip() == cells[2].strip().lstrip("'").strip()
