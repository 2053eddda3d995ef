"""The files of a series of worksheets: every sheet and every key, all of them together, the table of answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from explainer.messages import Refused, message
from explainer.pages.sheets.answers import answers_table
from explainer.pages.sheets.form import Paper
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.sheet import key, together, worksheet
from explainer.render.publish import FORMATS, publish

# Formats of documents in which an answer has its room.
SHEET_FORMATS = ("pdf", "html", "tex")
ANSWERS = "answers.csv"

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
    progress: Progress = lambda done, total: None,
) -> dict[str, bytes]:
    """Return the content of every file by its name; `numbers` are those of the sheets. Raises as `publish`."""
    names = iter(file_names(numbers, ending_of(format_name), combined=combined))
    total = len(sheets) * 2 + 2 * combined
    files: dict[str, bytes] = {}
    runs = [sheet.run for sheet in sheets]

    def add(content: bytes) -> None:
        files[next(names)] = content
        progress(len(files), total)

    for sheet in sheets:
        for document in (worksheet(sheet), key(sheet)):
            add(
                publish(
                    document,
                    sheet.run.lesson,
                    (sheet.run,),
                    format_name,
                    sheet.language,
                    sheet.digits,
                    paper,
                )
            )
    if combined:
        first = sheets[0]
        for make in (worksheet, key):
            documents = [make(sheet, place) for place, sheet in enumerate(sheets)]
            document = together(documents, first.title)
            add(
                publish(
                    document,
                    first.run.lesson,
                    runs,
                    format_name,
                    first.language,
                    first.digits,
                    paper,
                )
            )
    files[next(names)] = answers_table(sheets)
    return files
