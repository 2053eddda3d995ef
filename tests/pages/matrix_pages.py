"""What the tests of pages in matrices ask of a page."""

from explainer.lesson.examples import example
from explainer.lesson.lesson import Lesson
from explainer.messages import Refused
from explainer.pages.matrices import matrix_page
from explainer.pages.page import Formula, Page, Paragraph, Row, plain
from explainer.trace.record import Run
from explainer.trace.run import trace

LECTURE = example("lecture-2-2-1")


def runs_of(shown: Lesson, passes: int = 1) -> tuple[Run, ...]:
    try:
        return trace(shown, passes)
    except Refused:
        return ()


def pages(shown: Lesson, language: str = "en") -> list[tuple[int, Page]]:
    runs = trace(shown, 1)
    found = []
    for step in runs[0].summary.steps:
        page = matrix_page(runs, 0, step.index, language, 5)
        if page is not None:
            found.append((step.index, page))
    return found


def page_of(shown: Lesson, kind: str, subject: str | None = None) -> Page:
    runs = trace(shown, 1)
    step = next(
        step
        for step in runs[0].summary.steps
        if step.kind == kind and subject in (None, step.subject)
    )
    page = matrix_page(runs, 0, step.index, "en", 5)
    assert page is not None
    return page


def rows_of(page: Page) -> list[Row]:
    return [row for block in page.blocks if isinstance(block, Formula) for row in block.rows]


def said(page: Page) -> list[str]:
    return [plain(block.text) for block in page.blocks if isinstance(block, Paragraph)]


def texts(page: Page) -> list[str]:
    return [row.text for row in rows_of(page)]
