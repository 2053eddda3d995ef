"""The field `worksheet`: read, written, refused by its place, kept when names change; the addresses are those of the steps."""

import json

import pytest
from msgspec.structs import replace

from explainer.cli import sheet_arguments
from explainer.lesson.examples import example, example_names
from explainer.lesson.files import lesson_for_worker, lesson_from_json, lesson_to_json
from explainer.lesson.structure import remove, rename_neuron, rename_parameter
from explainer.lesson.worksheet import Worksheet, fitting, is_address
from explainer.lesson.worksheet_edits import blank_steps, set_worksheet
from explainer.messages import Refused
from explainer.pages.sheets.form import fingerprint
from explainer.pages.sheets.plan import KINDS, SHARES, SPACES, address_of
from explainer.trace.run import run_pass

LESSON = example("mazur-2-2-2")
FULL = Worksheet(
    variants=30,
    seed=7,
    blank=("sums", "factors"),
    share=30,
    steps=("gradient_weight:w1@i1>h1#1", "delta:h1.z#1"),
    space="grid",
    points=True,
    school="Школа № 1",
    course='"Maths" & <b>',
    date="3 May",
    key="short",
    format="docx",
    combined=True,
    paper="letter",
    language="ru",
    digits=3,
)


@pytest.mark.parametrize("worksheet", [FULL, Worksheet(), replace(FULL, steps=())])
@pytest.mark.parametrize("name", ["mazur-2-2-2", "graph-sin"])
def test_it_is_read_as_it_was_written(name, worksheet):
    lesson = replace(example(name), worksheet=worksheet)
    content = lesson_to_json(lesson)
    assert lesson_from_json(content) == lesson
    assert lesson_to_json(lesson_from_json(content)) == content
    # Only what differs from the usual is written.
    assert (json.loads(content)["worksheet"] == {}) == (worksheet == Worksheet())


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"share": 50}, "worksheet.share: "),
        ({"variants": 0}, "worksheet.variants: it must be a whole number from 1 to 1000"),
        ({"seed": 2**32}, "worksheet.seed: it must be a whole number from 0"),
        ({"digits": 1}, "worksheet.digits: it must be a whole number from 2 to 10"),
        ({"blank": []}, "worksheet.blank: it is empty"),
        ({"blank": ["sums", "sums"]}, 'worksheet.blank[1]: "sums" stands there twice'),
        ({"blank": ["sum"]}, "worksheet.blank[0]: "),
        ({"steps": ["delta h1"]}, 'worksheet.steps[0]: "delta h1" is no address of a step'),
        ({"steps": ["a:b"] * 2}, 'worksheet.steps[1]: "a:b" stands there twice'),
        ({"school": "two\nlines"}, "worksheet.school: it must be one line"),
        ({"course": "x" * 121}, "worksheet.course: it is longer than 120 characters"),
        ({"format": "../x"}, 'worksheet.format: "../x" is no format'),
        ({"language": "de"}, "worksheet.language: "),
        ({"language": "en", "lang": "en"}, "worksheet.lang: there is no such field"),
        ([], "worksheet: "),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_place(entry, sentence):
    tree = {**json.loads(lesson_to_json(LESSON)), "worksheet": entry}
    with pytest.raises(Refused) as refusal:
        lesson_from_json(json.dumps(tree).encode())
    assert str(refusal.value).startswith(sentence)


def test_every_step_of_every_lesson_has_an_address_that_may_stand_in_the_file():
    for name in example_names():
        lesson = example(name)
        steps = tuple(map(address_of, run_pass(lesson, 0, None).summary.steps))
        assert all(map(is_address, steps))
        if lesson.expression is None:
            asked = Worksheet(steps=steps)
            neurons = {neuron.id for neuron in lesson.network.neurons}
            assert fitting(asked, neurons, lesson.network.parameters) is asked


def test_steps_chosen_by_hand_follow_names_and_go_with_what_they_are_about():
    lesson = replace(LESSON, worksheet=replace(FULL, steps=(*FULL.steps, "update:w1", "loss:E#1")))
    renamed = rename_parameter(rename_neuron(lesson, "h1", "first"), "w1", "weight1")
    assert renamed.worksheet.steps == (
        "gradient_weight:weight1@i1>first#1", "delta:first.z#1", "update:weight1", "loss:E#1",
    )  # fmt: skip
    addresses = {address_of(step) for step in run_pass(renamed, 0, None).summary.steps}
    assert set(renamed.worksheet.steps) <= addresses
    assert remove(lesson, ["h1"], []).worksheet.steps == ("loss:E#1",)


def test_blanks_come_and_go_and_leave_no_empty_field():
    blanked = blank_steps(LESSON, ["delta:h1.z#1", "loss:E#1"], on=True)
    assert blanked.worksheet.steps == ("delta:h1.z#1", "loss:E#1")
    assert blank_steps(blanked, ["loss:E#1"], on=True) is blanked
    again = blank_steps(blanked, ["delta:h1.z#1", "loss:E#1"], on=False)
    assert lesson_to_json(again) == lesson_to_json(LESSON)
    with pytest.raises(Refused):
        blank_steps(LESSON, ["nonsense"], on=True)
    with pytest.raises(Refused):
        set_worksheet(LESSON, Worksheet(digits=99))


def test_it_changes_neither_what_is_computed_nor_the_forms():
    asked = replace(LESSON, worksheet=FULL)
    assert lesson_for_worker(asked) == lesson_for_worker(LESSON)
    assert fingerprint(asked) == fingerprint(LESSON)


def test_the_command_line_prints_as_many_digits():
    assert Worksheet().digits == sheet_arguments.SHEET_DIGITS


def test_the_tables_of_worksheets_know_every_word_of_the_field():
    assert all(Worksheet(blank=(kind,)) for kind in KINDS)
    for share in SHARES:
        lesson_from_json(lesson_to_json(replace(LESSON, worksheet=Worksheet(share=share))))
    for space in SPACES:
        lesson_from_json(lesson_to_json(replace(LESSON, worksheet=Worksheet(space=space))))
