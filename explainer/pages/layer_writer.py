"""Writes lines in which whole matrices of a layer stand: its letters, shapes, lines with results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from explainer.maths.printed import Printed
from explainer.pages.layer_entries import LayerEntries
from explainer.pages.matrix_text import flat, letter, numbers, pieces, shaped
from explainer.pages.names import Names, piece
from explainer.pages.page import Piece, Row, RowRole
from explainer.pages.rows import ABOUT, EQUALS, TIMES
from explainer.trace.matrices import LayerMatrices, Matrix

Part = Printed | Piece


class Shape(NamedTuple):
    """The sizes of a layer: samples of the batch, inputs, neurons."""

    n: int
    k: int
    m: int


class LayerWriter:
    """The lines of the layer at `place` (from 0) among the layers of one run."""

    def __init__(self, names: Names, forms: Sequence[LayerMatrices], place: int) -> None:
        self.names = names
        self.form = forms[place]
        self.entries = LayerEntries(names, self.form)
        self.shape = Shape(len(self.form.X), len(self.form.W), len(self.form.W[0]))
        # The only layer needs no number.
        self._number = self.form.layer.number if len(forms) > 1 else None
        self.behind = LayerWriter(names, forms, place + 1) if place + 1 < len(forms) else None
        # What the error compares with the targets, if this is the last layer.
        self.compares_sums = names.compares_sums and self.behind is None
        # What it puts out is called as in the drawing: Y only where dropout thins A out.
        self.put_out = "A" if self.form.mask is None else "Y"
        self.compared = "S" if self.compares_sums else self.put_out

    def letter(self, name: str, **marks: bool) -> Printed:
        """Return the letter of one of the layer's matrices, marked as `matrix_text.letter` marks it."""
        return letter(name, self._number, **marks)

    def shaped(self, name: str, rows: int, columns: int, **marks: bool) -> Printed:
        """Return a letter with its shape under it."""
        return shaped(self.letter(name, **marks), rows, columns)

    def figures(self, matrix: Matrix) -> Printed:
        """Return a matrix of numbers."""
        return numbers(self.names, matrix)

    def rule(self, left: Printed, right: Iterable[Part]) -> Row:
        """Return a line in symbols."""
        return self._row("rule", left, right, exact=True)

    def put_in(
        self,
        left: Printed,
        right: Iterable[Part],
        used: Iterable[Matrix] = (),
        *,
        exact: bool = True,
    ) -> Row:
        """Return a line with numbers; ≈ where it is not `exact` or an entry of the matrices used hides digits."""
        return self._row("numbers", left, right, exact=exact and not self.names.hides(flat(*used)))

    def result(self, left: Printed, matrix: Matrix, same: Sequence[Part] = ()) -> Row:
        """Return the line with the outcome; `same` is what it is in letters, where no other line says so."""
        figures = self.figures(matrix)
        exact = not self.names.hides(flat(matrix))
        if not same:
            return self._row("result", left, [figures], exact=exact)
        return self._row("result", left, [*same, EQUALS if exact else ABOUT, figures], exact=True)

    def mean(self) -> list[Part]:
        """Return the factor 1/n where the batch's error is a mean, nothing where it is a sum or of one sample."""
        n = self.shape.n
        if n == 1 or self.names.run.lesson.loss.reduction == "sum":
            return []
        return [Piece(f"\\frac{{1}}{{{n}}}", f"1/{n}", "number"), TIMES]

    def _row(self, role: RowRole, left: Printed, right: Iterable[Part], *, exact: bool) -> Row:
        return Row(role, (piece(left),), EQUALS if exact else ABOUT, pieces(*right))
