"""A batch of a lesson as quantities, each with its definition: what `explainer check` computes on its own.

Read from the lesson alone; shares no code with the trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

from explainer.lesson.chance import uniform
from explainer.lesson.inputs import inputs_of
from explainer.lesson.lesson import Edge, Lesson, Network, Neuron
from explainer.maths import layer_definitions as layers
from explainer.maths.chosen import activation_label
from explainer.maths.chosen_definitions import exact_activation
from explainer.maths.error_definitions import exact_loss
from explainer.maths.exact import Exact
from explainer.maths.penalties import PENALTIES
from explainer.maths.penalty_definitions import exact_penalty
from explainer.maths.updates import LEARNING_RULES
from explainer.messages import Message, message


class Quantity(NamedTuple):
    """A number of the lesson: `given`, or what its `definition` makes of the quantities at these places.

    `kink` is what is said where the definition has no derivative.
    """

    definition: Exact | None = None
    arguments: tuple[int, ...] = ()
    given: float = 0.0
    kink: Message | None = None


class Compared(NamedTuple):
    """A prediction as the error sees it: the output it is of, where it and its target stand among the quantities."""

    neuron: str
    prediction: int
    target: int


class Quantities:
    """All quantities of a batch, in an order in which they can be computed.

    `parameters` and `inputs` (by sample and neuron) are what the error is differentiated by; it is the sum of the
    quantities `errors`.
    """

    def __init__(self, lesson: Lesson, samples: Sequence[int]) -> None:
        self.lesson = lesson
        self.samples = tuple(samples)
        self.all: list[Quantity] = []
        self.errors: list[int] = []
        self.compared: list[Compared] = []
        network = lesson.network
        self.parameters = {name: self._given(network.value(name)) for name in network.parameters}
        ids = [neuron.id for neuron in network.neurons if neuron.role == "input"]
        self.inputs = {
            (sample, name): self._given(inputs_of(lesson, sample)[column])
            for sample in samples
            for column, name in enumerate(ids)
        }
        self._incoming: dict[str, list[Edge]] = {neuron.id: [] for neuron in network.neurons}
        for edge in network.edges:
            self._incoming[edge.target].append(edge)
        # What each neuron is so far, in each sample: its weighted sum, then that normalised, activated, dropped out.
        self._now = dict(self.inputs)
        self._sums: dict[tuple[int, str], int] = {}
        for column in _columns(network, self._incoming):
            self._add_column(column)
        for sample in samples:
            self._add_error(sample)

    def _add_column(self, column: list[Neuron]) -> None:
        for neuron in column:
            if neuron.role != "input":
                self._add_sums(neuron)
                self._normalise(neuron)
        for sample in self.samples:
            self._activate([neuron for neuron in column if neuron.role != "input"], sample)
            for neuron in column:
                self._drop(neuron, sample)

    def _add_sums(self, neuron: Neuron) -> None:
        """Add the weighted sum in every sample, of maxout the largest of all its pieces."""
        edges = self._incoming[neuron.id]
        pieces = max(1, len(neuron.biases), *(edge.piece + 1 for edge in edges))
        for sample in self.samples:
            sums = [self._sum(neuron, piece, sample) for piece in range(pieces)]
            if neuron.activation.name == "maxout":
                sums = [self._add(layers.Largest(), sums, kink=_at_kink(neuron))]
            self._now[sample, neuron.id] = self._sums[sample, neuron.id] = sums[0]

    def _sum(self, neuron: Neuron, piece: int, sample: int) -> int:
        arguments: list[int] = []
        for edge in self._incoming[neuron.id]:
            if edge.piece == piece:
                arguments += [self.parameters[edge.weight], self._now[sample, edge.source]]
        arguments += [self.parameters[name] for name in neuron.biases[piece : piece + 1]]
        return self._add(layers.WeightedSum(), arguments)

    def _normalise(self, neuron: Neuron) -> None:
        """Normalise the sums by those of the batch, or of a trained network by its running averages."""
        settings = neuron.normalise
        if settings is None:
            return
        sums = [self._now[sample, neuron.id] for sample in self.samples]
        if self.lesson.mode == "train":
            mean = self._add(layers.Mean(), sums)
            variance = self._add(layers.Variance(), [mean, *sums])
        else:
            running = self.lesson.state.neurons.get(neuron.id, {})
            mean = self._given(running.get("running_mean", 0.0))
            variance = self._given(running.get("running_variance", 1.0))
        gamma, beta = self.parameters[settings.gamma], self.parameters[settings.beta]
        for sample, z in zip(self.samples, sums, strict=True):
            x = self._add(layers.normalised(settings.epsilon), [z, mean, variance])
            self._now[sample, neuron.id] = self._add(layers.scaled(), [x, gamma, beta])

    def _activate(self, column: list[Neuron], sample: int) -> None:
        groups: dict[str | None, list[str]] = {}
        for neuron in column:
            if neuron.activation.name == "softmax":
                groups.setdefault(neuron.group, []).append(neuron.id)
            elif neuron.activation.name not in ("identity", "maxout"):
                z = self._now[sample, neuron.id]
                learnt = [self.parameters[name] for _, name in neuron.activation.named]
                definition = exact_activation(neuron.activation)
                place = self._add(definition, [z, *learnt], kink=_at_kink(neuron))
                self._now[sample, neuron.id] = place
        for group in groups.values():
            before = [self._now[sample, name] for name in group]
            for index, name in enumerate(group):
                self._now[sample, name] = self._add(layers.Softmax(index), before)

    def _drop(self, neuron: Neuron, sample: int) -> None:
        """Switch off what chance says: the mask is a fixed number."""
        if neuron.dropout is None:
            return
        lesson, rate = self.lesson, neuron.dropout.rate
        drawn = uniform(lesson.seed, "dropout", lesson.state.passes, sample, neuron.id)
        mask = self._given(float(drawn >= rate))
        definition = layers.dropped(rate, neuron.dropout.scaling, trained=lesson.mode == "train")
        place = self._add(definition, [self._now[sample, neuron.id], mask])
        self._now[sample, neuron.id] = place

    def _add_error(self, sample: int) -> None:
        lesson = self.lesson
        rule = LEARNING_RULES.get(lesson.update.choice.name)
        # The delta rule compares the weighted sums with the targets, before any activation.
        seen = self._sums if rule is not None and rule.follows_gradient else self._now
        outputs = [neuron.id for neuron in lesson.network.neurons if neuron.role == "output"]
        for name, target in zip(outputs, lesson.data.targets[sample], strict=True):
            self.compared.append(Compared(name, seen[sample, name], self._given(target)))
        here = self.compared[-len(outputs) :]
        choice = lesson.loss.choice
        arguments = [each.prediction for each in here] + [each.target for each in here]
        definition = exact_loss(choice.name, choice.parameters, len(here))
        self.errors.append(self._add(definition, arguments))
        penalty = lesson.penalty
        if penalty is None or PENALTIES[penalty.name].acts_on != "predictions":
            return
        for name, prediction, _ in here:
            kink = message(
                "not compared: {neuron} stands at a point where the penalty ({penalty}) has no derivative",
                neuron=name,
                penalty=PENALTIES[penalty.name].label,
            )
            definition = exact_penalty(penalty.name, penalty.parameters)
            self.errors.append(self._add(definition, [prediction], kink=kink))

    def _add(
        self, definition: Exact, arguments: Sequence[int], *, kink: Message | None = None
    ) -> int:
        self.all.append(Quantity(definition, tuple(arguments), kink=kink))
        return len(self.all) - 1

    def _given(self, value: float) -> int:
        self.all.append(Quantity(given=value))
        return len(self.all) - 1


def _columns(network: Network, incoming: dict[str, list[Edge]]) -> list[list[Neuron]]:
    """Return the neurons by how far they are from the inputs; softmax neurons of one column belong together."""
    feeding = {name: [edge.source for edge in edges] for name, edges in incoming.items()}
    roles = {neuron.id: neuron.role for neuron in network.neurons}
    depth: dict[str, int] = {}
    for name in TopologicalSorter(feeding).static_order():
        before = max((depth[source] for source in feeding[name]), default=0)
        depth[name] = 0 if roles[name] == "input" else before + 1
    columns: list[list[Neuron]] = [[] for _ in range(max(depth.values()) + 1)]
    for neuron in network.neurons:
        columns[depth[neuron.id]].append(neuron)
    return columns


def _at_kink(neuron: Neuron) -> Message:
    return message(
        "not compared: {neuron} stands at a point where {activation} has no derivative",
        neuron=neuron.id,
        activation=activation_label(neuron.activation),
    )
