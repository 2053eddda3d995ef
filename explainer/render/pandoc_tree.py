"""A document as pandoc's tree (the JSON of pandoc-types): every word a literal string, every formula LaTeX.

What pandoc cannot say, a picture with a description or a box that stays on one page, is said by a `Dialect`, one for
each of pandoc's output languages. Dialects write only text of this program; words of the user travel as strings of the tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from explainer.pages.page import (
    AnswerSpace,
    Block,
    Document,
    Figure,
    Formula,
    Heading,
    Maths,
    NewPage,
    Paragraph,
    Sentence,
    Table,
    plain,
)
from explainer.render.formula_lines import aligned, lines_of, with_plain_brackets, with_strokes
from explainer.render.shapes import Drawing
from explainer.render.step_groups import LINE, by_formulas, is_narrow, stays_together, steps

# The tree is plain JSON data of this shape: {"t": type, "c": content}.
Node = dict[str, Any]
Draw = Callable[[Figure], Drawing]

API_VERSION = [1, 23, 1]
# A line of A4 between its margins in characters, for tables.
_TABLE_LINE = 76
# The same where widths must be stated, for types of any width, and the room between two columns.
_STATED_LINE, _GAP = 64, 3
# A table of so many lines is not torn apart: it fits a page for certain.
_MOST_LINES_TOGETHER = 24
# A heading and so many sentences at most are too little for two pages.
_MOST_SENTENCES = 5
_NUMBER = re.compile(r"−?(\d*)(?:([.,])(\d+))?")
_BREAKABLE_SPACE = re.compile(r"([ \t\r\n]+)")
_FIGURE_SPACE = "\u2007"


class Dialect(Protocol):
    """What one output language says in its own words.

    One that `needs_widths` is told how wide every column of a table is; others find that out by themselves.
    """

    needs_widths: bool

    def metadata(self) -> dict[str, str]:
        """Return what the template needs beside title and language."""

    def text(self, text: str) -> list[Node]:
        """Return the inlines that print text as it was typed, whatever its signs mean in the language."""

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return the inlines of a formula that is read aloud as `words`."""

    def picture(self, drawing: Drawing, alternative: str) -> list[Node]:
        """Return the blocks of a drawing that is described by `alternative`."""

    def beside(self, first: list[Node], second: list[Node]) -> list[Node]:
        """Return two narrow steps, beside each other where that saves paper."""

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return blocks as one thing of a kind: "step", "figure", "note", "check", "formula", "lead", "table", "newpage".

        Room for an answer is "answerline", "answerbox" or "answergrid"; the blocks are what stands in front of it.
        """


def tree(document: Document, draw: Draw, dialect: Dialect) -> Node:
    """Return a document as pandoc's tree; `draw` makes the drawing of a figure."""
    blocks = nodes_of(document.blocks, draw, dialect)
    return whole(blocks, document.title, document.language, dialect)


def whole(blocks: list[Node], title: str, language: str, dialect: Dialect) -> Node:
    """Return blocks as a document."""
    meta = {"pagetitle": title, "lang": language, **dialect.metadata()}
    return {
        "pandoc-api-version": API_VERSION,
        "meta": {name: element("MetaString", text) for name, text in meta.items()},
        "blocks": blocks,
    }


def nodes_of(
    blocks: Iterable[Block], draw: Draw, dialect: Dialect, room: float | None = None
) -> list[Node]:
    """Return blocks as pandoc's; formulas are broken to fit a line of `room` em."""
    return _Tree(draw, dialect, LINE if room is None else room).blocks(blocks)


def element(kind: str, *content: Any) -> Node:
    """Return one node of the tree; a node with one part holds it bare."""
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}


def division(name: str, blocks: list[Node], **attributes: str) -> Node:
    """Return blocks in a box with a class and attributes."""
    return element("Div", ["", [name], [list(pair) for pair in attributes.items()]], blocks)


def maths(latex: str, *, display: bool) -> Node:
    """Return a formula as pandoc reads it."""
    return element("Math", {"t": "DisplayMath" if display else "InlineMath"}, latex)


def literal(text: str) -> list[Node]:
    """Return text as strings and spaces."""
    return [
        {"t": "Space"} if _BREAKABLE_SPACE.fullmatch(part) else element("Str", part)
        for part in _BREAKABLE_SPACE.split(text)
        if part
    ]


class _Tree:
    def __init__(self, draw: Draw, dialect: Dialect, room: float) -> None:
        self._room = room
        self._draw = draw
        self._dialect = dialect

    def blocks(self, blocks: Iterable[Block]) -> list[Node]:
        nodes: list[Node] = []
        waiting: list[Node] | None = None
        for group in steps(blocks):
            if is_narrow(group):
                made = self._group(group)
                if waiting is None:
                    waiting = made
                else:
                    nodes.extend(self._dialect.beside(waiting, made))
                    waiting = None
                continue
            nodes.extend(waiting or [])
            waiting = None
            nodes.extend(self._group(group))
        return [*nodes, *(waiting or [])]

    def _group(self, group: list[Block]) -> list[Node]:
        nodes: list[Node] = []
        for part in [group] if stays_together(group) else by_formulas(group):
            inner = list(self._inside(part))
            nodes.extend(self._dialect.boxed("step", inner) if stays_together(part) else inner)
        return nodes

    def _inside(self, part: list[Block]) -> Iterator[Node]:
        """Yield the nodes of blocks; sentences in front of a formula stay with its first line, a few alone with each other."""
        few = len(part) <= _MOST_SENTENCES and all(map(_is_words, part))
        for number, block in enumerate(part):
            after = part[number + 1 :]
            leads = isinstance(block, Paragraph) and (
                (few and after) or any(isinstance(later, Formula) for later in after)
            )
            nodes = self._block(block)
            yield from self._dialect.boxed("lead", nodes) if leads else nodes

    def _block(self, block: Block) -> list[Node]:
        match block:
            case Heading(level, text):
                # No line of a heading begins with the dot before a sample's number.
                kept = [p.replace(" · ", "\u00a0· ") if isinstance(p, str) else p for p in text]
                return [element("Header", level, ["", [], []], self._sentence(tuple(kept)))]
            case Paragraph(text, style):
                paragraph = [element("Para", self._sentence(text))]
                return paragraph if style == "plain" else self._dialect.boxed(style, paragraph)
            case Formula():
                return self._formula(block)
            case Figure():
                return self._figure(block)
            case Table():
                table = [self._table(block)]
                short = _lines(block) <= _MOST_LINES_TOGETHER
                return self._dialect.boxed("table", table) if short else table
            case AnswerSpace(label=label, space=space):
                paragraph = [element("Para", self._sentence(label))]
                return self._dialect.boxed(f"answer{space}", paragraph)
            case NewPage():
                return self._dialect.boxed("newpage", [])

    def _sentence(self, sentence: Sentence) -> list[Node]:
        nodes: list[Node] = []
        for part in sentence:
            if isinstance(part, Maths):
                latex = with_plain_brackets(part.latex)
                nodes.extend(self._dialect.formula(latex, part.text, display=False))
            else:
                nodes.extend(self._dialect.text(part))
        return nodes

    def _formula(self, formula: Formula) -> list[Node]:
        latex = aligned(lines_of(formula.rows, self._room))
        words = "; ".join(row.text for row in formula.rows)
        return self._dialect.boxed(
            "formula", [element("Para", self._dialect.formula(latex, words, display=True))]
        )

    def _figure(self, figure: Figure) -> list[Node]:
        content = self._dialect.picture(self._draw(figure), figure.alternative)
        if figure.caption:
            caption = element("Para", self._sentence(figure.caption))
            content.extend(self._dialect.boxed("caption", [caption]))
        return self._dialect.boxed("figure", content)

    def _table(self, table: Table) -> Node:
        columns = [
            _with_aligned_numbers(tuple(row[number] for row in table.rows))
            for number in range(len(table.header))
        ]
        rows = list(zip(*(cells for cells, _ in columns), strict=True))
        caption = [element("Plain", self._sentence(table.caption))] if table.caption else []
        head = [self._row(table.header, strong=True)] if any(table.header) else []
        widths = _widths(table, stated=self._dialect.needs_widths)
        return element(
            "Table",
            ["", [], []],
            [None, caption],
            [[{"t": side}, width] for (_, side), width in zip(columns, widths, strict=True)],
            [["", [], []], head],
            [[["", [], []], 0, [], [self._row(row) for row in rows]]],
            [["", [], []], []],
        )

    def _row(self, cells: Sequence[Sentence], *, strong: bool = False) -> list[Any]:
        return [["", [], []], [self._cell(cell, strong=strong) for cell in cells]]

    def _cell(self, cell: Sentence, *, strong: bool) -> list[Any]:
        flat = [
            Maths(with_strokes(part.latex), part.text) if isinstance(part, Maths) else part
            for part in cell
        ]
        words = self._sentence(tuple(flat))
        if strong and words:
            words = [element("Strong", words)]
        content = [element("Plain", words)] if words else []
        return [["", [], []], {"t": "AlignDefault"}, 1, 1, content]


def _is_words(block: Block) -> bool:
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.style == "plain")


def _lines(table: Table) -> int:
    """Estimate how many lines of text a table is tall: each row as its longest cell, which has the line to itself."""
    return sum(
        max((len(plain(cell)) // _TABLE_LINE + 1 for cell in row), default=1) for row in table.rows
    )


def _widths(table: Table, *, stated: bool) -> list[Node]:
    """Return the columns' widths: as their content needs, or shares of the line where that is too long for one."""
    lines = [table.header, *table.rows]
    longest = [
        max(len(plain(line[number])) for line in lines) for number in range(len(table.header))
    ]
    needed = [(length + _GAP) / _STATED_LINE for length in longest]
    if stated and sum(needed) <= 1:
        return [element("ColWidth", share) for share in needed]
    if not stated and sum(longest) <= _TABLE_LINE:
        return [{"t": "ColWidthDefault"}] * len(longest)
    short = [min(length + 3, _TABLE_LINE // len(longest)) for length in longest]
    widest = longest.index(max(longest))
    short[widest] = _TABLE_LINE - sum(short) + short[widest]
    return [element("ColWidth", length / _TABLE_LINE) for length in short]


def _with_aligned_numbers(column: tuple[Sentence, ...]) -> tuple[list[Sentence], str]:
    """Return the cells of a column and the side they stand on; numbers stand under each other at their point."""
    numbers = [_NUMBER.fullmatch(plain(cell)) for cell in column]
    if not all(number and number.group(1) for number in numbers):
        return list(column), "AlignLeft"
    fractions = [len(number[3] or "") + len(number[2] or "") for number in numbers if number]
    longest = max(fractions, default=0)
    padded: list[Sentence] = [
        (plain(cell) + _padding(longest, fraction),)
        for cell, fraction in zip(column, fractions, strict=True)
    ]
    return padded, "AlignRight"


def _padding(longest: int, fraction: int) -> str:
    # A missing point is narrower than a figure; PUNCTUATION SPACE has its width.
    missing_point = longest > 0 and fraction == 0
    return "\u2008" * missing_point + _FIGURE_SPACE * (longest - fraction - missing_point)
