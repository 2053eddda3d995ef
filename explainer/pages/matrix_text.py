"""How matrices are written: entries in round brackets, dots for the middle of a large one, letters with layer and shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from explainer.maths.printed import Printed
from explainer.pages.names import Names, piece
from explainer.pages.page import Piece
from explainer.trace.matrices import Matrix

# A matrix of more rows or columns than these shows the first ones, dots, and its last. Symbols say enough with fewer; on a
# narrow page more columns could not be read.
MOST_NUMBERS, MOST_NARROW_COLUMNS = 8, 6
MOST_SYMBOLS = 5

HADAMARD = Piece("\\circ", "∘", "operator")
MINUS = Piece("-", "−", "operator")

Entry = Callable[[int, int], Printed]
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def written(
    rows: int,
    columns: int,
    entry: Entry,
    most_rows: int = MOST_SYMBOLS,
    most_columns: int = MOST_SYMBOLS,
) -> Printed:
    """Return a matrix of so many lines at most; entries are asked for, counted from 0, only where they are shown."""
    lines = [
        [_entry(entry, row, column) for column in _shown(columns, most_columns)]
        for row in _shown(rows, most_rows)
    ]
    latex = " \\\\ ".join(" & ".join(part.latex for part in line) for line in lines)
    text = "; ".join(" | ".join(part.text for part in line) for line in lines)
    return Printed(f"\\begin{{pmatrix}} {latex} \\end{{pmatrix}}", f"({text})")


def numbers(names: Names, matrix: Matrix) -> Printed:
    """Return a matrix of numbers."""
    return written(
        len(matrix),
        len(matrix[0]),
        lambda row, column: names.number(matrix[row][column]),
        MOST_NUMBERS,
        MOST_NARROW_COLUMNS if names.narrow else MOST_NUMBERS,
    )


def ones(names: Names, rows: int, columns: int) -> Printed:
    """Return a matrix of nothing but ones."""
    return written(rows, columns, lambda row, column: names.number(1.0))


def letter(
    name: str,
    layer: int | None,
    *,
    derivative: bool = False,
    new: bool = False,
    turned: bool = False,
) -> Printed:
    """Return the bold letter of a matrix with the number of its layer.

    `derivative` puts the d of ∂E/∂… in front, `new` the ⁺ of what an update made, `turned` the ᵀ of the transposed.
    """
    marks = ("+" if new else "") + ("\\top" if turned else "")
    latex = f"\\mathbf{{{name}}}" + ("" if layer is None else _script("_", str(layer)))
    latex += _script("^", marks) if marks else ""
    text = name + ("" if layer is None else str(layer).translate(_SUBSCRIPTS))
    text += ("⁺" if new else "") + ("ᵀ" if turned else "")
    return Printed(f"\\mathrm{{d}}{latex}", f"d{text}") if derivative else Printed(latex, text)


def column_of_ones(*, turned: bool = False) -> Printed:
    """Return the letter of the column that holds a 1 for every sample, turned into a row where asked."""
    return Printed("\\mathbf{1}" + ("^{\\top}" if turned else ""), "1ᵀ" if turned else "1")


def shaped(symbol: Printed, rows: int, columns: int) -> Printed:
    """Return a symbol with its shape under it."""
    return Printed(
        f"\\underbrace{{{symbol.latex}}}_{{{rows} \\times {columns}}}",
        f"{symbol.text} [{rows}×{columns}]",
    )


def pieces(*parts: Printed | Piece) -> tuple[Piece, ...]:
    """Return the parts of one side of a formula as pieces."""
    return tuple(part if isinstance(part, Piece) else piece(part) for part in parts)


def flat(*found: Matrix) -> list[float]:
    """Return all entries of some matrices."""
    return [value for matrix in found for row in matrix for value in row]


def _script(mark: str, content: str) -> str:
    return mark + (content if len(content) == 1 else f"{{{content}}}")


def _shown(count: int, most: int) -> Sequence[int | None]:
    """Return which rows or columns are shown; None stands for the dots between them."""
    if count <= most:
        return range(count)
    return (*range(most - 2), None, count - 1)


def _entry(entry: Entry, row: int | None, column: int | None) -> Printed:
    if row is None:
        return Printed("\\vdots", "⋮") if column is not None else Printed("\\ddots", "⋱")
    return Printed("\\cdots", "…") if column is None else entry(row, column)
