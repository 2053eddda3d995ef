"""Why the quantities across units and samples are computed: softmax, maxout, dropout, batch normalisation."""

from __future__ import annotations

from explainer.maths.letters import letter
from explainer.messages import Message, message
from explainer.pages.names import Names
from explainer.trace.steps import Step

SPECIAL = ("softmax", "maxout", "normalise", "dropout")

_DROPPED = message(
    "The mask was drawn from the seed of the lesson: {x} is switched off in this step and learns nothing."
)
_KEPT = message(
    "The mask was drawn from the seed of the lesson: {x} stays switched on in this step."
)
_KEPT_AND_SCALED = message(
    "The mask was drawn from the seed of the lesson: {x} stays switched on in this step, and grows to make up for the steps in which it is not."
)
_ALWAYS_ON = message(
    "Applied, no neuron is switched off; {x} is scaled to what it passes on in training on average."
)
_ALREADY_SCALED = message(
    "Applied, no neuron is switched off; {x} was scaled in training already and passes on all it has."
)


def special_reason(names: Names, step: Step) -> Message:
    """Say why a step of softmax, maxout, dropout or batch normalisation is taken."""
    match step.kind:
        case "softmax":
            return message(
                "Softmax (soft-arg-max) turns the sums of its group into shares that add up to 1."
            )
        case "maxout":
            return message(
                "A maxout neuron computes several weighted sums and puts out the largest."
            )
        case "dropout":
            return _dropout_reason(names, step)
    return _normalise_reason(names, step)


def _dropout_reason(names: Names, step: Step) -> Message:
    x, run = names.neuron(step.subject), names.run
    dropout = run.lesson.network.neuron(step.subject).dropout
    inverted = dropout is not None and dropout.scaling == "inverted"
    if run.lesson.mode == "apply":
        text = _ALREADY_SCALED if inverted else _ALWAYS_ON
    elif not run.values[run.graph.place[step.sample, f"{step.subject}.mask"]]:
        text = _DROPPED
    else:
        text = _KEPT_AND_SCALED if inverted else _KEPT
    return text._replace(arguments=(("x", x),))


def _normalise_reason(names: Names, step: Step) -> Message:
    z, part = names.z_of(step.subject), step.address.rpartition(".")[2]
    settings = names.run.lesson.network.neuron(step.subject).normalise
    if part == "mean":
        return message("Batch normalisation looks at the whole batch: first the mean of {x}.", x=z)
    if part == "variance":
        return message(
            "Then how far the samples of {x} lie from their mean: the mean of the squares.", x=z
        )
    if part == "scaled" and settings is not None:
        return message(
            "Two learned numbers may undo it: the scale {gamma} and the shift {beta}.",
            gamma=names.parameter(settings.gamma),
            beta=names.parameter(settings.beta),
        )
    if names.run.lesson.mode == "apply":
        return message(
            "The trained network uses the running averages of its training, not this batch."
        )
    return message(
        "Shifted and stretched so, {x} has mean 0 and variance 1 over the batch; the small {epsilon} keeps the root away from 0.",
        x=z,
        epsilon=letter("epsilon"),
    )
