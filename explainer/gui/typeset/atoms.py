"""What a laid-out page consists of: atoms (a word, a piece of a formula) and the lines and boxes around them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from explainer.pages.page import Reference

# How a word is set; sizes in px at 100 %.
Face = Literal["kicker", "title", "text", "label", "note", "heading"]
# What colour an atom takes: a role of the theme, or the colour of its phase or factor.
Hue = Literal["ink", "text", "quiet", "phase", "factor"]


class Atom(NamedTuple):
    """The smallest thing that is placed, hit by the mouse, selected and copied.

    `x` is its left edge, `baseline` the y of its baseline; `ascent` and `descent` reach from there. A piece of maths has
    `latex` and `scale` (1 = 24 px type), a word `face`. `line` counts the printed lines of a page, `block` its
    paragraphs and formula rows; `spaced` says that a space stands before it.
    """

    x: float
    baseline: float
    width: float
    ascent: float
    descent: float
    text: str
    hue: Hue
    block: int
    line: int
    spaced: bool
    face: Face = "text"
    latex: str = ""
    scale: float = 1.0
    factor: int | None = None
    reference: Reference | None = None

    @property
    def top(self) -> float:
        """The y of its upper edge."""
        return self.baseline - self.ascent

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.baseline + self.descent

    def moved(self, right: float, down: float) -> Atom:
        """Return the same atom elsewhere."""
        return self._replace(x=self.x + right, baseline=self.baseline + down)


class Hairline(NamedTuple):
    """A thin line between two rows."""

    y: float


class TintedBox(NamedTuple):
    """The box around a result."""

    x: float
    y: float
    width: float
    height: float


class BlockKind(NamedTuple):
    """What a block of atoms is: a formula row with its LaTeX, or words (`latex` empty)."""

    latex: str
    text: str


class Layout(NamedTuple):
    """A page with everything in its place; atoms in reading order, `height` what it needs at this width."""

    width: float
    height: float
    atoms: tuple[Atom, ...]
    hairlines: tuple[Hairline, ...]
    boxes: tuple[TintedBox, ...]
    blocks: tuple[BlockKind, ...]
