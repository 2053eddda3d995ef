"""An assignment: a lesson with its results locked until they are answered, and the learner's answers, as one file.

The answers are not in the file; whoever opens it computes them, as for any lesson. `grade` reads the same file when it comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.faults import quoted, refused
from explainer.lesson.json_text import read_json
from explainer.lesson.layout_json import pretty
from explainer.lesson.lesson import Lesson
from explainer.lesson.shape import lesson_from_tree, tree_from_lesson
from explainer.messages import Refused, message
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.numerals import is_number
from explainer.pages.sheets.plan import address_of
from explainer.trace.steps import Step

FORMAT: Final = "explainer-assignment"
VERSION = 1
_LONGEST_ANSWER, _LONGEST_NAME, _MOST_QUESTIONS = 200, 120, 2000


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked for: the result of a step, by its address. `symbolic`: its rule or a factor of it, in symbols."""

    number: int
    step: str
    quantity: str
    points: int
    symbolic: bool = False


class Assignment(Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson with questions; `answers` are the learner's, by the number of the question as text."""

    format: Literal["explainer-assignment"]
    version: int
    form: str
    lesson: Lesson
    questions: tuple[Question, ...]
    answers: dict[str, str]
    name: str = ""

    def answered(self, number: int, text: str) -> Assignment:
        """Return the assignment with an answer; Refused where there is no such question or the text is no number."""
        question = next((each for each in self.questions if each.number == number), None)
        if question is None:
            raise Refused(message("there is no question {number}", number=number))
        _check_answer(question, text, "answers")
        return replace(self, answers={**self.answers, str(number): text.strip()})

    def named(self, name: str) -> Assignment:
        """Return the assignment with the learner's name; Refused for one that is too long."""
        line = " ".join(name.split())
        if len(line) > _LONGEST_NAME:
            raise Refused(
                message("the name is longer than {limit} characters", limit=_LONGEST_NAME)
            )
        return replace(self, name=line)

    def locked(self, steps: Sequence[Step]) -> frozenset[int]:
        """Return the steps, by index, whose results are not to be shown: those with a question not yet answered."""
        waiting = {each.step for each in self.questions if str(each.number) not in self.answers}
        return frozenset(step.index for step in steps if address_of(step) in waiting)

    def reach(self, steps: Sequence[Step]) -> int:
        """Return the last step that may be stepped to: the first that waits for an answer, else the last of all."""
        return min(self.locked(steps), default=len(steps) - 1)


def assignment_of(sheet: Sheet) -> Assignment:
    """Return the assignment of a sheet: its numbers, its questions, no answers."""
    questions = tuple(
        Question(
            answer.number, answer.address, answer.label.text, answer.points, answer.value is None
        )
        for answer in sheet.questions.answers
    )
    lesson = replace(sheet.run.lesson, vary=None, worksheet=None)
    return Assignment(FORMAT, VERSION, sheet.form, lesson, questions, {})


def assignment_files(sheets: Sequence[Sheet], numbers: Sequence[int]) -> dict[str, bytes]:
    """Return the file of every assignment by its name."""
    return {
        f"assignment-{number:02}.json": assignment_to_json(assignment_of(sheet))
        for sheet, number in zip(sheets, numbers, strict=True)
    }


def assignment_to_json(assignment: Assignment) -> bytes:
    """Return the assignment as UTF-8 JSON, laid out as lessons are."""
    tree: dict[str, Any] = {
        name: msgspec.to_builtins(getattr(assignment, name))
        for name in ("format", "version", "form", "name", "questions", "answers")
    }
    return pretty({**tree, "lesson": tree_from_lesson(assignment.lesson)}).encode()


def assignment_from_json(content: bytes, place: str) -> Assignment:
    """Return the assignment that JSON bytes describe. Raises Refused, naming the place, for everything else."""
    name = quoted(place)
    tree = read_json(content, name)
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        fault = message(
            'this is not an assignment: the field "format" is not "{format}"', format=FORMAT
        )
        raise refused(name, fault)
    lesson = lesson_from_tree(tree.get("lesson"), f"{name}: lesson")
    check_lesson(lesson)
    try:
        rest = msgspec.convert({**tree, "lesson": None}, _File)
    except msgspec.ValidationError as error:
        raise refused(
            name,
            message("it has not the shape of an assignment: {reason}", reason=quoted(error, 200)),
        ) from None
    if rest.version > VERSION or len(rest.questions) > _MOST_QUESTIONS:
        raise refused(name, message("a newer Explainer can open it"))
    by_number = {str(question.number): question for question in rest.questions}
    for number, text in rest.answers.items():
        if number not in by_number:
            raise refused(
                f"{name}: answers", message("there is no question {number}", number=quoted(number))
            )
        _check_answer(by_number[number], text, f"{name}: answers.{number}")
    return Assignment(
        FORMAT,
        rest.version,
        rest.form,
        lesson,
        rest.questions,
        rest.answers,
        rest.name[:_LONGEST_NAME],
    )


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    form: str
    lesson: None
    questions: tuple[Question, ...]
    answers: dict[str, str] = {}
    name: str = ""


def _check_answer(question: Question, text: str, place: str) -> None:
    if len(text) > _LONGEST_ANSWER:
        raise refused(
            place, message("the answer is longer than {limit} characters", limit=_LONGEST_ANSWER)
        )
    if not question.symbolic and not is_number(text):
        raise refused(place, message('"{text}" is not a number', text=quoted(text)))
