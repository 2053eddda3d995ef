"""The answers to every kind of request."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.pages.page import Formula
from explainer.protocol import (
    Failed,
    HereCheck,
    HereExport,
    HerePage,
    HerePass,
    HerePrint,
    HereSlips,
    WantCheck,
    WantExport,
    WantPage,
    WantPass,
    WantPrint,
    WantSlips,
    decode_reply,
    frame,
)
from explainer.trace.run import trace
from explainer.trace.slips.explaining import slips
from explainer.worker.answers import Answers

LESSON = lesson_to_json(example("lecture-2-2-1"))


@pytest.fixture
def answers() -> Answers:
    return Answers()


def test_a_later_pass_is_the_one_of_a_fresh_trace(answers):
    reply = answers.answer(WantPass(7, LESSON, 2, "en"))
    assert isinstance(reply, HerePass)
    assert reply.number == 7
    assert reply.one_pass == trace(example("lecture-2-2-1"), 3)[2].summary


def test_a_page_in_matrices_is_one_where_the_lesson_has_some(answers):
    for name, has_some in (
        ("lecture-2-2-1", True),
        ("matrix-product", True),
        ("batch-norm", False),
    ):
        lesson = lesson_to_json(example(name))
        reply = answers.answer(WantPage(1, lesson, 0, 0, "en", 5, in_matrices=True))
        assert isinstance(reply, HerePage)
        assert reply.in_matrices is has_some
        assert reply.pictures
        plain_reply = answers.answer(WantPage(1, lesson, 0, 0, "en", 5))
        assert (plain_reply.page == reply.page) is not has_some


@pytest.mark.parametrize("name", ["lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1"])
def test_every_piece_of_every_page_has_its_picture(answers, name):
    lesson = lesson_to_json(example(name))
    steps = len(trace(example(name), 1)[0].summary.steps)
    for step in range(-1, steps):
        reply = answers.answer(WantPage(1, lesson, 0, step, "ru", 5))
        assert isinstance(reply, HerePage)
        for block in reply.page.blocks:
            if isinstance(block, Formula):
                for row in block.rows:
                    for piece in (*row.left, row.relation, *row.right):
                        assert not piece.latex or piece.latex in reply.pictures


def test_the_check_agrees_and_says_how_many_were_compared(answers):
    reply = answers.answer(WantCheck(1, LESSON, "en"))
    assert isinstance(reply, HereCheck)
    assert reply.agrees
    assert reply.worst < 1e-12
    assert "gradients were compared" in reply.sentence


def test_an_export_is_the_file(answers):
    reply = answers.answer(WantExport(1, LESSON, "pdf", "en", 5))
    assert isinstance(reply, HereExport)
    assert reply.content.startswith(b"%PDF")


def test_pages_to_print_hold_no_embedded_files(answers):
    reply = answers.answer(WantPrint(1, LESSON, "ru", 5))
    assert isinstance(reply, HerePrint)
    assert len(reply.pages) > 1
    assert not any("data:" in page for page in reply.pages)


def test_a_bad_lesson_is_refused_in_the_language_of_the_request(answers):
    said = [
        answers.answer(WantPass(1, b'{"format": "x"}', 0, language)) for language in ("en", "ru")
    ]
    assert all(isinstance(reply, Failed) and not reply.details for reply in said)
    assert said[0] != said[1]


def test_what_breaks_costs_only_its_own_request(answers):
    broken = answers.answer(WantPage(1, LESSON, 0, 999, "en", 5))
    assert isinstance(broken, Failed)
    assert "IndexError" in broken.details
    assert isinstance(answers.answer(WantPage(2, LESSON, 0, 0, "en", 5)), HerePage)


def test_only_a_few_lessons_are_remembered(answers):
    lesson = example("lecture-2-2-1")
    for number in range(20):
        changed = replace(lesson, update=replace(lesson.update, learning_rate=0.1 + number))
        answers.answer(WantPass(1, lesson_to_json(changed), 0, "en"))
    assert len(answers._known) <= 6


def test_slips_are_those_of_the_engine_and_come_through_the_pipe_unchanged(answers):
    run = trace(example("lecture-2-2-1"), 2)[1]
    for step in run.summary.steps:
        reply = answers.answer(WantSlips(3, LESSON, 1, step.index, "en"))
        assert isinstance(reply, HereSlips)
        assert reply.slips == slips(run, step)
        assert decode_reply(frame(reply)[4:]) == reply
