"""Lesson → scalar graph: column by column from the inputs to the errors."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from explainer.lesson.inputs import inputs_of
from explainer.lesson.layers import depths, in_order
from explainer.lesson.lesson import Lesson, Neuron
from explainer.maths import operations, update_operations
from explainer.maths.penalties import PENALTIES
from explainer.maths.updates import LEARNING_RULES
from explainer.trace.addresses import ERROR, PENALTY, input_address, target_address
from explainer.trace.graph import LOSS_DEPTH, Graph
from explainer.trace.neurons import Column
from explainer.trace.node import Node


def build_graph(
    lesson: Lesson,
    samples: tuple[int, ...],
    pass_number: int = 0,
    state: Mapping[str, dict[str, float]] | None = None,
) -> Graph:
    """Return the scalar graph of the lesson's network and error on these rows of its data.

    `state` holds the running averages of batch normalisation, used where the network is applied.
    """
    graph = Graph(lesson, samples, pass_number)
    for name in lesson.network.parameters:
        graph.parameter[name] = graph.add(Node("parameter", name, name, None, -1))
    graph.depth = depths(lesson.network)
    column = {neuron.id: index for index, neuron in enumerate(lesson.network.of_role("input"))}
    for at, group in groupby(in_order(lesson.network), key=lambda neuron: graph.depth[neuron.id]):
        neurons = list(group)
        _add_inputs(graph, [neuron for neuron in neurons if neuron.role == "input"], column)
        Column(graph, neurons, at, dict(state or {})).build()
    for sample in samples:
        _add_loss(graph, sample)
    _mark_shared(graph)
    return graph


def _mark_shared(graph: Graph) -> None:
    """Note, from the last node to the first, what leads into a quantity of the whole batch."""
    for position in range(len(graph.nodes) - 1, -1, -1):
        node = graph.nodes[position]
        if node.operation is not None and (node.sample is None or position in graph.shared):
            graph.shared.update(
                source for source in node.inputs if graph.nodes[source].sample is not None
            )


def _add_inputs(graph: Graph, neurons: list[Neuron], column: dict[str, int]) -> None:
    for sample in graph.samples:
        given = inputs_of(graph.lesson, sample)
        for neuron in neurons:
            value = given[column[neuron.id]]
            node = Node("input", input_address(neuron), neuron.id, sample, 0, value=value)
            graph.output_of[sample, neuron.id] = graph.add(node)


def _add_loss(graph: Graph, sample: int) -> None:
    outputs = graph.lesson.network.of_role("output")
    rule = LEARNING_RULES.get(graph.lesson.update.choice.name)
    compared = graph.sum_of if rule is not None and rule.follows_gradient else graph.output_of
    predictions = [compared[sample, neuron.id] for neuron in outputs]
    for neuron, place in zip(outputs, predictions, strict=True):
        graph.prediction_of[sample, neuron.id] = place
    targets = [
        graph.add(
            Node("target", target_address(neuron.id), neuron.id, sample, LOSS_DEPTH, value=value)
        )
        for neuron, value in zip(outputs, graph.lesson.data.targets[sample], strict=True)
    ]
    choice = graph.lesson.loss.choice
    operation = operations.loss(choice.name, len(outputs), choice.parameters)
    node = Node("loss", ERROR, "E", sample, LOSS_DEPTH, operation, (*predictions, *targets))
    graph.loss_of[sample] = graph.add(node)
    penalty = graph.lesson.penalty
    if penalty is not None and PENALTIES[penalty.name].acts_on == "predictions":
        operation = update_operations.penalty(penalty.name, len(outputs), penalty.parameters)
        node = Node("penalty", PENALTY, "R", sample, LOSS_DEPTH, operation, tuple(predictions))
        graph.penalty_of[sample] = graph.add(node)
