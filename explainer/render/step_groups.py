"""Which blocks of a document belong together on paper: a step with its formula, two narrow steps beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from explainer.pages.page import (
    AnswerSpace,
    Block,
    Figure,
    Formula,
    Heading,
    NewPage,
    Paragraph,
    Row,
    Table,
    plain,
)
from explainer.render.formula_lines import lines_of
from explainer.render.formula_width import lines, width

# A line of A4 between its margins, in em of the text.
LINE = 39.0
_STEP_LEVEL = 3
# So many lines, were each of them a fraction, fill nearly half a page: more would leave as much of one empty.
_MOST_LINES_TOGETHER = 10
# They fill two thirds of a page.
_MOST_LINES_OF_QUESTION = 14
# A step beside another has so many em for its formula, and signs for its sentences.
_HALF_LINE = 17.0
_MOST_WORDS_BESIDE = 220
# Behind so many signs an answer written by hand still has three centimetres.
_MOST_SIGNS_BEFORE = 22


def stays_together(group: list[Block]) -> bool:
    """Tell whether blocks are a step, or a formula of one, that is short enough to stand on one page as a whole."""
    first = group[0]
    formulas = [block for block in group if isinstance(block, Formula)]
    if not (first.level >= _STEP_LEVEL if isinstance(first, Heading) else formulas):
        return False
    # A question and the room for its answer are not torn apart.
    is_asked = any(isinstance(block, AnswerSpace) for block in group)
    return sum(
        lines(line.left + line.right)
        for formula in formulas
        for line in lines_of(formula.rows, LINE)
    ) <= (_MOST_LINES_OF_QUESTION if is_asked else _MOST_LINES_TOGETHER)


def is_narrow(group: list[Block]) -> bool:
    """Tell whether a step needs only half a line, so that two of them fit beside each other."""
    first = group[0]
    formulas = [block for block in group if isinstance(block, Formula)]
    if not (isinstance(first, Heading) and first.level >= _STEP_LEVEL and formulas):
        return False
    asked = [block for block in group if isinstance(block, AnswerSpace)]
    if len(asked) > 1 or not all(map(_is_short, asked)):
        return False
    words = sum(len(plain(block.text)) for block in group if isinstance(block, Paragraph))
    return (
        stays_together(group)
        and words <= _MOST_WORDS_BESIDE
        and all(
            width(line.left + line.right) <= _HALF_LINE
            for formula in formulas
            for line in lines_of(formula.rows, LINE)
        )
    )


def _is_short(room: AnswerSpace) -> bool:
    """Tell whether half a line has room for an answer, a number, behind what stands in front of it."""
    return (
        room.space == "line"
        and not room.is_formula
        and len(plain(room.label)) <= _MOST_SIGNS_BEFORE
    )


def by_formulas(group: list[Block]) -> Iterator[list[Block]]:
    """Cut blocks behind every formula, so that at least each formula stays with its reason; long formulas in parts.

    What is remarked at the end stays with the last formula.
    """
    parts: list[list[Block]] = [[]]
    for block in group:
        remarks = isinstance(block, Paragraph) and block is group[-1]
        if parts[-1] and isinstance(parts[-1][-1], Formula) and not remarks:
            parts.append([])
        pieces = parts_of(block) if isinstance(block, Formula) else [block]
        parts[-1].append(pieces[0])
        parts += [[piece] for piece in pieces[1:]]
    yield from parts


def parts_of(formula: Formula) -> list[Formula]:
    """Cut a formula too long to stay on one page in front of each new left side, so that no line of one is left alone.

    A part of one line stays with the part before it.
    """
    if stays_together([formula]):
        return [formula]
    parts: list[list[Row]] = []
    for _, rows in groupby(formula.rows, key=lambda row: row.left):
        found = list(rows)
        if parts and (len(found) == 1 or len(parts[-1]) == 1):
            parts[-1] += found
        else:
            parts.append(found)
    return [Formula(tuple(rows)) for rows in parts]


def steps(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Cut blocks in front of every heading and around every picture and table."""
    group: list[Block] = []
    for block in blocks:
        apart = isinstance(block, Figure | Table | NewPage)
        if group and (apart or isinstance(block, Heading)):
            yield group
            group = []
        group.append(block)
        if apart:
            yield group
            group = []
    if group:
        yield group
