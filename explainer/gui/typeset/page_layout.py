"""Lay out one page of the derivation panel: kicker, headline, sentences, rows of formulas, what confirms them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from explainer.gui.typeset.atoms import (
    Atom,
    BlockKind,
    Hairline,
    Layout,
    TintedBox,
)
from explainer.gui.typeset.measure import Extent, word_extent
from explainer.gui.typeset.rows import Line, set_pieces, stacked
from explainer.gui.typeset.words import Ink, Setting, set_sentence
from explainer.messages import Message, message, translate
from explainer.pages.page import (
    Formula,
    Heading,
    Page,
    Paragraph,
    Piece,
    Row,
    RowRole,
    Sentence,
    Table,
    plain,
)
from explainer.protocol import Picture

LABELS: dict[RowRole, Message] = {
    "rule": message("Rule"),
    "chain": message("Chain rule"),
    "local": message("Local slopes"),
    "numbers": message("Numbers"),
    "result": message("Result"),
}
CHECK_MARK = "✓"

# Distances in px at 100 %, measured on the design.
_SIDE = 27.0
_TOP = 24.0
_LABEL_COLUMN = 92.0
_AFTER_KICKER = 1.0
_AFTER_TITLE = 6.0
_BEFORE_LINE = 12.0
_ROW_PADDING = 13.0
_BETWEEN_ROWS = 10.0
_BETWEEN_STYLES = 6.0
_BOX_PADDING = 12.0
_BOX_MARGIN = 14.0
_AFTER_FORMULA = 18.0
_BOTTOM = 24.0
_SHORTEST_BOX = 40.0


class Text(NamedTuple):
    """What a page is set with: the pictures of its formulas, its language, the zoom (1 = 100 %).

    `air` is the share of the usual distances between blocks and rows.
    """

    pictures: Mapping[str, Picture]
    language: str
    zoom: float
    air: float = 1.0


class _Setter:
    """Puts blocks under each other and collects what it has placed."""

    def __init__(self, text: Text, width: float) -> None:
        self._text = text
        self._zoom = text.zoom
        self._left = _SIDE * text.zoom
        self._right = width - (_SIDE - 1) * text.zoom
        self._width = width
        self._y = _TOP * text.zoom * text.air
        self._line = 0
        self._atoms: list[Atom] = []
        self._hairlines: list[Hairline] = []
        self._boxes: list[TintedBox] = []
        self._blocks: list[BlockKind] = []

    def layout(self) -> Layout:
        height = self._y + _BOTTOM * self._zoom * self._text.air
        return Layout(
            self._width,
            height,
            tuple(self._atoms),
            tuple(self._hairlines),
            tuple(self._boxes),
            tuple(self._blocks),
        )

    def space(self, pixels: float) -> None:
        self._y += pixels * self._zoom * self._text.air

    def sentence(self, sentence: Sentence, ink: Ink, left: float = 0.0) -> None:
        """Set a sentence over the whole width, or from `left` px on."""
        start = self._left + left * self._zoom
        setting = Setting(start, self._y, self._right - start, len(self._blocks), self._line)
        atoms, self._y = set_sentence(sentence, ink, setting, self._text.pictures, self._zoom)
        self._add(atoms, BlockKind("", plain(sentence)))

    def paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.style == "plain":
            self.sentence(paragraph.text, Ink("text", "text"))
            self.space(4)
        elif paragraph.style == "check":
            self.sentence((f"{CHECK_MARK} ", *paragraph.text), Ink("note", "text"))
        else:
            self.sentence(paragraph.text, Ink("note", "quiet"))

    def formula(self, formula: Formula) -> None:
        """Set the rows, a thin line over each group of one role and the group's label left of it."""
        before = ""
        self.space(_BEFORE_LINE)
        for role, group in groupby(formula.rows, key=_role):
            self._hairlines.append(Hairline(round(self._y)))
            rows = tuple(group)
            label = translate(LABELS[role], self._text.language)
            top = self._y
            if role == "result" and self._fits_beside(rows):
                self._result(rows, *self._formula_column())
                self._label(label, top, self._y)
            elif role == "result":
                self._label_above(label)
                self._result(rows, self._left, self._right - self._left)
            elif self._needs_whole_width(rows, before):
                self._label_above(label)
                self._rows(rows, before, self._left, self._right - self._left)
            else:
                self._rows(rows, before, *self._formula_column())
                self._label(label, top, self._y)
            before = _left_latex(rows[-1])
        self.space(_AFTER_FORMULA)

    def table(self, table: Table) -> None:
        """Set a table in columns of equal width, a thin line under its header."""
        columns = max(1, len(table.header))
        room = (self._right - self._left) / columns
        for number, cells in enumerate((table.header, *table.rows)):
            top = bottom = self._y
            ink = Ink("label", "quiet") if number == 0 else Ink("note", "text")
            for column, cell in enumerate(cells):
                setting = Setting(
                    self._left + column * room, top, room - 8, len(self._blocks), self._line
                )
                atoms, below = set_sentence(cell, ink, setting, self._text.pictures, self._zoom)
                self._atoms.extend(atoms)
                bottom = max(bottom, below)
            self._line += 1
            self._blocks.append(BlockKind("", "\t".join(plain(cell) for cell in cells)))
            self._y = bottom + 3 * self._zoom
            if number == 0:
                self._hairlines.append(Hairline(round(self._y)))
                self.space(4)

    def _needs_whole_width(self, rows: Sequence[Row], before: str) -> bool:
        """Tell whether a row would be broken beside its label; then the label stands above it."""
        _, room = self._formula_column()
        for row in rows:
            if not _fit(self._set(_shown_pieces(row, before), room), room):
                return True
            before = _left_latex(row)
        return False

    def _rows(self, rows: Sequence[Row], before: str, left: float, room: float) -> None:
        self.space(_ROW_PADDING)
        for index, row in enumerate(rows):
            if index:
                self.space(_BETWEEN_ROWS)
            lines = self._set(_shown_pieces(row, before), room)
            atoms, extent = stacked(lines, self._zoom)
            start = left + (room - extent.width) / 2
            baseline = self._y + extent.ascent
            self._add(
                [atom.moved(start, baseline) for atom in atoms], BlockKind(row.latex, row.text)
            )
            self._y += extent.ascent + extent.descent
            before = _left_latex(row)
        self.space(_ROW_PADDING)

    def _fits_beside(self, rows: Sequence[Row]) -> bool:
        """Tell whether results keep to a line in their box beside the label."""
        _, room = self._formula_column()
        room -= 2 * _BOX_PADDING * self._zoom
        return all(
            _fit(self._set((*row.left, row.relation, *row.right), room), room) for row in rows
        )

    def _result(self, rows: Sequence[Row], left: float, room: float) -> None:
        padding = _BOX_PADDING * self._zoom
        for row in rows:
            self.space(_BOX_MARGIN)
            pieces = (*row.left, row.relation, *row.right)
            atoms, extent = stacked(self._set(pieces, room - 2 * padding), self._zoom)
            inner = extent.ascent + extent.descent
            height = max(inner + padding, _SHORTEST_BOX * self._zoom)
            baseline = self._y + (height - inner) / 2 + extent.ascent
            self._boxes.append(TintedBox(left, self._y, extent.width + 2 * padding, height))
            self._add(
                [atom.moved(left + padding, baseline) for atom in atoms],
                BlockKind(row.latex, row.text),
            )
            self._y += height

    def _set(self, pieces: Sequence[Piece], room: float) -> tuple[Line, ...]:
        return set_pieces(
            pieces, room, len(self._blocks), self._line, self._text.pictures, self._zoom
        )

    def _formula_column(self) -> tuple[float, float]:
        left = self._left + _LABEL_COLUMN * self._zoom
        return left, self._right - left

    def _label(self, label: str, top: float, bottom: float) -> None:
        """Set a label in the middle of its row, its words under each other where the column is too narrow."""
        middle = (top + bottom) / 2
        if self._boxes and self._boxes[-1].y >= top:
            middle = self._boxes[-1].y + self._boxes[-1].height / 2
        fits = word_extent(label, "label", self._zoom).width < _LABEL_COLUMN * self._zoom
        words = [label] if fits else label.split(" ")
        extents = [word_extent(word, "label", self._zoom) for word in words]
        height = sum(extent.ascent + extent.descent for extent in extents)
        baseline = middle - height / 2
        for word, extent in zip(words, extents, strict=True):
            self._set_label(word, extent, baseline + extent.ascent)
            baseline += extent.ascent + extent.descent

    def _set_label(self, word: str, extent: Extent, baseline: float) -> None:
        # A label is not part of the text that is selected.
        atom = Atom(self._left, baseline, *extent, word, "quiet", -1, -1, False, "label")
        self._atoms.append(atom)

    def _label_above(self, label: str) -> None:
        self.space(_ROW_PADDING)
        extent = word_extent(label, "label", self._zoom)
        self._set_label(label, extent, self._y + extent.ascent)
        self._y += extent.ascent + extent.descent

    def _add(self, atoms: Sequence[Atom], block: BlockKind) -> None:
        self._atoms.extend(atoms)
        self._blocks.append(block)
        self._line = max((atom.line for atom in atoms), default=self._line) + 1


def lay_out(page: Page, text: Text, width: float) -> Layout:
    """Return the page set in `width` px; the same page, text and width give the same layout."""
    setter = _Setter(text, width)
    if page.kicker:
        setter.sentence((page.kicker.upper(),), Ink("kicker", "phase"))
        setter.space(_AFTER_KICKER)
    setter.sentence(page.title, Ink("title", "ink"))
    setter.space(_AFTER_TITLE)
    for before, block in pairwise((None, *page.blocks)):
        if isinstance(block, Paragraph):
            if isinstance(before, Paragraph) and before.style != block.style:
                setter.space(_BETWEEN_STYLES)
            setter.paragraph(block)
        elif isinstance(block, Formula):
            setter.formula(block)
        elif isinstance(block, Heading):
            setter.space(8)
            setter.sentence(block.text, Ink("heading", "ink"))
        elif isinstance(block, Table):
            setter.table(block)
    return setter.layout()


def _fit(lines: Sequence[Line], room: float) -> bool:
    """Tell whether a formula stands on one line of a width; a breath over it is rounding."""
    return len(lines) == 1 and lines[0].extent.width <= room + 0.5


def _role(row: Row) -> RowRole:
    return row.role


def _shown_pieces(row: Row, before: str) -> tuple[Piece, ...]:
    """Return a row without its left side where the row before it has the same."""
    left = row.left if _left_latex(row) != before else ()
    return (*left, row.relation, *row.right)


def _left_latex(row: Row) -> str:
    return " ".join(piece.latex for piece in row.left)
