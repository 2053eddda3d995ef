"""The steps of the forward pass: every quantity of every neuron."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from explainer.lesson.layers import in_order
from explainer.trace import focus
from explainer.trace.node import NodeRole
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
            address=node.address,
        )


def _of_sample(run: Run, sample: int) -> Iterator[int]:
    """Yield the quantities of one sample neuron by neuron; a softmax waits for all the sums of its column."""
    for _, column in groupby(
        in_order(run.lesson.network), key=lambda neuron: run.graph.depth[neuron.id]
    ):
        waiting: list[int] = []
        for neuron in column:
            chain = run.graph.chain.get((sample, neuron.id), [])
            if neuron.activation.name == "softmax":
                yield from chain[:1]
                waiting += chain[1:]
            else:
                yield from chain
        yield from waiting


def crosses_samples(run: Run) -> bool:
    """Tell whether some quantity belongs to the whole batch."""
    return any(sample is None for sample, _ in run.graph.chain)


def _focus(run: Run, place: int) -> Focus:
    node = run.graph.nodes[place]
    if node.role == "pre_activation":
        return focus.incoming(run.lesson.network, run.lesson.network.neuron(node.owner))
    owners = [
        run.graph.nodes[source].owner
        for source in node.inputs
        if run.graph.nodes[source].role != "parameter"
    ]
    return Focus(neurons=tuple(dict.fromkeys((*owners, node.owner))))
