"""The shapes of one matrix: its letter and rule above, its numbers in a frame, the bright ones on a ground of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from explainer.maths.numbers import canvas_digits, shown, telling_digits
from explainer.pages.page import Badge
from explainer.render.drawing.matrix_form import Entry, Matrix
from explainer.render.drawing.matrix_lit import Cell
from explainer.render.drawing.wording import fitted, fitted_number
from explainer.render.metrics import CAP_HEIGHT, label_width
from explainer.render.shapes import Box, Label, Run, Shape, Tone, Underline
from explainer.trace.moment import Moment

CELL_WIDTH, CELL_HEIGHT = 70.0, 29.0
# Over the frame: the letter with its rule, then the names of the columns.
_TITLE_HEIGHT, _NAMES_HEIGHT = 24.0, 18.0
ABOVE = _TITLE_HEIGHT + _NAMES_HEIGHT
SIGN_WIDTH = 40.0
_ROW_NAMES = 26.0
_DOTS_WIDTH, _DOTS_HEIGHT = 24.0, 20.0
NUMBER_SIZE, NAME_SIZE, _LETTER_SIZE, _RULE_SIZE, _SIGN_SIZE = 14.0, 12.0, 18.0, 12.0, 18.0
_CELL_ROOM = CELL_WIDTH - 8
# A matrix of more rows or columns shows the first ones, one that the step speaks of, and the last.
_MOST, _FIRST = 8, 4


class Size(NamedTuple):
    """The size of a matrix: its frame, and the room it takes in a line with the names of its rows and its title."""

    width: float
    height: float
    left: float
    whole: float


class MatrixPlace(NamedTuple):
    """Where a matrix stands: the left of its names, the top of its frame."""

    x: float
    y: float
    size: Size


class _Lines(NamedTuple):
    """The rows or columns shown: their numbers (None for dots), where each begins, how long they are together."""

    shown: tuple[int | None, ...]
    starts: tuple[float, ...]
    length: float


def size_of(matrix: Matrix) -> Size:
    """Return the size of a matrix, which depends on no number in it."""
    width = _lines(len(matrix.columns), None, CELL_WIDTH, _DOTS_WIDTH).length
    height = _lines(len(matrix.rows), None, CELL_HEIGHT, _DOTS_HEIGHT).length
    left = _ROW_NAMES if any(matrix.rows) else 0.0
    title = label_width(matrix.letter, _LETTER_SIZE) + 6 + label_width(matrix.rule, _RULE_SIZE)
    return Size(width, height, left, left + max(width, title))


class MatrixShapes:
    """Paints matrices at one moment."""

    def __init__(
        self,
        lit: frozenset[Cell],
        moment: Moment,
        digits: int,
        language: str,
        badges: tuple[Badge, ...],
    ) -> None:
        self._lit, self._moment = lit, moment
        self._digits, self._most_digits = canvas_digits(digits), digits
        self._language = language
        # Each factor is worn by one number: the first that stands for the same and reads the same.
        self._factors = {
            (badge.reference, badge.text): (number, badge.factor)
            for number, badge in reversed(list(enumerate(badges)))
        }
        self._rest: Tone = "plain" if moment.step is None else "quiet"

    def shapes(self, matrix: Matrix, place: MatrixPlace, sign: str) -> Iterator[Shape]:
        """Yield everything of a matrix; `sign` stands before it."""
        size = place.size
        left = place.x + size.left
        middle = place.y + size.height / 2
        yield from self._title(matrix, left, place.y - _NAMES_HEIGHT - 9)
        if sign:
            y = middle + _SIGN_SIZE * CAP_HEIGHT / 2
            run = (Run(sign),)
            yield Label(
                f"sign:{matrix.name}", place.x - SIGN_WIDTH / 2, y, run, _SIGN_SIZE, "quiet"
            )
        frame = (left + size.width / 2, middle, size.width, size.height, 9.0)
        yield Box(f"matrix:{matrix.name}", *frame, "quiet")
        row, column = self._bright(matrix)
        columns = _lines(len(matrix.columns), column, CELL_WIDTH, _DOTS_WIDTH)
        rows = _lines(len(matrix.rows), row, CELL_HEIGHT, _DOTS_HEIGHT)
        for j, start in zip(columns.shown, columns.starts, strict=True):
            if j is not None:
                x = left + start + CELL_WIDTH / 2
                yield from self._name(
                    f"column:{matrix.name} {j}", matrix.columns[j], x, place.y - 10
                )
        for i, down in zip(rows.shown, rows.starts, strict=True):
            y = place.y + down + (CELL_HEIGHT if i is not None else _DOTS_HEIGHT) / 2
            if i is not None:
                x = place.x + _ROW_NAMES / 2 - 2
                yield from self._name(f"row:{matrix.name} {i}", matrix.rows[i], x, y)
            for j, start in zip(columns.shown, columns.starts, strict=True):
                x = left + start + (CELL_WIDTH if j is not None else _DOTS_WIDTH) / 2
                if i is None or j is None:
                    yield from self._dots(
                        matrix, (i, j), len(columns.shown), x, y, place.y + down + start
                    )
                else:
                    yield from self._entry(matrix.entries[i][j], x, y)

    def _bright(self, matrix: Matrix) -> tuple[int | None, int | None]:
        """Return row and column of the first bright entry."""
        for i, row in enumerate(matrix.entries):
            for j, entry in enumerate(row):
                if entry.cell in self._lit:
                    return i, j
        return None, None

    def _title(self, matrix: Matrix, x: float, y: float) -> Iterator[Label]:
        yield Label(
            f"letter:{matrix.name}", x, y, matrix.letter, _LETTER_SIZE, "plain", anchor="start"
        )
        if matrix.rule:
            x += label_width(matrix.letter, _LETTER_SIZE) + 6
            yield Label(
                f"rule:{matrix.name}", x, y, matrix.rule, _RULE_SIZE, "quiet", anchor="start"
            )

    def _name(self, key: str, runs: tuple[Run, ...], x: float, y: float) -> Iterator[Label]:
        if runs:
            fitting, size = fitted(runs, NAME_SIZE, CELL_WIDTH if key[0] == "c" else _ROW_NAMES - 4)
            yield Label(key, x, y + size * CAP_HEIGHT / 2, fitting, size, "quiet")

    def _dots(
        self,
        matrix: Matrix,
        at: tuple[int | None, int | None],
        count: int,
        x: float,
        y: float,
        unique: float,
    ) -> Iterator[Label]:
        """Yield dots where lines are left out; a crossing of both is left empty."""
        i, j = at
        if (i is None) is (j is None):
            return
        key = f"dots:{matrix.name} {'' if i is None else i} {'' if j is None else j} {unique:g} {count}"
        run = (Run("…"),)
        yield Label(key, x, y + 4, run, NUMBER_SIZE, "quiet")

    def _entry(self, entry: Entry, x: float, y: float) -> Iterator[Shape]:
        number, factor = self._worn(entry)
        is_lit = entry.cell in self._lit or factor is not None
        tone: Tone = (self._moment.phase or "plain") if is_lit else self._rest
        if entry.before is not None and not is_lit:
            tone = "update"
        if is_lit:
            box = (x, y, CELL_WIDTH - 4, CELL_HEIGHT - 4, 6.0, tone)
            yield Box(f"cell:{entry.key}", *box, "tint", factor, True, entry.reference)
        runs, size = self._written(entry)
        yield Label(
            entry.key,
            x,
            y + size * CAP_HEIGHT / 2,
            runs,
            size,
            tone if entry.value is not None else "quiet",
            bold=is_lit and entry.value is not None,
            factor=factor,
            active=is_lit,
            reference=entry.reference,
        )
        if number is not None and factor is not None:
            width = label_width(runs, size, is_lit)
            yield Underline(f"underline:{number}", x - width / 2, y + 9.5, width, factor)

    def _worn(self, entry: Entry) -> tuple[int | None, int | None]:
        """Return the number of the factor in the page and its colour, where this entry wears one: no derivative of it does."""
        if entry.reference is None or entry.value is None or entry.cell[0].startswith("d"):
            return None, None
        text = shown(entry.value, self._digits, self._language)
        return self._factors.pop((entry.reference, text), (None, None))

    def _written(self, entry: Entry) -> tuple[tuple[Run, ...], float]:
        """Return the number so that it fits, bold or not; a dot keeps the place of what is not known."""
        if entry.value is None:
            return (Run("·"),), NUMBER_SIZE
        # Bold figures are wider: what fits so always fits.
        room = _CELL_ROOM * 0.94
        digits = telling_digits(entry.value, entry.before, self._digits, self._most_digits)
        return fitted_number(entry.value, digits, self._language, NUMBER_SIZE, room)


def _lines(count: int, wanted: int | None, length: float, dots: float) -> _Lines:
    """Return which of so many rows or columns are shown; how many does not depend on the one that is wanted."""
    numbers: tuple[int | None, ...] = tuple(range(count))
    if count > _MOST:
        spare = _FIRST if wanted is None else min(max(wanted, _FIRST), count - 2)
        numbers = (*range(_FIRST), None, spare, None, count - 1)
    starts, at = [], 0.0
    for number in numbers:
        starts.append(at)
        at += length if number is not None else dots
    return _Lines(numbers, tuple(starts), at)
