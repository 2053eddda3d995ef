"""Running a lesson: forward values, the reverse pass, the update; one `Run` per update.

The reverse pass knows no layers and no kinds of node: it walks the scalar graph backwards, multiplies by local
derivatives and adds up (Griewank, Walther: Evaluating Derivatives, 2008, chapter 3).
"""

from __future__ import annotations

from collections import defaultdict

from explainer.lesson.lesson import Lesson
from explainer.maths import operations
from explainer.maths.update_operations import learning_rate
from explainer.trace.arithmetic import Calculator, calculator
from explainer.trace.batches import batch_of, epoch_of, pass_number
from explainer.trace.building import build_graph
from explainer.trace.domain import must_have_logarithm, must_suit
from explainer.trace.expression_graph import build_expression_graph
from explainer.trace.graph import LOSS_DEPTH, Graph
from explainer.trace.learning import follows_gradient, learn
from explainer.trace.node import Node
from explainer.trace.paths import Paths
from explainer.trace.penalty import penalise_weights
from explainer.trace.record import Run, Start, Term, must_be_finite, must_have_slope
from explainer.trace.running import update_running_averages
from explainer.trace.update import update_parameters


def trace(lesson: Lesson, passes: int = 1) -> tuple[Run, ...]:
    """Run `passes` updates, of a formula the one pass it has. Refused where a value grows too large for a number."""
    runs: list[Run] = []
    for index in range(passes if lesson.expression is None else 1):
        runs.append(run_pass(lesson, index, runs[-1] if runs else None))
    return tuple(runs)


def run_pass(lesson: Lesson, pass_index: int, before: Run | None) -> Run:
    """Run one update, starting from where `before` ended (from the lesson's start for the first pass)."""
    return _run_from(lesson, pass_index, before.end if before else starting_point(lesson))


def run_again(run: Run, lesson: Lesson) -> Run:
    """Run the same pass of a lesson that differs in its arithmetic alone, from where this pass started."""
    return _run_from(lesson, run.pass_index, run.start)


def _run_from(lesson: Lesson, pass_index: int, start: Start) -> Run:
    from explainer.trace.summary import summarise

    samples = batch_of(lesson, pass_index)
    graph = (
        build_expression_graph(lesson)
        if lesson.expression
        else build_graph(lesson, samples, pass_number(lesson, pass_index), start.state)
    )
    calculate = calculator(lesson.arithmetic)
    values = _forward(graph, calculate, start.parameters)
    run = _backward(graph, calculate, values, start, pass_index)
    run.summary = summarise(run)
    return run


def starting_point(lesson: Lesson) -> Start:
    """Return the parameters and the memory a lesson begins with."""
    parameters = {name: lesson.network.value(name) for name in lesson.network.parameters}
    state = {name: dict(cells) for name, cells in lesson.state.parameters.items()}
    for name, averages in lesson.state.neurons.items():
        # A neuron may be called as a parameter is; their cells differ.
        state[name] = {**state.get(name, {}), **averages}
    return Start(parameters, state)


def _forward(graph: Graph, calculate: Calculator, parameters: dict[str, float]) -> list[float]:
    values: list[float] = []
    for node in graph.nodes:
        if node.operation is not None:
            arguments = [values[position] for position in node.inputs]
            if node.role in ("loss", "penalty"):
                must_suit(graph.lesson, node, arguments)
            value = calculate.value(node.operation, arguments)
            if node.role in ("loss", "penalty"):
                must_have_logarithm(graph.lesson, node, value, arguments)
            must_be_finite(value, node)
        elif node.role == "parameter":
            value = parameters[node.owner]
        else:
            value = node.value
        values.append(value)
    return values


def _backward(
    graph: Graph, calculate: Calculator, values: list[float], start: Start, pass_index: int
) -> Run:
    """Walk the graph backwards depth by depth; where the lesson updates in place, update between depths."""
    lesson = graph.lesson
    current = list(values)
    count = len(graph.nodes)
    memory = {name: dict(cells) for name, cells in start.state.items()}
    run = Run(
        lesson, pass_index, graph, calculate, values, [0.0] * count, [[] for _ in range(count)],
        start, Start(dict(start.parameters), memory), {}, 0.0, [],
        Paths(lesson.network, written_out=lesson.arithmetic.mode == "exact" and not graph.penalty_of),
    )  # fmt: skip
    run.learning_rate = _learning_rate(run)
    penalise_weights(run)
    run.loss = _batch_loss(run)
    if not follows_gradient(lesson.update.choice.name):
        learn(run)
        return run
    finished = parameters_by_depth(graph)
    for depth, positions in _positions_by_depth(graph):
        for position in positions:
            _complete(run, position)
        if lesson.update.order == "in_place":
            update_parameters(run, depth, finished[depth])
            for name in finished[depth]:
                current[graph.parameter[name]] = run.end.parameters[name]
        for position in positions:
            if graph.nodes[position].role == "pre_activation":
                _push(run, position, current, to_parameters=False)
    # All of them, or those that nothing uses: their gradient is zero and they stay what they are.
    update_parameters(run, 0, [name for name in graph.parameter if name not in run.gradients])
    for position, node in enumerate(graph.nodes):
        if node.role == "input":
            run.adjoints[position] = run.sum_of_terms(position)
    update_running_averages(run)
    return run


def _positions_by_depth(graph: Graph) -> list[tuple[int, list[int]]]:
    """Return the nodes that compute something from the error back, depth by depth, later ones first."""
    by_depth: dict[int, list[int]] = defaultdict(list)
    for position, node in enumerate(graph.nodes):
        if node.operation is not None:
            by_depth[node.depth].append(position)
    for positions in by_depth.values():
        positions.reverse()
    return sorted(by_depth.items(), reverse=True)


def _complete(run: Run, position: int) -> None:
    """Complete the derivative by one node and hand it on, but for what a weighted sum passes to earlier neurons.

    That waits until the weights of this depth have been updated, if they are updated in place.
    """
    role = run.graph.nodes[position].role
    run.adjoints[position] = 1.0 if run.graph.is_seed(position) else run.sum_of_terms(position)
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
        if role in ("target", "constant") or (
            to_parameters is not None and (role == "parameter") is not to_parameters
        ):
            continue
        must_have_slope(local, node)
        # Right at the error the derivative is the local one; multiplying by 1 would only show a needless factor.
        at_error = run.graph.is_seed(position)
        product = local if at_error else run.calculator.product(upstream, local)
        must_be_finite(product, node)
        run.terms[source].append(Term(position, argument, upstream, local, product))


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


def _learning_rate(run: Run) -> float:
    """Return the learning rate of the pass's epoch."""
    update = run.lesson.update
    if update.schedule.name == "constant":
        return update.learning_rate
    operation = learning_rate(update.schedule.name, update.schedule.parameters)
    epoch = float(epoch_of(run.lesson, run.pass_index))
    return run.calculator.value(operation, (update.learning_rate, epoch))


def _batch_loss(run: Run) -> float:
    """Return the error of the batch with every penalty: that of a sample before the reduction, that of the weights after it."""
    losses = [run.error_of(sample) for sample in run.graph.samples]
    loss = losses[0]
    if len(losses) > 1:
        operation = operations.batch(len(losses), run.lesson.loss.reduction)
        loss = run.calculator.value(operation, losses)
    if run.penalty is not None:
        loss = run.calculator.total([loss, run.penalty])
    must_be_finite(loss, Node("loss", "E", "E", None, LOSS_DEPTH))
    return loss
