"""Word, OpenDocument, PowerPoint and Markdown: formulas stay formulas of the program that opens the file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from msgspec import json

from explainer.render.dialects import scale_of
from explainer.render.pandoc_tree import Node, division, element, literal, maths, tree
from explainer.render.publish_job import Job, pandoc
from explainer.render.shapes import Drawing
from explainer.render.slides import slide_tree
from explainer.render.svg import to_svg
from explainer.render.typesetting import run_pandoc, run_typst, template

# Pixels per unit of a drawing.
_SHARPNESS = 1.7
_MARKDOWN = "markdown_strict+tex_math_dollars+pipe_tables+backtick_code_blocks"
# Points of a slide for a picture.
_SLIDE_PICTURE = (300.0, 250.0)
Make = Callable[[Job, "Office"], Node]


class Office:
    """Office files: native equations, pictures as PNG, because only new versions show SVG."""

    def __init__(self, pictures: dict[str, bytes] | None = None) -> None:
        self.pictures = pictures or {}
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

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return the blocks; a caption or note has the style of that name."""
        if name in ("caption", "note"):
            return [division(name, blocks, **{"custom-style": name.capitalize()})]
        return blocks


class Slides(Office):
    """PowerPoint: the picture beside the formulas."""

    def __init__(self, pictures: dict[str, bytes] | None = None) -> None:
        super().__init__(pictures)
        self.widest = _SLIDE_PICTURE

    def _image(self, image: str, size: list[list[str]], alternative: str) -> Node:
        # What stands where a description does would be printed under the picture; a title is not.
        target = [f"data:image/png;base64,{image}", alternative]
        return element("Para", [element("Image", ["", [], size], [], target)])

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return a division where it means something on a slide."""
        if name in ("columns", "column", "notes"):
            return [division(name, blocks)]
        return blocks


class Markdown(Office):
    """Markdown with formulas between dollar signs; pictures lie inside, so that it is one file."""

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return the formula without the sign that would end a cell of a table."""
        del words
        latex = latex.replace("\\|", "\\Vert ").replace("|", "\\vert ")
        return [maths(latex, display=display)]

    def picture(self, drawing: Drawing, alternative: str) -> list[Node]:
        """Return the drawing as SVG inside the text."""
        svg = b64encode(to_svg(drawing, "print").encode()).decode()
        target = [f"data:image/svg+xml;base64,{svg}", ""]
        return [element("Para", [element("Image", ["", [], []], literal(alternative), target)])]

    def boxed(self, name: str, blocks: list[Node]) -> list[Node]:
        """Return the blocks alone."""
        del name
        return blocks


def markdown(job: Job) -> bytes:
    """Return the document as Markdown that GitHub, Jupyter and others read."""
    return pandoc(job, Markdown(), _MARKDOWN)


def _office(job: Job, to: str, kind: type[Office], make: Make, *options: str) -> bytes:
    """Write an office file: once to learn which pictures it needs, then with them."""
    asking = kind()
    make(job, asking)
    made = make(job, kind(_as_png(asking.wanted)))
    return run_pandoc(json.encode(made), to, options)


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
    return _office(job, "docx", Office, _whole, f"--reference-doc={template(job.paper + '.docx')}")


def odt(job: Job) -> bytes:
    """Return an OpenDocument text with native equations."""
    return _office(job, "odt", Office, _whole, f"--reference-doc={template(job.paper + '.odt')}")


def pptx(job: Job) -> bytes:
    """Return a slide for every step, with the graph beside its formulas and the words as the speaker's notes."""
    reference = f"--reference-doc={template('pptx')}"
    return _office(job, "pptx", Slides, slide_tree, "--slide-level=2", reference)
