"""The files of a series of worksheets: every sheet and every key, all of them together, the table of answers.

A format is one row of `SHEET_FORMATS`; the command line, the window and the tests read that table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from explainer.lesson.worksheet import Worksheet
from explainer.messages import Message, Refused, message
from explainer.pages.sheets.answers import answers_table
from explainer.pages.sheets.asked import Asked
from explainer.pages.sheets.assignment import assignment_files
from explainer.pages.sheets.form import Paper
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.series import must_be_right
from explainer.pages.sheets.sheet import key as whole_key
from explainer.pages.sheets.sheet import together, worksheet
from explainer.pages.sheets.tables import question_table
from explainer.render.publish import FORMATS, Format, publish_all
from explainer.render.publish_job import Job

ANSWERS = "answers.csv"
ASSIGNMENT = "assignment"
QUESTIONS = "questions.xml"
_MOST_AT_A_TIME = 4
# So many documents are one piece of work: enough to share what is the same in them, few enough to stop in between.
_TOGETHER = 8

Progress = Callable[[int, int], None]
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Series:
    """What is written: sheets and their numbers, on which paper, whether also all in one file, and how much a key shows."""

    sheets: Sequence[Sheet]
    numbers: Sequence[int]
    paper: Paper
    combined: bool
    short_keys: bool
    progress: Progress


@dataclass(frozen=True, slots=True)
class SheetFormat:
    """A way to write worksheets: its name, what it is called, what its files end in.

    `names` are those of the files of sheets with these numbers, `make` is what makes them. A format that `combines` has all
    sheets in one file too where that is asked for; `on_paper` tells whether the paper and the room for answers matter.
    """

    name: str
    label: Message
    ending: str
    names: Callable[[Sequence[int], bool], list[str]]
    make: Callable[[Series], Files]
    combines: bool = True
    on_paper: bool = True


def sheet_format(name: str) -> SheetFormat:
    """Return the row of a name, or of what its files end in; Refused where worksheets are not written so."""
    for row in SHEET_FORMATS.values():
        if name in (row.name, row.ending.removeprefix(".")):
            return row
    raise Refused(
        message(
            "worksheets are written as {formats}, not as {name}",
            formats=", ".join(SHEET_FORMATS),
            name=name[:40],
        )
    )


def sheet_files(
    sheets: Sequence[Sheet],
    numbers: Sequence[int],
    format_name: str,
    paper: Paper,
    *,
    combined: bool,
    short_keys: bool = False,
    progress: Progress = lambda done, total: None,
) -> Files:
    """Return the content of every file by its name; `numbers` are those of the sheets. Raises as `publish`.

    `short_keys` are the tables of answers alone. What `progress` raises ends the work.
    """
    made = Series(sheets, numbers, paper, combined, short_keys, progress)
    return sheet_format(format_name).make(made)


def checked_files(
    asked: Asked, worksheet: Worksheet, checking: Progress, setting: Progress
) -> Files:
    """Return every file of the sheets asked for by its name; every key is checked before any file is made.

    `checking` and `setting` are told how far it is. Raises Refused, NotWritten, CheckFailed.
    """
    sheets: list[Sheet] = []
    for sheet in asked.sheets:
        must_be_right(sheet)
        sheets.append(sheet)
        checking(len(sheets), len(asked.numbers))
    # The first pages take a while: a full bar would say that all is done.
    setting(0, 0)
    return sheet_files(
        sheets,
        asked.numbers,
        worksheet.format,
        asked.paper,
        combined=worksheet.combined,
        short_keys=worksheet.key == "short",
        progress=setting,
    )


def _pairs(ending: str, numbers: Sequence[int], combined: bool) -> list[str]:
    """Return the names of a sheet and a key for each number, of those with all, and of the table of answers."""
    found = [f"{what}-{number:02}{ending}" for number in numbers for what in ("sheet", "key")]
    return [*found, *([f"sheets{ending}", f"keys{ending}"] if combined else ()), ANSWERS]


def _documents(form: Format, series: Series) -> Files:
    """Return every sheet and key as a document.

    What a sheet says is worked out one after the other; setting it waits for other programs, several at a time.
    """
    sheets, first = series.sheets, series.sheets[0]
    key = partial(whole_key, short=series.short_keys)
    documents = [(make(sheet), [sheet.run]) for sheet in sheets for make in (worksheet, key)]
    if series.combined:
        runs = [sheet.run for sheet in sheets]
        for make in (worksheet, key):
            whole = [make(sheet, place) for place, sheet in enumerate(sheets)]
            documents.append((together(whole, first.title), runs))
    jobs = [
        Job(document, runs[0].lesson, runs, first.language, first.digits, paper=series.paper)
        for document, runs in documents
    ]
    names = _pairs(form.endings[0], series.numbers, series.combined)
    files: Files = {}
    for content in _made(jobs, form.name):
        files[names[len(files)]] = content
        series.progress(len(files), len(jobs))
    files[names[-1]] = answers_table(sheets)
    return files


def workers() -> int:
    """Return how many documents are set at a time."""
    return min(_MOST_AT_A_TIME, os.cpu_count() or 1)


def _made(jobs: Sequence[Job], format_name: str) -> Iterator[bytes]:
    """Yield the content of each document, in order; work that nobody waits for any longer is not begun."""
    pieces = [jobs[start : start + _TOGETHER] for start in range(0, len(jobs), _TOGETHER)]
    pool = ThreadPoolExecutor(workers())
    try:
        for made in pool.map(lambda piece: list(publish_all(piece, format_name)), pieces):
            yield from made
    finally:
        pool.shutdown(cancel_futures=True)


def _tables(series: Series) -> Files:
    """Return every sheet as a table to fill in, its key, and where that is asked for all of them."""
    names = iter(_pairs(".csv", series.numbers, series.combined))
    files: Files = {}
    for place, sheet in enumerate(series.sheets, start=1):
        files[next(names)] = question_table([sheet])
        files[next(names)] = answers_table([sheet])
        series.progress(place, len(series.sheets))
    if series.combined:
        files[next(names)] = question_table(series.sheets)
        files[next(names)] = answers_table(series.sheets)
    return {**files, ANSWERS: answers_table(series.sheets)}


def _moodle(series: Series) -> Files:
    # Imported here: most worksheets have no use for it.
    from explainer.render.moodle_sheets import sheets_for_moodle

    content = sheets_for_moodle(series.sheets, series.progress)
    return {QUESTIONS: content, ANSWERS: answers_table(series.sheets)}


def _assignments(series: Series) -> Files:
    files = assignment_files(series.sheets, series.numbers)
    series.progress(len(files), len(files))
    return files


def _document_row(form: Format) -> SheetFormat:
    ending = form.endings[0]
    return SheetFormat(
        form.name, form.label, ending, partial(_pairs, ending), partial(_documents, form)
    )


SHEET_FORMATS: dict[str, SheetFormat] = {
    row.name: row
    for row in (
        *(_document_row(form) for form in FORMATS.values() if form.for_sheets),
        SheetFormat(
            "csv",
            message("Table to fill in (CSV)"),
            ".csv",
            partial(_pairs, ".csv"),
            _tables,
            on_paper=False,
        ),
        SheetFormat(
            "moodle",
            FORMATS["moodle"].label,
            FORMATS["moodle"].endings[0],
            lambda numbers, combined: [QUESTIONS, ANSWERS],
            _moodle,
            combines=False,
            on_paper=False,
        ),
        SheetFormat(
            ASSIGNMENT,
            message("Assignment to answer in the program"),
            ".json",
            lambda numbers, combined: [f"assignment-{number:02}.json" for number in numbers],
            _assignments,
            combines=False,
            on_paper=False,
        ),
    )
}
