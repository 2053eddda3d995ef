"""Making worksheets with their keys as PDF, every key checked. Arguments: how many variants, how often at most, how many seconds.

Says, alternately, the seconds that takes, and those of pandoc and Typst alone on the same finished pages, one pandoc for each
page, as many at a time; of every third sheet and its key, times three.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from msgspec import json

from explainer.lesson.examples import example
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.plan import Options
from explainer.pages.sheets.series import must_be_right, series
from explainer.pages.sheets.sheet import key, worksheet
from explainer.render import publish_sheets
from explainer.render.dialects import Typst
from explainer.render.pandoc_tree import Node, maths, tree
from explainer.render.publish_job import Job
from explainer.render.publish_sheets import sheet_files
from explainer.render.typesetting import run_pandoc, run_typst
from explainer.render.typst_formulas import forget
from explainer.render.typst_pages import Set, set_for_typst
from scripts.bench.children.said import say

_EVERY = 3
LESSON, LANGUAGE, DIGITS = "mazur-2-2-2", "en", 4


class Untranslated(Typst):
    """Typst with formulas still in LaTeX, for pandoc to translate."""

    def formula(self, latex: str, words: str, *, display: bool) -> list[Node]:
        """Return the formula alone."""
        del words
        return [maths(latex, display=display)]


def main() -> None:
    """Measure."""
    count, most, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    first = time.perf_counter()
    for _ in range(most):
        forget()
        began = time.perf_counter()
        sheets = list(series(example(LESSON), count, 7, Options(), LANGUAGE, DIGITS))
        for sheet in sheets:
            must_be_right(sheet)
        sheet_files(sheets, range(1, count + 1), "pdf", "a4", combined=False)
        say("worksheets", time.perf_counter() - began)
        say("floor", _floor(sheets))
        if time.perf_counter() - first > seconds:
            break


def _floor(sheets: list[Sheet]) -> float:
    jobs = [
        Job(make(sheet), sheet.run.lesson, [sheet.run], LANGUAGE, DIGITS)
        for sheet in sheets[::_EVERY]
        for make in (worksheet, key)
    ]
    trees = [json.encode(tree(job.document, job.drawing, Untranslated())) for job in jobs]
    finished = set_for_typst(jobs)

    def both(page: tuple[bytes, Set]) -> None:
        run_pandoc(page[0], "typst", ())
        run_typst(*page[1], pdf_standards="ua-1")

    began = time.perf_counter()
    with ThreadPoolExecutor(publish_sheets.workers()) as pool:
        list(pool.map(both, zip(trees, finished, strict=True)))
    return (time.perf_counter() - began) * len(sheets) / (len(jobs) / 2)


if __name__ == "__main__":
    main()
