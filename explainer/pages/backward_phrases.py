"""Why a step on the way back is taken: through what a neuron, a quantity or a parameter reaches the error."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.maths.printed import Printed
from explainer.messages import Message, message, plural
from explainer.pages.names import Names
from explainer.trace.steps import Step


def delta_reason(names: Names, step: Step, consumers: Sequence[str], *, is_output: bool) -> Message:
    """Say through what a neuron reaches the error."""
    h, z = names.neuron(step.subject), names.z(step.subject)
    identity = names.is_identity(step.subject) or names.compares_sums
    if is_output and not consumers:
        if identity:
            return straight_reason(z)
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
    names: Names,
    w: Printed,
    path: Sequence[Printed],
    ways: int,
    neuron: str,
    piece: int = 0,
    *,
    short: bool,
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
    if not names.run.paths.is_countable(neuron):
        return message(
            "{d} already holds everything between {z} and the error, so one more factor is enough.",
            d=names.delta(neuron),
            z=names.z(neuron),
        )
    return plural(
        "{count} path leads from {w} to the error; {d} already holds all but its last factor.",
        "{count} paths lead from {w} to the error; {d} already holds them all, so one more factor is enough.",
        ways,
        w=w,
        d=names.delta(neuron, piece),
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


def straight_reason(symbol: Printed) -> Message:
    """Say that what is asked about stands in the error itself."""
    return message("The way back starts here: {h} goes straight into the error.", h=symbol)
