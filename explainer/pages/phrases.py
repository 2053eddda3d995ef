"""The sentences of a step: its short title, the question it answers, and why it is taken."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.lesson.lesson import Lesson
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.formula import Printed
from explainer.messages import Message, message, plural
from explainer.pages.names import Names
from explainer.trace.steps import Phase, Step

PHASE_NAMES: dict[Phase, Message] = {
    "forward": message("Forward"),
    "error": message("Error"),
    "backward": message("Backward"),
    "update": message("Update"),
}


def short_title(lesson: Lesson, step: Step) -> Message:
    """Return what a step computes, in a few words: "Weighted sum of h1"."""
    subject = step.subject
    several = len(lesson.data.inputs) > 1
    match step.kind:
        case "weighted_sum":
            return message("Weighted sum of {neuron}", neuron=subject)
        case "activation":
            return message("Activation of {neuron}", neuron=subject)
        case "loss":
            return (
                message("Error of sample {sample}", sample=(step.sample or 0) + 1)
                if several
                else message("Error")
            )
        case "batch_loss":
            return message("Error of the batch")
        case "delta":
            return message("Delta of {neuron}", neuron=subject)
        case "gradient_weight" | "gradient_bias":
            return message("Gradient of {parameter}", parameter=subject)
        case "gradient_parameter":
            return message("Whole gradient of {parameter}", parameter=subject)
        case "update":
            return message("Update of {parameter}", parameter=subject)


def question(names: Names, step: Step) -> Message:
    """Return the headline of a step, a question its formula answers."""
    match step.kind:
        case "weighted_sum" if names.is_identity(step.subject):
            return message("What does {h} put out?", h=names.neuron(step.subject))
        case "weighted_sum":
            return message("What arrives at {h}?", h=names.neuron(step.subject))
        case "activation":
            return message("What does {h} put out?", h=names.neuron(step.subject))
        case "loss":
            return message("How large is the error?")
        case "batch_loss":
            return message("How large is the error of the whole batch?")
        case "delta":
            return message("How does the error change with {z}?", z=names.z(step.subject))
        case "gradient_weight" | "gradient_bias":
            source, target = step.edge or (None, str(step.neuron))
            use = names.use(step.subject, target, source)
            return message("How does the error change with {w}?", w=use)
        case "gradient_parameter":
            return message("What do all the parts say about {w}?", w=names.parameter(step.subject))
        case "update":
            return message("Where does {w} go?", w=names.parameter(step.subject))


def forward_reason(names: Names, step: Step) -> Message:
    """Say why a forward or error step is taken."""
    lesson = names.run.lesson
    if step.kind == "weighted_sum":
        h, bias = names.neuron(step.subject), lesson.network.neuron(step.subject).bias
        if bias is None:
            return message(
                "Every input of {h} counts as much as the weight of its edge; the products are added up.",
                h=h,
            )
        return message(
            "Every input of {h} counts as much as the weight of its edge; the products and the bias {b} are added up.",
            h=h,
            b=names.parameter(bias),
        )
    if step.kind == "activation":
        row = ACTIVATIONS[lesson.network.neuron(step.subject).activation.name]
        return message(
            "The activation function ({name}) turns what arrived, {z}, into what {h} passes on.",
            name=row.label,
            z=names.z(step.subject),
            h=names.neuron(step.subject),
        )
    if step.kind == "batch_loss":
        return batch_reason(names)
    outputs = lesson.network.of_role("output")
    if len(outputs) == 1:
        y, target = names.neuron(outputs[0].id), names.target(outputs[0].id)
        return message(
            "The error compares the answer {y} with the target {t}; the better the answer, the smaller it is.",
            y=y,
            t=target,
        )
    return message("Every output is compared with its target; together they make the error.")


def batch_reason(names: Names) -> Message:
    """Say how the errors of a batch are put together."""
    count = len(names.run.graph.samples)
    if names.run.lesson.loss.reduction == "mean":
        return plural(
            "The batch has {count} sample; its error is the mean.",
            "The batch has {count} samples; its error is the mean of theirs.",
            count,
        )
    return plural(
        "The batch has {count} sample; its error is the sum.",
        "The batch has {count} samples; its error is the sum of theirs.",
        count,
    )


def delta_reason(names: Names, step: Step, consumers: Sequence[str], *, is_output: bool) -> Message:
    """Say through what a neuron reaches the error."""
    h, z = names.neuron(step.subject), names.z(step.subject)
    identity = names.is_identity(step.subject)
    if is_output and not consumers:
        if identity:
            return message("The way back starts here: {h} goes straight into the error.", h=h)
        return message(
            "The way back starts here: {z} changes {h}, and {h} changes the error.", z=z, h=h
        )
    if not consumers:
        return message("{h} does not reach the error, so nothing changes with it.", h=h)
    if len(consumers) == 1 and not is_output:
        k = names.z(consumers[0])
        if identity:
            return message(
                "The error feels {h} only through {k}, whose derivative is known: multiply it by the weight between them.",
                h=h,
                k=k,
            )
        return message(
            "The error feels {h} only through {k}, whose derivative is known: multiply it by the weight between them and by the slope of {h}.",
            h=h,
            k=k,
        )
    if identity:
        return message(
            "{h} reaches the error in several ways: what comes back along each is added up.", h=h
        )
    return message(
        "{h} reaches the error in several ways: what comes back along each is added up, then multiplied by the slope of {h}.",
        h=h,
    )


def gradient_reason(
    names: Names, w: Printed, path: Sequence[Printed], ways: int, neuron: str, *, short: bool
) -> Message:
    """Say along what a use of a parameter reaches the error; `path` names the neurons of its only way."""
    if short and ways == 1 and len(path) == 1:
        return message(
            "The error feels {w} only through {a}. Multiply the local slopes along that path.",
            w=w,
            a=path[0],
        )
    if short and ways == 1 and len(path) == 2:
        return message(
            "The error feels {w} only through {a} and then {b}. Multiply the local slopes along that path.",
            w=w,
            a=path[0],
            b=path[1],
        )
    if short and ways == 1:
        return message(
            "The error feels {w} along one path, which starts at {a}. Multiply the local slopes along it.",
            w=w,
            a=path[0],
        )
    if short:
        return plural(
            "{count} path leads from {w} to the error. Multiply the local slopes along it.",
            "{count} paths lead from {w} to the error. Multiply the local slopes along each, then add.",
            ways,
            w=w,
        )
    if ways == 0:
        return message("{w} does not reach the error, so nothing changes with it.", w=w)
    return plural(
        "{count} path leads from {w} to the error; {d} already holds all but its last factor.",
        "{count} paths lead from {w} to the error; {d} already holds them all, so one more factor is enough.",
        ways,
        w=w,
        d=names.delta(neuron),
    )


def sum_reason(names: Names, parameter: str, uses: int) -> Message:
    """Say what is added up into a parameter's gradient."""
    w, samples = names.parameter(parameter), len(names.run.graph.samples)
    if samples == 1:
        return plural(
            "{w} is used {count} time.",
            "{w} is used {count} times: the gradients of all its uses add up.",
            uses,
            w=w,
        )
    if names.run.lesson.loss.reduction == "mean":
        return message(
            "Every sample of the batch has its say; the gradient of {w} is the mean.", w=w
        )
    return message("Every sample of the batch has its say; the gradient of {w} is the sum.", w=w)


def update_reason(names: Names) -> Message:
    """Say which way an update goes."""
    return message(
        "One step against the gradient, downhill; the learning rate {eta} says how long a step.",
        eta=names.learning_rate(),
    )
