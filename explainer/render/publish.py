"""Documents from one page model: pandoc writes web pages, LaTeX and office files, Typst sets the PDF and the PNG.

A format is one row of `FORMATS`; the command line, the window and the tests read that table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec import json

from explainer.messages import Message, message
from explainer.pages.page import Document, Figure
from explainer.pages.selection import WHOLE, Selection
from explainer.pages.sheets.form import Paper
from explainer.render.dialects import Html, Latex
from explainer.render.markdown import markdown
from explainer.render.office import docx, odt, pptx
from explainer.render.publish_job import Job, pandoc
from explainer.render.svg import to_svg
from explainer.render.tables_of_values import values_as_csv
from explainer.render.typesetting import run_typst, template
from explainer.render.typst_pages import as_pdf, set_for_typst
from explainer.render.views import View

if TYPE_CHECKING:
    from explainer.lesson.lesson import Lesson
    from explainer.render.shapes import Drawing
    from explainer.trace.record import Run

# Pixels per unit of a drawing in the PNG: sharp on paper and on dense screens.
_SHARPNESS = 3
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a worked example: its name, what its files end in, the function that makes their content.

    A document prints the whole example; the others are made from its numbers. Worksheets are written in documents that
    have room for an answer; `make_all` makes many at once where that is faster than one after the other.
    """

    name: str
    label: Message
    endings: tuple[str, ...]
    make: Callable[[Job], bytes]
    is_document: bool = True
    for_sheets: bool = False
    make_all: Callable[[Sequence[Job]], Iterator[bytes]] | None = None


def publish(
    document: Document,
    lesson: Lesson,
    runs: Sequence[Run],
    format_name: str,
    language: str,
    digits: int,
    view: View = "neurons",
    paper: Paper = "a4",
    selection: Selection = WHOLE,
) -> bytes:
    """Return the content of a file in a format of `FORMATS`.

    `runs` are those the document speaks of; a picture alone shows the lesson in a `view`, documents show its neurons. Slides and questions take the steps of the `selection`, as the document has. Raises NotWritten where a part of the program is missing or fails,
    Refused where a format cannot hold such a lesson, KeyError where there is no such format. The same arguments give the same bytes.
    """
    shown: View = view if format_name in ("svg", "png") else "neurons"
    job = Job(document, lesson, runs, language, digits, shown, paper, selection)
    return FORMATS[format_name].make(job)


def publish_all(jobs: Sequence[Job], format_name: str) -> Iterator[bytes]:
    """Yield the content of the file of each document, the same bytes as one by one. Raises as `publish`."""
    row = FORMATS[format_name]
    yield from map(row.make, jobs) if row.make_all is None else row.make_all(jobs)


def format_of(file_name: str) -> Format | None:
    """Return the format that a file's ending asks for, the longest there is; None where there is none."""
    name = file_name.lower()
    found = [
        (len(ending), row)
        for row in FORMATS.values()
        for ending in row.endings
        if name.endswith(ending)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _html(job: Job) -> bytes:
    dialect = Html()
    page = pandoc(job, dialect, "html5", "--mathml", f"--template={template('html')}", *_paper(job))
    return dialect.finished(page.decode()).encode()


def _tex(job: Job) -> bytes:
    options = ["--shift-heading-level-by=-1", f"--template={template('tex')}", *_paper(job)]
    if job.document.language == "ru":
        options.append("--variable=russian")
    if _CYRILLIC.search(json.encode(job.document).decode()):
        options.append("--variable=cyrillic")
    return pandoc(job, Latex(), "latex", *options)


def pages_as_svg(
    document: Document,
    lesson: Lesson,
    runs: Sequence[Run],
    language: str,
    digits: int,
    paper: Paper = "a4",
) -> tuple[str, ...]:
    """Return the pages of the PDF as SVG text, for who draws them itself: a printer, a preview. Raises as `publish`."""
    job = Job(document, lesson, runs, language, digits, paper=paper)
    ((source, data),) = set_for_typst([job])
    made: Any = run_typst(source, data, system_fonts=True, format="svg")
    # One page comes alone, several as a list.
    pages: list[bytes] = made if isinstance(made, list) else [made]
    return tuple(page.decode() for page in pages)


def _paper(job: Job) -> tuple[str, ...]:
    """Return what tells a template of pandoc's about paper that is not A4."""
    return () if job.paper == "a4" else (f"--variable={job.paper}",)


def _pdf(job: Job) -> bytes:
    (made,) = _pdfs([job])
    return made


def _pdfs(jobs: Sequence[Job]) -> Iterator[bytes]:
    return map(as_pdf, set_for_typst(jobs))


def _svg(job: Job) -> bytes:
    return to_svg(_result(job), "print").encode()


def _png(job: Job) -> bytes:
    drawing = _result(job)
    source = (
        f"#set page(width: {drawing.width}pt, height: {drawing.height}pt, margin: 0pt, fill: white)\n"
        "#image(bytes(sys.inputs.picture), width: 100%)"
    )
    data = {"picture": to_svg(drawing, "print")}
    made: bytes = run_typst(source, data, format="png", ppi=72.0 * _SHARPNESS)
    return made


def _python(job: Job) -> bytes:
    # Imported here, as in the rows below: most exports have no use for them.
    from explainer.render.program import program_source

    return program_source(job.runs[0], "torch", job.language).encode()


def _numpy(job: Job) -> bytes:
    from explainer.render.program import program_source

    return program_source(job.runs[0], "numpy", job.language).encode()


def _notebook(job: Job) -> bytes:
    from explainer.render.notebook import notebook

    return notebook(job)


def _moodle(job: Job) -> bytes:
    from explainer.render.moodle import moodle

    return moodle(job)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("pdf", message("PDF document"), (".pdf",), _pdf, for_sheets=True, make_all=_pdfs),
        Format("html", message("Web page"), (".html", ".htm"), _html, for_sheets=True),
        Format("tex", message("LaTeX document"), (".tex",), _tex, for_sheets=True),
        Format("docx", message("Word document"), (".docx",), docx, for_sheets=True),
        Format("odt", message("OpenDocument text"), (".odt",), odt, for_sheets=True),
        Format("pptx", message("Slides (PowerPoint)"), (".pptx",), pptx),
        Format("md", message("Markdown"), (".md",), markdown, for_sheets=True),
        Format("ipynb", message("Jupyter notebook"), (".ipynb",), _notebook),
        Format("py", message("PyTorch program"), (".py",), _python, is_document=False),
        Format("numpy", message("NumPy program"), (".numpy.py",), _numpy, is_document=False),
        Format(
            "csv", message("Table of all values (CSV)"), (".csv",), values_as_csv, is_document=False
        ),
        Format(
            "moodle", message("Questions for Moodle (XML)"), (".xml",), _moodle, is_document=False
        ),
        Format("svg", message("Picture of the network (SVG)"), (".svg",), _svg, is_document=False),
        Format("png", message("Picture of the network (PNG)"), (".png",), _png, is_document=False),
    )
}


def _result(job: Job) -> Drawing:
    """Return the drawing of the first pass when its error is known: all values, and the weights they came from."""
    steps = job.runs[0].summary.steps
    last = max(step.index for step in steps if step.phase in ("forward", "error"))
    return job.drawing(Figure(0, last, (), ""))
