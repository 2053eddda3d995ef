"""Any lesson with softmax, maxout, dropout and batch normalisation: read back, gradients, lines of numbers."""

import mpmath
from hypothesis import assume, given
from hypothesis import strategies as st

from explainer.lesson.edits import set_parameter
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.messages import Refused
from explainer.pages.narrate import narrate
from explainer.pages.page import Formula, joined
from explainer.trace.run import trace
from tests.maths.reading import read
from tests.properties.across import special_lessons
from tests.properties.lessons import rounded_arithmetic

DIGITS = 15
MOST_STEPS = 30
STEP = 1e-5


def traced(lesson, passes=1):
    try:
        return trace(lesson, passes)
    except Refused:
        assume(False)


@given(special_lessons())
def test_reading_back_gives_the_same_lesson_and_the_same_bytes(lesson):
    written = lesson_to_json(lesson)
    read_back = lesson_from_json(written)
    assert read_back == lesson
    assert lesson_to_json(read_back) == written


@given(special_lessons())
def test_gradients_are_what_a_small_change_does(lesson):
    gradients = traced(lesson)[0].summary.gradients
    for name in lesson.network.parameters:
        value = lesson.network.value(name)
        losses = [
            traced(set_parameter(lesson, name, value + way * STEP))[0].summary.loss
            for way in (-1, -0.5, 0, 0.5, 1)
        ]
        wide, narrow = (losses[4] - losses[0]) / (2 * STEP), (losses[3] - losses[1]) / STEP
        # Beside a kink, or where the curve is too sharp for this step, differences say nothing.
        sides = ((losses[4] - losses[2]) / STEP, (losses[2] - losses[0]) / STEP)
        scale = max(1.0, abs(gradients[name]))
        if abs(wide - narrow) > 1e-6 * scale or abs(sides[0] - sides[1]) > 1e-2 * scale:
            continue
        assert abs(gradients[name] - narrow) <= 1e-5 * scale, name


def is_nothing_over_nothing(lesson, line):
    """Tell whether a line is SMAPE of an error of 0 by predictions of 0: the page says that 0/0 counts as 0."""
    if lesson.loss.choice.name != "smape":
        return False
    try:
        read(line)
    except ZeroDivisionError:
        return True
    return False


@given(special_lessons() | special_lessons(arithmetic=rounded_arithmetic), st.sampled_from("er"))
def test_every_page_is_told_and_its_numbers_are_worth_the_step(lesson, language):
    runs = traced(lesson, 2)
    language = {"e": "en", "r": "ru"}[language]
    for run in runs:
        steps = run.summary.steps
        for step in steps[:: 1 + len(steps) // MOST_STEPS]:
            page = narrate(runs, run.pass_index, step.index, language, DIGITS)
            rows = [
                row for block in page.blocks if isinstance(block, Formula) for row in block.rows
            ]
            assert rows[-1].role == "result"
            exact = lesson.arithmetic.mode == "exact"
            for row in rows[-2:] if exact else rows[-1:]:
                for line in (" ".join(piece.text for piece in row.right), joined(row.right)):
                    if "…" in line or "dots" in line:
                        continue
                    if step.value == 0 and is_nothing_over_nothing(lesson, line):
                        continue
                    with mpmath.workdps(40):
                        close = abs(read(line) - mpmath.mpf(step.value))
                        assert close <= 1e-8 * max(1, abs(step.value)), f"{step}: {line}"
