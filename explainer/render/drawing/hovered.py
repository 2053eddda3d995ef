"""What a graph without room for pills says of an edge that is pointed at: its weight, in a pill on its middle."""

from __future__ import annotations

from explainer.lesson.lesson import Lesson
from explainer.maths.numbers import canvas_digits, telling_digits
from explainer.pages.page import Reference
from explainer.render.drawing.places import PILL_HEIGHT
from explainer.render.drawing.scene import PILL_SIZE
from explainer.render.drawing.wording import name_runs, named_value
from explainer.render.metrics import CAP_HEIGHT, label_width
from explainer.render.shapes import Box, Curve, Drawing, Label, Shape, Tone, Underline, point_at
from explainer.trace.moment import Moment

_PADDING = 10.0


def pill_on_hover(
    lesson: Lesson,
    moment: Moment,
    drawing: Drawing,
    reference: Reference,
    *,
    digits: int,
    language: str,
) -> tuple[Shape, ...]:
    """Return the pill of an edge; nothing where the drawing has one already, or the reference is to something else."""
    if reference.kind != "edge":
        return ()
    curve: Curve | None = None
    for shape in drawing.shapes:
        if isinstance(shape, Underline) or shape.reference != reference:
            continue
        if not isinstance(shape, Curve):
            return ()
        curve = shape
    edge = next(
        (
            each
            for each in lesson.network.edges
            if (each.source, each.target, each.piece)
            == (reference.first, reference.second, reference.piece)
        ),
        None,
    )
    if curve is None or edge is None:
        return ()
    value = moment.parameters[edge.weight]
    before = moment.before.get(edge.weight)
    enough = telling_digits(value, before, canvas_digits(digits), digits)
    runs = named_value(name_runs(edge.weight), value, enough, language)
    x, y = point_at(curve.points, 0.5)
    width = label_width(runs, PILL_SIZE) + 2 * _PADDING
    tone: Tone = "plain" if curve.tone == "quiet" else curve.tone

    return (
        Box("hover:pill", x, y, width, PILL_HEIGHT, PILL_HEIGHT / 2, tone, reference=reference),
        Label(
            "hover:weight",
            x,
            y + PILL_SIZE * CAP_HEIGHT / 2,
            runs,
            PILL_SIZE,
            tone,
            reference=reference,
        ),
    )
