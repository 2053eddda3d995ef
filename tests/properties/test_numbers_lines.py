"""Every line of numbers on every page, read as a student reads it, is worth the value of its step."""

import mpmath
from hypothesis import assume, given
from hypothesis import strategies as st

from explainer.messages import Refused
from explainer.pages.narrate import narrate
from explainer.pages.page import Formula, joined
from explainer.trace.run import trace
from tests.maths.reading import read
from tests.properties.lessons import lessons, nice

DIGITS = 15
# Of a long pass some steps are read, evenly spread.
MOST_STEPS = 30


@given(lessons(nice.map(lambda value: value / 2)), st.sampled_from(["en", "ru"]))
def test_a_line_of_numbers_is_worth_the_value_of_its_step(lesson, language):
    try:
        runs = trace(lesson, 2)
    except Refused:
        assume(False)
    for pass_index, run in enumerate(runs):
        for step in run.summary.steps[:: 1 + len(run.summary.steps) // MOST_STEPS]:
            page = narrate(runs, pass_index, step.index, language, DIGITS)
            rows = [
                row for block in page.blocks if isinstance(block, Formula) for row in block.rows
            ]
            lines = [row for row in rows if row.role in ("numbers", "result")]
            assert lines[-1].role == "result"
            for row in lines:
                text = " ".join(piece.text for piece in row.right)
                for line in (text, joined(row.right)):
                    check_line(line, step)


def check_line(line, step):
    if "…" in line or "dots" in line:
        return
    with mpmath.workdps(40):
        scale = max(1, abs(step.value))
        assert abs(read(line) - mpmath.mpf(step.value)) <= 1e-8 * scale, f"{step}: {line}"
