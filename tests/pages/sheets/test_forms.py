"""A form ID says everything its sheet depends on, is checked when typed, and makes the same sheet again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.messages import Refused
from explainer.pages.sheets.form import MOST_SEED, PAPERS, Form, fingerprint, read_form
from explainer.pages.sheets.plan import KINDS, SHARES, SPACES, Options
from explainer.pages.sheets.series import series, sheet_of_form
from explainer.pages.sheets.sheet import key, worksheet

LESSON = example("lecture-2-2-1")
options = st.builds(
    Options,
    kinds=st.sets(st.sampled_from(list(KINDS)), min_size=1).map(
        lambda chosen: tuple(kind for kind in KINDS if kind in chosen)
    ),
    share=st.sampled_from(SHARES),
    steps=st.lists(st.sampled_from(["1", "loss:E#1"]), unique=True).map(tuple),
    space=st.sampled_from(SPACES),
    points=st.booleans(),
)
forms = st.builds(
    Form,
    seed=st.integers(0, MOST_SEED),
    variant=st.integers(1, 1000),
    options=options,
    language=st.sampled_from(["en", "ru"]),
    digits=st.integers(2, 15),
    paper=st.sampled_from(PAPERS),
    fingerprint=st.integers(0, 2**15 - 1),
)


@given(forms)
def test_every_form_is_read_back(form):
    assert read_form(form.code, form.options.steps) == form
    assert read_form(form.code.lower().replace("-", ""), form.options.steps) == form


@given(forms, st.data())
def test_one_wrong_character_or_two_exchanged_ones_are_noticed(form, data):
    text = form.code.replace("-", "")
    place = data.draw(st.integers(0, len(text) - 2))
    other = data.draw(
        st.sampled_from(sorted(set("0123456789ABCDEFGHJKMNPQRSTVWXY") - {text[place]}))
    )
    with pytest.raises(Refused):
        read_form(text[:place] + other + text[place + 1 :], form.options.steps)
    if text[place] != text[place + 1]:
        exchanged = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        if len(text) - 2 != place:
            with pytest.raises(Refused):
                read_form(exchanged, form.options.steps)


@pytest.mark.parametrize("code", ["", "-", "A", "ÄÖÜ-1", "0" * 50, "../../etc", "=cmd", "7" * 39])
def test_what_is_no_form_id_is_refused(code):
    with pytest.raises(Refused):
        read_form(code)


def test_the_same_form_is_the_same_sheet():
    sheets = list(series(LESSON, 4, 9, Options(points=True), "ru", 4))
    assert len({sheet.form for sheet in sheets}) == 4
    for sheet in sheets:
        form, again = sheet_of_form(LESSON, sheet.form)
        assert (form.language, form.digits, form.code) == ("ru", 4, sheet.form)
        assert (worksheet(again), key(again)) == (worksheet(sheet), key(sheet))


def test_a_form_of_another_lesson_is_refused():
    (sheet,) = series(LESSON, 1, 9, Options(), "en", 4)
    with pytest.raises(Refused, match="is not of this lesson"):
        sheet_of_form(example("mazur-2-2-2"), sheet.form)
    assert fingerprint(LESSON) != fingerprint(example("mazur-2-2-2"))


def test_what_is_told_about_a_lesson_changes_no_form():
    told = replace(LESSON, description="Another word about it", notes="Ask the third row")
    sheets = [next(series(lesson, 1, 9, Options(), "en", 4)) for lesson in (LESSON, told)]
    assert sheets[0].form == sheets[1].form
    assert worksheet(sheets[0]) == worksheet(sheets[1])
    assert fingerprint(LESSON) != fingerprint(replace(LESSON, title="Another title"))


def test_steps_chosen_by_hand_must_be_named_again():
    wanted = Options(steps=("weighted_sum:h1.z#1",))
    (sheet,) = series(LESSON, 1, 9, wanted, "en", 4)
    with pytest.raises(Refused, match="chosen by hand"):
        sheet_of_form(LESSON, sheet.form)
    _, again = sheet_of_form(LESSON, sheet.form, steps=wanted.steps)
    assert worksheet(again) == worksheet(sheet)
