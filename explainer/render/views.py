"""The three views of one lesson: its neurons, its computation graph, its matrices. Each is a drawing of the same moment."""

from __future__ import annotations

from typing import Final, Literal

from explainer.lesson.lesson import Lesson
from explainer.pages.page import Badge
from explainer.render.diagram import draw
from explainer.render.shapes import Drawing
from explainer.trace.moment import Moment
from explainer.trace.steps import Pass

View = Literal["neurons", "computation", "matrices"]
VIEWS: Final[tuple[View, ...]] = ("neurons", "computation", "matrices")


def draw_view(
    view: View,
    lesson: Lesson,
    moment: Moment,
    one_pass: Pass | None,
    *,
    digits: int,
    language: str,
    badges: tuple[Badge, ...] = (),
) -> Drawing:
    """Return a lesson as one of its views shows it at a moment of a pass, which is None before anything is computed.

    A formula is its own computation graph, in the view of neurons as well.
    """
    # Imported where they are drawn: the first frame shows neurons.
    if view == "matrices":
        from explainer.render.drawing.matrices import draw_matrices

        return draw_matrices(
            lesson, moment, one_pass, digits=digits, language=language, badges=badges
        )
    if view == "computation" and lesson.expression is None:
        from explainer.render.drawing.computation import draw_computation

        return draw_computation(lesson, moment, digits=digits, language=language, badges=badges)
    return draw(lesson, moment, digits=digits, language=language, badges=badges)
