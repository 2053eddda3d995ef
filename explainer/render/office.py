"""Word, OpenDocument and PowerPoint: formulas stay formulas of the program that opens the file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from msgspec import json

from explainer.render.dialects import SCALE, scale_of
from explainer.render.office_equations import as_word_writes
from explainer.render.office_pictures import stand_ins, with_pictures
from explainer.render.opendocument import finished_text, with_parts
from explainer.render.pandoc_tree import Node, division, element, literal, maths, tree
from explainer.render.publish_job import Job
from explainer.render.shapes import Curve, Drawing
from explainer.render.slide_formulas import finished_slides
from explainer.render.slides import slide_tree
from explainer.render.svg import to_svg
from explainer.render.typesetting import run_pandoc, run_typst, template
from explainer.render.word_formulas import slide_formula, word_formula, word_lines

# Pixels per unit of a drawing.
_SHARPNESS = 1.7
# Points of a slide for a picture.
_SLIDE_PICTURE = (300.0, 250.0)
# Half a centimetre in points, squares across and down, and the width of their lines.
_SQUARE, _SQUARES, _HAIRLINE = 14.173, (31, 5), 0.8
# Styles of paragraphs in the reference documents: a line of a formula, its last, words that lead to one, and room for answers.
_LINE, _LAST, _LEAD, _LABEL, _RULED = "FormulaLine", "Formula", "Lead", "AnswerLabel", "AnswerLine"
_NOTE, _NOTE_LEAD = "Note", "NoteLead"
# The empty lines of a box, the last of which need not stay on the page of what follows.
_BOX = ("AnswerBox", "AnswerBox", "AnswerBox", "AnswerBoxEnd")
Make = Callable[[Job, "Office"], Node]


class Office:
    """Office files: native equations, pictures as PNG, because only new versions show SVG."""

    needs_widths = False

    def __init__(self, pictures: dict[str, bytes] | None = None) -> None:
        self.pictures = pictures or {}
        self.formulas: list[str] = []
        self.wanted: list[tuple[str, Drawing]] = []
        self.widest: tuple[float, float] | None = None

    def metadata(self) -> dict[str, str]:
        """Return nothing: the reference document has the look."""
        return {}

    def text(self, text: str) -> list[Node]:
        """Return the text; the file's XML escapes it."""
        return literal(text)

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return the formula, from which pandoc makes an equation."""
        del words
        self.formulas.append(latex)
        return [maths(latex, display=display)]

    def picture(self, drawing: Drawing, alternative: str) -> list[Node]:
        """Return the drawing as an image; all images of a document are made together, before it is written."""
        svg = to_svg(drawing, "print")
        self.wanted.append((svg, drawing))
        scale = scale_of(drawing)
        if self.widest is not None:
            scale = min(self.widest[0] / drawing.width, self.widest[1] / drawing.height)
        image = b64encode(self.pictures.get(svg, b"")).decode()
        size = [
            ["width", f"{drawing.width * scale:.1f}pt"],
            ["height", f"{drawing.height * scale:.1f}pt"],
        ]
        return [self._image(image, size, alternative)]

    def _image(self, image: str, size: list[list[str]], alternative: str) -> Node:
        target = [f"data:image/png;base64,{image}", ""]
        return element("Para", [element("Image", ["", [], size], literal(alternative), target)])

    def beside(self, first: list[Node], second: list[Node]) -> list[Node]:
        """Return the one below the other."""
        return [*first, *second]

    def finished(self, content: bytes) -> bytes:
        """Return the file as it is."""
        return content

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return the blocks; a caption or note has the style of that name."""
        if name in ("caption", "note"):
            return [division(name, blocks, **{"custom-style": name.capitalize()})]
        return blocks


class Word(Office):
    """Word: room for an answer is a line of the text, so that it can be written on paper and in the program."""

    needs_widths = True

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return the formula, each of its lines an equation."""
        del words
        lines = word_lines(latex) if display else [word_formula(latex)]
        return [maths(line, display=display) for line in lines]

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return the blocks, those that a worksheet has too."""
        line = "<w:r><w:tab/></w:r>"
        empty = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr></w:p>'
        page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        room = self._room(name, blocks, "openxml", line, empty, page)
        return room or super().boxed(name, blocks)

    def finished(self, content: bytes) -> bytes:
        """Return pandoc's file with displayed formulas at the left, where their signs stand under each other."""
        return with_parts(content, {"word/document.xml": _at_the_left})

    def _room(
        self, name: str, blocks: list[Node], language: str, line: str, empty: str, page: str
    ) -> list[Node]:
        """Return room for an answer, or where the next sheet begins; nothing for other boxes.

        `line` leads to the end of the line, `empty` is an empty line of a box in some style, `page` ends a page.
        """
        if name == "formula":
            lines = [element("Para", [line]) for block in blocks for line in block["c"]]
            return [*(_styled(_LINE, [line]) for line in lines[:-1]), _styled(_LAST, lines[-1:])]
        if name == "lead":
            return [_styled(_LEAD, [block]) for block in blocks]
        if name == "step":
            return [*map(_kept, blocks[:-1]), *blocks[-1:]]
        if name == "newpage":
            return [element("RawBlock", language, page)]
        if name == "answerbox":
            return [
                _styled(_LABEL, blocks),
                *(element("RawBlock", language, empty.format(style)) for style in _BOX),
            ]
        if name in ("answerline", "answergrid"):
            ruled = [
                element(
                    block["t"], [*block["c"], literal(" ")[0], element("RawInline", language, line)]
                )
                for block in blocks
            ]
            squares = self.picture(squared(), "") if name == "answergrid" else []
            return [_styled(_RULED, ruled), *squares]
        return []


class OpenText(Word):
    """OpenDocument text, whose formulas are written for LibreOffice too."""

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return the formula, from which pandoc makes MathML."""
        return Office.formula(self, latex, words, display=display)

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return the blocks, those that a worksheet has too."""
        line = "<text:tab/>"
        empty = '<text:p text:style-name="{}"/>'
        page = '<text:p text:style-name="PageBreak"/>'
        room = self._room(name, blocks, "opendocument", line, empty, page)
        return room or Office.boxed(self, name, blocks)

    def finished(self, content: bytes) -> bytes:
        """Return pandoc's file with its formulas in StarMath; the width of a line is that of A4."""
        return finished_text(content, self.formulas)


class Slides(Office):
    """PowerPoint: the picture beside the formulas."""

    def __init__(self, pictures: dict[str, bytes] | None = None) -> None:
        super().__init__(pictures)
        self.widest = _SLIDE_PICTURE

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return the formula; of all formulas a slide shows only the one that stands by itself."""
        del words
        if display:
            self.formulas.append(latex)
        return [maths(slide_formula(latex), display=display)]

    def finished(self, content: bytes) -> bytes:
        """Return pandoc's file with its formulas in two ways, of which each program takes the one it reads."""
        return finished_slides(content, self.formulas)

    def _image(self, image: str, size: list[list[str]], alternative: str) -> Node:
        # What stands where a description does would be printed under the picture; a title is not.
        target = [f"data:image/png;base64,{image}", alternative]
        return element("Para", [element("Image", ["", [], size], [], target)])

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return a division where it means something on a slide."""
        if name in ("columns", "column", "notes"):
            return [division(name, blocks)]
        return blocks


def _styled(style: str, blocks: list[Node]) -> Node:
    return division(style.lower(), blocks, **{"custom-style": style})


def _kept(block: Node) -> Node:
    """Return a paragraph so that it stays on the page of what follows."""
    if block["t"] == "Para":
        return _styled(_LEAD, [block])
    for style, kept in ((_LAST, _LINE), (_NOTE, _NOTE_LEAD)):
        if block["c"][0] == _styled(style, [])["c"][0]:
            return _styled(kept, block["c"][1])
    return block


def _at_the_left(part: bytes) -> bytes:
    text = as_word_writes(part.decode())
    return text.replace('<m:jc m:val="center" />', '<m:jc m:val="left" />').encode()


def squared() -> Drawing:
    """Return squared paper, each square half a centimetre wide."""
    side = _SQUARE / SCALE
    width, height = side * _SQUARES[0], side * _SQUARES[1]
    ends = [(x * side, 0.0, x * side, height) for x in range(_SQUARES[0] + 1)]
    ends += [(0.0, y * side, width, y * side) for y in range(_SQUARES[1] + 1)]
    lines = [
        Curve(f"line:{number}", (a, b, a, b, c, d, c, d), _HAIRLINE, "quiet")
        for number, (a, b, c, d) in enumerate(ends)
    ]
    return Drawing(width, height, tuple(lines))


def _office(job: Job, to: str, kind: type[Office], make: Make, *options: str) -> bytes:
    """Write an office file: once to learn which pictures it needs, then with them."""
    asking = kind()
    make(job, asking)
    pictures = _as_png(asking.wanted)
    dialect = kind(stand_ins(pictures))
    made = make(job, dialect)
    content = dialect.finished(run_pandoc(json.encode(made), to, options))
    return with_pictures(content, pictures)


def _whole(job: Job, dialect: Office) -> Node:
    return tree(job.document, job.drawing, dialect)


def _as_png(wanted: list[tuple[str, Drawing]]) -> dict[str, bytes]:
    """Return every picture as PNG, all set by one run of Typst, a page for each."""
    pictures = dict(wanted)
    if not pictures:
        return {}
    pages = [
        f"#page(width: {drawing.width}pt, height: {drawing.height}pt, margin: 0pt, fill: white,"
        f' image(bytes(pictures.at({number})), format: "svg", width: 100%))'
        for number, drawing in enumerate(pictures.values())
    ]
    source = "#let pictures = json(bytes(sys.inputs.pictures))\n" + "\n".join(pages)
    data = {"pictures": json.encode(list(pictures)).decode()}
    made: Any = run_typst(source, data, format="png", ppi=72.0 * _SHARPNESS)
    return dict(zip(pictures, made if isinstance(made, list) else [made], strict=True))


def docx(job: Job) -> bytes:
    """Return a Word document with native equations."""
    return _office(job, "docx", Word, _whole, f"--reference-doc={template(job.paper + '.docx')}")


def odt(job: Job) -> bytes:
    """Return an OpenDocument text with native equations."""
    return _office(job, "odt", OpenText, _whole, f"--reference-doc={template(job.paper + '.odt')}")


def pptx(job: Job) -> bytes:
    """Return a slide for every step, with the graph beside its formulas and the words as the speaker's notes."""
    reference = f"--reference-doc={template('pptx')}"
    return _office(job, "pptx", Slides, slide_tree, "--slide-level=2", reference)
