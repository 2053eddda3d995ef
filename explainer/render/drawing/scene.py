"""What is drawn: a lesson at a moment, its texts and how wide they are, the layout they give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from math import ceil

from explainer.lesson.layers import drawn_columns
from explainer.lesson.lesson import Lesson, Network, Neuron
from explainer.maths.numbers import canvas_digits, telling_digits
from explainer.pages.page import Badge
from explainer.render.drawing.edges import MOST_CURVES
from explainer.render.drawing.headers import header_texts, header_width, worn_names
from explainer.render.drawing.highlight import Highlight
from explainer.render.drawing.layout import DELTA_WIDTH, DERIVATIVE_WIDTH, Layout, layout
from explainer.render.drawing.places import Outline
from explainer.render.drawing.slots import Rows, own_parameters, rows_under
from explainer.render.drawing.softmax import NAME as SOFTMAX
from explainer.render.drawing.softmax import framed_groups
from explainer.render.drawing.space import Space
from explainer.render.drawing.wording import name_runs, named_value, target_texts, usual_width
from explainer.render.metrics import label_width
from explainer.render.shapes import Run
from explainer.trace.moment import Moment

# More edges than this carry no pills, but for the few that a step speaks of.
MOST_PILLS = 60
_FINENESS = ((MOST_PILLS, 1.0), (MOST_CURVES, 0.75), (10**9, 0.5))
PILL_SIZE = 13.0
NOTE_SIZE = 12.5
# Room under the error for the penalty.
PENALTY_WIDTH = 132.0
_PILL_PADDING = 9.0
_LEAST_PILL = 68.0
# Distance of columns and room beside a pill where so many columns stand beside each other: else all is too small to read.
_MANY_COLUMNS, _NARROW = 4, (204.0, 44.0)
# Widths grow in steps, so that another number of the same length moves nothing.
_STEP = 6.0

# Centre and width of the pill on an edge, by its ends and its piece.
PillPlaces = dict[tuple[str, str, int], tuple[float, float, float]]


class Scene:
    """One drawing in the making.

    `digits` are those of the derivation; the graph has fewer, kept as an attribute. A `part` of the network is what is
    drawn, with all inputs and outputs. `ends` are the parameters after the pass, as far as that is known: they have their
    room from its first step on, so that nothing moves. `occupied` and `pills` fill up while the shapes are made: the room that only this
    moment takes, and where the weights lie.
    """

    def __init__(
        self,
        lesson: Lesson,
        moment: Moment,
        digits: int,
        language: str,
        badges: tuple[Badge, ...],
        part: Network | None = None,
        ends: Mapping[str, float] | None = None,
    ) -> None:
        self.lesson, self.moment, self.language = lesson, moment, language
        self.ends = ends or {}
        self.take_digits(digits)
        self.badges = badges
        self.network = part or lesson.network
        self.highlight = Highlight(moment, badges)
        self.outputs = [neuron.id for neuron in self.network.of_role("output")]
        uses = Counter(edge.weight for edge in self.network.edges)
        uses.update(name for neuron in self.network.neurons for _, name in own_parameters(neuron))
        self.tied = {name for name, count in uses.items() if count > 1}
        columns = drawn_columns(self.network)
        self.headers = header_texts(self.network, columns, language)
        self.worn = worn_names(self.network, columns, language)
        self._wear_softmax(columns)
        self.latest_derivative = _latest_derivatives(moment)
        self.occupied = Space()
        self.pills: PillPlaces = {}

    def take_digits(self, digits: int) -> None:
        """Take how many digits the derivation has."""
        self.digits, self._most_digits = canvas_digits(digits), digits

    @cached_property
    def found(self) -> Layout:
        """Where everything stands."""
        return layout(self._outline())

    @cached_property
    def targets(self) -> list[tuple[Run, ...]]:
        """The texts of the targets."""
        return target_texts(
            self.lesson, len(self.outputs), self.moment.sample, self.digits, self.language
        )

    @cached_property
    def largest(self) -> float:
        """The absolute value of the largest weight; 1 where all are 0."""
        names = [edge.weight for edge in self.lesson.network.edges]
        weights = map(self.moment.parameters.__getitem__, names)
        return max(map(abs, weights), default=0.0) or 1.0

    @cached_property
    def fineness(self) -> float:
        """How fine the edges are drawn: where there are many, or they run together."""
        count = len(self.lesson.network.edges)
        return next(share for most, share in _FINENESS if count <= most)

    def written(self, name: str) -> tuple[Run, ...]:
        """Return the text of a weight or bias: after an update with as many digits as tell it from what it was before.

        No more than the derivation has. These have no room of their own, so that nothing moves from step to step.
        """
        value = self.moment.parameters[name]
        before = self.moment.before.get(name)
        digits = telling_digits(value, before, self.digits, self._most_digits)
        return named_value(name_runs(name), value, digits, self.language)

    def pill_width(self, name: str) -> float:
        """Return the width of a parameter's pill in this pass: that of most numbers, more if this one needs it."""
        runs = name_runs(name)
        now = self.moment.parameters[name]
        known = {now, self.moment.before.get(name, now), self.ends.get(name, now)}
        needed = (
            label_width(named_value(runs, value, self.digits, self.language), PILL_SIZE)
            for value in known
        )
        width = max(usual_width(runs, self.digits, PILL_SIZE), *needed) + 2 * _PILL_PADDING
        return max(_LEAST_PILL, ceil(width / _STEP) * _STEP)

    def under(self, neuron: Neuron) -> Rows:
        """Return what hangs under a neuron."""
        worn = self.worn.get(neuron.id, "")
        return rows_under(self.lesson, neuron, self.pill_width, self.digits, self.language, worn)

    def _wear_softmax(self, columns: dict[str, int]) -> None:
        """Let the neurons of a softmax that has no frame say so themselves."""
        framed = {name for group in framed_groups(self.network, columns) for name in group}
        for neuron in self.network.neurons:
            if neuron.activation.name == SOFTMAX:
                if neuron.id in framed:
                    self.worn.pop(neuron.id, None)
                else:
                    self.worn[neuron.id] = f"{SOFTMAX} {neuron.group or ''}".strip()

    def _over(self, neuron: Neuron) -> float:
        """Return the room over a neuron for the derivative by one of its quantities."""
        if neuron.role == "input":
            return DERIVATIVE_WIDTH if self.lesson.mode == "apply" else 0.0
        return DELTA_WIDTH if neuron.is_plain else DERIVATIVE_WIDTH

    def _outline(self) -> Outline:
        edges, neurons = self.network.edges, self.network.neurons
        if len(edges) > MOST_PILLS:
            pills = (0.0,) * len(edges)
        else:
            pills = tuple(self.pill_width(edge.weight) for edge in edges)
        return Outline(
            neurons,
            edges,
            pills,
            tuple(map(self.under, neurons)),
            tuple(self._over(neuron) for neuron in neurons),
            tuple(header_width(text) for text in self.headers),
            tuple(ceil(label_width(runs, NOTE_SIZE) / _STEP) * _STEP for runs in self.targets),
            PENALTY_WIDTH if self.lesson.penalty is not None else 0.0,
            *(_NARROW if len(self.headers) >= _MANY_COLUMNS else ()),
        )


def _latest_derivatives(moment: Moment) -> dict[str, tuple[str, float]]:
    """Return by which of its quantities the error was differentiated last at each neuron, and the derivative."""
    found = {name: ("z", value) for name, value in moment.deltas.items()}
    for address, value in moment.derivatives.items():
        name, _, quantity = address.partition(".")
        found[name] = (quantity, value)
    return found
