"""A sheet as a table to fill in with a spreadsheet: every line that the sheet prints, and a row for each answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explainer.pages.page import AnswerSpace, Block, Formula, Heading, Paragraph, Table, plain
from explainer.pages.sheets.answers import asked_cells, table
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.sheet import worksheet

# Those of the table of answers that do not tell them, so that `grade` reads a filled one, and what the sheet says.
COLUMNS = ("form", "name", "number", "step", "quantity", "points", "text", "given")
_STEP_LEVEL = 3
Cells = tuple[str, ...]


def question_table(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as UTF-8 CSV; `name` and `given` are to be filled in the rows with a number, the others say what is known."""
    return table([COLUMNS, *(row for sheet in sheets for row in _rows(sheet))])


def _rows(sheet: Sheet) -> Iterator[Cells]:
    """Yield what stands on a sheet in reading order. The head is for paper: it comes first and has no header."""
    answers = {answer.number: answer for answer in sheet.questions.answers}
    title, is_head = "", True
    for block in worksheet(sheet).blocks:
        if isinstance(block, Heading):
            title = plain(block.text) if block.level >= _STEP_LEVEL else ""
        elif isinstance(block, AnswerSpace):
            yield (*asked_cells(sheet, answers[block.number]), title, "")
        elif isinstance(block, Table) and is_head:
            is_head = False
        else:
            yield from ((sheet.form, "", "", "", "", "", text, "") for text in _lines(block, title))


def _lines(block: Block, title: str) -> Iterator[str]:
    """Yield the lines of what is known, each with the step it belongs to."""
    match block:
        case Paragraph(text):
            yield plain(text)
        case Formula(rows):
            before = f"{title} " if title else ""
            yield from (before + row.text for row in rows)
        case Table(header, rows, _):
            for cells in [header, *rows] if any(header) else rows:
                yield "  ".join(words for cell in cells if (words := plain(cell)))
