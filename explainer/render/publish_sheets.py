"""The files of a series of worksheets: every sheet and every key, all of them together, the table of answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from explainer.messages import Refused, message
from explainer.pages.page import Document
from explainer.pages.sheets.answers import answers_table
from explainer.pages.sheets.form import Paper
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.sheet import key as whole_key
from explainer.pages.sheets.sheet import together, worksheet
from explainer.render.publish import FORMATS, publish
from explainer.trace.record import Run

# Formats of documents in which an answer has its room.
SHEET_FORMATS = ("pdf", "html", "tex")
ANSWERS = "answers.csv"
_MOST_AT_A_TIME = 4

Progress = Callable[[int, int], None]


def ending_of(format_name: str) -> str:
    """Return what the files of a format end in; Refused where worksheets are not written in it."""
    if format_name not in SHEET_FORMATS:
        raise Refused(
            message(
                "worksheets are written as {formats}, not as {name}",
                formats=", ".join(SHEET_FORMATS),
                name=format_name[:40],
            )
        )
    return FORMATS[format_name].endings[0]


def file_names(numbers: Sequence[int], ending: str, *, combined: bool) -> list[str]:
    """Return the names of all files of sheets with these numbers, in the order in which they are made."""
    names: list[str] = []
    for number in numbers:
        names += [f"sheet-{number:02}{ending}", f"key-{number:02}{ending}"]
    if combined:
        names += [f"sheets{ending}", f"keys{ending}"]
    return [*names, ANSWERS]


def sheet_files(
    sheets: Sequence[Sheet],
    numbers: Sequence[int],
    format_name: str,
    paper: Paper,
    *,
    combined: bool,
    short_keys: bool = False,
    progress: Progress = lambda done, total: None,
) -> dict[str, bytes]:
    """Return the content of every file by its name; `numbers` are those of the sheets. Raises as `publish`.

    `short_keys` are the tables of answers alone.
    """
    names = iter(file_names(numbers, ending_of(format_name), combined=combined))
    first = sheets[0]
    # What a sheet says is worked out here, one after the other; setting it waits for other programs, several at a time.
    key = partial(whole_key, short=short_keys)
    documents = [
        (document, [sheet.run]) for sheet in sheets for document in (worksheet(sheet), key(sheet))
    ]
    if combined:
        runs = [sheet.run for sheet in sheets]
        for make in (worksheet, key):
            whole = [make(sheet, place) for place, sheet in enumerate(sheets)]
            documents.append((together(whole, first.title), runs))

    def content(asked: tuple[Document, list[Run]]) -> bytes:
        document, shown = asked
        return publish(
            document, shown[0].lesson, shown, format_name, first.language, first.digits, paper=paper
        )

    files: dict[str, bytes] = {}
    with ThreadPoolExecutor(min(_MOST_AT_A_TIME, os.cpu_count() or 1)) as pool:
        for made in pool.map(content, documents):
            files[next(names)] = made
            progress(len(files), len(documents))
    files[next(names)] = answers_table(sheets)
    return files
