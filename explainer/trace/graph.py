"""Lesson → scalar graph: every parameter, input, z, a and error is a node; every dependence an edge.

One graph holds one batch. Parameters are shared by its samples; everything else belongs to one sample.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from explainer.lesson.layers import depths, in_order
from explainer.lesson.lesson import Lesson, Neuron
from explainer.maths import operations
from explainer.maths.operation import Operation

NodeRole = Literal[
    "parameter", "input", "target", "constant", "pre_activation", "activation", "loss", "operation"
]

# Deeper than any neuron: the error comes after every output.
LOSS_DEPTH = 1_000_000


@dataclass(slots=True)
class Node:
    """A named quantity. `address` is as in `Pass.values`; `owner` the neuron id or parameter name it belongs to.

    `inputs` are positions in the graph, in the order of the operation's arguments; leaves have no operation.
    A leaf that is no parameter has its `value`. `sources` names, for each argument of a weighted sum, the edge's source neuron (None for a bias).
    """

    role: NodeRole
    address: str
    owner: str
    sample: int | None
    depth: int
    operation: Operation | None = None
    inputs: tuple[int, ...] = ()
    sources: tuple[str | None, ...] = ()
    value: float = 0.0


@dataclass(slots=True)
class Graph:
    """Nodes in an order of evaluation, and where to find the important ones.

    `output_of[sample, neuron]` is the node of a neuron's activation (its z where the activation is the identity),
    `sum_of[sample, neuron]` the node of its z, `loss_of[sample]` the node of the sample's error.
    """

    lesson: Lesson
    samples: tuple[int, ...]
    nodes: list[Node] = field(default_factory=list)
    parameter: dict[str, int] = field(default_factory=dict)
    output_of: dict[tuple[int, str], int] = field(default_factory=dict)
    sum_of: dict[tuple[int, str], int] = field(default_factory=dict)
    loss_of: dict[int, int] = field(default_factory=dict)

    @property
    def seeds(self) -> Collection[int]:
        """Where the way back starts: the nodes whose derivative by themselves is 1."""
        return self.loss_of.values()

    def add(self, node: Node) -> int:
        """Append a node and return its position."""
        self.nodes.append(node)
        return len(self.nodes) - 1


def build_graph(lesson: Lesson, samples: tuple[int, ...]) -> Graph:
    """Return the scalar graph of the lesson's network and error on these rows of its data."""
    graph = Graph(lesson, samples)
    for name in lesson.network.parameters:
        graph.parameter[name] = graph.add(Node("parameter", name, name, None, -1))
    depth = depths(lesson.network)
    neurons = in_order(lesson.network)
    column = {neuron.id: index for index, neuron in enumerate(lesson.network.of_role("input"))}
    for sample in samples:
        for neuron in neurons:
            if neuron.role == "input":
                value = lesson.data.inputs[sample][column[neuron.id]]
                position = graph.add(Node("input", neuron.id, neuron.id, sample, 0, value=value))
                graph.output_of[sample, neuron.id] = position
            else:
                _add_neuron(graph, neuron, sample, depth[neuron.id])
        _add_loss(graph, sample)
    return graph


def _add_neuron(graph: Graph, neuron: Neuron, sample: int, depth: int) -> None:
    inputs: list[int] = []
    sources: list[str | None] = []
    edges = graph.lesson.network.incoming(neuron.id)
    for edge in edges:
        inputs += [graph.parameter[edge.weight], graph.output_of[sample, edge.source]]
        sources += [edge.source, edge.source]
    if neuron.bias is not None:
        inputs.append(graph.parameter[neuron.bias])
        sources.append(None)
    z = graph.add(
        Node(
            "pre_activation",
            f"{neuron.id}.z",
            neuron.id,
            sample,
            depth,
            operations.weighted_sum(len(edges), neuron.bias is not None),
            tuple(inputs),
            tuple(sources),
        )
    )
    graph.sum_of[sample, neuron.id] = z
    graph.output_of[sample, neuron.id] = z
    if neuron.activation.name != "identity":
        operation = operations.activation(neuron.activation.name, neuron.activation.parameters)
        node = Node("activation", neuron.id, neuron.id, sample, depth, operation, (z,))
        graph.output_of[sample, neuron.id] = graph.add(node)


def _add_loss(graph: Graph, sample: int) -> None:
    outputs = graph.lesson.network.of_role("output")
    predictions = [graph.output_of[sample, neuron.id] for neuron in outputs]
    targets = [
        graph.add(Node("target", f"target.{neuron.id}", neuron.id, sample, LOSS_DEPTH, value=value))
        for neuron, value in zip(outputs, graph.lesson.data.targets[sample], strict=True)
    ]
    choice = graph.lesson.loss.choice
    operation = operations.loss(choice.name, len(outputs), choice.parameters)
    node = Node("loss", "E", "E", sample, LOSS_DEPTH, operation, (*predictions, *targets))
    graph.loss_of[sample] = graph.add(node)
