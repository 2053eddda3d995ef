"""Long sums as pieces, a term and its sign each, so that the window can break them where the page ends."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from explainer.pages.page import Block, Formula, Page, Piece, Row
from explainer.render.formula_width import summands, width

# A sum no wider than that, in em of its type, fits the column of the derivation, and one picture is drawn sooner than many.
_FITS = 12.0
_MINUS = "−"


def in_terms(page: Page) -> Page:
    """Return the page with its long sums cut into their terms; joined they are what they were."""
    return replace(page, blocks=tuple(map(_cut_block, page.blocks)))


def _cut_block(block: Block) -> Block:
    return replace(block, rows=tuple(map(_cut_row, block.rows))) if isinstance(block, Formula) else block  # fmt: skip


def _cut_row(row: Row) -> Row:
    return replace(row, right=tuple(part for piece in row.right for part in _parts(piece)))


def _parts(piece: Piece) -> Iterator[Piece]:
    """Yield a piece, or where it is a long sum nothing else is known of, its terms and the signs between them."""
    is_plain = piece == Piece(piece.latex, piece.text)
    terms = summands(piece.latex) if is_plain and width(piece.latex) > _FITS else [piece.latex]
    words = _words(piece.text)
    if len(terms) == 1 or len(terms) != len(words):
        yield piece
        return
    yield Piece(terms[0], words[0])
    for term, text in zip(terms[1:], words[1:], strict=True):
        yield Piece(term[0], text[0], "operator")
        yield Piece(term[1:].strip(), text[1:].strip())


def _words(text: str) -> list[str]:
    """Cut the plain text of a formula in front of the signs of its outermost sum, which stand between spaces."""
    parts = [""]
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        is_sign = letter in ("+", _MINUS) and text[place - 1 : place + 2] == f" {letter} "
        if is_sign and depth == 0 and parts[-1].strip():
            parts.append("")
        parts[-1] += letter
    return [part.strip() for part in parts]
