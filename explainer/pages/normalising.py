"""What is told of batch normalisation besides its quantities: its running averages, and what cancels over a batch."""

from __future__ import annotations

from explainer.messages import Message, message
from explainer.pages.names import Names
from explainer.pages.page import Row
from explainer.pages.update import operation_rows
from explainer.trace.running import SEEN, running_before, running_operation
from explainer.trace.steps import Step


def running_rows(names: Names, step: Step) -> tuple[Row, ...]:
    """Return the lines of a running average: the old one and what this batch was like give the new one."""
    run, cell = names.run, step.address.rpartition(".")[2]
    neuron, which = run.lesson.network.neuron(step.subject), SEEN[cell]
    batch = names.average(neuron.id, which, running=False)
    before = names.average(neuron.id, which, running=True)
    seen = run.values[run.graph.place[None, f"{neuron.id}.{which}"]]
    return operation_rows(
        names,
        names.new_average(neuron.id, which),
        running_operation(run, neuron, cell),
        [before, batch],
        [running_before(run, neuron, cell), seen],
        step.value,
    )


def running_reason(names: Names, step: Step) -> Message:
    """Say what a running average is for."""
    return message(
        "Applied, the network has no batch to look at: it will use {r}, which follows the batches of the training.",
        r=names.average(step.subject, _which(step), running=True),
    )


def running_notes(names: Names, step: Step) -> list[Message]:
    """Return where the average comes from, and that of the variance is unbiased."""
    notes = []
    count = len(names.run.graph.samples)
    if _which(step) == "variance":
        notes.append(
            message(
                "As in PyTorch the average is of the unbiased variance, which divides by {less} and not by {count}.",
                less=count - 1,
                count=count,
            )
        )
    return notes


def running_question(names: Names, step: Step) -> Message:
    """Return the headline of a running average's step."""
    return message("Where does {x} go?", x=names.average(step.subject, _which(step), running=True))


def normalising_notes(names: Names, step: Step) -> list[Message]:
    """Return what is special on the way back where the samples of a batch depend on each other, and what cancels over it."""
    if step.kind == "gradient_bias":
        neuron = names.run.lesson.network.neuron(str(step.neuron))
        if neuron.normalise is None or names.run.lesson.mode == "apply":
            return []
        return [
            message(
                "The mean takes {b} away again: what the samples say of it adds up to 0.",
                b=names.parameter(step.subject),
            )
        ]
    if step.kind != "delta":
        return []
    found = []
    if step.sample is None or names.run.graph.place[step.sample, step.address] in (
        names.run.graph.shared
    ):
        found.append(
            message(
                "{e} is the sum of the errors of the batch: all of them feel a change here.",
                e=names.total(),
            )
        )
    if step.address.endswith(".mean"):
        found.append(
            message(
                "The distances from the mean add up to 0, so nothing comes back through the variance."
            )
        )
    return found


def _which(step: Step) -> str:
    return SEEN[step.address.rpartition(".")[2]]
