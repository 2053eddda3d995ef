"""The pictures of everything on a page that is drawn as a formula."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from explainer.messages import Refused
from explainer.pages.page import (
    Block,
    Formula,
    Heading,
    Maths,
    Page,
    Paragraph,
    Sentence,
    Table,
)
from explainer.protocol import Picture
from explainer.render.formulas import picture


def pictures_of(page: Page) -> dict[str, Picture]:
    """Return the picture of each piece and symbol of a page by its LaTeX.

    What cannot be drawn is left out; the window writes its plain text instead.
    """
    pictures: dict[str, Picture] = {}
    for latex in dict.fromkeys(_latex_of(page)):
        with contextlib.suppress(Refused):
            pictures[latex] = picture(latex)
    return pictures


def _latex_of(page: Page) -> Iterator[str]:
    yield from _maths_in(page.title)
    for block in page.blocks:
        yield from _latex_in(block)


def _latex_in(block: Block) -> Iterator[str]:
    match block:
        case Formula():
            for row in block.rows:
                pieces = (*row.left, row.relation, *row.right)
                yield from (piece.latex for piece in pieces if piece.latex)
        case Paragraph() | Heading():
            yield from _maths_in(block.text)
        case Table():
            for cells in (block.header, *block.rows):
                for cell in cells:
                    yield from _maths_in(cell)
        case _:
            return


def _maths_in(sentence: Sentence) -> Iterator[str]:
    yield from (part.latex for part in sentence if isinstance(part, Maths))
