"""Marking answers: what is right is computed anew from the lesson and the form ID; a wrong number is explained by a slip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from explainer.lesson.faults import quoted
from explainer.lesson.lesson import Lesson
from explainer.messages import Message, Refused, message
from explainer.pages.sheets.answers import table
from explainer.pages.sheets.assignment import Assignment
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.numerals import read_answer
from explainer.pages.sheets.preset import steps_for
from explainer.pages.sheets.questions import Answer
from explainer.pages.sheets.series import sheet_of_form
from explainer.trace.slips.explaining import explain

Status = Literal["right", "wrong", "unanswered", "by hand", "unreadable"]
# Learners write what they are used to.
_USED = re.compile(r"(?<![a-z])(arc)?tg(?![a-z])")
_SPACES = str.maketrans(dict.fromkeys(" ·*()[]", ""))


class Mark(Struct, frozen=True):
    """One answer, marked: points given of those it is worth, and what is to be said of it."""

    form: str
    name: str
    number: int
    quantity: str
    given: str
    answer: str
    points: int
    worth: int
    status: Status
    remark: Message


class Marker:
    """Marks the answers of one lesson; sheets are made once for each form ID."""

    def __init__(self, lesson: Lesson, steps: Sequence[str] = ()) -> None:
        self._lesson, self._steps = lesson, tuple(steps)
        self._sheets: dict[str, Sheet] = {}

    def table(self, rows: Iterable[Mapping[str, str]], place: str) -> list[Mark]:
        """Return the marks of a filled table. Raises Refused, naming the row, where it is about nothing on the sheet."""
        marks: list[Mark] = []
        for line, row in enumerate(rows, start=2):
            if not row["number"] and not row["given"]:
                # A line of the sheet, not one of its blanks.
                continue
            try:
                marks.append(
                    self.mark(row["form"], row.get("name", ""), row["number"], row["given"])
                )
            except Refused as refusal:
                raise Refused(
                    message(
                        "{place}: row {line}: {fault}",
                        place=place,
                        line=line,
                        fault=refusal.message,
                    )
                ) from None
        return marks

    def assignment(self, assignment: Assignment) -> list[Mark]:
        """Return the marks of an assignment, unanswered questions among them."""
        return [
            self.mark(
                assignment.form,
                assignment.name,
                str(question.number),
                assignment.answers.get(str(question.number), ""),
            )
            for question in assignment.questions
        ]

    def mark(self, form: str, name: str, number: str, given: str) -> Mark:
        """Return the mark of one answer. Raises Refused where the form ID or the number is none of the lesson."""
        sheet = self._sheet(form)
        answer = next(
            (each for each in sheet.questions.answers if str(each.number) == number), None
        )
        if answer is None:
            raise Refused(
                message(
                    'form {form} has no blank "{number}"', form=sheet.form, number=quoted(number)
                )
            )
        status, remark = _judged(sheet, answer, given)
        return Mark(
            sheet.form,
            name,
            answer.number,
            answer.label.text,
            given,
            answer.text,
            answer.points if status == "right" else 0,
            answer.points,
            status,
            remark,
        )

    def _sheet(self, form: str) -> Sheet:
        if form not in self._sheets:
            _, self._sheets[form] = sheet_of_form(
                self._lesson, form, steps=steps_for(form, self._steps)
            )
        return self._sheets[form]


def _judged(sheet: Sheet, answer: Answer, given: str) -> tuple[Status, Message]:
    if not given:
        return "unanswered", message("No answer.")
    if answer.value is None:
        if _plain(given) in {_plain(text) for text in (answer.text, *answer.also)}:
            return "right", message("Right.")
        return "by hand", message(
            "An answer in symbols that reads otherwise: to be marked by hand."
        )
    number = read_answer(given)
    if number is None:
        return "unreadable", message("This is no number.")
    step = sheet.run.summary.steps[answer.index]
    verdict = explain(sheet.run, step, number, answer.tolerance)
    return ("right" if verdict.status == "right" else "wrong"), verdict.sentence


def _plain(text: str) -> str:
    usual = _USED.sub(lambda found: f"{found[1] or ''}tan", text.casefold())
    return usual.translate(_SPACES).replace("−", "-").replace(",", ".")


def marks_table(marks: Iterable[Mark], say: Mapping[int, str]) -> bytes:
    """Return marks as CSV with every cell harmless; `say` has the remark of each mark, in the reader's language."""
    header = (
        "form",
        "name",
        "number",
        "quantity",
        "given",
        "answer",
        "points",
        "of",
        "status",
        "remark",
    )
    rows = [
        (
            mark.form,
            mark.name,
            str(mark.number),
            mark.quantity,
            mark.given,
            mark.answer,
            str(mark.points),
            str(mark.worth),
            mark.status,
            say[place],
        )
        for place, mark in enumerate(marks)
    ]
    return table([header, *rows])
