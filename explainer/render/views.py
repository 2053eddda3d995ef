"""The three views of one lesson: its neurons, its computation graph, its matrices. Each is a drawing of the same moment."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal

from msgspec import structs

from explainer.lesson.lesson import Lesson, Notation
from explainer.pages.page import Badge
from explainer.render.diagram import draw
from explainer.render.shapes import Drawing, Label, Run, Shape
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
    widest: float = math.inf,
) -> Drawing:
    """Return a lesson as one of its views shows it at a moment of a pass, which is None before anything is computed.

    A formula is its own computation graph, in the view of neurons as well. Equations of matrices that are wider than
    `widest` go on in the next line.
    """
    if view == "matrices":
        # Imported where they are drawn: the first frame shows neurons.
        from explainer.render.drawing.matrices import draw_matrices

        drawing = draw_matrices(
            lesson,
            moment,
            one_pass,
            digits=digits,
            language=language,
            badges=badges,
            widest=widest,
        )
    else:
        ends = {} if one_pass is None else one_pass.parameters_after
        drawing = _drawn(
            view, lesson, moment, ends, digits=digits, language=language, badges=badges
        )
    if lesson.notation.functions == "international":
        return drawing
    return structs.replace(
        drawing, shapes=tuple(_in_usage(shape, lesson.notation) for shape in drawing.shapes)
    )


def _in_usage(shape: Shape, notation: Notation) -> Shape:
    """Return a label with the names of functions that the notation asks for."""
    # Imported here: the first frame of nearly every lesson does without.
    from explainer.pages.usage import text_in_usage

    if not isinstance(shape, Label):
        return shape
    runs = tuple(Run(text_in_usage(run.text, notation), run.style) for run in shape.runs)
    return structs.replace(shape, runs=runs)


def _drawn(
    view: View,
    lesson: Lesson,
    moment: Moment,
    ends: Mapping[str, float],
    *,
    digits: int,
    language: str,
    badges: tuple[Badge, ...],
) -> Drawing:
    if view == "computation" and lesson.expression is None:
        from explainer.render.drawing.computation import draw_computation

        return draw_computation(
            lesson, moment, digits=digits, language=language, badges=badges, ends=ends
        )
    return draw(lesson, moment, digits=digits, language=language, badges=badges, ends=ends)
