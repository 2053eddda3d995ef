"""Nothing of a hidden result can be seen: not on the page, not on the graph in any view, not in what is spoken."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import json

from explainer.gui.frame import Frame, Verdict
from explainer.gui.veil import Veil, cut, lines_of
from explainer.lesson.examples import example, example_names
from explainer.maths.numbers import canvas_digits, shown
from explainer.pages.narrate import narrate
from explainer.protocol import HerePage
from explainer.render.shapes import Label
from explainer.render.views import VIEWS, draw_view
from explainer.trace.moment import moment_at
from explainer.trace.run import run_pass

DIGITS = 5


def frames(name):
    lesson = example(name)
    run = run_pass(lesson, 0, None)
    one_pass = run.summary
    # Every third step: enough of each kind.
    for step in one_pass.steps[::3]:
        page = HerePage(0, narrate([run], 0, step.index, "en", DIGITS), {})
        moment = moment_at(lesson, one_pass, step.index)
        yield Frame(
            lesson, Path("x"), False, None, None, 0, step.index, one_pass, moment, page, None,
            Verdict(), "en", DIGITS,
        )  # fmt: skip


def words(view, frame):
    drawing = draw_view(
        view, frame.lesson, frame.moment, frame.one_pass, digits=DIGITS, language="en",
        badges=frame.page.page.badges,
    )  # fmt: skip
    return [
        "".join(run.text for run in shape.runs)
        for shape in drawing.shapes
        if isinstance(shape, Label)
    ]


@pytest.mark.parametrize("name", example_names())
def test_what_only_the_result_tells_is_told_nowhere(name):
    veil = Veil()
    for frame in frames(name):
        roles = lines_of(frame.page.page)
        if "result" not in roles:
            continue
        hidden = veil.cut(frame, roles.index("result"))
        value = frame.one_pass.steps[frame.step_index].value
        assert hidden.one_pass.steps[frame.step_index].value == 0.0
        assert "result" not in lines_of(hidden.page.page)
        exact = shown(value, DIGITS, "en")
        if len(exact.strip("−0.")) < 3:
            # A number this short is found everywhere.
            continue
        given = {shown(number, DIGITS, "en") for number in known_before(frame)}
        if exact in given:
            continue
        page = json.encode(hidden.page.page).decode()
        rows = json.encode([block for block in hidden.page.page.blocks if hasattr(block, "rows")])
        assert page.replace("-", "−").count(exact) == rows.decode().replace("-", "−").count(exact)
        short = shown(value, canvas_digits(DIGITS), "en")
        if short in {shown(number, canvas_digits(DIGITS), "en") for number in known_before(frame)}:
            continue
        if short in {badge.text for badge in hidden.page.page.badges}:
            # One term of a sum is all of it.
            continue
        for view in VIEWS:
            assert not any(exact == word or short == word for word in words(view, hidden)), view


def known_before(frame):
    """Return every number on the board before the step, and everything that was given."""
    one_pass = frame.one_pass
    yield from (abs(step.value) for step in one_pass.steps[: frame.step_index])
    yield from (step.value for step in one_pass.steps[: frame.step_index])
    yield from one_pass.parameters_before.values()
    for row in (*frame.lesson.data.inputs, *frame.lesson.data.targets):
        yield from row
    for slopes in one_pass.slopes.values():
        yield from slopes.values()


def test_lines_are_told_one_role_after_the_other_and_the_page_keeps_its_top():
    frame = next(one for one in frames("lecture-2-2-1") if one.moment.phase == "backward")
    page = frame.page.page
    roles = lines_of(page)
    assert roles == ("chain", "local", "numbers", "result")
    for count in range(len(roles)):
        part = cut(page, count)
        assert lines_of(part) == roles[:count]
        assert part.blocks[0] == page.blocks[0]
        assert bool(part.badges) == (count >= 3)
    assert cut(page, len(roles)) is page


def test_matrices_tell_no_mean_before_its_step():
    lesson = example("xor-2-2-1")
    one_pass = run_pass(lesson, 0, None).summary
    mean = next(step for step in one_pass.steps if step.kind[-9:] + step.subject == "parameterw2")
    frame = next(frames("xor-2-2-1"))
    moment = moment_at(lesson, one_pass, mean.index - 1)
    frame = frame._replace(moment=moment, step_index=mean.index - 1)
    number = shown(mean.value, canvas_digits(DIGITS), "en")
    assert number in words("matrices", frame)
    assert number not in words("matrices", Veil().without_means(frame, mean.index))
