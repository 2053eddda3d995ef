"""The pages of a lesson one by one, for tests of what is told."""

from explainer.pages.narrate import narrate
from explainer.pages.page import Formula, Paragraph, plain
from explainer.trace.run import trace


def rows_of(page):
    return [row for block in page.blocks if isinstance(block, Formula) for row in block.rows]


def said(page):
    return [plain(block.text) for block in page.blocks if isinstance(block, Paragraph)]


def pages_of(lesson, passes=1, language="en", digits=15):
    runs = trace(lesson, passes)
    for run in runs:
        for step in run.summary.steps:
            yield run, step, narrate(runs, run.pass_index, step.index, language, digits)


def page_at(lesson, kind, address, sample=0):
    return next(
        page
        for _, step, page in pages_of(lesson, digits=5)
        if (step.kind, step.address, step.sample) == (kind, address, sample)
    )
