"""Running a lesson: forward values, the reverse pass, the update; one `Run` per update.

The reverse pass knows no layers and no kinds of node: it walks the scalar graph backwards, multiplies by local
derivatives and adds up (Griewank, Walther: Evaluating Derivatives, 2008, chapter 3).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.maths import operations
from explainer.messages import Refused, message
from explainer.trace.arithmetic import Calculator, calculator
from explainer.trace.graph import LOSS_DEPTH, Graph, Node, build_graph
from explainer.trace.paths import Paths
from explainer.trace.steps import Pass


class Term(NamedTuple):
    """One summand of a derivative: through which consumer (and which of its arguments) it came.

    `product` = `upstream` (derivative of the sample's error by the consumer) · `local`.
    """

    consumer: int
    argument: int
    upstream: float
    local: float
    product: float


class Start(NamedTuple):
    """What a pass begins with: parameters and the memory of the update rule."""

    parameters: dict[str, float]
    state: dict[str, dict[str, float]]


@dataclass
class Run:
    """One pass with everything computed in it: the graph, its values and derivatives, and the `summary` as data.

    `adjoints[i]` is ∂(Σ sample errors)/∂(node i), `terms[i]` its summands; `update_order` is
    which parameters were updated after the backward steps of which depth.
    """

    lesson: Lesson
    pass_index: int
    graph: Graph
    calculator: Calculator
    values: list[float]
    adjoints: list[float]
    terms: list[list[Term]]
    start: Start
    end: Start
    gradients: dict[str, float]
    loss: float
    update_order: list[tuple[int, list[str]]]
    paths: Paths
    summary: Pass = field(init=False)


def trace(lesson: Lesson, passes: int = 1) -> tuple[Run, ...]:
    """Run `passes` updates. Refused where a value grows too large for a number."""
    runs: list[Run] = []
    for index in range(passes):
        runs.append(run_pass(lesson, index, runs[-1] if runs else None))
    return tuple(runs)


def run_pass(lesson: Lesson, pass_index: int, before: Run | None) -> Run:
    """Run one update, starting from where `before` ended (from the lesson's start for the first pass)."""
    from explainer.trace.summary import summarise

    start = before.end if before else starting_point(lesson)
    samples = batch_of(lesson, pass_index)
    graph = build_graph(lesson, samples)
    calculate = calculator(lesson.arithmetic)
    values = _forward(graph, calculate, start.parameters)
    run = _backward(graph, calculate, values, start, pass_index)
    run.summary = summarise(run)
    return run


def starting_point(lesson: Lesson) -> Start:
    """Return the parameters and the empty memory a lesson begins with."""
    return Start({name: lesson.network.value(name) for name in lesson.network.parameters}, {})


def batch_of(lesson: Lesson, pass_index: int) -> tuple[int, ...]:
    """Return the rows of the data that pass `pass_index` (from 0) uses; the last batch of an epoch may be smaller."""
    size, per_epoch = batches(lesson)
    first = (pass_index % per_epoch) * size
    return tuple(range(first, min(first + size, len(lesson.data.inputs))))


def batches(lesson: Lesson) -> tuple[int, int]:
    """Return the batch size in samples and the number of batches in an epoch."""
    count = len(lesson.data.inputs)
    wanted = lesson.update.batch_size
    size = count if wanted == "all" else min(wanted, count)
    return size, math.ceil(count / size)


def _forward(graph: Graph, calculate: Calculator, parameters: dict[str, float]) -> list[float]:
    network, data = graph.lesson.network, graph.lesson.data
    column = {neuron.id: index for index, neuron in enumerate(network.of_role("input"))}
    target = {neuron.id: index for index, neuron in enumerate(network.of_role("output"))}
    values: list[float] = []
    for node in graph.nodes:
        if node.operation is not None:
            value = calculate.value(node.operation, [values[position] for position in node.inputs])
            _must_be_finite(value, node)
        elif node.role == "parameter":
            value = parameters[node.owner]
        elif node.role == "input":
            value = data.inputs[node.sample or 0][column[node.owner]]
        else:
            value = data.targets[node.sample or 0][target[node.owner]]
        values.append(value)
    return values


def _backward(
    graph: Graph, calculate: Calculator, values: list[float], start: Start, pass_index: int
) -> Run:
    """Walk the graph backwards depth by depth; where the lesson updates in place, update between depths."""
    lesson = graph.lesson
    current = list(values)
    count = len(graph.nodes)
    run = Run(
        lesson, pass_index, graph, calculate, values, [0.0] * count, [[] for _ in range(count)],
        start, Start(dict(start.parameters), {}), {}, _batch_loss(graph, calculate, values), [], Paths(lesson.network, written_out=lesson.arithmetic.mode == "exact"),
    )  # fmt: skip
    finished = parameters_by_depth(graph)
    for depth, positions in _positions_by_depth(graph):
        for position in positions:
            _complete(run, position)
        if lesson.update.order == "in_place":
            _update(run, depth, finished[depth])
            for name in finished[depth]:
                current[graph.parameter[name]] = run.end.parameters[name]
        for position in positions:
            if graph.nodes[position].role == "pre_activation":
                _push(run, position, current, to_parameters=False)
    # All of them, or those that nothing uses: their gradient is zero and they stay what they are.
    _update(run, 0, [name for name in graph.parameter if name not in run.gradients])
    for position, node in enumerate(graph.nodes):
        if node.role == "input":
            run.adjoints[position] = _sum_of_terms(run, position)
    return run


def _positions_by_depth(graph: Graph) -> list[tuple[int, list[int]]]:
    """Return the nodes that compute something from the error back; within a depth, activations before weighted sums."""
    by_depth: dict[int, list[int]] = defaultdict(list)
    for position, node in enumerate(graph.nodes):
        if node.operation is not None:
            by_depth[node.depth].append(position)
    for positions in by_depth.values():
        positions.sort(key=lambda at: graph.nodes[at].role == "pre_activation")
    return sorted(by_depth.items(), reverse=True)


def _sum_of_terms(run: Run, position: int) -> float:
    """Add up the terms of a node's derivative, in the order of the graph, in which they are also shown."""
    run.terms[position].sort()
    total = run.calculator.total([term.product for term in run.terms[position]])
    _must_be_finite(total, run.graph.nodes[position])
    return total


def _complete(run: Run, position: int) -> None:
    """Complete the derivative by one node and hand it on, but for what a weighted sum passes to earlier neurons.

    That waits until the weights of this depth have been updated, if they are updated in place.
    """
    role = run.graph.nodes[position].role
    run.adjoints[position] = 1.0 if role == "loss" else _sum_of_terms(run, position)
    _push(run, position, run.values, to_parameters=True if role == "pre_activation" else None)


def _push(run: Run, position: int, values: list[float], *, to_parameters: bool | None) -> None:
    """Multiply by the local derivatives at `values` and hand the products to the node's inputs.

    `to_parameters` True or False hands only to parameters or only to other nodes, None to all.
    """
    node = run.graph.nodes[position]
    if node.operation is None:
        return
    upstream = run.adjoints[position]
    partials = run.calculator.partials(node.operation, [values[source] for source in node.inputs])
    for argument, (source, local) in enumerate(zip(node.inputs, partials, strict=True)):
        role = run.graph.nodes[source].role
        if role == "target" or (
            to_parameters is not None and (role == "parameter") is not to_parameters
        ):
            continue
        # Right at the error the derivative is the local one; multiplying by 1 would only show a needless factor.
        product = local if node.role == "loss" else run.calculator.product(upstream, local)
        _must_be_finite(product, node)
        run.terms[source].append(Term(position, argument, upstream, local, product))


def _update(run: Run, depth: int, names: list[str]) -> None:
    """Reduce the gradients of some parameters over the batch and update them; remember when."""
    if names:
        run.update_order.append((depth, names))
    lesson = run.lesson
    count = len(run.graph.samples)
    rule = operations.update(lesson.update.choice.name, lesson.update.choice.parameters)
    for name in names:
        gradient = _sum_of_terms(run, run.graph.parameter[name])
        run.adjoints[run.graph.parameter[name]] = gradient
        if count > 1 and lesson.loss.reduction == "mean":
            gradient = run.calculator.value(
                operations.batch(count, "mean"), [gradient, *[0.0] * (count - 1)]
            )
        run.gradients[name] = gradient
        value = run.start.parameters[name]
        if lesson.network.is_trainable(name):
            arguments = (value, gradient, lesson.update.learning_rate, float(run.pass_index + 1))
            value = run.calculator.value(rule["parameter"], arguments)
            _must_be_finite(value, run.graph.nodes[run.graph.parameter[name]])
        run.end.parameters[name] = value


def parameters_by_depth(graph: Graph) -> dict[int, list[str]]:
    """Return, for each depth, the parameters whose last contribution to a gradient comes from there."""
    shallowest: dict[str, int] = {}
    for node in graph.nodes:
        for position in node.inputs:
            source = graph.nodes[position]
            if source.role == "parameter":
                shallowest[source.owner] = min(shallowest.get(source.owner, node.depth), node.depth)
    finished: dict[int, list[str]] = defaultdict(list)
    for name in graph.parameter:
        if name in shallowest:
            finished[shallowest[name]].append(name)
    return finished


def _batch_loss(graph: Graph, calculate: Calculator, values: list[float]) -> float:
    losses = [values[position] for position in graph.loss_of.values()]
    if len(losses) == 1:
        return losses[0]
    loss = calculate.value(operations.batch(len(losses), graph.lesson.loss.reduction), losses)
    _must_be_finite(loss, Node("loss", "E", "E", None, LOSS_DEPTH))
    return loss


def _must_be_finite(value: float, node: Node) -> None:
    """Refuse what is too large for a double; `node` is the place the sentence names."""
    if math.isfinite(value):
        return
    if node.sample is None:
        fault = message(
            "The numbers grew too large at {place}: use smaller weights or a smaller learning rate.",
            place=node.address,
        )
    else:
        fault = message(
            "The numbers grew too large at {place} for sample {sample}: use smaller weights or a smaller learning rate.",
            place=node.address,
            sample=node.sample + 1,
        )
    raise Refused(fault)
