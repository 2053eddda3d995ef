"""A run as data: the ordered steps of its pass and all its values."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from explainer.lesson.layers import in_order
from explainer.lesson.lesson import Neuron
from explainer.trace.addresses import input_address
from explainer.trace.backward_steps import backward_and_update_steps
from explainer.trace.batches import epoch_of
from explainer.trace.error_steps import error_steps
from explainer.trace.expression_steps import expression_steps
from explainer.trace.forward_steps import forward_steps
from explainer.trace.learning import follows_gradient
from explainer.trace.record import Run
from explainer.trace.slopes import local_slopes
from explainer.trace.steps import Pass, Step


def summarise(run: Run) -> Pass:
    """Return everything a pass computed, as the trace file has it (CONTRACT: passes)."""
    if run.lesson.expression is not None:
        return _of_expression(run)
    samples = run.graph.samples
    steps = [*forward_steps(run), *error_steps(run), *backward_and_update_steps(run)]
    return Pass(
        epoch=epoch_of(run.lesson, run.pass_index) + 1,
        samples=samples,
        steps=_numbered(steps),
        values={str(sample): _values(run, sample) for sample in samples},
        loss=run.loss,
        loss_per_sample=tuple(run.error_of(sample) for sample in samples),
        gradients=_in_order(run, run.gradients),
        input_gradients={str(sample): _derivatives(run, sample, inputs=True) for sample in samples},
        deltas={str(sample): _derivatives(run, sample, inputs=False) for sample in samples},
        parameters_before=run.start.parameters,
        parameters_after={name: run.end.parameters[name] for name in run.graph.parameter},
        state_before=run.start.state,
        state_after=run.end.state,
        learning_rate=run.learning_rate,
        gradients_clipped=None if run.lesson.update.clip is None else _in_order(run, run.clipped),
        slopes=local_slopes(run),
    )


def _in_order(run: Run, gradients: dict[str, float]) -> dict[str, float]:
    return {name: gradients[name] for name in run.graph.parameter if name in gradients}


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


def _values(run: Run, sample: int) -> dict[str, float]:
    """Return every quantity of a sample and of its batch by address; an identity neuron's sum is also what it puts out.

    Dropout's masks are among them, and the running averages where they stand for those of the batch.
    """
    values: dict[str, float] = {}
    for neuron in in_order(run.lesson.network):
        places = [
            *run.graph.chain.get((None, neuron.id), []),
            *run.graph.chain.get((sample, neuron.id), []),
            *_leaves(run, neuron, sample),
        ]
        for place in sorted(places):
            values[run.graph.nodes[place].address] = run.values[place]
        values[neuron.id] = run.values[run.graph.output_of[sample, neuron.id]]
    return values


def _leaves(run: Run, neuron: Neuron, sample: int) -> list[int]:
    """Return what a neuron takes as given: an input before its dropout, the mask, the averages a trained network goes by."""
    found: list[tuple[int | None, str]] = []
    if neuron.role == "input":
        found.append((sample, input_address(neuron)))
    if run.lesson.mode == "train":
        found.append((sample, f"{neuron.id}.mask"))
    else:
        found += [(None, f"{neuron.id}.mean"), (None, f"{neuron.id}.variance")]
    return [run.graph.place[key] for key in found if key in run.graph.place]


def _derivatives(run: Run, sample: int, *, inputs: bool) -> dict[str, float]:
    """Return the derivative by every input itself (before any dropout), or by every weighted sum; none where a rule has none."""
    graph = run.graph
    found: dict[str, float] = {}
    if not follows_gradient(run.lesson.update.choice.name):
        return found
    for neuron in run.lesson.network.neurons:
        if (neuron.role == "input") is not inputs:
            continue
        place = (
            graph.place[sample, input_address(neuron)]
            if inputs
            else graph.sum_of[sample, neuron.id]
        )
        found[neuron.id] = run.adjoints[place]
    return found
