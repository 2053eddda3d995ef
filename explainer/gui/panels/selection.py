"""What is selected on a laid-out page, and what of it is copied."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF

from explainer.gui.typeset.atoms import Atom, Layout

# How far beside an atom the mouse still means it, px.
_NEAR = 3.0


class Part(NamedTuple):
    """A part of a page to copy: indices of atoms in reading order."""

    indices: tuple[int, ...]


class Selection:
    """A range of atoms in reading order, from where the mouse went down to where it is."""

    def __init__(self) -> None:
        self._anchor: int | None = None
        self.indices: frozenset[int] = frozenset()

    def clear(self) -> None:
        """Select nothing."""
        self._anchor = None
        self.indices = frozenset()

    def press(self, layout: Layout, position: QPointF, extend: bool) -> None:
        """Start a selection at a place, or extend the one there is."""
        index = _nearest(layout, position)
        if extend and self._anchor is not None:
            self._span(layout, index)
            return
        self.indices = frozenset()
        self._anchor = index

    def drag(self, layout: Layout, position: QPointF) -> bool:
        """Select up to a place; tell whether that changed anything."""
        if self._anchor is None:
            return False
        before = self.indices
        self._span(layout, _nearest(layout, position))
        return before != self.indices

    def take_block(self, layout: Layout, position: QPointF) -> None:
        """Select the whole paragraph or formula row at a place."""
        index = _nearest(layout, position)
        if index is not None:
            self._anchor = index
            self.indices = frozenset(_block(layout, layout.atoms[index].block))

    def take_all(self, layout: Layout) -> None:
        """Select the whole page."""
        self.indices = frozenset(_readable(layout))

    def part(self, layout: Layout, position: QPointF) -> Part:
        """Return what a command at a place is about: the selection, else the row there, else the page."""
        if self.indices:
            return Part(tuple(sorted(self.indices)))
        index = atom_at(layout, position)
        block = layout.atoms[index].block if index is not None else _row_at(layout, position)
        if block is None or block < 0:
            return Part(tuple(_readable(layout)))
        return Part(tuple(_block(layout, block)))

    def text(self, layout: Layout) -> str:
        """Return the selection, or the whole page, as plain text."""
        indices = sorted(self.indices) if self.indices else _readable(layout)
        return as_text(layout, Part(tuple(indices)))

    def _span(self, layout: Layout, index: int | None) -> None:
        if index is None or self._anchor is None:
            return
        low, high = sorted((index, self._anchor))
        self.indices = frozenset(i for i in _readable(layout) if low <= i <= high)


def atom_at(layout: Layout, position: QPointF) -> int | None:
    """Return the atom under a point."""
    x, y = position.x(), position.y()
    for index, atom in enumerate(layout.atoms):
        if (
            atom.x - _NEAR <= x <= atom.x + atom.width + _NEAR
            and atom.top - _NEAR <= y <= atom.bottom + 2 * _NEAR
        ):
            return index
    return None


def as_text(layout: Layout, part: Part) -> str:
    """Return a part as plain text, one line for each paragraph and formula row."""
    return _written(layout, part, maths=False)


def as_latex(layout: Layout, part: Part) -> str:
    """Return a part as LaTeX: formula rows as they are, sentences with their maths between dollars."""
    return _written(layout, part, maths=True)


def _written(layout: Layout, part: Part, maths: bool) -> str:
    lines: dict[int, str] = {}
    for index in part.indices:
        atom = layout.atoms[index]
        is_row = bool(layout.blocks[atom.block].latex)
        so_far = lines.get(atom.block, "")
        gap = " " if so_far and (atom.spaced or is_row) else ""
        lines[atom.block] = so_far + gap + _atom_text(atom, maths, is_row)
    return "\n".join(line for line in lines.values() if line)


def _atom_text(atom: Atom, maths: bool, is_row: bool) -> str:
    if not (maths and atom.latex):
        return atom.text.translate(_LATEX) if maths else atom.text
    return atom.latex if is_row else f"${atom.latex}$"


_LATEX = str.maketrans(
    {
        **{character: "\\" + character for character in "{}$&#%_"},
        "\\": "\\textbackslash{}",
        "^": "\\textasciicircum{}",
        "~": "\\textasciitilde{}",
    }
)


def _readable(layout: Layout) -> list[int]:
    return [index for index, atom in enumerate(layout.atoms) if atom.block >= 0]


def _block(layout: Layout, block: int) -> list[int]:
    return [index for index, atom in enumerate(layout.atoms) if atom.block == block]


def _row_at(layout: Layout, position: QPointF) -> int | None:
    for atom in layout.atoms:
        if atom.block >= 0 and atom.top - 6 <= position.y() <= atom.bottom + 6:
            return atom.block
    return None


def _nearest(layout: Layout, position: QPointF) -> int | None:
    found: int | None = None
    best = float("inf")
    for index in _readable(layout):
        atom = layout.atoms[index]
        down = max(atom.top - position.y(), 0.0, position.y() - atom.bottom)
        right = max(atom.x - position.x(), 0.0, position.x() - atom.x - atom.width)
        # A line counts before the place on it: dragging past the end of a line takes the whole line.
        distance = down * 1000 + right
        if distance < best:
            best, found = distance, index
    return found
