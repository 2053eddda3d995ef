"""What a format is made from: the finished document, and the lesson's run for its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec import json, structs

from explainer.pages.page import Document, Figure
from explainer.pages.selection import WHOLE, Selection
from explainer.pages.sheets.form import Paper
from explainer.render.activation_curves import curves
from explainer.render.pandoc_tree import Dialect, tree
from explainer.render.typesetting import run_pandoc
from explainer.render.views import View, draw_view

if TYPE_CHECKING:
    from explainer.lesson.lesson import Lesson
    from explainer.render.shapes import Drawing
    from explainer.trace.record import Run


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
    selection: Selection = WHOLE

    def drawing(self, figure: Figure) -> Drawing:
        """Return the drawing of the network at the moment a figure shows."""
        run = self.runs[figure.pass_index]
        if figure.shows == "curves":
            return curves(run, self.language, self.digits, figure.without)
        moment = _moment(run.lesson, run, figure)
        # What is left out of the moment must not come back from the pass as a whole.
        whole = figure.step_index is not None and not figure.without
        one_pass = run.summary if whole else None
        return draw_view(
            self.view, run.lesson, moment, one_pass, digits=self.digits, language=self.language
        )


def pandoc(job: Job, dialect: Dialect, to: str, *options: str) -> bytes:
    """Return the document of a job as pandoc writes it."""
    return run_pandoc(json.encode(tree(job.document, job.drawing, dialect)), to, options)


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
    if figure.lit:
        return moment
    return structs.replace(moment, phase=None, focus=Focus(), step=moment.step)
