"""The steps of the backward pass and of the update, in the order they are taken."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.lesson.lesson import Neuron
from explainer.trace import focus
from explainer.trace.addresses import input_address
from explainer.trace.forward_steps import around_softmax, crosses_samples, piece_at
from explainer.trace.learning import follows_gradient
from explainer.trace.record import Run
from explainer.trace.steps import Step
from explainer.trace.update_steps import running_steps, update_steps


def backward_and_update_steps(run: Run) -> Iterator[Step]:
    """Yield backward steps and updates; with in-place updates the two alternate by depth."""
    if not follows_gradient(run.lesson.update.choice.name):
        yield from update_steps(run, list(run.graph.parameter))
        return
    depth_of = {owner: run.graph.depth[owner] for _, owner in run.graph.chain}
    neurons = sorted(
        (neuron for neuron in run.lesson.network.neurons if _is_told(run, neuron)),
        key=lambda neuron: -depth_of[neuron.id],
    )
    if run.lesson.update.order == "simultaneous":
        yield from _through(run, neurons)
        yield from _by_inputs(run)
        yield from sums(run, list(run.graph.parameter))
        yield from update_steps(run, list(run.graph.parameter))
        yield from running_steps(run)
        return
    finished = dict(run.update_order)
    for depth in sorted(set(depth_of.values()), reverse=True):
        yield from _through(run, [neuron for neuron in neurons if depth_of[neuron.id] == depth])
        yield from sums(run, finished.get(depth, []))
        yield from update_steps(run, finished.get(depth, []))
    yield from _by_inputs(run)


def _is_told(run: Run, neuron: Neuron) -> bool:
    """Tell whether the way back passes a neuron: an input that dropout works on only where its derivative is asked for."""
    if neuron.role == "input":
        return neuron.dropout is not None and run.lesson.mode == "apply"
    return True


def _through(run: Run, neurons: list[Neuron]) -> Iterator[Step]:
    """Yield the way back through some neurons: sample by sample, or neuron by neuron where samples depend on each other."""
    if not crosses_samples(run):
        for sample in run.graph.samples:
            yield from _by_groups(run, neurons, (sample,))
        return
    yield from _by_groups(run, neurons, run.graph.samples)


def _by_inputs(run: Run) -> Iterator[Step]:
    """Yield the derivatives by the inputs, where a network is applied and the question is what they do to the error.

    While it is trained nothing follows from them; they are known all the same.
    """
    if run.lesson.mode != "apply":
        return
    for sample in run.graph.samples:
        for neuron in run.lesson.network.of_role("input"):
            address = input_address(neuron)
            value = run.adjoints[run.graph.place[sample, address]]
            where = focus.outgoing(run.lesson.network, neuron)
            yield Step(
                0, "backward", "gradient_input", neuron.id, sample, value, where, address=address
            )


def _by_groups(run: Run, neurons: list[Neuron], samples: tuple[int, ...]) -> Iterator[Step]:
    """Yield the steps of each neuron in some samples at once; those of one softmax go together, since its sums need all of it."""
    for group in _groups(run, neurons):
        pairs = [(neuron, sample) for neuron in group for sample in samples]
        if group[0].activation.name == "softmax":
            for neuron, sample in pairs:
                yield from _deltas(run, neuron, around_softmax(run, neuron, sample)[1])
        for neuron in group:
            yield from _down_to_the_parameters(run, neuron, samples)


def _groups(run: Run, neurons: list[Neuron]) -> list[list[Neuron]]:
    """Return the neurons in their order, those of one softmax together where its last one stands."""
    found: dict[object, list[Neuron]] = {}
    for neuron in neurons:
        key: object = neuron.id
        if neuron.activation.name == "softmax":
            key = (run.graph.depth[neuron.id], neuron.group)
        members = [*found.pop(key, []), neuron]
        found[key] = members
    return list(found.values())


def _down_to_the_parameters(run: Run, neuron: Neuron, samples: tuple[int, ...]) -> Iterator[Step]:
    """Yield the way back from a neuron's output (or its softmax) through what the batch shares to its sums and parameters."""
    for sample in samples:
        # A plain neuron's output is told in one step with its sum.
        if not neuron.is_plain:
            yield from _deltas(run, neuron, around_softmax(run, neuron, sample)[0])
    yield from _deltas(run, neuron, run.graph.chain.get((None, neuron.id), []))
    for sample in samples:
        yield from _sum_and_uses(run, neuron, sample)


def _deltas(run: Run, neuron: Neuron, chain: list[int]) -> Iterator[Step]:
    """Yield the derivatives by some quantities that were made of a neuron's sum, the last one first."""
    for place in reversed(chain):
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
        piece=piece_at(node),
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
