"""The graph of a lesson at one moment, as shapes: the only layout there is; canvas, SVG and PDF draw the same list.

Keys are stable from step to step (ID a neuron, S>T an edge): `edge:S>T`, `link:ID` (output into error), `circle:ID`,
`symbol:ID`, `value:ID`, `delta:ID`, `pill:S>T` and its text `weight:S>T`, `tied:S>T` (the card behind the pill of a
shared parameter), `bias:ID` and its text `biastext:ID`, `target:ID`, `error`, `error:symbol`, `error:value`,
`header:N`, `header:error`, `badge:N`, `badgetext:N`, `underline:N` (N the badge's number in the page).
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import Literal

from explainer.lesson.lesson import Edge, Lesson, Neuron, text_in
from explainer.maths.numbers import canvas_digits, shown
from explainer.pages.page import Badge, Reference
from explainer.render.badges import PillPlaces, badge_shapes
from explainer.render.edges import point_at
from explainer.render.headers import (
    SIZE,
    TRACKING,
    error_header,
    header_runs,
    header_texts,
    header_width,
)
from explainer.render.highlight import Highlight, Look
from explainer.render.layout import DELTA_WIDTH, layout
from explainer.render.metrics import CAP_HEIGHT, label_width
from explainer.render.pills import PLACES_ALONG
from explainer.render.places import (
    BIAS_HEIGHT,
    ERROR_HEIGHT,
    ERROR_WIDTH,
    PILL_HEIGHT,
    RADIUS,
    Outline,
    columns_of,
)
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Run, Shape
from explainer.render.space import Space, around, first_free
from explainer.render.wording import (
    fitted,
    name_runs,
    named_value,
    neuron_runs,
    target_runs,
    usual_width,
    value_runs,
)
from explainer.trace.moment import Moment

# More edges than this carry no pills, but for the few that a step speaks of.
MOST_PILLS = 60
_MOST_EXTRA_PILLS = 16
_SYMBOL_SIZE = 20.0
_VALUE_SIZE = 16.0
_PILL_SIZE = 13.0
_NOTE_SIZE = 12.5
# Room for text inside a circle: its chords at the lines of the symbol and of the value.
_CIRCLE_ROOM = 2 * RADIUS - 14
_ERROR_ROOM = ERROR_WIDTH - 14
_PILL_PADDING = 11.0
_LEAST_PILL = 68.0
# Pills grow in steps, so that another number of the same length moves nothing.
_PILL_STEP = 6.0
_THINNEST, _THICKEST, _THINNEST_ACTIVE = 1.2, 4.4, 3.4
_LINK_WIDTH = 2.0
# How far the card behind the pill of a shared parameter stands out.
_CARD = 3.0


def draw(
    lesson: Lesson, moment: Moment, *, digits: int, language: str, badges: tuple[Badge, ...] = ()
) -> Drawing:
    """Return the graph at one moment.

    `digits` are the significant digits of the derivation; the graph shows fewer. Values that are not known yet are
    left out. Neither Qt nor NumPy is needed, and nothing is read but the table of widths.
    """
    return _Painter(lesson, moment, canvas_digits(digits), language, badges).drawing()


class _Painter:
    """One drawing in the making."""

    def __init__(
        self, lesson: Lesson, moment: Moment, digits: int, language: str, badges: tuple[Badge, ...]
    ) -> None:
        self.lesson, self.moment, self.digits, self.language = lesson, moment, digits, language
        self.network = lesson.network
        self.badges = badges
        self.highlight = Highlight(moment, badges)
        self.outputs = [neuron.id for neuron in self.network.of_role("output")]
        uses = Counter(edge.weight for edge in self.network.edges)
        uses.update(neuron.bias for neuron in self.network.neurons if neuron.bias)
        self.tied = {name for name, count in uses.items() if count > 1}
        self.headers = header_texts(self.network, columns_of(self.network), language)
        self.target_texts = [
            target_runs(lesson, number, len(self.outputs) > 1, moment.sample, digits, language)
            for number in range(len(self.outputs))
        ]
        self.found = layout(self.outline())
        # What only this moment puts on the drawing.
        self.occupied = Space()
        self.pill_places: PillPlaces = {}

    def drawing(self) -> Drawing:
        """Return all shapes, what lies below first."""
        curves = [*self.edges(), *self.links()]
        pills = self.pills()
        shapes: list[Shape] = [*self.header_labels()]
        shapes += [curve for curve in curves if not curve.active]
        shapes += [curve for curve in curves if curve.active]
        shapes += pills
        for neuron in self.network.neurons:
            shapes += self.neuron(neuron)
        shapes += self.error()
        shapes += self.targets()
        shapes += badge_shapes(
            self.badges, self.network, self.found, self.occupied, self.pill_places
        )
        title = text_in(self.lesson.title, self.language)
        return Drawing(self.found.width, self.found.height, tuple(shapes), title)

    def outline(self) -> Outline:
        """Return what the layout depends on."""
        edges = self.network.edges
        many = len(edges) > MOST_PILLS
        return Outline(
            self.network.neurons,
            edges,
            (0.0,) * len(edges) if many else tuple(self.pill_width(edge.weight) for edge in edges),
            tuple(
                self.pill_width(neuron.bias) if neuron.bias else 0.0
                for neuron in self.network.neurons
            ),
            tuple(header_width(text) for text in self.headers),
            tuple(
                ceil(label_width(runs, _NOTE_SIZE) / _PILL_STEP) * _PILL_STEP
                for runs in self.target_texts
            ),
        )

    def pill_width(self, name: str) -> float:
        """Return the width of a parameter's pill: that of most numbers, more if this one needs it."""
        usual = usual_width(name_runs(name), self.digits, _PILL_SIZE)
        width = max(usual, label_width(self.parameter(name), _PILL_SIZE)) + 2 * _PILL_PADDING
        return max(_LEAST_PILL, ceil(width / _PILL_STEP) * _PILL_STEP)

    def parameter(self, name: str) -> tuple[Run, ...]:
        """Return the text of a pill."""
        return named_value(
            name_runs(name), self.moment.parameters[name], self.digits, self.language
        )

    def header_labels(self) -> list[Label]:
        """Return the words over the columns."""
        texts = [*self.headers, error_header(self.language)]
        places = [*self.found.headers, self.found.error_header]
        names = [*(str(number) for number in range(len(self.headers))), "error"]
        return [
            Label(
                f"header:{name}", x, y + 4.5, (Run(text),), SIZE, "quiet", True, tracking=TRACKING
            )
            for name, text, (x, y) in zip(names, texts, places, strict=True)
            if text
        ]

    def edges(self) -> list[Curve]:
        """Return the curves of the edges: as wide as their weight is large, dashed where it is negative."""
        parameters, highlight = self.moment.parameters, self.highlight
        edges = self.network.edges
        largest = max((abs(parameters[edge.weight]) for edge in edges), default=0.0) or 1.0
        curves = []
        for edge, points in zip(edges, self.found.edges, strict=True):
            weight = parameters[edge.weight]
            look = highlight.edge(edge)
            width = _THINNEST + (_THICKEST - _THINNEST) * abs(weight) / largest
            curves.append(
                Curve(
                    f"edge:{edge.source}>{edge.target}",
                    points,
                    round(max(width, _THINNEST_ACTIVE) if look.active else width, 2),
                    look.tone,
                    weight < 0,
                    look.active,
                    Reference("edge", edge.source, edge.target),
                )
            )
        return curves

    def links(self) -> list[Curve]:
        """Return the ways from the outputs into the error."""
        curves = []
        for output, points in zip(self.outputs, self.found.links, strict=True):
            look = self.highlight.link(output)
            width = _THINNEST_ACTIVE if look.active else _LINK_WIDTH
            reference = Reference("error_link", output)
            curves.append(
                Curve(f"link:{output}", points, width, look.tone, False, look.active, reference)
            )
        return curves

    def pills(self) -> list[Shape]:
        """Return the weights on their edges; in a large network only those the step speaks of, where there is room."""
        shapes: list[Shape] = []
        for edge, place in zip(self.network.edges, self.found.pills, strict=True):
            if place is not None:
                shapes += self.pill(edge, *place)
        if not self.found.pills or len(self.network.edges) > MOST_PILLS:
            shapes += self.extra_pills()
        return shapes

    def extra_pills(self) -> list[Shape]:
        """Return pills for the edges of the step in a network that has too many for all."""
        spoken_of = [
            (edge, points)
            for edge, points in zip(self.network.edges, self.found.edges, strict=True)
            if self.highlight.is_spoken_of(edge)
        ]
        shapes: list[Shape] = []
        for edge, points in spoken_of if len(spoken_of) <= _MOST_EXTRA_PILLS else ():
            width = self.pill_width(edge.weight)
            places = [point_at(points, t) for t in PLACES_ALONG]
            place = first_free(
                (self.found.taken, self.occupied),
                places,
                width + 2 * _CARD,
                PILL_HEIGHT + 2 * _CARD,
            )
            if place is not None:
                self.occupied.add(around(*place, width + 2 * _CARD, PILL_HEIGHT + 2 * _CARD))
                shapes += self.pill(edge, *place)
        return shapes

    def pill(self, edge: Edge, x: float, y: float) -> list[Shape]:
        """Return one weight: its box, the card behind it where the weight is shared, its text."""
        ends = f"{edge.source}>{edge.target}"
        width = self.pill_width(edge.weight)
        self.pill_places[edge.source, edge.target] = (x, y, width)
        look = self.highlight.pill(edge)
        reference = Reference("edge", edge.source, edge.target)
        keys = (f"tied:{ends}", f"pill:{ends}", f"weight:{ends}")
        return self.parameter_shapes(edge.weight, keys, look, reference, x, y, width, PILL_HEIGHT)

    def parameter_shapes(
        self,
        name: str,
        keys: tuple[str, str, str],
        look: Look,
        reference: Reference,
        x: float,
        y: float,
        width: float,
        height: float,
    ) -> list[Shape]:
        """Return the card, box and text of a weight or bias."""
        card, box, text = keys
        fill: Literal["paper", "tint"] = "tint" if look.active else "paper"
        shapes: list[Shape] = []
        if name in self.tied:
            shapes.append(
                Box(card, x + _CARD, y - _CARD, width, height, height / 2, look.tone, "paper",
                    look.factor, False, reference)
            )  # fmt: skip
        shapes.append(
            Box(
                box,
                x,
                y,
                width,
                height,
                height / 2,
                look.tone,
                fill,
                look.factor,
                look.active,
                reference,
            )
        )
        runs = self.parameter(name)
        baseline = y + _PILL_SIZE * CAP_HEIGHT / 2
        shapes.append(
            Label(text, x, baseline, runs, _PILL_SIZE, look.text, False, "middle", look.factor,
                  False, look.active, reference)
        )  # fmt: skip
        return shapes

    def neuron(self, neuron: Neuron) -> list[Shape]:
        """Return a neuron: circle, symbol, value as far as known, bias, δ."""
        name = neuron.id
        x, y = self.found.neurons[name]
        look = self.highlight.neuron(name)
        reference = Reference("neuron", name)
        shapes: list[Shape] = [
            Circle(f"circle:{name}", x, y, RADIUS, look.tone, look.factor, look.active, reference)
        ]
        value = value_runs(neuron, self.moment, self.lesson, self.digits, self.language)
        for key, runs, size, rise, room in (
            (f"symbol:{name}", neuron_runs(neuron), _SYMBOL_SIZE, -7.5 if value else 6.0, _CIRCLE_ROOM - 4),
            (f"value:{name}", value, _VALUE_SIZE, 18.0, _CIRCLE_ROOM),
        ):  # fmt: skip
            if runs:
                short, fitting = fitted(runs, size, room)
                shapes.append(
                    Label(key, x, y + rise, short, fitting, look.text, False, "middle",
                          look.factor, False, look.active, reference)
                )  # fmt: skip
        if neuron.bias:
            keys = (f"tied:{name}", f"bias:{name}", f"biastext:{name}")
            shapes += self.parameter_shapes(
                neuron.bias, keys, self.highlight.bias(neuron), Reference("parameter", neuron.bias),
                *self.found.biases[name], self.pill_width(neuron.bias), BIAS_HEIGHT,
            )  # fmt: skip
        return shapes + self.delta(name)

    def delta(self, name: str) -> list[Shape]:
        """Return the δ over a neuron once it is known."""
        value = self.moment.deltas.get(name)
        if value is None or name not in self.found.deltas:
            return []
        x, y = self.found.deltas[name]
        runs = named_value(name_runs(self.lesson.notation.delta), value, self.digits, self.language)
        short, size = fitted(runs, _NOTE_SIZE, DELTA_WIDTH)
        look = self.highlight.delta(name)
        baseline = y + size * CAP_HEIGHT / 2
        return [
            Label(f"delta:{name}", x, baseline, short, size, look.text, False,
                  active=look.active, reference=Reference("neuron", name))
        ]  # fmt: skip

    def error(self) -> list[Shape]:
        """Return the error node and its value as far as known."""
        x, y = self.found.error
        look = self.highlight.error()
        reference = Reference("error")
        loss = self.moment.loss
        shapes: list[Shape] = [
            Box(
                "error",
                x,
                y,
                ERROR_WIDTH,
                ERROR_HEIGHT,
                10.0,
                look.tone,
                "tint",
                None,
                look.active,
                reference,
            )
        ]
        runs, size = fitted(name_runs(self.lesson.notation.error), _SYMBOL_SIZE, _ERROR_ROOM)
        rise = 6.0 if loss is None else -6.5
        shapes.append(
            Label(
                "error:symbol",
                x,
                y + rise,
                runs,
                size,
                look.text,
                False,
                active=look.active,
                reference=reference,
            )
        )
        if loss is not None:
            runs, size = fitted(
                (Run(shown(loss, self.digits, self.language)),), _VALUE_SIZE, _ERROR_ROOM
            )
            shapes.append(
                Label(
                    "error:value",
                    x,
                    y + 18.0,
                    runs,
                    size,
                    look.text,
                    False,
                    active=look.active,
                    reference=reference,
                )
            )
        return shapes

    def targets(self) -> list[Shape]:
        """Return the target of each output."""
        shapes: list[Shape] = []
        for output, runs, (x, y) in zip(
            self.outputs, self.target_texts, self.found.targets, strict=True
        ):
            look = self.highlight.target(output)
            baseline = y + _NOTE_SIZE * CAP_HEIGHT / 2
            shapes.append(
                Label(f"target:{output}", x, baseline, runs, _NOTE_SIZE, look.text, False,
                      active=look.active, reference=Reference("target", output))
            )  # fmt: skip
        return shapes
