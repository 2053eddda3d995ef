"""What the stage asks for and in which order, told by a worker that only writes it down."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal

from explainer.gui.stage import Stage
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_for_worker
from explainer.messages import message
from explainer.pages.narrate import narrate
from explainer.pages.page import Reference
from explainer.protocol import (
    Failed,
    HereCheck,
    HerePage,
    HerePass,
    WantCheck,
    WantExport,
    WantPage,
    WantPass,
)
from explainer.session import Session
from explainer.trace.run import trace

LESSON = example("lecture-2-2-1")
RUNS = trace(LESSON, 2)
W1 = Reference("parameter", "w1")


class Paper(QObject):
    """Stands in for the worker's client."""

    answered = Signal(object, object)
    given_up = Signal(object, object, str)
    interrupted = Signal(object)
    told = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.urgent: list[object] = []
        self.later: list[object] = []
        self.cancelled: list[object] = []

    def want(self, urgent, later=()) -> None:
        self.urgent, self.later = list(urgent), list(later)

    def cancel(self, request) -> None:
        self.cancelled.append(request)

    def answer_pass(self, index: int = 0) -> None:
        request = WantPass(0, lesson_for_worker(LESSON), index, "en")
        self.answered.emit(request, HerePass(1, RUNS[index].summary))

    def answer_page(self, request: WantPage) -> None:
        page = narrate(
            RUNS, request.pass_index, request.step_index, request.language, request.digits
        )
        self.answered.emit(request, HerePage(1, page, {}))


@pytest.fixture
def paper(qapp) -> Paper:
    return Paper()


@pytest.fixture
def stage(paper) -> Stage:
    made = Stage(Session(LESSON, None, "en", 5))
    made.start(paper)
    return made


def steps_of(requests) -> list[int]:
    return [request.step_index for request in requests if isinstance(request, WantPage)]


def test_the_first_pass_comes_before_its_page(stage, paper):
    assert [type(request) for request in paper.urgent] == [WantPass, WantPage]
    assert paper.later == []


def test_then_the_neighbours_then_the_rest_and_the_check_when_nothing_is_edited(
    stage, paper, qtbot
):
    paper.answer_pass()
    stage.go_to_step(5)
    paper.answer_page(paper.urgent[0])
    assert paper.urgent == []
    assert steps_of(paper.later)[:6] == [6, 4, 7, 3, 8, 2]
    assert not any(isinstance(request, WantCheck) for request in paper.later)
    qtbot.waitUntil(lambda: any(isinstance(request, WantCheck) for request in paper.later))
    assert isinstance(paper.later[2], WantCheck)


def test_one_intent_is_one_change(stage, paper):
    paper.answer_pass()
    seen = []
    stage.changed.connect(lambda old, new: seen.append((old, new)))
    stage.do(stage.session.next)
    assert len(seen) == 1
    old, new = seen[0]
    assert (old.step_index, new.step_index) == (-1, 0)
    assert stage.frame is new
    stage.do(stage.session.go_to, 0, 0)
    assert len(seen) == 1


def test_passes_of_an_edited_lesson_are_dropped(stage, paper):
    stage.edit_value(W1, 0.5)
    paper.answer_pass()
    assert stage.frame.one_pass is None
    assert isinstance(paper.urgent[0], WantPass)


def test_an_undo_finds_the_pages_of_before(stage, paper):
    paper.answer_pass()
    stage.do(stage.session.next)
    paper.answer_page(paper.urgent[0])
    page = stage.frame.page
    assert page is not None
    stage.edit_value(W1, 0.5)
    assert stage.frame.page is None
    stage.do(stage.session.undo)
    assert stage.frame.page is page


def test_a_refused_edit_is_told_and_changes_nothing(stage, paper):
    told = []
    stage.told.connect(told.append)
    lesson = stage.frame.lesson
    stage.edit_value(W1, float("inf"))
    assert told == ["The number must be finite."]
    assert stage.frame.lesson is lesson


def test_a_page_that_fails_is_not_asked_for_again(stage, paper):
    paper.answer_pass()
    stage.do(stage.session.next)
    request = paper.urgent[0]
    paper.answered.emit(request, Failed(1, "This formula cannot be drawn.", "Traceback"))
    assert stage.frame.trouble.sentence == "This formula cannot be drawn."
    assert paper.urgent == []
    stage.do(stage.session.next)
    assert stage.frame.trouble is None


def test_a_request_given_up_says_why(stage, paper):
    request = paper.urgent[0]
    paper.given_up.emit(request, message("This took too long and was stopped."), "noise")
    assert stage.frame.trouble.sentence == "This took too long and was stopped."
    assert not any(isinstance(wish, WantPass) for wish in paper.urgent)


def test_another_language_asks_for_other_pages_and_keeps_the_old(stage, paper):
    paper.answer_pass()
    paper.answer_page(paper.urgent[0])
    english = stage.frame.page
    stage.set_language("ru")
    assert stage.frame.page is None
    assert paper.urgent[0].language == "ru"
    stage.set_language("en")
    assert stage.frame.page is english


def test_a_verdict_belongs_to_its_lesson(stage, paper):
    check = WantCheck(0, lesson_for_worker(LESSON), "en")
    paper.answered.emit(check, HereCheck(1, True, 1e-16, "fine"))
    assert stage.frame.verdict.check.agrees
    stage.edit_value(W1, 0.5)
    assert stage.frame.verdict.check is None


def test_an_interrupted_check_is_not_asked_for_at_once(stage, paper, qtbot):
    paper.answer_pass()
    paper.answer_page(paper.urgent[0])
    qtbot.waitUntil(lambda: any(isinstance(request, WantCheck) for request in paper.later))
    paper.interrupted.emit(WantCheck(0, b"", "en"))
    stage.do(stage.session.next)
    assert not any(isinstance(request, WantCheck) for request in paper.later)


def test_exports_come_before_what_may_be_wanted_later(stage, paper):
    paper.answer_pass()
    request = WantExport(0, stage.errands.content, "pdf", "en", 5)
    stage.errands.want(request)
    assert request in paper.urgent
    stage.errands.cancel(request)
    assert paper.cancelled == [request]
    stage.do(stage.session.next)
    assert request not in paper.urgent


def test_every_part_of_the_graph_that_shows_a_value_can_be_set(stage):
    for reference, read in (
        (W1, lambda lesson: lesson.network.value("w1")),
        (Reference("neuron", "i2"), lambda lesson: lesson.data.inputs[0][1]),
        (Reference("target", "o1"), lambda lesson: lesson.data.targets[0][0]),
    ):
        stage.edit_value(reference, 0.75)
        assert read(stage.frame.lesson) == 0.75
    with pytest.raises(ValueError, match="no value"):
        stage.edit_value(Reference("error"), 1.0)


def test_neighbours_are_made_ready_when_there_is_time(stage, paper, qtbot):
    paper.answer_pass()
    stage.go_to_step(3)
    ready = []
    stage.ready.connect(ready.append)
    for request in [*paper.urgent, *[r for r in paper.later if isinstance(r, WantPage)]][:3]:
        paper.answer_page(request)
    qtbot.waitUntil(lambda: {frame.step_index for frame in ready} == {2, 4})
    for frame in ready:
        assert frame.page.page == narrate(RUNS, 0, frame.step_index, "en", 5)
        assert frame.moment.focus == RUNS[0].summary.steps[frame.step_index].focus
