"""Edits of how a lesson is trained: its rule, its error, how its weights are drawn.

Like all edits they are functions from the lesson to a new one, and refuse what the file format would refuse.
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.choice import Choice
from explainer.lesson.edits import with_parameters
from explainer.lesson.lesson import Arithmetic, Functions, Lesson, State, Update
from explainer.maths.updates import LEARNING_RULES


def set_update(lesson: Lesson, update: Update) -> Lesson:
    """Return the lesson with another update; what another rule remembered is forgotten. Refused where it does not fit."""
    state = lesson.state
    if update.choice.name != lesson.update.choice.name:
        state = replace(state, parameters={})
    return _checked(replace(lesson, update=update, state=state))


def set_loss(lesson: Lesson, choice: Choice) -> Lesson:
    """Return the lesson with another error of a sample; Refused where there is none of that name, or it does not fit."""
    return _checked(replace(lesson, loss=replace(lesson.loss, choice=choice)))


def set_rule(lesson: Lesson, choice: Choice) -> Lesson:
    """Return the lesson with another update rule; the switches that only the old rule has are off. Refused as `set_update`."""
    rule = LEARNING_RULES.get(choice.name)
    keeps = rule is not None and "only_on_error" in rule.switches
    switch = lesson.update.only_on_error and keeps
    return set_update(lesson, replace(lesson.update, choice=choice, only_on_error=switch))


def set_reduction(lesson: Lesson, reduction: Literal["mean", "sum"]) -> Lesson:
    """Return the lesson with the mean or the sum of a batch's errors."""
    return replace(lesson, loss=replace(lesson.loss, reduction=reduction))


def set_arithmetic(lesson: Lesson, arithmetic: Arithmetic) -> Lesson:
    """Return the lesson computed exactly or rounded; Refused for a number of digits that cannot be kept."""
    return _checked(replace(lesson, arithmetic=arithmetic))


def set_mode(lesson: Lesson, mode: Literal["train", "apply"]) -> Lesson:
    """Return the lesson that trains its network or applies it; Refused where it does not fit."""
    return _checked(replace(lesson, mode=mode))


def set_functions(lesson: Lesson, functions: Functions) -> Lesson:
    """Return the lesson that writes tan and arctan, or tg and arctg."""
    return replace(lesson, notation=replace(lesson.notation, functions=functions))


def set_penalty(lesson: Lesson, choice: Choice | None) -> Lesson:
    """Return the lesson with another penalty, or without; Refused where there is none of that name, or it does not fit."""
    return _checked(replace(lesson, penalty=choice))


def initialised(lesson: Lesson, choice: Choice, seed: int) -> Lesson:
    """Return the lesson with weights drawn anew and biases at 0, before any training; the same seed draws the same.

    Frozen parameters stay, and so do those that are neither weights nor biases. Refused where there is no such initialiser.
    """
    # Imported here: drawing weights is rare, and the first frame does without.
    from explainer.lesson.initialise import drawn_parameters

    recorded = _checked(replace(lesson, initialise=choice, seed=seed, state=State()))
    return with_parameters(recorded, drawn_parameters(recorded.network, choice, seed))


def _checked(lesson: Lesson) -> Lesson:
    check_lesson(lesson)
    return lesson
