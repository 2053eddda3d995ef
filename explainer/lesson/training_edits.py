"""Edits of how a lesson is trained: where it goes on from, its rule, its error, how its weights are drawn.

Like all edits they are functions from the lesson to a new one, and refuse what the file format would refuse.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.choice import Choice
from explainer.lesson.edits import with_parameters
from explainer.lesson.initialise import drawn_parameters
from explainer.lesson.lesson import RUNNING, Lesson, State, Update
from explainer.maths.updates import RULES


def continued(
    lesson: Lesson,
    passes: int,
    parameters: Mapping[str, float],
    memory: Mapping[str, Mapping[str, float]],
) -> Lesson:
    """Return the lesson as it goes on after `passes` more passes, with the parameters and the memory they left.

    `memory` holds what the rule knows of each parameter, and the running averages of each normalised neuron.
    """
    cells = RULES[lesson.update.choice.name].memory
    state = State(lesson.state.passes + passes, _only(memory, cells), _only(memory, RUNNING))
    return replace(with_parameters(lesson, parameters), state=state)


def _only(
    memory: Mapping[str, Mapping[str, float]], cells: Collection[str]
) -> dict[str, dict[str, float]]:
    """Return the memory reduced to some cells, without what has none of them."""
    kept = {
        name: {cell: value for cell, value in values.items() if cell in cells}
        for name, values in memory.items()
    }
    return {name: values for name, values in kept.items() if values}


def set_update(lesson: Lesson, update: Update) -> Lesson:
    """Return the lesson with another update; what another rule remembered is forgotten. Refused where it does not fit."""
    state = lesson.state
    if update.choice.name != lesson.update.choice.name:
        state = replace(state, parameters={})
    return _checked(replace(lesson, update=update, state=state))


def set_loss(lesson: Lesson, choice: Choice) -> Lesson:
    """Return the lesson with another error of a sample; Refused where there is none of that name, or it does not fit."""
    return _checked(replace(lesson, loss=replace(lesson.loss, choice=choice)))


def set_penalty(lesson: Lesson, choice: Choice | None) -> Lesson:
    """Return the lesson with another penalty, or without; Refused where there is none of that name, or it does not fit."""
    return _checked(replace(lesson, penalty=choice))


def initialised(lesson: Lesson, choice: Choice, seed: int) -> Lesson:
    """Return the lesson with weights drawn anew and biases at 0, before any training; the same seed draws the same.

    Frozen parameters stay, and so do those that are neither weights nor biases. Refused where there is no such initialiser.
    """
    recorded = _checked(replace(lesson, initialise=choice, seed=seed, state=State()))
    return with_parameters(recorded, drawn_parameters(recorded.network, choice, seed))


def _checked(lesson: Lesson) -> Lesson:
    check_lesson(lesson)
    return lesson
