"""What of a drawing is bright: the path that the step speaks of, the factors' colours, what has just been updated."""

from __future__ import annotations

from typing import NamedTuple

from explainer.lesson.lesson import Edge, Neuron
from explainer.pages.page import Badge, Reference
from explainer.render.shapes import Tone
from explainer.trace.moment import Moment


class Look(NamedTuple):
    """How one thing is painted; `text` is the tone of its words."""

    tone: Tone
    text: Tone
    factor: int | None = None
    active: bool = False


class Highlight:
    """The looks of everything at one moment. Before the first step nothing is spoken of and nothing is quiet."""

    def __init__(self, moment: Moment, badges: tuple[Badge, ...]) -> None:
        focus = moment.focus
        self._moment = moment
        self._neurons = frozenset(focus.neurons)
        self._edges = frozenset(focus.edges)
        self._parameters = frozenset(focus.parameters)
        self._factors = {badge.reference: badge.factor for badge in reversed(badges)}
        self._linked = {
            badge.reference.first for badge in badges if badge.reference.kind == "error_link"
        }
        self._tone: Tone = moment.phase or "plain"
        focused = bool(focus.neurons or focus.edges or focus.parameters)
        self.rest: Tone = "quiet" if focused else "plain"

    def neuron(self, neuron_id: str) -> Look:
        """Return the look of a circle."""
        active = neuron_id in self._neurons
        factor = self._factors.get(Reference("neuron", neuron_id))
        return (
            Look(self._tone, "plain", factor, True)
            if active
            else Look(self.rest, self.rest, factor)
        )

    def edge(self, edge: Edge) -> Look:
        """Return the look of an edge's curve."""
        if (edge.source, edge.target) in self._edges:
            return Look(self._tone, "plain", None, True)
        return Look("quiet", "quiet")

    def pill(self, edge: Edge) -> Look:
        """Return the look of a weight's pill."""
        bright = (edge.source, edge.target) in self._edges
        factor = self._factors.get(Reference("edge", edge.source, edge.target))
        if factor is not None:
            return Look(self._tone, self._tone, factor, True)
        # A tied weight is spoken of at one of its edges, unless the step names no edge.
        named = edge.weight in self._parameters and (bright or not self._edges)
        return self._parameter(edge.weight, named, bright)

    def bias(self, neuron: Neuron) -> Look:
        """Return the look of a bias; a shared one is spoken of at one of its neurons, unless the step names none."""
        name = neuron.own_bias or ""
        here = neuron.id in self._neurons or not self._neurons
        factor = self._factors.get(Reference("parameter", name))
        if factor is not None and here:
            return Look(self._tone, self._tone, factor, True)
        bright = name in self._parameters
        return self._parameter(name, bright and here, bright)

    def is_spoken_of(self, edge: Edge) -> bool:
        """Tell whether the step names the edge or its weight."""
        return (edge.source, edge.target) in self._edges or edge.weight in self._parameters

    def link(self, output: str) -> Look:
        """Return the look of the way from an output into the error."""
        if self._factors:
            active = output in self._linked
        else:
            active = self._moment.phase in ("error", "backward") and output in self._neurons
        return Look(self._tone, "plain", None, True) if active else Look("quiet", "quiet")

    def error(self) -> Look:
        """Return the look of the error node: its own colour as soon as it is known."""
        if self._moment.loss is None:
            return Look("quiet", self.rest)
        return Look("error", "plain", None, self._moment.phase == "error")

    def target(self, output: str) -> Look:
        """Return the look of a target: plain when the error is computed from it."""
        spoken_of = self._moment.phase == "error" or self.link(output).active
        return Look("plain", "plain") if spoken_of else Look(self.rest, self.rest)

    def delta(self, neuron_id: str) -> Look:
        """Return the look of a neuron's δ."""
        if neuron_id in self._neurons and self._moment.phase == "backward":
            return Look("backward", "backward", None, True)
        return Look("quiet", "quiet")

    def _parameter(self, name: str, named: bool, bright: bool) -> Look:
        if named:
            return Look(self._tone, self._tone, None, True)
        if name in self._moment.updated:
            return Look("update", "update")
        return Look("quiet", "plain" if bright else self.rest)
