"""The steps of the error: of every sample, the penalties, all of it together."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.trace.penalty import penalised
from explainer.trace.record import Run
from explainer.trace.steps import Focus, Step


def error_steps(run: Run) -> Iterator[Step]:
    """Yield the error of each sample, then what is added to it, then the whole where it has several parts."""
    network = run.lesson.network
    outputs = Focus(neurons=tuple(neuron.id for neuron in network.of_role("output")))
    for sample in run.graph.samples:
        value = run.values[run.graph.loss_of[sample]]
        yield Step(0, "error", "loss", "E", sample, value, outputs)
    for sample, place in run.graph.penalty_of.items():
        yield Step(0, "error", "penalty", "R", sample, run.values[place], outputs)
    if run.penalty is not None:
        names = penalised(network)
        edges = tuple((edge.source, edge.target) for edge in network.edges)
        weights = Focus(edges=tuple(dict.fromkeys(edges)), parameters=names)
        yield Step(0, "error", "penalty", "R", None, run.penalty, weights)
    if len(run.graph.samples) > 1 or run.lesson.penalty is not None:
        yield Step(0, "error", "batch_loss", "E", None, run.loss, outputs)
