"""Tables of numbers as text: read from CSV files and spreadsheets, written for them.

Delimiter, decimal comma, header and encoding are found out, and may be said instead. Nothing in a file is evaluated: a
cell is a number, or a word that names a class (`csv_columns.py`).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from explainer.lesson.disk import read_bytes
from explainer.lesson.faults import quoted
from explainer.lesson.limits import MAX_FILE_BYTES, MAX_NEURONS, MAX_SAMPLES
from explainer.messages import Refused, message

# In the order in which they are preferred where several fit: a comma may be a decimal comma, a space stand in a name.
DELIMITERS: Final = ("\t", ";", ",", " ")
# What a file that is not UTF-8 may be: the first that can read it is taken, the others can be chosen.
ENCODINGS: Final = ("utf-8", "cp1251", "latin-1", "utf-16")
# So many lines tell what a table looks like.
_LOOKED_AT = 200
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_LIKE_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+(?:[eE][+-]?[0-9]{1,4})?")
_MINUS = str.maketrans("−–", "--")
# A cell that is longer is no number; and Python's reader refuses more than 128 kB.
_LONGEST_CELL = 100


class Manner(NamedTuple):
    """How a table is written."""

    delimiter: str
    decimal_comma: bool
    has_header: bool


def read_text(path: str | Path) -> tuple[str, str]:
    """Return the text of a file and the encoding found; Refused where it is too large, no text, or cannot be read."""
    return decoded(read_bytes(Path(path), MAX_FILE_BYTES))


def decoded(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return bytes as text, and in which encoding; found out unless it is said. Refused for what is no text."""
    if len(content) > MAX_FILE_BYTES:
        raise Refused(message("The file is larger than 8 MB."))
    if encoding is None:
        encoding = _encoding_of(content)
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        raise Refused(
            message("The file cannot be read as {encoding}.", encoding=encoding)
        ) from None
    if "\0" in text:
        raise Refused(message("This is not a text file."))
    return text, encoding


def _encoding_of(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8", "cp1251"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def manner_of(text: str) -> Manner:
    """Return how a table is probably written."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    delimiter = max(DELIMITERS, key=lambda each: _fitness(lines, each))
    rows = _cells_if_any("\n".join(lines), delimiter)
    cells = [cell for row in rows for cell in row]
    commas = sum(_LIKE_COMMA.fullmatch(_plain(cell)) is not None for cell in cells)
    decimal_comma = delimiter != "," and commas > 0
    return Manner(delimiter, decimal_comma, _has_header(rows, decimal_comma=decimal_comma))


def _has_header(rows: list[list[str]], *, decimal_comma: bool) -> bool:
    """Tell whether the first line names the columns: it holds words alone, or a word above a number."""

    def is_number(cell: str) -> bool:
        return number_in(cell, decimal_comma=decimal_comma) is not None

    first = rows[0] if rows else []
    words = [place for place, cell in enumerate(first) if _plain(cell) and not is_number(cell)]
    if not words or not any(map(is_number, first)):
        return bool(words)
    return any(is_number(row[place]) for row in rows[1:] for place in words if place < len(row))


def _fitness(lines: Sequence[str], delimiter: str) -> tuple[bool, float, float]:
    """Return how well a delimiter explains the lines: whether it divides any, the share of numbers, of rows equally wide."""
    rows = _cells_if_any("\n".join(lines), delimiter)
    if not rows:
        # Better than one that divides nothing: what is wrong is told when the whole is read.
        return False, 2.0, 0.0
    body = rows[1:] or rows
    widths = [len(row) for row in body]
    cells = [cell for row in body for cell in row]
    numbers = sum(
        number_in(cell, decimal_comma=delimiter != ",") is not None
        or number_in(cell, decimal_comma=False) is not None
        for cell in cells
    )
    usual = max(set(widths), key=widths.count)
    return max(widths) > 1, numbers / max(len(cells), 1), widths.count(usual) / len(widths)


def _cells_if_any(text: str, delimiter: str) -> list[list[str]]:
    """Return the cells of each line; nothing where the text cannot be read so, which is told when the whole is read."""
    try:
        return [cells for _, cells in _cells(text, delimiter)]
    except Refused:
        return []


def lines_of(text: str, manner: Manner) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """Return what the columns are called, "" where there is no header, and the cells of each line with the line's number.

    Refused with one sentence where the text is no table, or one that is too large.
    """
    lines = _cells(text, manner.delimiter)
    if not lines:
        raise Refused(message("The table is empty."))
    header: tuple[str, ...] = ()
    if manner.has_header:
        header = tuple(quoted(cell.strip()) for cell in lines[0][1])
        lines = lines[1:]
        if not lines:
            raise Refused(message("The table has a header and no rows."))
    _must_have_room(len(lines))
    width = len(header) or len(lines[0][1])
    if width > 2 * MAX_NEURONS:
        raise Refused(message("The table has {found} columns, which is too many.", found=width))
    for line, cells in lines:
        if len(cells) != width:
            raise Refused(
                message(
                    "Line {line} has {found} cells, the table has {wanted} columns.",
                    line=line,
                    found=len(cells),
                    wanted=width,
                )
            )
    return header or ("",) * width, lines


def bad_cell(cell: str, line: int, column: int) -> Refused:
    """Return why a cell is no number."""
    if not cell.strip():
        return Refused(
            message("Line {line}, column {column}: the cell is empty.", line=line, column=column)
        )
    return Refused(
        message(
            "Line {line}, column {column}: “{text}” is not a number.",
            line=line,
            column=column,
            text=quoted(cell.strip(), 24),
        )
    )


def block_of(text: str) -> list[list[float | None]]:
    """Return a pasted block of numbers, an empty cell as None; Refused by line and column of the first that is no number.

    Commas between columns are told from decimal commas by what makes all rows equally wide.
    """
    text = text.rstrip("\r\n")
    if not text.strip():
        raise Refused(message("There is nothing to paste."))
    if len(text.encode()) > MAX_FILE_BYTES:
        raise Refused(message("What is to be pasted is larger than 8 MB."))
    manner = _manner_of_block(text)
    lines = _cells(text, manner.delimiter, keep_blank=True)
    block: list[list[float | None]] = []
    for number, cells in lines:
        row: list[float | None] = []
        for column, cell in enumerate(cells, start=1):
            value = number_in(cell, decimal_comma=manner.decimal_comma)
            if value is None and cell.strip():
                raise bad_cell(cell, number, column)
            row.append(value)
        block.append(row)
    _must_have_room(len(block))
    return block


def _manner_of_block(text: str) -> Manner:
    """Return how a pasted block is written; spreadsheets put tabs, and one number with a comma is a number."""
    for delimiter in ("\t", ";"):
        if delimiter in text:
            return Manner(delimiter, _LIKE_COMMA.search(text.translate(_MINUS)) is not None, False)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # One column, as spreadsheets of many countries have it: 2 and 2,5 below each other.
    if all(
        _LIKE_COMMA.fullmatch(_plain(line)) or _NUMBER.fullmatch(_plain(line)) for line in lines
    ):
        return Manner("\t", "," in text, False)
    return manner_of(text)._replace(has_header=False)


def csv_text(
    header: Sequence[str],
    rows: Sequence[Sequence[float]],
    *,
    delimiter: str = ",",
    decimal_comma: bool = False,
) -> str:
    """Return a table as text with all digits; reading it back gives the same numbers."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    if any(header):
        writer.writerow(header)
    for row in rows:
        cells = (repr(value).removesuffix(".0") for value in row)
        writer.writerow(
            [cell.replace(".", ",") for cell in cells] if decimal_comma else list(cells)
        )
    return written.getvalue()


def _cells(text: str, delimiter: str, *, keep_blank: bool = False) -> list[tuple[int, list[str]]]:
    """Return the cells of each line with the line's number from 1; blank lines are left out."""
    if delimiter == " ":
        # Columns are often aligned with several.
        text = "\n".join(" ".join(line.split()) for line in text.splitlines())
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=delimiter, skipinitialspace=True, strict=True)
    found: list[tuple[int, list[str]]] = []
    done = 0
    try:
        for cells in reader:
            done = reader.line_num
            if keep_blank or any(cell.strip() for cell in cells):
                found.append((done, cells or [""]))
    except csv.Error as error:
        # The reader's own words for a quotation mark that is never closed, which takes all that follows into one cell.
        if "end of data" in str(error):
            fault = message("A quotation mark in line {line} is not closed.", line=done + 1)
        else:
            fault = message(
                "Line {line} cannot be read as a line of a table.", line=reader.line_num
            )
        raise Refused(fault) from None
    return found


def _plain(cell: str) -> str:
    return cell.strip().translate(_MINUS)


def number_in(cell: str, *, decimal_comma: bool) -> float | None:
    """Return the number a cell holds, None where it holds none that is finite."""
    plain = _plain(cell)
    if len(plain) > _LONGEST_CELL:
        return None
    if decimal_comma:
        plain = plain.replace(",", ".", 1)
    if not _NUMBER.fullmatch(plain):
        return None
    value = float(plain) + 0.0
    return value if abs(value) != float("inf") else None


def _must_have_room(rows: int) -> None:
    if rows > MAX_SAMPLES:
        raise Refused(
            message(
                "The table has {found} rows, at most {limit} are allowed.",
                found=rows,
                limit=MAX_SAMPLES,
            )
        )
