"""A lesson that goes on where its training has come to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from explainer.lesson.edits import with_parameters
from explainer.lesson.lesson import RUNNING, Lesson, State
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
