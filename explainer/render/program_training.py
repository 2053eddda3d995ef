"""The data of a program: samples as the network receives them, and the passes it trains with the error of each."""

from __future__ import annotations

from typing import Any

from explainer.lesson.inputs import inputs_of
from explainer.lesson.lesson import Lesson
from explainer.messages import Refused
from explainer.trace.batches import epoch_of, pass_number
from explainer.trace.record import Run
from explainer.trace.run import run_pass

# So many updates are computed for a program to compare its training with, fewer where one takes long.
_PASSES = 20
_MOST_NODES = 20_000


def rows_of(lesson: Lesson) -> tuple[list[list[float]], list[list[float]]]:
    """Return inputs and targets, the computed columns among the inputs."""
    inputs = [list(inputs_of(lesson, sample)) for sample in range(len(lesson.data.inputs))]
    return inputs, [list(row) for row in lesson.data.targets]


def passes_of(first: Run) -> list[dict[str, Any]]:
    """Return what each pass uses, and the error the program came to; they end where the numbers grow too large."""
    wanted = max(2, min(_PASSES, _MOST_NODES // max(1, len(first.graph.nodes))))
    run, found = first, [_pass(first)]
    while len(found) < wanted:
        try:
            run = run_pass(run.lesson, run.pass_index + 1, run)
        except Refused:
            break
        found.append(_pass(run))
    return found


def _pass(run: Run) -> dict[str, Any]:
    samples = run.summary.samples
    masks = {
        neuron.id: [run.summary.values[str(sample)][f"{neuron.id}.mask"] for sample in samples]
        for neuron in run.lesson.network.neurons
        if neuron.dropout is not None and run.lesson.mode == "train"
    }
    return {
        "samples": list(samples),
        "masks": masks,
        "epoch": epoch_of(run.lesson, run.pass_index),
        "step": pass_number(run.lesson, run.pass_index) + 1,
        "loss": run.loss,
    }
