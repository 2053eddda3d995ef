"""The table of answers for grading, as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from explainer.messages import Refused, message
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.questions import Answer

COLUMNS = (
    "form", "name", "number", "step", "quantity", "points", "answer", "exact", "tolerance", "given",
)  # fmt: skip
# A cell that begins so is run by spreadsheets; numbers may begin with a sign.
_RISKY = tuple("=+-@\t\r\n|%")
_NUMBER = re.compile(r"[-+−]?\d+([.,]\d+)?([eE][-+]?\d+)?")
_MOST_ROWS, _LONGEST_CELL = 100_000, 200


def answers_table(sheets: Iterable[Sheet]) -> bytes:
    """Return the answers of all sheets as UTF-8 CSV; the columns `name` and `given` are to be filled."""
    rows = [
        [
            *asked_cells(sheet, answer),
            answer.text,
            "" if answer.value is None else repr(answer.value),
            "" if answer.value is None else repr(answer.tolerance),
            "",
        ]
        for sheet in sheets
        for answer in sheet.questions.answers
    ]
    return table([COLUMNS, *rows])


def asked_cells(sheet: Sheet, answer: Answer) -> tuple[str, ...]:
    """Return the cells with which a row about a blank begins in every table; the second, the name, is to be filled in."""
    number, points = str(answer.number), str(answer.points)
    return (sheet.form, "", number, answer.address, answer.label.text, points)


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as UTF-8 CSV with every cell harmless. The mark in front tells spreadsheets the encoding."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return the text of a cell so that no spreadsheet takes it for a formula: with an apostrophe in front."""
    cell = cell.replace("\0", "")
    if cell.startswith(_RISKY) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def read_table(content: bytes, place: str) -> list[dict[str, str]]:
    """Return the rows of a filled table, by their columns; commas or semicolons part the cells.

    Raises Refused, naming the line, where it is no such table.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(message("{place}: this is not a UTF-8 text file", place=place)) from None
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = [line for _, line in zip(range(_MOST_ROWS + 1), reader, strict=False)]
    except csv.Error:
        fault = message(
            "{place}: line {line} is no line of a table", place=place, line=reader.line_num
        )
        raise Refused(fault) from None
    if len(lines) > _MOST_ROWS:
        raise Refused(
            message("{place}: the table has more than {limit} rows", place=place, limit=_MOST_ROWS)
        )
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    for name in ("form", "number", "given"):
        if name not in header:
            raise Refused(
                message('{place}: the column "{name}" is missing', place=place, name=name)
            )
    found: list[dict[str, str]] = []
    for line in lines[1:]:
        cells = [cell.strip()[:_LONGEST_CELL] for cell in line]
        if any(cells):
            padded = [*cells, *[""] * (len(header) - len(cells))]
            row = dict(zip(header, padded, strict=False))
            found.append({name: _without_apostrophe(cell) for name, cell in row.items()})
    return found


def _without_apostrophe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell
