"""The steps from the gradients to the new parameters: clipping, then one update for every trainable parameter."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.lesson.lesson import RUNNING, Lesson
from explainer.maths.updates import LEARNING_RULES
from explainer.trace import focus
from explainer.trace.record import Run
from explainer.trace.running import normalised
from explainer.trace.steps import Focus, Kind, Step

# What a step about the gradient as a whole has for a subject.
GRADIENT = "g"


def update_steps(run: Run, parameters: list[str]) -> Iterator[Step]:
    """Yield the clipping of the gradients of some parameters and their updates; frozen ones have neither."""
    trainable = [name for name in parameters if run.lesson.network.is_trainable(name)]
    yield from _clipping(run, trainable)
    kind: Kind = "rule" if run.lesson.update.choice.name in LEARNING_RULES else "update"
    for name in trainable:
        where = focus.uses(run.lesson.network, name)
        yield Step(0, "update", kind, name, None, run.end.parameters[name], where)


def is_about_whole_gradient(lesson: Lesson, step: Step) -> bool:
    """Tell whether a step clips by the norm; that of one component may be about a parameter called as the gradient is."""
    clip = lesson.update.clip
    return step.kind == "clip" and clip is not None and clip.by == "norm"


def running_steps(run: Run) -> Iterator[Step]:
    """Yield what becomes of the running averages of every normalised neuron."""
    for neuron in normalised(run):
        for cell in RUNNING:
            value = run.end.state[neuron.id][cell]
            address = f"{neuron.id}.{cell}"
            where = Focus(neurons=(neuron.id,))
            yield Step(0, "update", "normalise", neuron.id, None, value, where, address=address)


def _clipping(run: Run, names: list[str]) -> Iterator[Step]:
    if run.clip_norm is not None and names:
        where = Focus(parameters=tuple(names))
        yield Step(0, "update", "clip", GRADIENT, None, run.clip_norm, where)
        return
    for name in names:
        if name in run.clipped:
            where = focus.uses(run.lesson.network, name)
            yield Step(0, "update", "clip", name, None, run.clipped[name], where)
