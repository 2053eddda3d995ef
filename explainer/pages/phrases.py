"""The sentences of a step: its short title, the question it answers, and why it is taken."""

from __future__ import annotations

from explainer.lesson.lesson import Lesson
from explainer.maths.chosen import activation_label
from explainer.messages import Message, message, plural
from explainer.pages.names import Names
from explainer.pages.normalising import running_question
from explainer.pages.quantity import Quantities
from explainer.pages.special import SPECIAL, special_reason
from explainer.trace.steps import Kind, Phase, Step
from explainer.trace.update_steps import is_about_whole_gradient

PHASE_NAMES: dict[Phase, Message] = {
    "forward": message("Forward"),
    "error": message("Error"),
    "backward": message("Backward"),
    "update": message("Update"),
}


def kicker_of(names: Names, step: Step) -> Message:
    """Return where one is in a pass, with the sample where the batch has several."""
    place = message(
        "{phase} · step {step} of {steps}",
        phase=PHASE_NAMES[step.phase],
        step=step.index + 1,
        steps=len(names.run.summary.steps),
    )
    if step.sample is None or len(names.run.graph.samples) == 1:
        return place
    return message("{place} · sample {number}", place=place, number=step.sample + 1)


def short_title(lesson: Lesson, step: Step) -> Message:
    """Return what a step computes, in a few words: "Weighted sum of h1"."""
    if step.kind == "loss" and len(lesson.data.inputs) > 1:
        return message("Error of sample {sample}", sample=(step.sample or 0) + 1)
    if step.kind == "batch_loss" and lesson.penalty is not None:
        return message("Error with penalty")
    if is_about_whole_gradient(lesson, step):
        return message("Clipping of the gradient")
    if step.kind == "normalise" and step.phase == "update":
        return message("Running average of {x}", x=step.subject)
    return _with_symbol(_TITLES[step.kind], step.subject)


def question(names: Names, step: Step) -> Message:
    """Return the headline of a step, a question its formula answers."""
    if step.kind == "weighted_sum" and names.is_maxout(step.subject):
        return message(
            "What arrives at piece {number} of {x}?",
            number=step.piece + 1,
            x=names.neuron(step.subject),
        )
    if step.kind == "weighted_sum" and names.is_merged(step.subject):
        return message("What does {x} put out?", x=names.neuron(step.subject))
    if is_about_whole_gradient(names.run.lesson, step):
        return message("Is the gradient too long?")
    if step.kind in _ABOUT_A_NEURON:
        return _with_symbol(_QUESTIONS[step.kind], names.neuron(step.subject))
    if step.kind == "normalise" and step.phase == "update":
        return running_question(names, step)
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
        if not step.focus.edges:
            return message(
                "Nothing but the bias {b} arrives here.",
                b=names.parameter(biases[min(step.piece, len(biases) - 1)]),
            )
        return message(
            "Every input of {h} counts as much as the weight of its edge; the products and the bias {b} are added up.",
            h=h,
            b=names.parameter(biases[min(step.piece, len(biases) - 1)]),
        )
    if step.kind in SPECIAL:
        return special_reason(names, step)
    if step.kind == "activation":
        choice = lesson.network.neuron(step.subject).activation
        return message(
            "The activation function ({name}) turns what arrived, {z}, into what {h} passes on.",
            name=activation_label(choice),
            z=names.activated(step.subject),
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
