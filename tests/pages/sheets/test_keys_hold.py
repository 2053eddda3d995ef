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
