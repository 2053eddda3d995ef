"""What of a drawing is bright: the path that the step speaks of, the factors' colours, what has just been updated."""

from __future__ import annotations

from typing import NamedTuple

from explainer.lesson.lesson import Edge, Neuron
from explainer.pages.page import Badge, Reference
from explainer.render.shapes import Tone
from explainer.trace.moment import Moment
from explainer.trace.steps import Step, piece_of


class Look(NamedTuple):
    """How one thing is painted; `text` is the tone of its words."""

    tone: Tone
    text: Tone
    factor: int | None = None
    active: bool = False


# What of batch normalisation the last part of an address names.
_NORMALISING = ("mean", "variance", "normalised", "scaled")


# A drawing may have thousands of edges, and nearly all of them look so.
_UNLIT = Look("quiet", "quiet")


class Highlight:
    """The looks of everything at one moment. Before the first step nothing is spoken of and nothing is quiet.

    `dropped` are the neurons that dropout has switched off in this sample.
    """

    def __init__(self, moment: Moment, badges: tuple[Badge, ...]) -> None:
        focus = moment.focus
        self._moment = moment
        self._neurons = frozenset(focus.neurons) | _learning(moment)
        self._piece = _piece(moment.step)
        masks = [address for address, value in moment.values.items() if value == 0]
        self.dropped = frozenset(
            address.removesuffix(".mask") for address in masks if address.endswith(".mask")
        )
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

    def is_subject(self, neuron_id: str) -> bool:
        """Tell whether the step is about this neuron."""
        return self._moment.step is not None and self._moment.step.subject == neuron_id

    def edge(self, edge: Edge) -> Look:
        """Return the look of an edge's curve."""
        if (edge.source, edge.target) in self._edges and self._is_on_path(edge):
            return Look(self._tone, "plain", None, True)
        return _UNLIT

    def pill(self, edge: Edge) -> Look:
        """Return the look of a weight's pill."""
        bright = self._is_on_path(edge)
        factor = self._factors.get(Reference("edge", edge.source, edge.target, edge.piece))
        if factor is not None:
            return Look(self._tone, self._tone, factor, True)
        # A tied weight is spoken of at one of its edges, unless the step names no edge.
        named = edge.weight in self._parameters and (bright or not self._edges)
        return self._parameter(edge.weight, named, bright)

    def own(self, neuron: Neuron, name: str, piece: int | None = None) -> Look:
        """Return the look of a parameter of a neuron: a bias (of one piece), or what its functions learn.

        A shared one is spoken of at one of its neurons, unless the step names none.
        """
        here = neuron.id in self._neurons or not self._neurons
        if self._is_other_piece(neuron.id, piece):
            return self._parameter(name, named=False, bright=False)
        factor = self._factors.get(Reference("parameter", name))
        if factor is not None and here:
            return Look(self._tone, self._tone, factor, True)
        bright = name in self._parameters
        return self._parameter(name, bright and here, bright)

    def sum_of_piece(self, neuron: Neuron, piece: int) -> Look:
        """Return the look of the weighted sum of one piece of a maxout neuron."""
        factor = self._factors.get(Reference("neuron", neuron.id, f"z{piece + 1}"))
        if factor is not None:
            return Look(self._tone, self._tone, factor, True)
        step = self._moment.step
        about = step is not None and step.subject == neuron.id and neuron.id in self._neurons
        if about and self._piece in (None, (neuron.id, piece)):
            return Look(self._tone, self._tone, None, True)
        return Look("quiet", self.rest)

    def chip(self, neuron: Neuron, key: str) -> Look:
        """Return the look of the name of a layer's part at a neuron: bright in the steps of that part."""
        step = self._moment.step
        if step is not None and step.subject == neuron.id and _part(step, neuron) == key:
            return Look(self._tone, self._tone, None, True)
        return Look("quiet", self.rest)

    def group(self, members: tuple[str, ...]) -> Look:
        """Return the look of the frame round a softmax."""
        step = self._moment.step
        if step is not None and step.kind == "softmax" and step.subject in members:
            return Look(self._tone, self._tone, None, True)
        return Look("quiet", self.rest)

    def is_spoken_of(self, edge: Edge) -> bool:
        """Tell whether the step names the edge or its weight."""
        if (edge.source, edge.target) in self._edges:
            return not self._is_other_piece(edge.target, edge.piece)
        return edge.weight in self._parameters

    def _is_on_path(self, edge: Edge) -> bool:
        """Tell whether an edge is lit: nothing comes through one from a neuron that is switched off."""
        ends, step = (edge.source, edge.target), self._moment.step
        if ends not in self._edges or self._is_other_piece(edge.target, edge.piece):
            return False
        return (
            edge.source not in self.dropped
            or (step is not None and step.edge == ends)
            or self._is_update
        )

    @property
    def _is_update(self) -> bool:
        return self._moment.phase == "update"

    def _is_other_piece(self, neuron_id: str, piece: int | None) -> bool:
        """Tell whether the step speaks of another piece of this neuron."""
        if self._piece is None or piece is None:
            return False
        return self._piece[0] == neuron_id and self._piece[1] != piece

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

    def penalty(self) -> Look:
        """Return the look of the penalty under the error."""
        step = self._moment.step
        if step is not None and step.kind in ("penalty", "batch_loss"):
            return Look("error", "error", None, True)
        return Look(self.rest, self.rest)

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


def _learning(moment: Moment) -> frozenset[str]:
    """Return the neurons at the ends of the edges that a learning rule without a chain rule speaks of."""
    if moment.step is None or moment.step.kind != "rule":
        return frozenset()
    return frozenset(name for edge in moment.focus.edges for name in edge)


def _piece(step: Step | None) -> tuple[str, int] | None:
    """Return the maxout neuron and which of its pieces a step speaks of; None where it speaks of all."""
    if step is None:
        return None
    if step.kind == "gradient_weight" and step.edge is not None:
        return step.edge[1], step.piece
    if step.kind == "gradient_bias" and step.neuron is not None:
        return step.neuron, step.piece
    if (
        step.kind in ("weighted_sum", "delta")
        and step.address[-1:].isdigit()
        and "." in step.address
    ):
        return step.subject, piece_of(step.address)
    return None


def _part(step: Step, neuron: Neuron) -> str:
    """Return which of the names at a neuron a step belongs to."""
    quantity = step.address.rpartition(".")[2] if "." in step.address else ""
    if quantity in _NORMALISING:
        return "normalise"
    if step.kind == "dropout" or (step.kind == "delta" and not quantity and neuron.dropout):
        return "dropout"
    return "activation" if step.kind in ("activation", "softmax") else ""
