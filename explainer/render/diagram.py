"""The graph of a lesson at one moment, as shapes: the only layout there is; canvas, SVG and PDF draw the same list.

Keys are stable from step to step (ID a neuron, S>T an edge): `edge:S>T`, `link:ID` (output into error), `circle:ID`,
`symbol:ID`, `value:ID`, `delta:ID`, `pill:S>T` and its text `weight:S>T`, `tied:S>T` (the card behind the pill of a
shared parameter), `bias:ID` and its text `biastext:ID`, `target:ID`, `error`, `error:symbol`, `error:value`, `penalty`,
`header:N`, `header:error`, `badge:N`, `badgetext:N`, `underline:N` (N the badge's number in the page).
The edges of further pieces of a maxout neuron end in their number, `S>T 2`, as do their biases, `ID 2`, and the weighted
sums `sum:ID 1`; what a neuron learns besides ends in its name, `bias:ID gamma`. `cross:ID N` are the strokes through a
neuron that is switched off; `normalise:ID`, `activation:ID`, `dropout:ID` name what is done at a neuron, `statistics:ID` are
mean and variance there; `group:ID` is the frame round a softmax whose first neuron is ID, `softmax:ID` the name in it.
Texts of these have a key of their own: `sumtext:`, `normalisetext:` ….
"""

from __future__ import annotations

from collections.abc import Mapping

from explainer.lesson.lesson import Lesson, text_in
from explainer.pages.page import Badge
from explainer.render.drawing.attachments import frame_names, frame_shapes
from explainer.render.drawing.badges import badge_shapes
from explainer.render.drawing.headers import header_labels
from explainer.render.drawing.nodes import error_shapes, neuron_shapes, target_labels
from explainer.render.drawing.scene import Scene
from explainer.render.drawing.weights import edge_curves, link_curves, weight_pills
from explainer.render.shapes import Drawing, Shape
from explainer.trace.moment import Moment


def draw(
    lesson: Lesson,
    moment: Moment,
    *,
    digits: int,
    language: str,
    badges: tuple[Badge, ...] = (),
    ends: Mapping[str, float] | None = None,
) -> Drawing:
    """Return the graph at one moment, what lies below first.

    `digits` are the significant digits of the derivation; the graph shows fewer. Values that are not known yet are
    left out; `ends` are the parameters after the pass, for which room is kept. The same arguments give the same drawing; nothing is read but the table of widths.
    """
    if lesson.expression is not None:
        # Imported here: most lessons have no formula, and reading one would cost the first frame.
        from explainer.render.drawing.expression import draw_formula

        return draw_formula(
            lesson, lesson.expression, moment, digits=digits, language=language, badges=badges
        )
    scene = Scene(lesson, moment, digits, language, badges, ends=ends)
    curves = [*edge_curves(scene), *link_curves(scene)]
    shapes: list[Shape] = [
        *header_labels(scene.headers, scene.found, language),
        *frame_shapes(scene),
    ]
    shapes += [curve for curve in curves if not curve.active]
    shapes += [curve for curve in curves if curve.active]
    shapes += frame_names(scene)
    shapes += weight_pills(scene)
    for neuron in lesson.network.neurons:
        shapes += neuron_shapes(scene, neuron)
    shapes += error_shapes(scene)
    shapes += target_labels(scene)
    shapes += badge_shapes(scene)
    title = text_in(lesson.title, language)
    return Drawing(scene.found.width, scene.found.height, tuple(shapes), title)
