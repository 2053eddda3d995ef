"""The steps of the backward pass and of the update, in the order they are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explainer.lesson.lesson import Neuron
from explainer.trace import focus
from explainer.trace.forward_steps import crosses_samples
from explainer.trace.learning import follows_gradient
from explainer.trace.record import Run
from explainer.trace.steps import Step
from explainer.trace.update_steps import update_steps


def backward_and_update_steps(run: Run) -> Iterator[Step]:
    """Yield backward steps and updates; with in-place updates the two alternate by depth."""
    if not follows_gradient(run.lesson.update.choice.name):
        yield from update_steps(run, list(run.graph.parameter))
        return
    depth_of = {owner: run.graph.depth[owner] for _, owner in run.graph.chain}
    neurons = sorted(
        (neuron for neuron in run.lesson.network.neurons if neuron.id in depth_of),
        key=lambda neuron: -depth_of[neuron.id],
    )
    if run.lesson.update.order == "simultaneous":
        yield from _through(run, neurons)
        yield from _by_inputs(run)
        yield from sums(run, list(run.graph.parameter))
        yield from update_steps(run, list(run.graph.parameter))
        return
    finished = dict(run.update_order)
    for depth in sorted(set(depth_of.values()), reverse=True):
        yield from _through(run, [neuron for neuron in neurons if depth_of[neuron.id] == depth])
        yield from sums(run, finished.get(depth, []))
        yield from update_steps(run, finished.get(depth, []))


def _through(run: Run, neurons: list[Neuron]) -> Iterator[Step]:
    """Yield the way back through some neurons: sample by sample, or neuron by neuron where samples depend on each other."""
    if not crosses_samples(run):
        for sample in run.graph.samples:
            for steps in _by_columns(run, neurons, sample):
                yield from steps
        return
    for neuron in neurons:
        for sample in run.graph.samples:
            yield from _after_sum(run, neuron, sample)
        for place in reversed(run.graph.chain.get((None, neuron.id), [])):
            yield _delta(run, neuron, place)
        for sample in run.graph.samples:
            yield from _sum_and_uses(run, neuron, sample)


def _by_inputs(run: Run) -> Iterator[Step]:
    """Yield the derivatives by the inputs, where a network is applied and the question is what they do to the error.

    While it is trained nothing follows from them; they are known all the same.
    """
    if run.lesson.mode != "apply":
        return
    for sample in run.graph.samples:
        for neuron in run.lesson.network.of_role("input"):
            value = run.adjoints[run.graph.place[sample, neuron.id]]
            where = focus.outgoing(run.lesson.network, neuron)
            yield Step(0, "backward", "gradient_input", neuron.id, sample, value, where)


def _by_columns(run: Run, neurons: list[Neuron], sample: int) -> Iterator[Iterable[Step]]:
    """Yield the steps of each neuron; the outputs of one softmax come before any of its sums, which need them all."""
    waiting: list[Neuron] = []
    for neuron in neurons:
        if neuron.activation.name == "softmax":
            yield _after_sum(run, neuron, sample)
            waiting.append(neuron)
            if waiting[-1] is _last_of_softmax(neurons, neuron):
                yield from (_sum_and_uses(run, member, sample) for member in waiting)
                waiting = []
        else:
            yield _after_sum(run, neuron, sample)
            yield _sum_and_uses(run, neuron, sample)


def _last_of_softmax(neurons: list[Neuron], one: Neuron) -> Neuron:
    group = [
        neuron
        for neuron in neurons
        if neuron.activation.name == "softmax" and neuron.group == one.group
    ]
    return group[-1]


def _after_sum(run: Run, neuron: Neuron, sample: int) -> Iterator[Step]:
    """Yield the derivatives by what a neuron makes of its weighted sum; a plain neuron's are told in one step with its sum."""
    if neuron.is_plain:
        return
    for place in reversed(run.graph.chain[sample, neuron.id]):
        if run.graph.nodes[place].role != "pre_activation":
            yield _delta(run, neuron, place)


def _sum_and_uses(run: Run, neuron: Neuron, sample: int) -> Iterator[Step]:
    for place in run.graph.chain.get((sample, neuron.id), []):
        if run.graph.nodes[place].role == "pre_activation":
            yield _delta(run, neuron, place)
    for edge in run.lesson.network.incoming(neuron.id):
        z = run.graph.piece_of[sample, neuron.id, edge.piece]
        argument = run.graph.nodes[z].sources.index(edge.source)
        where = focus.way(run.paths, neuron, edge.source, edge.weight)
        value = _use(run, edge.weight, z, argument)
        use = (edge.source, edge.target)
        yield Step(
            0,
            "backward",
            "gradient_weight",
            edge.weight,
            sample,
            value,
            where,
            edge=use,
            piece=edge.piece,
        )
    for piece, bias in enumerate(neuron.biases):
        z = run.graph.piece_of[sample, neuron.id, piece]
        value = _use(run, bias, z, len(run.graph.nodes[z].inputs) - 1)
        where = focus.way(run.paths, neuron, None, bias)
        yield Step(
            0,
            "backward",
            "gradient_bias",
            bias,
            sample,
            value,
            where,
            neuron=neuron.id,
            piece=piece,
        )


def _delta(run: Run, neuron: Neuron, place: int) -> Step:
    node = run.graph.nodes[place]
    where = focus.outgoing(run.lesson.network, neuron)
    return Step(
        0,
        "backward",
        "delta",
        neuron.id,
        node.sample,
        run.adjoints[place],
        where,
        address=node.address,
    )


def _use(run: Run, parameter: str, consumer: int, argument: int) -> float:
    """Return what one use of a parameter adds to its gradient."""
    terms = run.terms[run.graph.parameter[parameter]]
    return next(
        term.product for term in terms if (term.consumer, term.argument) == (consumer, argument)
    )


def needs_sum(run: Run, parameter: str) -> bool:
    """Tell whether a parameter's gradient is put together from several terms, which is then a step of its own."""
    terms = run.terms[run.graph.parameter[parameter]]
    told = all(run.graph.nodes[term.consumer].role == "pre_activation" for term in terms)
    penalised = parameter in run.penalty_slopes
    return penalised or not told or len(terms) > 1 or len(run.graph.samples) > 1


def sums(run: Run, parameters: list[str]) -> Iterator[Step]:
    """Yield the gradients that are put together from several terms."""
    for name in parameters:
        if needs_sum(run, name):
            where = focus.uses(run.lesson.network, name)
            yield Step(0, "backward", "gradient_parameter", name, None, run.gradients[name], where)
