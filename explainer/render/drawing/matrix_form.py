"""Matrices to be drawn, as data: their letters, the names of their lines, their entries."""

from __future__ import annotations

from typing import NamedTuple

from explainer.pages.page import Reference
from explainer.render.drawing.matrix_lit import Cell
from explainer.render.shapes import Run


class Entry(NamedTuple):
    """One number: its place among all matrices, its value where it is known, what of the lesson it stands for.

    `before` is what a parameter was that has been updated. `key` is the key of its label: that of a number that can be edited is the one it has in the graph of neurons.
    """

    cell: Cell
    key: str
    value: float | None
    reference: Reference | None = None
    before: float | None = None


class Matrix(NamedTuple):
    """A matrix: its letter, how it is computed, the names of its rows and columns, its entries row by row."""

    name: str
    letter: tuple[Run, ...]
    rule: tuple[Run, ...]
    rows: tuple[tuple[Run, ...], ...]
    columns: tuple[tuple[Run, ...], ...]
    entries: tuple[tuple[Entry, ...], ...]


class Line(NamedTuple):
    """Matrices beside each other, with the signs before each of them."""

    matrices: tuple[Matrix, ...]
    signs: tuple[str, ...]
