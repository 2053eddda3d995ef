"""The nodes of a column of neurons: weighted sums, then what each neuron makes of them.

A column is built for all samples of the batch at once, because batch normalisation and softmax look across.
"""

from __future__ import annotations

from collections.abc import Sequence

from explainer.lesson.chance import uniform
from explainer.lesson.lesson import Neuron
from explainer.maths import layers, operations
from explainer.maths.batch_variance import BatchVariance
from explainer.maths.cancellation import are_made_for_each_other
from explainer.maths.cancelling_slope import CancellingSlope
from explainer.maths.chosen import activation_operation
from explainer.maths.operation import Operation
from explainer.maths.softmax import softmax
from explainer.trace.addresses import before_dropout
from explainer.trace.graph import Graph
from explainer.trace.node import Node, NodeRole


class Column:
    """Adds the nodes of the neurons of one depth to a graph."""

    def __init__(
        self,
        graph: Graph,
        neurons: Sequence[Neuron],
        depth: int,
        running: dict[str, dict[str, float]],
    ) -> None:
        self.graph = graph
        self.neurons = neurons
        self.depth = depth
        self.running = running
        self.training = graph.lesson.mode == "train"

    def build(self) -> None:
        """Add every node of the column, each after what it needs."""
        computing = [neuron for neuron in self.neurons if neuron.role != "input"]
        for sample in self.graph.samples:
            for neuron in computing:
                self._sums(neuron, sample)
        for neuron in computing:
            if neuron.normalise is not None:
                self._normalise(neuron)
        for sample in self.graph.samples:
            for neuron in computing:
                self._activate(neuron, sample)
        for sample in self.graph.samples:
            for neuron in self.neurons:
                self._drop(neuron, sample)

    def _sums(self, neuron: Neuron, sample: int) -> None:
        """Add the weighted sum of a neuron, or one for each piece of a maxout neuron and their maximum."""
        if neuron.activation.name != "maxout":
            place = self._sum(neuron, sample, 0, "z")
            self.graph.sum_of[sample, neuron.id] = place
            self.graph.output_of[sample, neuron.id] = place
            return
        pieces = 1 + max(
            (edge.piece for edge in self.graph.lesson.network.incoming(neuron.id)), default=0
        )
        count = max(pieces, len(neuron.biases))
        places = tuple(self._sum(neuron, sample, piece, f"z{piece + 1}") for piece in range(count))
        # Dropout has the neuron's own address, as of what it puts out.
        name = before_dropout(neuron).removeprefix(neuron.id).removeprefix(".")
        place = self._node("maxout", neuron, sample, name, layers.maxout(count), places)
        self.graph.sum_of[sample, neuron.id] = place

    def _sum(self, neuron: Neuron, sample: int, piece: int, name: str) -> int:
        inputs: list[int] = []
        sources: list[str | None] = []
        edges = [
            edge for edge in self.graph.lesson.network.incoming(neuron.id) if edge.piece == piece
        ]
        for edge in edges:
            inputs += [self.graph.parameter[edge.weight], self.graph.output_of[sample, edge.source]]
            sources += [edge.source, edge.source]
        bias = neuron.biases[piece : piece + 1]
        inputs += [self.graph.parameter[name] for name in bias]
        sources += [None] * len(bias)
        operation = operations.weighted_sum(len(edges), bool(bias))
        place = self._node(
            "pre_activation", neuron, sample, name, operation, tuple(inputs), tuple(sources)
        )
        self.graph.piece_of[sample, neuron.id, piece] = place
        return place

    def _normalise(self, neuron: Neuron) -> None:
        """Add mean and variance of the batch (the running ones when applied), then x̂ and γx̂ + β for every sample."""
        settings = neuron.normalise
        if settings is None:
            return
        sums = tuple(self.graph.sum_of[sample, neuron.id] for sample in self.graph.samples)
        if self.training:
            mean = self._node(
                "mean", neuron, None, "mean", operations.batch(len(sums), "mean"), sums
            )
            variance = self._node(
                "variance",
                neuron,
                None,
                "variance",
                BatchVariance(len(sums)),
                (mean, *sums),
            )
        else:
            known = self.running.get(neuron.id, {})
            mean = self._leaf(neuron, "mean", known.get("running_mean", 0.0))
            variance = self._leaf(neuron, "variance", known.get("running_variance", 1.0))
        gamma, beta = (self.graph.parameter[name] for name in (settings.gamma, settings.beta))
        for sample, z in zip(self.graph.samples, sums, strict=True):
            inside = (z, mean, variance)
            x = self._node(
                "normalised",
                neuron,
                sample,
                "normalised",
                layers.normalised(settings.epsilon),
                inside,
            )
            y = self._node("scaled", neuron, sample, "scaled", layers.scaled(), (gamma, x, beta))
            self.graph.output_of[sample, neuron.id] = y

    def _activate(self, neuron: Neuron, sample: int) -> None:
        choice = neuron.activation
        if choice.name in ("identity", "maxout"):
            return
        name = before_dropout(neuron).removeprefix(neuron.id).removeprefix(".")
        before = self.graph.output_of[sample, neuron.id]
        if choice.name != "softmax":
            learnt = tuple(self.graph.parameter[parameter] for _, parameter in choice.named)
            operation = activation_operation(choice)
            if self._cancels(neuron):
                operation = CancellingSlope(choice.name, self._target(neuron, sample))
            self._node("activation", neuron, sample, name, operation, (before, *learnt))
            return
        group = [
            other
            for other in self.neurons
            if other.activation.name == "softmax" and other.group == neuron.group
        ]
        places = tuple(self._before_softmax(other, sample) for other in group)
        operation = softmax(group.index(neuron), len(group))
        self._node("softmax", neuron, sample, name, operation, places)

    def _cancels(self, neuron: Neuron) -> bool:
        """Tell whether slope and error cancel; by hand every factor is rounded anyway."""
        lesson = self.graph.lesson
        is_exact = lesson.arithmetic.mode == "exact"
        made = are_made_for_each_other(lesson.loss.choice.name, neuron.activation.name)
        return made and is_exact and neuron.role == "output"

    def _target(self, neuron: Neuron, sample: int) -> float:
        outputs = self.graph.lesson.network.of_role("output")
        return self.graph.lesson.data.targets[sample][outputs.index(neuron)]

    def _before_softmax(self, neuron: Neuron, sample: int) -> int:
        scaled = self.graph.place.get((sample, f"{neuron.id}.scaled"))
        return self.graph.sum_of[sample, neuron.id] if scaled is None else scaled

    def _drop(self, neuron: Neuron, sample: int) -> None:
        if neuron.dropout is None:
            return
        rate, scaling = neuron.dropout.rate, neuron.dropout.scaling
        drawn = uniform(
            self.graph.lesson.seed, "dropout", self.graph.pass_number, sample, neuron.id
        )
        kept = self._leaf(neuron, "mask", 0.0 if drawn < rate else 1.0, sample)
        inputs = (self.graph.output_of[sample, neuron.id], kept)
        operation = layers.dropout(rate, scaling, training=self.training)
        self._node("dropout", neuron, sample, "", operation, inputs)

    def _leaf(self, neuron: Neuron, name: str, value: float, sample: int | None = None) -> int:
        node = Node("constant", f"{neuron.id}.{name}", neuron.id, sample, self.depth, value=value)
        return self.graph.add(node)

    def _node(
        self,
        role: NodeRole,
        neuron: Neuron,
        sample: int | None,
        name: str,
        operation: Operation,
        inputs: tuple[int, ...],
        sources: tuple[str | None, ...] = (),
    ) -> int:
        address = f"{neuron.id}.{name}" if name else neuron.id
        place = self.graph.add(
            Node(role, address, neuron.id, sample, self.depth, operation, inputs, sources)
        )
        self.graph.chain.setdefault((sample, neuron.id), []).append(place)
        if sample is not None:
            self.graph.output_of[sample, neuron.id] = place
        return place
