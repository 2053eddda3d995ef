"""The worked example for the window: as a file in any format, and as what is looked at before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explainer.messages import Refused, message
from explainer.pages.selection import Selection
from explainer.protocol import HerePreview

if TYPE_CHECKING:
    from explainer.lesson.lesson import Lesson
    from explainer.pages.page import Document
    from explainer.protocol import WantExport
    from explainer.trace.check import CheckReport
    from explainer.trace.record import Run

# Formats that are read as they are written. What is longer is cut in the preview.
_READABLE = ("tex", "md", "py", "numpy", "csv", "moodle")
_MOST_SHOWN = 60_000


def written(
    request: WantExport, lesson: Lesson, runs: list[Run], report: CheckReport | None
) -> bytes:
    """Return the content of the file. Raises as `publish`."""
    from explainer.render.publish import publish

    return publish(
        _document(request, lesson, runs, report),
        lesson,
        runs,
        request.format,
        request.language,
        request.digits,
        request.view,
        request.paper,
        selection_of(request),
    )


def looked_at(
    number: int, request: WantExport, lesson: Lesson, runs: list[Run], report: CheckReport | None
) -> HerePreview:
    """Return what the file would show: its text, the picture, or the pages of the document."""
    if request.format in _READABLE:
        text = written(request, lesson, runs, report).decode("utf-8-sig", "replace")
        cut = len(text) > _MOST_SHOWN
        return HerePreview(number, text=text[:_MOST_SHOWN] + ("\n…" if cut else ""))
    if request.format in ("svg", "png"):
        from msgspec.structs import replace

        picture = written(replace(request, format="svg"), lesson, runs, report)
        return HerePreview(number, (picture.decode(),))
    from explainer.render.printed import printed_pages

    document = _document(request, lesson, runs, report)
    pages = printed_pages(document, lesson, runs, request.language, request.digits, request.paper)
    return HerePreview(number, pages)


def needs_check(request: WantExport) -> bool:
    """Tell whether the document prints what the check of the gradients found."""
    from explainer.render.publish import FORMATS

    return FORMATS[request.format].is_document and selection_of(request).is_whole


def selection_of(request: WantExport) -> Selection:
    """Return how much is shown."""
    return Selection(request.phases, request.steps, request.depth)


def _document(
    request: WantExport, lesson: Lesson, runs: list[Run], report: CheckReport | None
) -> Document:
    from explainer.pages.worked_example import worked_example

    selection = selection_of(request)
    if not any(selection.has(step) for run in runs for step in run.summary.steps):
        raise Refused(message("the lesson has none of these steps"))
    return worked_example(lesson, runs, request.language, request.digits, selection, report)
