"""The columns of a table in a file: numbers, or words that name classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explainer.lesson.csv_table import Manner, bad_cell, lines_of, number_in
from explainer.maths.losses import LOSSES
from explainer.messages import Refused, message

# More classes than these are no classes: a word in every line is a name or a date.
MOST_CLASSES = 100


class CsvTable:
    """The cells of a table; `header` is what its columns are called, "" where there is no header. Refused as `lines_of`."""

    def __init__(self, text: str, manner: Manner) -> None:
        self.header, self._lines = lines_of(text, manner)
        self._decimal_comma = manner.decimal_comma
        self._numbers: dict[int, tuple[float | None, ...]] = {}

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.header)

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self._lines)

    def words(self, column: int) -> list[str]:
        """Return the cells of a column as they stand there, without space around them."""
        return [cells[column].strip() for _, cells in self._lines]

    def numbers(self, column: int) -> tuple[float | None, ...]:
        """Return the numbers of a column, None where a cell holds none."""
        if column not in self._numbers:
            self._numbers[column] = tuple(
                number_in(cells[column], decimal_comma=self._decimal_comma)
                for _, cells in self._lines
            )
        return self._numbers[column]

    def is_of_words(self, column: int) -> bool:
        """Tell whether a column holds words: no number, and not nothing alone."""
        return all(number is None for number in self.numbers(column)) and any(self.words(column))

    def full_rows(self, columns: Iterable[int]) -> list[int]:
        """Return the rows in which none of these columns has an empty cell."""
        places = tuple(columns)
        return [
            row
            for row, (_, cells) in enumerate(self._lines)
            if all(cells[column].strip() for column in places)
        ]

    def rows_of_numbers(
        self, columns: Sequence[int], rows: Iterable[int]
    ) -> tuple[tuple[float, ...], ...]:
        """Return the numbers of some columns row by row; Refused by line and column of the first cell that holds none."""
        found = [self.numbers(column) for column in columns]
        return tuple(
            tuple(
                self._known(numbers[row], row, column)
                for numbers, column in zip(found, columns, strict=True)
            )
            for row in rows
        )

    def _known(self, number: float | None, row: int, column: int) -> float:
        if number is None:
            line, cells = self._lines[row]
            raise bad_cell(cells[column], line, column + 1)
        return number

    def classes(
        self, column: int, rows: Sequence[int], loss: str | None
    ) -> tuple[tuple[str, ...], tuple[tuple[float, ...], ...]]:
        """Return the classes that a column of words, or of numbers as words, tells apart, in order, and the targets of these rows, as `coded`.

        Refused by line and column where a cell is empty, and where there is one class alone or too many.
        """
        words = self.words(column)
        for row in rows:
            if not words[row]:
                raise bad_cell("", self._lines[row][0], column + 1)
        numbers = self.numbers(column)
        order = {words[row]: numbers[row] for row in rows}
        found = tuple(sorted(order, key=lambda word: (order[word] or 0.0, word)))
        check_classes(found)
        return found, tuple(coded(words[row], found, loss) for row in rows)


def check_classes(found: Sequence[str]) -> None:
    """Raise Refused where there is nothing to tell apart, or too much."""
    if len(found) < 2:
        raise Refused(message("The column of words names one class alone: there is nothing to learn from it."))  # fmt: skip
    if len(found) > MOST_CLASSES:
        raise Refused(
            message(
                "The column of words names {found} classes, at most {limit} are allowed.",
                found=len(found),
                limit=MOST_CLASSES,
            )
        )


def coded(word: str, classes: Sequence[str], loss: str | None) -> tuple[float, ...]:
    """Return what stands for a class: of two the lower or the higher target of the loss, of more the higher at its own place.

    These are 0 and 1 where the loss has none of its own. Two have an output each as well where the loss wants it.
    """
    row = LOSSES.get(loss or "")
    low, high = (row and row.classes) or (0.0, 1.0)
    if len(classes) == 2 and not wants_one_output_each(loss):
        return (high if word == classes[1] else low,)
    return tuple(high if word == one else low for one in classes)


def wants_one_output_each(loss: str | None) -> bool:
    """Tell whether a loss compares the outputs of classes with each other."""
    row = LOSSES.get(loss or "")
    return row is not None and row.wants_one_output_each
