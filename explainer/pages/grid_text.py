"""The matrices of a formula in letters, symbols and numbers, and lines in which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from explainer.maths.printed import Printed
from explainer.pages.matrix_text import flat, letter, numbers, pieces, shaped, written
from explainer.pages.names import Names, derivative, piece
from explainer.pages.page import Piece, Row, RowRole
from explainer.pages.rows import ABOUT, EQUALS
from explainer.trace.grids import Grid
from explainer.trace.matrices import Matrix, transposed
from explainer.trace.matrix_rules import Rules

Part = Printed | Piece


class Form(NamedTuple):
    """One side of an equation three times: letters with shapes, the lesson's symbols, numbers; and the numbers used."""

    letters: tuple[Part, ...]
    symbols: tuple[Part, ...]
    figures: tuple[Part, ...]
    used: tuple[Matrix, ...]


class Left(NamedTuple):
    """A left side three times: with its shape, entry by entry, as a letter alone."""

    shaped: Printed
    symbols: Printed
    letter: Printed


class GridText:
    """Writes the matrices of one run of a formula, with their shapes under the letters or without."""

    def __init__(self, names: Names, rules: Rules, *, shapes: bool = True) -> None:
        self.names = names
        self.rules = rules
        self._shapes = shapes
        graph = names.run.graph
        self._place = {node.address: place for place, node in enumerate(graph.nodes)}
        self.result = names.parameter(graph.nodes[graph.loss_of[0]].address)

    def grid(self, name: str) -> Grid:
        """Return the matrix of that letter."""
        return self.rules.grids[name]

    def letter(self, name: str, **marks: bool) -> Printed:
        """Return the bold capital of a matrix, as `matrix_text.letter` marks it; small where the capital is taken."""
        capital = name.upper()
        taken = capital != name and capital in self.rules.grids
        return letter(name if taken else capital, None, **marks)

    def shaped(self, name: str, *, turned: bool = False, derivative: bool = False) -> Printed:
        """Return the letter with its shape under it."""
        symbol = self.letter(name, turned=turned, derivative=derivative)
        return self.with_shape(symbol, name, turned=turned)

    def with_shape(self, symbol: Printed, name: str, *, turned: bool = False) -> Printed:
        """Return a symbol with the shape of a matrix, or of its transpose, under it."""
        grid = self.grid(name)
        rows, columns = (grid.columns, grid.rows) if turned else (grid.rows, grid.columns)
        return shaped(symbol, rows, columns) if self._shapes else symbol

    def symbols(self, name: str, *, turned: bool = False) -> Printed:
        """Return the entries of a matrix in symbols."""
        return self._matrix(name, self.names.parameter, turned=turned)

    def derivatives(self, name: str, *, turned: bool = False) -> Printed:
        """Return the derivatives of the result by the entries of a matrix."""
        return self._matrix(name, self.derivative, turned=turned)

    def derivative(self, entry: str) -> Printed:
        """Return the derivative of the result by one entry in symbols."""
        return derivative(self.result, self.names.parameter(entry))

    def entries(self, name: str, entry: Callable[[str], Printed]) -> Printed:
        """Return a matrix of the shape of another with an expression for each of its entries."""
        return self._matrix(name, entry, turned=False)

    def values(self, name: str) -> Matrix:
        """Return the entries of a matrix as numbers."""
        return self._numbers(name, self.names.run.values)

    def slopes(self, name: str) -> Matrix:
        """Return the derivatives of the result by the entries of a matrix as numbers."""
        return self._numbers(name, self.names.run.adjoints)

    def place(self, address: str) -> int:
        """Return where a named quantity stands in the graph."""
        return self._place[address]

    def of(self, name: str, *, turned: bool = False) -> Form:
        """Return a matrix itself as one side of an equation."""
        matrix = transposed(self.values(name)) if turned else self.values(name)
        return self._form(
            self.shaped(name, turned=turned), self.symbols(name, turned=turned), matrix
        )

    def back(self, name: str, *, turned: bool = False) -> Form:
        """Return the derivative by a matrix as one side of an equation."""
        matrix = transposed(self.slopes(name)) if turned else self.slopes(name)
        letters = self.shaped(name, turned=turned, derivative=True)
        return self._form(letters, self.derivatives(name, turned=turned), matrix)

    def line(
        self, role: RowRole, left: Printed, right: Iterable[Part], used: Sequence[Matrix] = ()
    ) -> Row:
        """Return a line; ≈ where a number used hides digits."""
        exact = not self.names.hides(flat(*used))
        return Row(role, (piece(left),), EQUALS if exact else ABOUT, pieces(*right))

    def lines(self, left: Left, form: Form, matrix: Matrix) -> tuple[Row, ...]:
        """Return rule, symbols, numbers and result; what only moves entries has no numbers of its own."""
        put_in = self.line("numbers", left.symbols, form.figures, form.used)
        return (
            self.line("rule", left.shaped, form.letters),
            self.line("rule", left.symbols, form.symbols),
            *((put_in,) if form.figures else ()),
            self.line("result", left.letter, [numbers(self.names, matrix)], [matrix]),
        )

    def _form(self, letters: Printed, symbols: Printed, matrix: Matrix) -> Form:
        return Form((letters,), (symbols,), (numbers(self.names, matrix),), (matrix,))

    def _matrix(self, name: str, entry: Callable[[str], Printed], *, turned: bool) -> Printed:
        grid = self.grid(name)
        if turned:
            return written(grid.columns, grid.rows, lambda j, i: entry(grid.name(i, j)))
        return written(grid.rows, grid.columns, lambda i, j: entry(grid.name(i, j)))

    def _numbers(self, name: str, found: Sequence[float]) -> Matrix:
        grid = self.grid(name)
        return tuple(
            tuple(found[self._place[grid.name(i, j)]] for j in range(grid.columns))
            for i in range(grid.rows)
        )


def joined(forms: Sequence[Form], sign: Piece) -> Form:
    """Return forms with a sign between them."""
    sides: list[list[Part]] = [[], [], []]
    for place, form in enumerate(forms):
        for side, parts in zip(sides, form[:3], strict=True):
            side += [sign, *parts] if place else parts
    used = tuple(matrix for form in forms for matrix in form.used)
    letters, symbols, figures = (tuple(side) for side in sides)
    return Form(letters, symbols, figures, used)


def before(sign: Part, form: Form) -> Form:
    """Return a form with something in front of it, a minus sign or a number."""
    letters, symbols, figures = ((sign, *parts) for parts in form[:3])
    return Form(letters, symbols, figures, form.used)
