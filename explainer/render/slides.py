"""A lesson as slides: one for every step, the graph with its path lit beside the formulas, the words as speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from explainer.lesson.lesson import text_in
from explainer.messages import message, translate
from explainer.pages.document import PHASE_HEADINGS
from explainer.pages.narrate import narrate
from explainer.pages.page import Block, Figure, Formula, Heading, Page, Paragraph, Row, plain
from explainer.render.formula_lines import lines_of
from explainer.render.formula_width import lines
from explainer.render.pandoc_tree import Dialect, Node, nodes_of, whole
from explainer.render.publish_job import Job

# A line of half a slide in em, and how many lines it holds, a fraction counting as two.
_ROOM = 22.0
_MOST_LINES = 11


def slide_tree(job: Job, dialect: Dialect) -> Node:
    """Return the slides as pandoc's tree: a title, a slide for each phase, one for each step."""
    title = text_in(job.lesson.title, job.language)
    writer = _Writer(job, dialect)
    return whole(list(writer.slides(title)), title, job.language, dialect)


class _Writer:
    """Writes the slides of every pass."""

    def __init__(self, job: Job, dialect: Dialect) -> None:
        self.job, self.dialect = job, dialect

    def slides(self, title: str) -> Iterator[Node]:
        """Yield the blocks of all slides."""
        job = self.job
        yield from self._nodes([Heading(1, (title,))])
        described = [
            block
            for block in job.document.blocks
            if isinstance(block, Figure) and block.step_index is None
        ]
        if described:
            caption = described[0].caption
            figure = Figure(0, None, (), described[0].alternative)
            yield from self._nodes([Heading(2, caption), figure])
        for run in job.runs:
            shown = [step for step in run.summary.steps if job.selection.has(step)]
            for phase, steps in groupby(shown, key=lambda step: step.phase):
                yield from self._nodes(
                    [Heading(1, (translate(PHASE_HEADINGS[phase], job.language),))]
                )
                for step in steps:
                    yield from self._step(run.pass_index, step.index)

    def _step(self, pass_index: int, step_index: int) -> Iterator[Node]:
        job = self.job
        page = narrate(job.runs, pass_index, step_index, job.language, job.digits)
        rows = [row for block in page.blocks if isinstance(block, Formula) for row in block.rows]
        figure = Figure(pass_index, step_index, (), page.announcement, lit=True)
        for number, part in enumerate(_parts(rows)):
            again = translate(message(" (continued)"), job.language) if number else ""
            # Outlines, and some programs that show slides, know no formulas in titles.
            yield from self._nodes([Heading(2, (f"{step_index + 1}. {plain(page.title)}{again}",))])
            columns = [
                *self.dialect.boxed("column", self._nodes([Formula(tuple(part))])),
                *self.dialect.boxed("column", self._nodes([figure])),
            ]
            yield from self.dialect.boxed("columns", columns)
            if number == 0:
                yield from self.dialect.boxed("notes", self._nodes(_words(page)))

    def _nodes(self, blocks: Sequence[Block]) -> list[Node]:
        return nodes_of(blocks, self.job.drawing, self.dialect, _ROOM)


def _words(page: Page) -> list[Block]:
    """Return the sentences of a step without the marks that a document gives them."""
    return [Paragraph(block.text) for block in page.blocks if isinstance(block, Paragraph)]


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut the lines of a derivation into what a slide can hold."""
    part: list[Row] = []
    for row in rows:
        if part and _height([*part, row]) > _MOST_LINES:
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _height(rows: Sequence[Row]) -> int:
    return sum(lines(line.left + line.right) for line in lines_of(tuple(rows), _ROOM))
