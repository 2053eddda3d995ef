"""The steps of the forward pass: every quantity of every neuron."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from explainer.lesson.layers import in_order
from explainer.lesson.lesson import Neuron
from explainer.trace import focus
from explainer.trace.node import Node, NodeRole
from explainer.trace.record import Run
from explainer.trace.steps import Focus, Kind, Step

_KINDS: dict[NodeRole, Kind] = {
    "pre_activation": "weighted_sum",
    "maxout": "maxout",
    "mean": "normalise",
    "variance": "normalise",
    "normalised": "normalise",
    "scaled": "normalise",
    "activation": "activation",
    "softmax": "softmax",
    "dropout": "dropout",
}


def forward_steps(run: Run) -> Iterator[Step]:
    """Yield what is computed sample by sample; where a batch is normalised, neuron by neuron in the order of the graph."""
    if crosses_samples(run):
        places = sorted(place for chain in run.graph.chain.values() for place in chain)
    else:
        places = [place for sample in run.graph.samples for place in _of_sample(run, sample)]
    for place in places:
        node = run.graph.nodes[place]
        yield Step(
            0,
            "forward",
            _KINDS[node.role],
            node.owner,
            node.sample,
            run.values[place],
            _focus(run, place),
            piece=piece_at(node),
            address=node.address,
        )


def _of_sample(run: Run, sample: int) -> Iterator[int]:
    """Yield the quantities of one sample neuron by neuron; a softmax waits for all that it is made of."""
    for _, column in groupby(
        in_order(run.lesson.network), key=lambda neuron: run.graph.depth[neuron.id]
    ):
        waiting: list[int] = []
        for neuron in column:
            before, after = around_softmax(run, neuron, sample)
            yield from before
            waiting += after
        yield from waiting


def around_softmax(run: Run, neuron: Neuron, sample: int) -> tuple[list[int], list[int]]:
    """Return a neuron's quantities before its softmax, and the softmax with what follows it; none follow where it has none."""
    chain = run.graph.chain.get((sample, neuron.id), [])
    roles = [run.graph.nodes[place].role for place in chain]
    cut = roles.index("softmax") if "softmax" in roles else len(chain)
    return chain[:cut], chain[cut:]


def piece_at(node: Node) -> int:
    """Return which piece of a maxout neuron a weighted sum is, 0 for every other quantity."""
    number = node.address.rpartition(".z")[2]
    return int(number) - 1 if node.role == "pre_activation" and number.isdigit() else 0


def crosses_samples(run: Run) -> bool:
    """Tell whether some quantity belongs to the whole batch."""
    return any(sample is None for sample, _ in run.graph.chain)


def _focus(run: Run, place: int) -> Focus:
    node = run.graph.nodes[place]
    if node.role == "pre_activation":
        neuron = run.lesson.network.neuron(node.owner)
        return focus.incoming(run.lesson.network, neuron, piece_at(node))
    sources = [run.graph.nodes[source] for source in node.inputs]
    owners = [source.owner for source in sources if source.role != "parameter"]
    return Focus(
        neurons=tuple(dict.fromkeys((*owners, node.owner))),
        parameters=tuple(source.owner for source in sources if source.role == "parameter"),
    )
