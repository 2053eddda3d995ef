"""`explainer grade`: marks filled tables and assignments, prints what is right and what explains the rest."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from explainer.cli.table import table
from explainer.lesson.disk import read_bytes, write_bytes
from explainer.lesson.faults import quoted, quoted_path
from explainer.lesson.lesson import Lesson
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.messages import Message, NotWritten, Refused, message, translate
from explainer.pages.sheets.answers import read_table
from explainer.pages.sheets.assignment import assignment_from_json
from explainer.pages.sheets.grading import Mark, Marker, Status, marks_table

_SIGNS: dict[Status, str] = {
    "right": "✓",
    "wrong": "✗",
    "unanswered": "–",
    "by hand": "?",
    "unreadable": "✗",
}


def grade_answers(lesson: Lesson, options: argparse.Namespace) -> str:
    """Return the marks as text and write them where that is asked for. Raises Refused and NotWritten."""
    target = None if options.output is None else Path(options.output)
    if target is not None and os.path.lexists(target) and not options.force:
        fault = message("the file exists; --force replaces it")
        raise NotWritten(message("{place}: {fault}", place=quoted_path(target), fault=fault))
    # The lesson may say itself which steps were blanked by hand.
    held = () if lesson.worksheet is None else lesson.worksheet.steps
    marker = Marker(lesson, options.step or held)
    marks = [mark for name in options.answers for mark in _marks(marker, name)]
    if not marks:
        raise Refused(message("there is no answer to mark"))
    say = {place: translate(mark.remark, options.lang) for place, mark in enumerate(marks)}
    if target is not None:
        write_bytes(target, marks_table(marks, say))
    return "\n\n".join(_learners(marks, options.lang))


def _marks(marker: Marker, name: str) -> list[Mark]:
    content = read_bytes(Path(name), MAX_FILE_BYTES)
    if len(content) > MAX_FILE_BYTES:
        raise Refused(message("{place}: the file is too large", place=quoted_path(name)))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return marker.assignment(assignment_from_json(content, Path(name).name))
    return marker.table(read_table(content, quoted_path(name)), quoted_path(name))


def _learners(marks: list[Mark], language: str) -> Iterator[str]:
    """Yield the table of each learner, or of each form where there are no names."""
    groups: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        groups.setdefault((mark.name, mark.form), []).append(mark)

    def say(text: Message) -> str:
        return translate(text, language)

    header = [
        say(each)
        for each in (
            message("No."),
            message("Quantity"),
            message("Answered"),
            message("Answer"),
            message("Points"),
            message("Remark"),
        )
    ]
    for (name, form), own in groups.items():
        points, worth = sum(mark.points for mark in own), sum(mark.worth for mark in own)
        total = say(message("{points} of {worth} points", points=points, worth=worth))
        title = " · ".join(part for part in (quoted(name), form, total) if part)
        rows = [
            [
                str(mark.number),
                mark.quantity,
                quoted(mark.given),
                mark.answer,
                f"{_SIGNS[mark.status]} {mark.points}/{mark.worth}",
                say(mark.remark),
            ]
            for mark in own
        ]
        yield f"{title}\n{table(header, rows)}"
