"""Documents from one page model: pandoc writes HTML and LaTeX, Typst sets the PDF and the PNG.

A format is one row of `FORMATS`; the command line, the window and the tests read that table.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import json, structs

from explainer.messages import Message, NotWritten, message
from explainer.pages.page import Document, Figure
from explainer.pages.sheets.form import Paper
from explainer.render.dialects import Html, Latex, Typst
from explainer.render.pandoc_tree import Dialect, Draw, tree
from explainer.render.svg import to_svg
from explainer.render.views import View, draw_view
from explainer.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

    from explainer.lesson.lesson import Lesson
    from explainer.render.shapes import Drawing
    from explainer.trace.record import Run

# A document takes pandoc a tenth of a second; what takes this long hangs.
_TIME_LIMIT = 60
# Pixels per unit of a drawing in the PNG: sharp on paper and on dense screens.
_SHARPNESS = 3
_TEMPLATES = "templates"
_TYPST_PAPER: dict[Paper, str] = {"a4": "a4", "letter": "us-letter"}
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Job:
    """What a format is made from: the finished document, and the lesson's run for its pictures."""

    document: Document
    lesson: Lesson
    runs: Sequence[Run]
    language: str
    digits: int
    view: View = "neurons"
    paper: Paper = "a4"

    def drawing(self, figure: Figure) -> Drawing:
        """Return the drawing of the network at the moment a figure shows."""
        run = self.runs[figure.pass_index]
        moment = _moment(run.lesson, run, figure)
        # What is left out of the moment must not come back from the pass as a whole.
        whole = figure.step_index is not None and not figure.without
        one_pass = run.summary if whole else None
        return draw_view(
            self.view, run.lesson, moment, one_pass, digits=self.digits, language=self.language
        )


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a worked example: its name, what its files end in, the function that makes their content."""

    name: str
    label: Message
    endings: tuple[str, ...]
    make: Callable[[Job], bytes]


def publish(
    document: Document,
    lesson: Lesson,
    runs: Sequence[Run],
    format_name: str,
    language: str,
    digits: int,
    view: View = "neurons",
    paper: Paper = "a4",
) -> bytes:
    """Return the content of a file in a format of `FORMATS`.

    `runs` are those the document speaks of; a picture alone shows the lesson in a `view`, documents show its neurons. Raises NotWritten where a part of the program is missing or fails,
    KeyError where there is no such format. The same arguments give the same bytes.
    """
    shown: View = view if format_name in ("svg", "png") else "neurons"
    job = Job(document, lesson, runs, language, digits, shown, paper)
    return FORMATS[format_name].make(job)


def format_of(file_name: str) -> Format | None:
    """Return the format that a file's ending asks for, None where there is none."""
    name = file_name.lower()
    return next((row for row in FORMATS.values() if name.endswith(row.endings)), None)


def _html(job: Job) -> bytes:
    dialect = Html()
    page = _pandoc(
        job, dialect, "html5", "--mathml", f"--template={_template('html')}", *_paper(job)
    )
    return dialect.finished(page).encode()


def _tex(job: Job) -> bytes:
    options = ["--shift-heading-level-by=-1", f"--template={_template('tex')}", *_paper(job)]
    if job.document.language == "ru":
        options.append("--variable=russian")
    if _CYRILLIC.search(json.encode(job.document).decode()):
        options.append("--variable=cyrillic")
    return _pandoc(job, Latex(), "latex", *options).encode()


def pages_as_svg(
    document: Document, lesson: Lesson, runs: Sequence[Run], language: str, digits: int
) -> tuple[str, ...]:
    """Return the pages of the PDF as SVG text, for who draws them itself: a printer, a preview. Raises as `publish`."""
    source, data = _set_for_typst(Job(document, lesson, runs, language, digits))
    made: Any = _typst(source, data, system_fonts=True, format="svg")
    # One page comes alone, several as a list.
    pages: list[bytes] = made if isinstance(made, list) else [made]
    return tuple(page.decode() for page in pages)


def _set_for_typst(job: Job) -> tuple[str, dict[str, str]]:
    """Return the Typst source of a document, and the texts of users that it reads as data."""
    dialect = Typst()
    body = dialect.finished(_pandoc(job, dialect, "typst"))
    source = _template("typ").read_text("utf-8") + body
    data = {
        "title": job.document.title,
        "paper": _TYPST_PAPER[job.paper],
        "lang": job.document.language,
        "words": json.encode(dialect.words).decode(),
        "pictures": json.encode(dialect.pictures).decode(),
    }
    return source, data


def _paper(job: Job) -> tuple[str, ...]:
    """Return what tells a template of pandoc's about paper that is not A4."""
    return () if job.paper == "a4" else (f"--variable={job.paper}",)


def _pdf(job: Job) -> bytes:
    source, data = _set_for_typst(job)
    # A letter that none of the program's fonts has may be in one of the computer's; where it is in none, the
    # accessibility standard refuses the document, and the reader still gets one without that promise.
    attempts: tuple[dict[str, Any], ...] = (
        {"pdf_standards": "ua-1"},
        {"pdf_standards": "ua-1", "system_fonts": True},
    )
    for settings in attempts:
        try:
            return _typst(source, data, **settings)
        except NotWritten:
            continue
    return _typst(source, data, system_fonts=True)


def _svg(job: Job) -> bytes:
    return to_svg(_result(job), "print").encode()


def _png(job: Job) -> bytes:
    drawing = _result(job)
    source = (
        f"#set page(width: {drawing.width}pt, height: {drawing.height}pt, margin: 0pt, fill: white)\n"
        "#image(bytes(sys.inputs.picture), width: 100%)"
    )
    data = {"picture": to_svg(drawing, "print")}
    return _typst(source, data, format="png", ppi=72.0 * _SHARPNESS)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("pdf", message("PDF document"), (".pdf",), _pdf),
        Format("html", message("Web page"), (".html", ".htm"), _html),
        Format("tex", message("LaTeX document"), (".tex",), _tex),
        Format("svg", message("Picture of the network (SVG)"), (".svg",), _svg),
        Format("png", message("Picture of the network (PNG)"), (".png",), _png),
    )
}


def _result(job: Job) -> Drawing:
    """Return the drawing of the first pass when its error is known: all values, and the weights they came from."""
    steps = job.runs[0].summary.steps
    last = max(step.index for step in steps if step.phase in ("forward", "error"))
    return job.drawing(Figure(0, last, (), ""))


def _moment(lesson: Lesson, run: Run, figure: Figure) -> Any:
    """Return what is known at a figure's moment, with nothing of the network in focus."""
    from explainer.trace.moment import moment_at, starting_moment
    from explainer.trace.steps import Focus

    if figure.step_index is None:
        start = starting_moment(lesson)
        return structs.replace(start, parameters=dict(run.summary.parameters_before))
    moment = moment_at(lesson, run.summary, figure.step_index)
    if figure.without:
        kept = {name: value for name, value in moment.values.items() if name not in figure.without}
        moment = structs.replace(moment, values=kept, deltas={}, derivatives={}, step=None)
    return structs.replace(moment, phase=None, focus=Focus(), step=moment.step)


def _template(ending: str) -> Path:
    return resource(_TEMPLATES, f"worked-example.{ending}")


def _pandoc(job: Job, dialect: Dialect, to: str, *options: str) -> str:
    """Return the document as pandoc writes it; pandoc may read nothing but its input and the template."""
    drawing: Draw = job.drawing
    content = json.encode(tree(job.document, drawing, dialect))
    command = [_pandoc_path(), "--sandbox", "--wrap=none", "--from=json", f"--to={to}", *options]
    try:
        result = subprocess.run(  # noqa: S603 - the program that came with this one, no shell
            command, input=content, capture_output=True, timeout=_TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotWritten(
            message("pandoc did not finish within {limit} seconds", limit=_TIME_LIMIT)
        ) from None
    except OSError as error:
        raise NotWritten(
            message("pandoc could not be started: {reason}", reason=_line(error))
        ) from None
    if result.returncode != 0:
        reason = _line(result.stderr.decode("utf-8", "replace"))
        raise NotWritten(message("pandoc could not write the document: {reason}", reason=reason))
    return result.stdout.decode()


@cache
def _pandoc_path() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        raise NotWritten(
            message("pandoc is missing: install the package pypandoc_binary")
        ) from None


def _typst(
    source: str, data: dict[str, str], *, system_fonts: bool = False, **settings: Any
) -> bytes:
    """Return what Typst makes of a source; what a user typed stands in `data`, never in the source."""
    try:
        import typst
    except ImportError:
        raise NotWritten(message("Typst is missing: install the package typst")) from None
    try:
        content: bytes = typst.compile(
            source.encode(),
            None,
            root=str(resource(_TEMPLATES)),
            font_paths=_fonts(system_fonts=system_fonts),
            sys_inputs=data,
            **settings,
        )
        return content
    except typst.TypstError as error:
        raise NotWritten(
            message("Typst could not set the document: {reason}", reason=_line(error))
        ) from None


@cache
def _fonts(*, system_fonts: bool) -> Any:
    """Return the program's fonts and Typst's own, read once; with the computer's where a letter is in none of them."""
    import typst

    return typst.Fonts(include_system_fonts=system_fonts, font_paths=[str(resource("fonts"))])


def _line(reason: object) -> str:
    """Return the first line of what a tool says."""
    return (str(reason).strip().splitlines() or [""])[0]
