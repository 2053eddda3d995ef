"""Markdown that GitHub, Jupyter and others read: one file, its pictures inside."""

from __future__ import annotations

from base64 import b64encode

from explainer.render.office import Office
from explainer.render.pandoc_tree import Node, element, literal, maths
from explainer.render.publish_job import Job, pandoc
from explainer.render.shapes import Drawing
from explainer.render.svg import to_svg

# With raw_tex a backslash is written twice, since many readers of Markdown take what follows one for a command of TeX.
_MARKDOWN = "markdown_strict+tex_math_dollars+pipe_tables+backtick_code_blocks+raw_tex"
# Empty lines to write into, and strokes of a line.
_LINES_OF_BOX, _STROKES = 4, 30


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
        """Return the blocks; room for an answer is a line of low strokes, or lines of code, which stay empty."""
        if name == "newpage":
            return [{"t": "HorizontalRule"}]
        if name == "answerline":
            line = element("RawInline", "markdown", " \\_" + "\\_" * _STROKES)
            return [element(block["t"], [*block["c"], line]) for block in blocks]
        if name in ("answerbox", "answergrid"):
            room = "\n".join(" " for _ in range(_LINES_OF_BOX))
            return [*blocks, element("CodeBlock", ["", [], []], room)]
        return blocks


def markdown(job: Job) -> bytes:
    """Return the document as Markdown that GitHub, Jupyter and others read."""
    return pandoc(job, Markdown(), _MARKDOWN)
