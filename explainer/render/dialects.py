"""What HTML, LaTeX and Typst each say in their own words: formulas with descriptions, pictures, boxes.

Everything written here raw is this program's own text and numbers. Words of a lesson stay strings of pandoc's tree;
for Typst they travel beside the source as data.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache

from explainer.render.formula_width import width
from explainer.render.pandoc_tree import Node, division, element, literal, maths
from explainer.render.shapes import Drawing
from explainer.render.svg import to_svg
from explainer.render.tikz import to_tikz
from explainer.render.typst_formulas import Source
from explainer.resources import resource

_DECIMAL_COMMA = re.compile(r"(\d+)\{,\}(\d+)")
_TEXT_NUMBER = re.compile(r'<mtext mathvariant="normal">(\d+,\d+)</mtext>')
# The number of a blank, as pandoc writes \boxed for Typst; a box inside a formula would be an equation of its own.
_BOXED_NUMBER = re.compile(r"#box\(stroke: black, inset: 3pt, \[\$ (\d+) \$\]\)")
_SPACED_NUMBER = re.compile(r'(?:(?<!\$) )?upright\("(\d+,\d+)"\)(?: (?!\$))?')
# Points of paper for one unit of a drawing, and the largest picture on A4.
SCALE = 0.53
_WIDEST = 464.0
_TALLEST = 400.0
# In em: shorter formulas in a sentence stay on one line.
_SHORT = 12.0
# Displayed formulas that surely fit half a line; from which width on they have a whole one; those that surely fit that.
_FITS_HALF, _IS_ALONE, _FITS_LINE = 15.0, 18.0, 30.0
# Pixels of the web page for one unit.
_ON_SCREEN = 0.8
# What pandoc leaves as it is although it means something: a pattern for the sign, and how to write it.
_LATEX_SIGNS = {"`": "\\textasciigrave{}", ",(?=,)": ",{}"}
_TYPST_SIGNS = {r"\.\.\.": "\\.\\.\\.", "-": "\\-"}
_FACES = {"400": "Regular", "600": "SemiBold"}


class Html:
    """HTML with MathML; fonts and pictures are data inside the page."""

    needs_widths = False

    def metadata(self) -> dict[str, str]:
        """Return the fonts, so that the page looks the same everywhere."""
        return {f"font-{weight}": _font(f"Inter-{face}.otf") for weight, face in _FACES.items()}

    def text(self, text: str) -> list[Node]:
        """Return the text; pandoc escapes it."""
        return literal(text)

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return MathML's source; MathML is read aloud by itself."""
        del words
        return [maths(_number_with_comma(latex), display=display)]

    def picture(self, drawing: Drawing, alternative: str) -> list[Node]:
        """Return the drawing as an image that lies inside the page."""
        svg = b64encode(to_svg(drawing, "print").encode()).decode()
        width = f"{drawing.width * _ON_SCREEN:.0f}"
        attributes = ["", [], [["width", width]]]
        target = [f"data:image/svg+xml;base64,{svg}", ""]
        return [element("Plain", [element("Image", attributes, literal(alternative), target)])]

    def beside(self, first: list[Node], second: list[Node]) -> list[Node]:
        """Return a division in which the two stand beside each other where there is room."""
        return [division("pair", [division("half", first), division("half", second)])]

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return a division with the name as its class."""
        return [division(name, blocks)]

    def finished(self, page: str) -> str:
        """Return pandoc's page with numbers that have a comma marked as numbers."""
        return _TEXT_NUMBER.sub(r"<mn>\1</mn>", page)


class Latex:
    """LaTeX; pictures are TikZ, so that the document is a single file."""

    needs_widths = False

    def metadata(self) -> dict[str, str]:
        """Return nothing: LaTeX brings its fonts."""
        return {}

    def text(self, text: str) -> list[Node]:
        """Return the text, with what pandoc leaves unescaped: backticks and the commas of a quotation mark."""
        return _escaped(text, _LATEX_SIGNS, "latex")

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return the formula as it is."""
        del words
        return [maths(latex, display=display)]

    def picture(self, drawing: Drawing, alternative: str) -> list[Node]:
        """Return the drawing as TikZ; LaTeX has no place for its description."""
        del alternative
        return [element("RawBlock", "latex", to_tikz(drawing, scale_of(drawing)))]

    def beside(self, first: list[Node], second: list[Node]) -> list[Node]:
        """Return an environment of the template that sets two steps beside each other."""
        signs = ("\\begin{examplepair}", "\\examplenext", "\\end{examplepair}")
        begin, between, end = (element("RawBlock", "latex", sign) for sign in signs)
        return [begin, *first, between, *second, end]

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return an environment of the template; a formula belongs to the paragraph before it."""
        if name in ("formula", "lead", "table"):
            return blocks
        blocks = _with_displays_inside(blocks)
        environment = f"example{name}"
        return [
            element("RawBlock", "latex", f"\\begin{{{environment}}}"),
            *blocks,
            element("RawBlock", "latex", f"\\end{{{environment}}}"),
        ]


class Typst:
    """Typst; pictures and spoken words travel beside the source, which names them by number."""

    needs_widths = False

    def __init__(self) -> None:
        self.words: list[str] = []
        self.pictures: list[str] = []
        self._formulas: list[tuple[Source, Node]] = []

    def metadata(self) -> dict[str, str]:
        """Return nothing: what Typst needs travels beside the source."""
        return {}

    def text(self, text: str) -> list[Node]:
        """Return the text, with what pandoc leaves unescaped: dots, minus signs and soft hyphens made of signs."""
        return _escaped(text, _TYPST_SIGNS, "typst")

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return the formula with the words it is read aloud as."""
        # A short formula in a sentence is not torn apart at its relation sign.
        box = "#box" if not display and width(latex) < _SHORT else "#"
        if display and not _fits(width(latex)):
            box = "#fitted"
        alternative = f"#set math.equation(alt: words.at({self._remember(words)}));"
        formula = element("RawInline", "typst", "")
        self._formulas.append((Source(_number_with_comma(latex), display), formula))
        return [
            element("RawInline", "typst", f"{box}[{alternative}"),
            formula,
            element("RawInline", "typst", "]"),
        ]

    @property
    def formulas(self) -> list[Source]:
        """Return every formula so far, in the order of the document."""
        return [source for source, _ in self._formulas]

    def settle(self, found: Mapping[Source, str]) -> None:
        """Put every formula into its place; `found` has them in Typst's notation."""
        for source, node in self._formulas:
            node["c"][1] = found[source]

    def picture(self, drawing: Drawing, alternative: str) -> list[Node]:
        """Return a call for the picture of that number."""
        self.pictures.append(to_svg(drawing, "print"))
        number, words = len(self.pictures) - 1, self._remember(alternative)
        width = drawing.width * scale_of(drawing)
        return [element("RawBlock", "typst", f"#picture({number}, {words}, {width:.2f}pt)")]

    def beside(self, first: list[Node], second: list[Node]) -> list[Node]:
        """Return a call of the template's function that sets two steps beside each other."""
        between = element("RawBlock", "typst", "][")
        begin, end = (element("RawBlock", "typst", sign) for sign in ("#example-pair[", "]"))
        return [begin, *first, between, *second, end]

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return a call of the template's function of that name."""
        return [
            element("RawBlock", "typst", f"#example-{name}["),
            *blocks,
            element("RawBlock", "typst", "]"),
        ]

    def finished(self, source: str) -> str:
        """Return pandoc's source with numbers set tight; Typst puts a space around text in a formula."""
        source = _BOXED_NUMBER.sub(r'#blank("\1")', source)
        return _SPACED_NUMBER.sub(r'"\1"', source)

    def _remember(self, words: str) -> int:
        self.words.append(words)
        return len(self.words) - 1


def _fits(needed: float) -> bool:
    """Tell whether a displayed formula need not be measured once it is set. Estimates are less than a fifth too small."""
    return needed <= _FITS_HALF or _IS_ALONE < needed <= _FITS_LINE


def _with_displays_inside(blocks: list[Node]) -> list[Node]:
    """Move displayed formulas to the end of the paragraph before them, so that no page begins between the two."""
    merged: list[Node] = []
    for block in blocks:
        is_display = block["t"] == "Para" and block["c"][0]["t"] == "Math"
        if is_display and merged and merged[-1]["t"] == "Para":
            merged[-1] = element("Para", [*merged[-1]["c"], {"t": "SoftBreak"}, *block["c"]])
        else:
            merged.append(block)
    return merged


def _escaped(text: str, signs: dict[str, str], language: str) -> list[Node]:
    """Return text in which each of the signs is written by its escape."""
    nodes: list[Node] = []
    for part in re.split(f"({'|'.join(signs)})", text):
        escapes = [escape for sign, escape in signs.items() if re.fullmatch(sign, part)]
        nodes += [element("RawInline", language, escapes[0])] if escapes else literal(part)
    return nodes


@cache
def _font(file: str) -> str:
    return b64encode(resource("fonts", file).read_bytes()).decode()


def scale_of(drawing: Drawing) -> float:
    """Return how many points of paper one unit of the drawing is given."""
    return min(SCALE, _WIDEST / drawing.width, _TALLEST / drawing.height)


def _number_with_comma(latex: str) -> str:
    # A decimal comma in braces would become a comma of a list, followed by a space.
    return _DECIMAL_COMMA.sub(r"\\text{\1,\2}", latex)
