"""Building the rows of a formula: sides, relations, products of coloured factors, sums of products."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from explainer.maths.printed import PRODUCT, Printed
from explainer.pages.names import Names, piece
from explainer.pages.page import Badge, Piece, Reference, Row, RowRole

EQUALS = Piece("=", "=", "relation")
ABOUT = Piece("\\approx", "≈", "relation")
TIMES = Piece("\\cdot", "·", "operator")
PLUS = Piece("+", "+", "operator")
OPEN = Piece("\\Bigl(", "(", "open")
CLOSE = Piece("\\Bigr)", ")", "close")
DOTS = Piece("\\dots", "…", "expression")

# A longer sum is written with its first terms, an ellipsis and its last.
MOST_TERMS = 6
# The palette of factors.
COLOURS = 6
_FIRST_TERMS = 3


class Factor(NamedTuple):
    """One factor of a chain-rule product: as a derivative, worked out in symbols, with numbers, its value, its place.

    `colour` numbers the factors of a product from the error; `exact` is false where its numbers hide digits.
    """

    derivative: Printed
    symbols: Printed
    numbers: Printed
    value: float
    reference: Reference
    colour: int
    exact: bool


Term = Sequence[Factor]


def row(
    role: RowRole, left: Printed, right: Sequence[Piece] | Printed, *, exact: bool = True
) -> Row:
    """Return a row; ≈ where the right side hides digits."""
    pieces = (piece(right),) if isinstance(right, Printed) else tuple(right)
    return Row(role, (piece(left),), EQUALS if exact else ABOUT, pieces)


def result_row(names: Names, left: Printed, value: float, *, exact: bool = True) -> Row:
    """Return the line with the outcome."""
    shown = piece(names.number(value), kind="number")
    return row("result", left, (shown,), exact=exact and not names.hides([value]))


def backward_rows(
    names: Names, left: Printed, terms: Sequence[Term], value: float, last: Factor | None = None
) -> tuple[Row, ...]:
    """Return the four lines of a chain-rule step: derivatives, symbols, numbers, result.

    `terms` are products to be added; `last` is a factor common to all of them, written once behind their sum.
    """
    exact = all(factor.exact for term in terms for factor in term) and (last is None or last.exact)
    return (
        row("chain", left, _sum(terms, last, "derivative")),
        row("local", left, _sum(terms, last, "symbols")),
        row("numbers", left, _sum(terms, last, "numbers"), exact=exact),
        result_row(names, left, value, exact=is_close(_worked_out(terms, last), value)),
    )


def _worked_out(terms: Sequence[Term], last: Factor | None) -> float:
    """Return what the written numbers give; computing by hand rounds on the way and may arrive elsewhere."""
    total = sum(math.prod(factor.value for factor in term) for term in terms)
    return total * last.value if last is not None else total


def is_close(computed: float, value: float) -> bool:
    """Tell whether a result is what its line gives, but for the last digit of a double."""
    return math.isclose(computed, value, rel_tol=1e-9, abs_tol=1e-300)


def coloured_alike(terms: Sequence[Term]) -> list[Term]:
    """Return the products with one colour for each factor, wherever it stands; a new factor takes that of its place."""
    colours: dict[str, int] = {}
    result: list[Term] = []
    for term in terms:
        taken = {
            colours[factor.derivative.latex]
            for factor in term
            if factor.derivative.latex in colours
        }
        product: list[Factor] = []
        for factor in term:
            name = factor.derivative.latex
            if name not in colours:
                free = (factor.colour + shift for shift in range(COLOURS))
                colours[name] = next(
                    (colour % COLOURS for colour in free if colour % COLOURS not in taken),
                    factor.colour,
                )
                taken.add(colours[name])
            product.append(factor._replace(colour=colours[name]))
        result.append(product)
    return result


def added(parts: Sequence[Printed], divisor: int = 1) -> list[Piece]:
    """Return the pieces of a sum, or of its mean where there is a divisor."""
    pieces: list[Piece] = []
    if divisor > 1:
        pieces = [Piece(f"\\frac{{1}}{{{divisor}}}", f"1/{divisor}·", "number"), OPEN]
    for position, part in enumerate(_shortened(parts)):
        if position:
            pieces.append(PLUS)
        pieces.append(DOTS if part is None else piece(part.at_least(PRODUCT) if position else part))
    return [*pieces, CLOSE] if divisor > 1 else pieces


def badges(names: Names, terms: Sequence[Term]) -> tuple[Badge, ...]:
    """Return the numbers of the factors for the graph, one for each place and colour."""
    found: dict[tuple[int, Reference], Badge] = {}
    for term in terms:
        for factor in term:
            key = (factor.colour, factor.reference)
            found.setdefault(
                key, Badge(factor.colour, names.on_graph(factor.value), factor.reference)
            )
    return tuple(found.values())


def _sum(terms: Sequence[Term], last: Factor | None, form: str) -> list[Piece]:
    alone = len(terms) == 1 and len(terms[0]) == 1 and last is None
    bracketed = last is not None and len(terms) > 1
    pieces: list[Piece] = [OPEN] if bracketed else []
    for position, term in enumerate(_shortened(terms)):
        if position:
            pieces.append(PLUS)
        pieces += (
            [DOTS] if term is None else _product(term, form, leading=position == 0, alone=alone)
        )
    if bracketed:
        pieces.append(CLOSE)
    if last is not None:
        pieces += [TIMES, _factor_piece(last, form, leading=False, alone=False)]
    return pieces


def _shortened(terms: Sequence[Any]) -> list[Any]:
    """Return the terms of a sum, the middle of a long one replaced by None."""
    if len(terms) <= MOST_TERMS:
        return list(terms)
    return [*terms[:_FIRST_TERMS], None, terms[-1]]


def _product(term: Term, form: str, *, leading: bool, alone: bool) -> list[Piece]:
    pieces: list[Piece] = []
    for position, factor in enumerate(term):
        if position:
            pieces.append(TIMES)
        pieces.append(_factor_piece(factor, form, leading=leading and position == 0, alone=alone))
    return pieces


def _factor_piece(factor: Factor, form: str, *, leading: bool, alone: bool) -> Piece:
    printed: Printed = getattr(factor, form)
    if not alone:
        printed = printed.at_least(PRODUCT, leading=leading)
    name = factor.derivative.latex if form == "symbols" else ""
    return piece(
        printed, kind="factor", factor=factor.colour, reference=factor.reference, name=name
    )
