"""Pages written by hand, so that a panel can be tested without any mathematics."""

from __future__ import annotations

from functools import cache

from explainer.pages.page import (
    Badge,
    Formula,
    Maths,
    Page,
    Paragraph,
    Piece,
    Reference,
    Row,
    RowRole,
)
from explainer.protocol import HerePage, Picture

W1 = Maths("w_1", "w₁")
H1 = Maths("h_1", "h₁")
Y = Maths("\\hat{y}", "ŷ")
ERROR_LINK = Reference("error_link", "o1")
W5_EDGE = Reference("edge", "h1", "o1")
I1 = Reference("neuron", "i1")

_DOT = Piece("\\cdot", "·", "operator")
_EQUALS = Piece("=", "=", "relation")
_LEFT = (Piece("\\frac{\\partial E}{\\partial w_1}", "∂E/∂w₁"),)


def _factors(*pairs: tuple[str, str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    references = (ERROR_LINK, W5_EDGE, I1)
    for index, (latex, text) in enumerate(pairs):
        if index:
            pieces.append(_DOT)
        pieces.append(Piece(latex, text, "factor", index, references[index % 3]))
    return tuple(pieces)


def _row(role: RowRole, *right: Piece) -> Row:
    return Row(role, _LEFT, _EQUALS, right)


@cache
def gradient_page() -> Page:
    """The page of the design: how the error changes with w₁ in the lecture's network."""
    rows = (
        _row(
            "chain",
            *_factors(
                ("\\frac{\\partial E}{\\partial \\hat{y}}", "∂E/∂ŷ"),
                ("\\frac{\\partial \\hat{y}}{\\partial h_1}", "∂ŷ/∂h₁"),
                ("\\frac{\\partial h_1}{\\partial w_1}", "∂h₁/∂w₁"),
            ),
        ),
        _row(
            "local",
            *_factors(("\\left(\\hat{y} - y\\right)", "(ŷ − y)"), ("w_5", "w₅"), ("i_1", "i₁")),
        ),
        _row(
            "numbers",
            *_factors(("\\left(0.191 - 1\\right)", "(0.191 − 1)"), ("0.14", "0.14"), ("2", "2")),
        ),
        _row("result", Piece("-0.22652", "−0.22652", "number")),
    )
    return Page(
        "backward",
        "Backward · step 9 of 19",
        ("How does the error change with ", W1, "?"),
        (
            Paragraph(
                (
                    "The error feels ",
                    W1,
                    " only through ",
                    H1,
                    " and then ",
                    Y,
                    ". Multiply the local slopes along that path.",
                )
            ),
            Formula(rows),
            Paragraph(
                (
                    "SymPy agrees: differentiating the whole composed function gives the same value.",
                ),
                "check",
            ),
            Paragraph(("Finite difference: −0.226520 (rel. error 3.4e−12)",), "check"),
        ),
        (
            Badge(0, "−0.809", ERROR_LINK),
            Badge(1, "0.14", W5_EDGE),
            Badge(2, "2", I1),
        ),
        "The gradient of the error with respect to w1 is −0.22652.",
    )


def long_page(factors: int) -> Page:
    """A page whose sum has many terms, too long for one line."""
    terms: list[Piece] = []
    for index in range(factors):
        if index:
            terms.append(Piece("+", "+", "operator"))
        terms.extend(_factors((f"w_{{{index}}}", f"w{index}"), (f"0.{index}1", f"0.{index}1")))
    rows = (_row("rule", *terms), _row("result", Piece("-0.22652", "−0.22652", "number")))
    return Page("forward", "Forward · step 1 of 19", ("A long sum",), (Formula(rows),))


def latex_of(page: Page) -> tuple[str, ...]:
    """Return every formula that is drawn on a page."""
    found: dict[str, None] = {}
    for block in page.blocks:
        if isinstance(block, Formula):
            for row in block.rows:
                for piece in (*row.left, row.relation, *row.right):
                    found[piece.latex] = None
        elif isinstance(block, Paragraph):
            found |= {part.latex: None for part in block.text if isinstance(part, Maths)}
    found |= {part.latex: None for part in page.title if isinstance(part, Maths)}
    return tuple(found)


def box_picture(latex: str) -> Picture:
    """A stand-in for a drawn formula: a bar as wide as the text is long."""
    width = 8.0 * max(1, len(latex) // 3)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" viewBox="0 0 {width} 20">'
        f'<rect x="1" y="2" width="{width - 2}" height="16"/></svg>'
    )
    return Picture(svg, width, 20.0, 16.0)


def answer(page: Page, number: int = 1) -> HerePage:
    """The page as the worker would send it."""
    return HerePage(number, page, {latex: box_picture(latex) for latex in latex_of(page)})
