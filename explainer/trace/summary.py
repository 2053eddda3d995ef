"""A run as data: the ordered steps of its pass and all its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from explainer.lesson.layers import in_order
from explainer.lesson.lesson import Neuron
from explainer.trace.expression_steps import expression_steps
from explainer.trace.record import Run
from explainer.trace.run import batches
from explainer.trace.steps import Focus, Kind, Pass, Step


def summarise(run: Run) -> Pass:
    """Return everything a pass computed, as the trace file has it (CONTRACT: passes)."""
    if run.lesson.expression is not None:
        return _of_expression(run)
    samples = run.graph.samples
    _, per_epoch = batches(run.lesson)
    steps = [*_forward(run), *_errors(run), *_backward_and_update(run)]
    return Pass(
        epoch=run.pass_index // per_epoch + 1,
        samples=samples,
        steps=_numbered(steps),
        values={str(sample): _values(run, sample) for sample in samples},
        loss=run.loss,
        loss_per_sample=tuple(run.values[run.graph.loss_of[sample]] for sample in samples),
        gradients={name: run.gradients[name] for name in run.graph.parameter},
        input_gradients={str(sample): _derivatives(run, sample, inputs=True) for sample in samples},
        deltas={str(sample): _derivatives(run, sample, inputs=False) for sample in samples},
        parameters_before=run.start.parameters,
        parameters_after={name: run.end.parameters[name] for name in run.graph.parameter},
        state_before=run.start.state,
        state_after=run.end.state,
    )


def _of_expression(run: Run) -> Pass:
    """Return the one pass of a formula: its result stands where a network has its error."""
    named = {
        node.address: place for place, node in enumerate(run.graph.nodes) if " " not in node.address
    }
    gradients = {
        node.address: run.adjoints[place]
        for place, node in enumerate(run.graph.nodes)
        if node.role == "input"
    }
    return Pass(
        epoch=1,
        samples=(0,),
        steps=_numbered(expression_steps(run)),
        values={"0": {name: run.values[place] for name, place in named.items()}},
        loss=run.loss,
        loss_per_sample=(run.loss,),
        gradients=gradients,
        input_gradients={"0": gradients},
        deltas={"0": {name: run.adjoints[place] for name, place in named.items()}},
        parameters_before={},
        parameters_after={},
        state_before={},
        state_after={},
    )


def _numbered(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(replace(step, index=index) for index, step in enumerate(steps))


def needs_sum(run: Run, parameter: str) -> bool:
    """Tell whether a parameter's gradient is put together from several terms, which is then a step of its own."""
    return len(run.terms[run.graph.parameter[parameter]]) > 1 or len(run.graph.samples) > 1


def _values(run: Run, sample: int) -> dict[str, float]:
    values: dict[str, float] = {}
    for neuron in in_order(run.lesson.network):
        if neuron.role != "input":
            values[f"{neuron.id}.z"] = run.values[run.graph.sum_of[sample, neuron.id]]
        values[neuron.id] = run.values[run.graph.output_of[sample, neuron.id]]
    return values


def _derivatives(run: Run, sample: int, *, inputs: bool) -> dict[str, float]:
    places = run.graph.output_of if inputs else run.graph.sum_of
    return {
        neuron.id: run.adjoints[places[sample, neuron.id]]
        for neuron in run.lesson.network.neurons
        if (neuron.role == "input") is inputs
    }


def _step(
    phase: str,
    kind: Kind,
    subject: str,
    sample: int | None,
    value: float,
    focus: Focus,
    **use: object,
) -> Step:
    return Step(0, phase, kind, subject, sample, value, focus, **use)  # type: ignore[arg-type]  # `use` is edge or neuron


def _forward(run: Run) -> Iterator[Step]:
    for sample in run.graph.samples:
        for neuron in in_order(run.lesson.network):
            if neuron.role == "input":
                continue
            z = run.values[run.graph.sum_of[sample, neuron.id]]
            yield _step(
                "forward", "weighted_sum", neuron.id, sample, z, _incoming_focus(run, neuron)
            )
            if run.graph.output_of[sample, neuron.id] != run.graph.sum_of[sample, neuron.id]:
                a = run.values[run.graph.output_of[sample, neuron.id]]
                yield _step(
                    "forward", "activation", neuron.id, sample, a, Focus(neurons=(neuron.id,))
                )


def _errors(run: Run) -> Iterator[Step]:
    outputs = tuple(neuron.id for neuron in run.lesson.network.of_role("output"))
    for sample in run.graph.samples:
        yield _step(
            "error",
            "loss",
            "E",
            sample,
            run.values[run.graph.loss_of[sample]],
            Focus(neurons=outputs),
        )
    if len(run.graph.samples) > 1:
        yield _step("error", "batch_loss", "E", None, run.loss, Focus(neurons=outputs))


def _backward_and_update(run: Run) -> Iterator[Step]:
    """Yield backward steps and updates; with in-place updates the two alternate by depth."""
    depth_of = {node.owner: node.depth for node in run.graph.nodes if node.role == "pre_activation"}
    neurons = sorted(
        (neuron for neuron in run.lesson.network.neurons if neuron.role != "input"),
        key=lambda neuron: -depth_of[neuron.id],
    )
    if run.lesson.update.order == "simultaneous":
        for sample in run.graph.samples:
            for neuron in neurons:
                yield from _neuron_backward(run, neuron, sample)
        yield from _sums(run, list(run.graph.parameter))
        yield from _updates(run, list(run.graph.parameter))
        return
    finished = dict(run.update_order)
    for depth in sorted(set(depth_of.values()), reverse=True):
        for sample in run.graph.samples:
            for neuron in neurons:
                if depth_of[neuron.id] == depth:
                    yield from _neuron_backward(run, neuron, sample)
        yield from _sums(run, finished.get(depth, []))
        yield from _updates(run, finished.get(depth, []))


def _neuron_backward(run: Run, neuron: Neuron, sample: int) -> Iterator[Step]:
    z = run.graph.sum_of[sample, neuron.id]
    yield _step(
        "backward", "delta", neuron.id, sample, run.adjoints[z], _outgoing_focus(run, neuron)
    )
    node = run.graph.nodes[z]
    for edge in run.lesson.network.incoming(neuron.id):
        argument = node.sources.index(edge.source)
        value = _use(run, edge.weight, z, argument)
        focus = _path_focus(run, neuron, edge.source, edge.weight)
        yield _step(
            "backward",
            "gradient_weight",
            edge.weight,
            sample,
            value,
            focus,
            edge=(edge.source, edge.target),
        )
    if neuron.bias is not None:
        value = _use(run, neuron.bias, z, len(node.inputs) - 1)
        focus = _path_focus(run, neuron, None, neuron.bias)
        yield _step(
            "backward", "gradient_bias", neuron.bias, sample, value, focus, neuron=neuron.id
        )


def _use(run: Run, parameter: str, consumer: int, argument: int) -> float:
    """Return what one use of a parameter adds to its gradient."""
    terms = run.terms[run.graph.parameter[parameter]]
    return next(
        term.product for term in terms if (term.consumer, term.argument) == (consumer, argument)
    )


def _sums(run: Run, parameters: list[str]) -> Iterator[Step]:
    for name in parameters:
        if needs_sum(run, name):
            focus = Focus(edges=_edges_of(run, name), parameters=(name,))
            yield _step("backward", "gradient_parameter", name, None, run.gradients[name], focus)


def _updates(run: Run, parameters: list[str]) -> Iterator[Step]:
    for name in parameters:
        if run.lesson.network.is_trainable(name):
            focus = Focus(edges=_edges_of(run, name), parameters=(name,))
            yield _step("update", "update", name, None, run.end.parameters[name], focus)


def _edges_of(run: Run, parameter: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (edge.source, edge.target) for edge in run.lesson.network.edges if edge.weight == parameter
    )


def _incoming_focus(run: Run, neuron: Neuron) -> Focus:
    edges = run.lesson.network.incoming(neuron.id)
    bias = (neuron.bias,) if neuron.bias is not None else ()
    return Focus(
        neurons=(*(edge.source for edge in edges), neuron.id),
        edges=tuple((edge.source, edge.target) for edge in edges),
        parameters=(*(edge.weight for edge in edges), *bias),
    )


def _outgoing_focus(run: Run, neuron: Neuron) -> Focus:
    edges = run.lesson.network.outgoing(neuron.id)
    return Focus(
        neurons=(neuron.id, *(edge.target for edge in edges)),
        edges=tuple((edge.source, edge.target) for edge in edges),
        parameters=tuple(edge.weight for edge in edges),
    )


def _path_focus(run: Run, neuron: Neuron, source: str | None, parameter: str) -> Focus:
    """Return the way from the error to the parameter where it is shown in full, else only its last part."""
    start = (source,) if source is not None else ()
    first_edge = ((source, neuron.id),) if source is not None else ()
    if not run.paths.is_short(neuron.id):
        return Focus((*start, neuron.id), first_edge, (parameter,))
    neurons, edges, weights = run.paths.reach(neuron.id)
    return Focus((*start, *neurons), (*first_edge, *edges), (parameter, *weights))
