"""The running averages of batch normalisation: what the trained network uses in place of a batch."""

from __future__ import annotations

from explainer.lesson.lesson import RUNNING, Neuron
from explainer.maths import layers
from explainer.maths.operation import Operation
from explainer.trace.record import Run, must_be_finite

# Which quantity of the batch goes into which average.
SEEN = {"running_mean": "mean", "running_variance": "variance"}


def update_running_averages(run: Run) -> None:
    """Move every running average towards what this batch was like; where the network is applied they stay."""
    for neuron in normalised(run):
        averages: dict[str, float] = {}
        for cell in RUNNING:
            place = run.graph.place[None, f"{neuron.id}.{SEEN[cell]}"]
            operation = running_operation(run, neuron, cell)
            arguments = (running_before(run, neuron, cell), run.values[place])
            averages[cell] = run.calculator.value(operation, arguments)
            must_be_finite(averages[cell], run.graph.nodes[place])
        run.end.state[neuron.id] = {**run.end.state.get(neuron.id, {}), **averages}


def normalised(run: Run) -> tuple[Neuron, ...]:
    """Return the neurons whose running averages this pass moves, in file order."""
    if run.lesson.mode == "apply":
        return ()
    return tuple(neuron for neuron in run.lesson.network.neurons if neuron.normalise is not None)


def running_before(run: Run, neuron: Neuron, cell: str) -> float:
    """Return a running average as the pass found it."""
    return run.start.state.get(neuron.id, {}).get(cell, RUNNING[cell])


def running_operation(run: Run, neuron: Neuron, cell: str) -> Operation:
    """Return the operation that makes the new average of the old one and of this batch."""
    if neuron.normalise is None:
        raise ValueError(f"{neuron.id} is not normalised")
    momentum = neuron.normalise.momentum
    if cell == "running_mean":
        return layers.running_mean(momentum)
    return layers.running_variance(momentum, len(run.graph.samples))
