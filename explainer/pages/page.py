"""The page model: what is said about a step, as data that a window, a PDF or a web page can show.

A formula is rows of pieces in reading order. The window places each piece itself (hover, colour,
line breaks); documents join the pieces with `joined`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from explainer.trace.steps import Phase

RowRole = Literal["rule", "numbers", "result", "chain", "local"]


class Reference(Struct, frozen=True):
    """What a piece of a formula speaks of on the graph.

    `kind` says how to read the names: a neuron id, and `z2` for the weighted sum of a maxout neuron's second piece; an edge's
    two ids; a parameter name; the link from output neuron `first` into the error; the error node itself (no names); or the
    target of output neuron `first`.
    `piece` tells the edges between the same two neurons apart: which piece of a maxout neuron this one feeds.
    """

    kind: Literal["neuron", "edge", "parameter", "error_link", "error", "target"]
    first: str = ""
    second: str = ""
    piece: int = 0


class Piece(Struct, frozen=True):
    """A part of a formula that is never broken: LaTeX, the same as plain text, what it is, what it refers to.

    `factor` numbers the factors of a chain-rule product from 0 (nearest the error); the same number wears the
    same colour and underline in every row and on the graph. `breakable` pieces (=, +, ·) may start a new line.
    `name` is the LaTeX of what a factor stands for, set under a brace in documents. `blank` hides it in a worksheet.
    """

    latex: str
    text: str
    kind: Literal[
        "symbol", "operator", "relation", "open", "close", "factor", "number", "expression"
    ] = "expression"
    factor: int | None = None
    reference: Reference | None = None
    name: str = ""
    blank: bool = False


class Row(Struct, frozen=True):
    """One line: left side, relation, right side. The window shows the left side only where it changes."""

    role: RowRole
    left: tuple[Piece, ...]
    relation: Piece
    right: tuple[Piece, ...]

    @property
    def latex(self) -> str:
        """Return the whole line as LaTeX, the left side included."""
        return joined((*self.left, self.relation, *self.right))

    @property
    def text(self) -> str:
        """Return the whole line as plain text."""
        return " ".join(
            piece.text for piece in (*self.left, self.relation, *self.right) if piece.text
        )


class Maths(Struct, frozen=True):
    """A symbol or short formula inside a sentence."""

    latex: str
    text: str


Inline = str | Maths
Sentence = tuple[Inline, ...]


class Heading(Struct, frozen=True, tag="heading"):
    """A headline; level 1 is the document's title."""

    level: int
    text: Sentence


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """One paragraph of text; `style` "note" is quieter, "check" carries a ✓."""

    text: Sentence
    style: Literal["plain", "note", "check"] = "plain"


class Formula(Struct, frozen=True, tag="formula"):
    """The lines of a derivation."""

    rows: tuple[Row, ...]


class Figure(Struct, frozen=True, tag="figure"):
    """The network's picture at a step of the trace; `alternative` is the same in words.

    Where it is `lit`, the path that the step speaks of stands out, as in the window. It may show the curves of the
    activations in place of the network. `without` are the addresses of values that are left out, "E" the error: on a worksheet somebody is to find them.
    """

    pass_index: int
    step_index: int | None
    caption: Sentence
    alternative: str
    without: tuple[str, ...] = ()
    lit: bool = False
    shows: Literal["network", "curves"] = "network"


class Table(Struct, frozen=True, tag="table"):
    """A table of sentences; the first row is the header."""

    header: tuple[Sentence, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    caption: Sentence = ()


class AnswerSpace(Struct, frozen=True, tag="answer"):
    """Room on paper for the answer to the blank of that number; `label` is what stands in front of it.

    `is_formula` says that the answer is one, which needs all the room there is.
    """

    number: int
    label: Sentence
    space: Literal["line", "box", "grid"]
    is_formula: bool = False


class NewPage(Struct, frozen=True, tag="page"):
    """What follows begins on a new page, counted from 1."""


Block = Heading | Paragraph | Formula | Figure | Table | AnswerSpace | NewPage


class Badge(Struct, frozen=True):
    """A factor's number, worn by the edge or neuron it belongs to."""

    factor: int
    text: str
    reference: Reference


class Page(Struct, frozen=True):
    """What is said about one step: the question, why it is asked, the derivation, what confirms it.

    `kicker` is the small line over the question ("Backward · step 9 of 19"); `announcement` the whole step as
    one spoken sentence for screen readers.
    """

    phase: Phase | None
    kicker: str
    title: Sentence
    blocks: tuple[Block, ...]
    badges: tuple[Badge, ...] = ()
    announcement: str = ""


class Document(Struct, frozen=True):
    """A worked example or worksheet: blocks in reading order, and the words for its metadata."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def joined(pieces: tuple[Piece, ...]) -> str:
    """Join pieces into one LaTeX formula."""
    return " ".join(piece.latex for piece in pieces if piece.latex)


def plain(sentence: Sentence) -> str:
    """Return a sentence without markup."""
    return "".join(part if isinstance(part, str) else part.text for part in sentence)
