"""Why the quantities across units and samples are computed: softmax, maxout, dropout, batch normalisation."""

from __future__ import annotations

from explainer.messages import Message, message
from explainer.pages.names import Names
from explainer.trace.steps import Step

_PARTS = {
    "mean": message("Batch normalisation looks at the whole batch: first the mean of {x}."),
    "variance": message("Then how far the samples of {x} lie from their mean, on average."),
    "normalised": message(
        "Shifted and stretched so, {x} has mean 0 and variance 1 over the batch."
    ),
    "scaled": message("Two learned numbers may undo it: a scale and a shift for {x}."),
}
_APPLIED = {
    "normalised": message(
        "The trained network uses the running averages of its training, not this batch."
    ),
}
_DROPPED = message(
    "The mask was drawn from the seed of the lesson: {x} is switched off in this step and learns nothing."
)
_KEPT = message(
    "The mask was drawn from the seed of the lesson: {x} stays switched on in this step."
)
_ALWAYS_ON = message(
    "Applied, no neuron is switched off; {x} is scaled to what it passes on in training on average."
)

SPECIAL_REASONS: dict[str, Message] = {
    "softmax": message(
        "Softmax (soft-arg-max) turns the sums of its group into shares that add up to 1."
    ),
    "maxout": message("A maxout neuron computes several weighted sums and puts out the largest."),
    "normalise": _PARTS["mean"],
    "dropout": _KEPT,
}


def special_reason(names: Names, step: Step) -> Message:
    """Say why a step of softmax, maxout, dropout or batch normalisation is taken."""
    text = SPECIAL_REASONS[step.kind]
    training = names.run.lesson.mode == "train"
    if step.kind == "normalise":
        part = step.address.rpartition(".")[2]
        text = (_PARTS if training else _PARTS | _APPLIED)[part]
    elif step.kind == "dropout":
        mask = names.run.graph.nodes[names.run.graph.place[step.sample, f"{step.subject}.mask"]]
        text = (_KEPT if mask.value else _DROPPED) if training else _ALWAYS_ON
    return text._replace(arguments=(("x", names.neuron(step.subject)),))
