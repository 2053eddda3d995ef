"""No answer stands anywhere on its sheet: in no later line, no sentence, no picture, whatever the lesson."""

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.examples import example, example_names
from explainer.lesson.shape import tree_from_lesson
from explainer.maths.numbers import shown
from explainer.messages import Refused
from explainer.pages.page import Figure, Formula
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.plan import KINDS, NUMERIC, SHARES, Options, make_plan
from explainer.pages.sheets.questions import questions_of
from explainer.pages.sheets.sheet import key, worksheet
from explainer.trace.run import run_pass
from explainer.trace.variants import variants
from tests.counts import EXAMPLES, MODE
from tests.pages.sheets.reading import leaks, parts, texts
from tests.properties.lessons import lessons, rounded_arithmetic

DIGITS = 5
NETWORKS = [name for name in example_names() if example(name).expression is None]
# A whole sheet takes a tenth of a second: making a failure smaller would take many minutes.
SETTINGS = settings(
    max_examples=EXAMPLES[MODE], deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)


def sheet_of(run, options, seed=1):
    plan = make_plan(run, options, seed, DIGITS)
    questions = questions_of(run, plan, "en", DIGITS)
    return Sheet(run, plan, questions, options, "TEST", "en", DIGITS)


@pytest.mark.parametrize("name", example_names())
def test_of_no_built_in_lesson(name):
    (run,) = variants(example(name), 3, 1, DIGITS)
    for share in SHARES:
        sheet = sheet_of(run, Options(share=share))
        assert leaks(worksheet(sheet), sheet.questions.answers) == []


def own_numbers(value):
    """Yield the numbers a lesson itself states, as they are shown: a rate of 0.01 gives no answer of 0.01 away."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from own_numbers(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield shown(abs(float(value)), DIGITS, "en")


def stated_by(lesson):
    return set(own_numbers(tree_from_lesson(lesson)))


@given(
    lessons(rules=("sgd", "adam", "momentum"), extras=True),
    st.sampled_from(SHARES),
    st.sets(st.sampled_from(NUMERIC), min_size=1),
    st.integers(0, 99),
)
@SETTINGS
def test_of_no_lesson_at_all(lesson, share, kinds, seed):
    try:
        run = run_pass(lesson, 0, None)
        sheet = sheet_of(run, Options(kinds=tuple(sorted(kinds)), share=share), seed)
    except Refused:
        assume(False)
    known = stated_by(lesson)
    answers = [one for one in sheet.questions.answers if one.text.lstrip("−") not in known]
    assert leaks(worksheet(sheet), answers) == []


@given(lessons(arithmetic=rounded_arithmetic), st.integers(0, 99))
@SETTINGS
def test_nor_where_everything_is_rounded(lesson, seed):
    try:
        run = run_pass(lesson, 0, None)
        sheet = sheet_of(run, Options(share=30), seed)
    except Refused:
        assume(False)
    assert leaks(worksheet(sheet), sheet.questions.answers) == []


@pytest.mark.parametrize(
    "name", ["lecture-2-2-1", "mazur-2-2-2", "softmax-classifier", "graph-sin"]
)
def test_a_rule_that_is_asked_for_stands_nowhere(name):
    (run,) = variants(example(name), 3, 1, DIGITS)
    sheet = sheet_of(run, Options(kinds=("symbols",), share=30))
    printed = [
        row.text
        for block in worksheet(sheet).blocks
        if isinstance(block, Formula)
        for row in block.rows
    ]
    assert sheet.questions.symbols
    for answer in sheet.questions.symbols.values():
        if len(answer.text) > 3:
            assert not [row for row in printed if answer.text in row]


@pytest.mark.parametrize("name", ["lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1"])
def test_a_missing_factor_stands_nowhere(name):
    (run,) = variants(example(name), 3, 1, DIGITS)
    sheet = sheet_of(run, Options(kinds=("factors",), share=60))
    assert sheet.questions.factors
    for factor in sheet.questions.factors:
        for block in worksheet(sheet).blocks:
            if isinstance(block, Formula):
                pieces = [piece for row in block.rows for piece in (*row.left, *row.right)]
                assert factor.derivative not in {piece.latex for piece in pieces}
                assert factor.derivative not in {piece.name for piece in pieces}


def test_the_picture_leaves_out_what_is_asked_for():
    (run,) = variants(example("mazur-2-2-2"), 3, 1, DIGITS)
    steps = [step for step in run.summary.steps if step.phase == "forward"]
    sheet = sheet_of(run, Options(steps=(str(steps[0].index + 1),)))
    pictures = [block for block in worksheet(sheet).blocks if isinstance(block, Figure)]
    assert pictures[-1].without == (steps[0].address,)
    filled = [block for block in key(sheet).blocks if isinstance(block, Figure)]
    assert filled[-1].without == ()


def test_what_reads_like_an_answer_or_gives_it_away_is_asked_for_too():
    (run,) = variants(example("mazur-2-2-2"), 3, 1, DIGITS)
    steps = run.summary.steps
    gradient = next(step for step in steps if step.kind == "gradient_weight")
    plan = make_plan(run, Options(steps=(str(gradient.index + 1),)), 0, DIGITS)
    asked = {(steps[index].kind, steps[index].subject) for index in plan.results}
    assert ("update", gradient.subject) in asked
    bias = next(step for step in steps if step.kind == "gradient_bias")
    plan = make_plan(run, Options(steps=(str(bias.index + 1),)), 0, DIGITS)
    # ∂E/∂b is δ, to the last digit.
    assert any(steps[index].kind == "delta" for index in plan.results)


@pytest.mark.parametrize("name", [*NETWORKS])
@pytest.mark.parametrize("share", SHARES)
def test_no_blank_is_one_division_away(name, share):
    """Of δ, a and ∂E/∂w = δ · a, δ alone is never blank."""
    (run,) = variants(example(name), 3, 1, DIGITS)
    plan = make_plan(run, Options(share=share), 5, DIGITS)
    steps = run.summary.steps
    asked = {index: steps[index] for index in plan.results}
    deltas = [step for step in asked.values() if step.kind == "delta"]
    for step in steps:
        if step.kind != "gradient_weight" or step.index in asked or step.edge is None:
            continue
        source, target = step.edge
        known = run.summary.values[str(step.sample)][source]
        is_asked = any(
            one.phase == "forward" and one.sample == step.sample and one.subject == source
            for one in asked.values()
        )
        for delta in deltas:
            here = (delta.subject, delta.sample) == (target, step.sample)
            if here and step.value and not is_asked:
                assert delta.value * known != pytest.approx(step.value)


def test_a_straight_line_through_zero_gives_nothing_away():
    run = run_pass(replace(example("leaky-relu"), vary=None), 0, None)
    before, negative = run.summary.steps[:2]
    assert (before.kind, negative.kind) == ("weighted_sum", "activation")
    assert negative.value < 0
    plan = make_plan(run, Options(steps=("1",)), 0, DIGITS)
    assert negative.index in plan.results


def test_what_takes_an_equation_to_solve_stays_printed():
    (run,) = variants(example("mazur-2-2-2"), 3, 1, DIGITS)
    steps = run.summary.steps
    plan = make_plan(run, Options(steps=("1",)), 0, DIGITS)
    assert steps[1].kind == "activation"
    assert 1 not in plan.results


def test_the_key_is_the_trace():
    (run,) = variants(example("mazur-2-2-2"), 3, 1, DIGITS)
    sheet = sheet_of(run, Options(kinds=tuple(KINDS), share=100))
    answers = [answer for answer in sheet.questions.answers if answer.value is not None]
    assert answers
    for answer in answers:
        assert answer.value == run.summary.steps[answer.index].value
    whole = " ".join(text for block in key(sheet).blocks for text in texts(block))
    assert all(answer.text in whole for answer in answers)


def test_the_reader_of_sheets_sees_a_leak():
    (run,) = variants(example("mazur-2-2-2"), 3, 1, DIGITS)
    sheet = sheet_of(run, Options())
    given_things, calculation = parts(worksheet(sheet))[0], parts(key(sheet))[1]
    filled = replace(key(sheet), blocks=(*given_things, *calculation))
    assert len(leaks(filled, sheet.questions.answers)) > 5
