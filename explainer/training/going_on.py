"""Going on with other settings from where a training stands."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from explainer.lesson.batches import batches
from explainer.lesson.continuing import continued
from explainer.lesson.lesson import RUNNING, Lesson
from explainer.training.trainer import Trainer


def is_counted_as(before: Trainer | None, trainer: Trainer) -> bool:
    """Tell whether an epoch has as many passes as before."""
    return before is not None and before.engine.per_epoch == trainer.engine.per_epoch


def with_present(trainer: Trainer, lesson: Lesson) -> Lesson:
    """Return a lesson with other settings as it goes on from where a trainer of the same network stands.

    The number of epochs stays; what another rule remembered is forgotten.
    """
    memory: Mapping[str, Mapping[str, float]] = trainer.state()
    if lesson.update.choice.name != trainer.lesson.update.choice.name:
        memory = {
            name: {cell: value for cell, value in cells.items() if cell in RUNNING}
            for name, cells in memory.items()
        }
    kept = continued(lesson, 0, trainer.parameters(), memory)
    _, per_epoch = batches(lesson)
    within = 0
    if per_epoch == trainer.engine.per_epoch:
        within = trainer.passes % per_epoch
    passes = trainer.epoch * per_epoch + within
    return replace(kept, state=replace(kept.state, passes=passes))
