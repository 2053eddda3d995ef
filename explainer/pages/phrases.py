"""The sentences of a step: its short title, the question it answers, and why it is taken."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.lesson.lesson import Lesson
from explainer.maths.chosen import activation_label
from explainer.maths.printed import Printed
from explainer.messages import Message, message, plural
from explainer.pages.names import Names
from explainer.pages.quantity import Quantities
from explainer.pages.special import SPECIAL_REASONS, special_reason
from explainer.trace.steps import Kind, Phase, Step
from explainer.trace.update_steps import GRADIENT

PHASE_NAMES: dict[Phase, Message] = {
    "forward": message("Forward"),
    "error": message("Error"),
    "backward": message("Backward"),
    "update": message("Update"),
}


def short_title(lesson: Lesson, step: Step) -> Message:
    """Return what a step computes, in a few words: "Weighted sum of h1"."""
    if step.kind == "loss" and len(lesson.data.inputs) > 1:
        return message("Error of sample {sample}", sample=(step.sample or 0) + 1)
    if step.kind == "batch_loss" and lesson.penalty is not None:
        return message("Error with penalty")
    if step.kind == "clip" and step.subject == GRADIENT:
        return message("Clipping of the gradient")
    return _with_symbol(_TITLES[step.kind], step.subject)


def question(names: Names, step: Step) -> Message:
    """Return the headline of a step, a question its formula answers."""
    if step.kind == "weighted_sum" and names.is_identity(step.subject):
        return message("What does {x} put out?", x=names.neuron(step.subject))
    if step.kind == "clip" and step.subject == GRADIENT:
        return message("Is the gradient too long?")
    if step.kind in _ABOUT_A_NEURON:
        return _with_symbol(_QUESTIONS[step.kind], names.neuron(step.subject))
    if step.kind in ("delta", "normalise"):
        quantities = Quantities(names)
        place = quantities.find(step.sample, step.address)
        return _with_symbol(_QUESTIONS[step.kind], quantities.symbol(place, step.sample))
    if step.kind == "gradient_parameter" and Quantities(names).is_single_use(step.subject):
        return _with_symbol(_QUESTIONS["gradient_weight"], names.parameter(step.subject))
    if step.kind in ("gradient_weight", "gradient_bias"):
        source, target = step.edge or (None, str(step.neuron))
        return _with_symbol(_QUESTIONS[step.kind], names.use(step.subject, target, source))
    return _with_symbol(_QUESTIONS[step.kind], names.parameter(step.subject))


def _with_symbol(text: Message, symbol: object) -> Message:
    return text._replace(arguments=(("x", symbol),))


_ABOUT_A_NEURON = (
    "weighted_sum", "activation", "softmax", "maxout", "dropout", "gradient_input",
)  # fmt: skip

_TITLES: dict[Kind, Message] = {
    "weighted_sum": message("Weighted sum of {x}"),
    "activation": message("Activation of {x}"),
    "softmax": message("Softmax of {x}"),
    "maxout": message("Maximum of the pieces of {x}"),
    "normalise": message("Batch normalisation of {x}"),
    "dropout": message("Dropout of {x}"),
    "loss": message("Error"),
    "penalty": message("Penalty"),
    "batch_loss": message("Error of the batch"),
    "delta": message("Delta of {x}"),
    "gradient_weight": message("Gradient of {x}"),
    "gradient_bias": message("Gradient of {x}"),
    "gradient_parameter": message("Whole gradient of {x}"),
    "gradient_input": message("Gradient of the input {x}"),
    "clip": message("Clipping of {x}"),
    "rule": message("Update of {x}"),
    "update": message("Update of {x}"),
    "operation": message("Value of {x}"),
    "gradient_node": message("Derivative by {x}"),
}

_QUESTIONS: dict[Kind, Message] = {
    "weighted_sum": message("What arrives at {x}?"),
    "activation": message("What does {x} put out?"),
    "softmax": message("What does {x} put out?"),
    "maxout": message("Which piece of {x} is the largest?"),
    "normalise": message("What is {x}?"),
    "dropout": message("Does {x} pass its signal on?"),
    "loss": message("How large is the error?"),
    "penalty": message("What is added to the error?"),
    "batch_loss": message("How large is the error of the whole batch?"),
    "delta": message("How does the error change with {x}?"),
    "gradient_weight": message("How does the error change with {x}?"),
    "gradient_bias": message("How does the error change with {x}?"),
    "gradient_parameter": message("What do all the parts say about {x}?"),
    "gradient_input": message("How does the error change with the input {x}?"),
    "clip": message("Is the gradient of {x} too large?"),
    "rule": message("Where does {x} go?"),
    "update": message("Where does {x} go?"),
    "operation": message("What is {x}?"),
    "gradient_node": message("How does the result change with {x}?"),
}


def forward_reason(names: Names, step: Step) -> Message:
    """Say why a forward step is taken."""
    lesson = names.run.lesson
    if step.kind == "weighted_sum":
        h, biases = names.neuron(step.subject), lesson.network.neuron(step.subject).biases
        if not biases:
            return message(
                "Every input of {h} counts as much as the weight of its edge; the products are added up.",
                h=h,
            )
        return message(
            "Every input of {h} counts as much as the weight of its edge; the products and the bias {b} are added up.",
            h=h,
            b=names.parameter(biases[min(step.piece, len(biases) - 1)]),
        )
    if step.kind in SPECIAL_REASONS:
        return special_reason(names, step)
    if step.kind == "activation":
        choice = lesson.network.neuron(step.subject).activation
        return message(
            "The activation function ({name}) turns what arrived, {z}, into what {h} passes on.",
            name=activation_label(choice),
            z=names.z(step.subject),
            h=names.neuron(step.subject),
        )
    raise ValueError(f"{step.kind} is no forward step")


def loss_reason(names: Names) -> Message:
    """Say what the error of a sample compares."""
    outputs = names.run.lesson.network.of_role("output")
    if len(outputs) == 1:
        y, target = names.prediction(outputs[0].id), names.target(outputs[0].id)
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
    identity = names.is_identity(step.subject) or names.compares_sums
    if is_output and not consumers:
        if identity:
            return message("The way back starts here: {h} goes straight into the error.", h=z)
        if names.run.graph.penalty_of:
            return message(
                "The way back starts here: {z} changes {h}, and {h} changes the error and the penalty.",
                z=z,
                h=h,
            )
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


def quantity_reason(symbol: Printed, uses: int, step: Step) -> Message:
    """Say how the derivative by a quantity inside or after a special neuron comes about."""
    if uses == 0:
        return message("{x} does not reach the error, so nothing changes with it.", x=symbol)
    if step.sample is None:
        return message(
            "{x} belongs to the whole batch: what comes back from every sample is added up.",
            x=symbol,
        )
    return plural(
        "The error feels {x} in one way: multiply what came back by the local slope.",
        "The error feels {x} in {count} ways: multiply along each, then add.",
        uses,
        x=symbol,
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


def input_reason(names: Names, step: Step) -> Message:
    """Say why the derivative by an input is of interest though nothing is learnt about it."""
    return message(
        "{x} is data, so it is not updated; its derivative says which way {x} would have to move to make the error larger.",
        x=names.neuron(step.subject),
    )


def single_use_reason(names: Names, parameter: str) -> Message:
    """Say how the gradient of a parameter that is used once comes about."""
    return message(
        "{w} is used once: multiply what came back to its use by the local derivative there.",
        w=names.parameter(parameter),
    )


def sum_reason(names: Names, parameter: str, uses: int) -> Message:
    """Say what is added up into a parameter's gradient."""
    w, samples = names.parameter(parameter), len(names.run.graph.samples)
    if parameter in names.run.penalty_slopes:
        return message(
            "The gradient of {w} has two parts: what the error says, and the pull of the penalty.",
            w=w,
        )
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
