"""What a key says is right when it is graded: rounded as the sheet asks, it lies within what the sheet allows."""

import pytest

from explainer.lesson.examples import example
from explainer.pages.sheets.grading import Marker
from explainer.pages.sheets.plan import KINDS, Options
from explainer.pages.sheets.series import series


@pytest.mark.parametrize("digits", [3, 4])
@pytest.mark.parametrize(
    "name",
    ["batch-norm", "vanishing-gradient", "saturated-squared-error", "mazur-2-2-2", "adam"],
)
def test_every_answer_of_a_key_is_right(name, digits):
    lesson = example(name)
    (sheet,) = series(lesson, 1, 5, Options(kinds=tuple(KINDS), share=100), "ru", digits)
    marker = Marker(lesson)
    for answer in sheet.questions.answers:
        if answer.value is not None:
            mark = marker.mark(sheet.form, "", str(answer.number), answer.text)
            assert mark.status == "right", answer


def test_who_calculates_as_the_sheet_says_is_right_also_where_the_terms_cancel():
    (sheet,) = series(example("batch-norm"), 1, 5, Options(kinds=tuple(KINDS), share=100), "en", 4)
    run = sheet.run
    found = next(
        answer
        for answer in sheet.questions.answers
        if answer.value is not None
        and run.summary.steps[answer.index].kind == "gradient_parameter"
        and run.summary.steps[answer.index].subject == "w1"
    )
    place = run.graph.parameter["w1"]
    by_hand = sum(float(f"{term.product:.6g}") for term in run.terms[place]) / len(
        run.graph.samples
    )
    assert found.value is not None
    assert abs(by_hand - found.value) <= found.tolerance
    assert abs(by_hand - found.value) > abs(found.value) / 1000


def test_where_nothing_cancels_an_answer_may_differ_by_its_last_digits_only():
    (sheet,) = series(example("mazur-2-2-2"), 1, 5, Options(share=100), "en", 4)
    for answer in sheet.questions.answers:
        if answer.value:
            assert answer.tolerance <= 5.1e-3 * abs(answer.value)
