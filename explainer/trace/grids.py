"""Matrices among the names of a formula: a11, a12, a21, a22 are the entries of one matrix a."""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

# The place of an entry, row and column from 0.
Where = tuple[int, int]

_ENTRY = re.compile(r"([A-Za-z])([1-9])([1-9])")


class Grid(NamedTuple):
    """A matrix whose entries are named after its letter; rows and columns count from 1 in the names, from 0 here."""

    letter: str
    rows: int
    columns: int

    def name(self, row: int, column: int) -> str:
        """Return the name of an entry."""
        return f"{self.letter}{row + 1}{column + 1}"

    @property
    def places(self) -> tuple[Where, ...]:
        """All places, row by row."""
        return tuple(product(range(self.rows), range(self.columns)))

    @property
    def names(self) -> tuple[str, ...]:
        """All entries, row by row."""
        return tuple(self.name(*place) for place in self.places)


def grids_among(names: set[str]) -> dict[str, Grid]:
    """Return the complete matrices among names; one with a gap is none."""
    places: dict[str, set[Where]] = {}
    for name in sorted(names):
        entry = _ENTRY.fullmatch(name)
        if entry:
            letter, row, column = entry.groups()
            places.setdefault(letter, set()).add((int(row), int(column)))
    found = {}
    for letter, taken in places.items():
        grid = Grid(letter, max(row for row, _ in taken), max(column for _, column in taken))
        if len(taken) == grid.rows * grid.columns > 1:
            found[letter] = grid
    return found
