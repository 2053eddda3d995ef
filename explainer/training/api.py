"""Training in one call: `from explainer import train`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from explainer.lesson.lesson import Data, Lesson, Samples
from explainer.training.explosion import Explosion
from explainer.training.trainer import Losses, Trainer, trained_lesson


class Trained(NamedTuple):
    """What training came to: the lesson that goes on from there, the losses after every epoch, what ended it early."""

    lesson: Lesson
    losses: tuple[Losses, ...]
    trainer: Trainer
    explosion: Explosion | None


class Patience:
    """Early stopping: ends training when so many epochs brought no better loss, on the test samples where there are any."""

    def __init__(self, epochs: int) -> None:
        self._epochs = epochs
        self.best: Losses | None = None

    def goes_on(self, losses: Losses) -> bool:
        """Note the losses of an epoch; False where it is time to stop."""
        if self.best is None or _judged(losses) < _judged(self.best):
            self.best = losses
        return losses.epoch - self.best.epoch < self._epochs


def _judged(losses: Losses) -> float:
    found = losses.training if losses.test is None else losses.test
    return math.inf if math.isnan(found) else found


def train(
    lesson: Lesson,
    epochs: int = 100,
    *,
    test: Data | Samples | None = None,
    patience: int | None = None,
    watch: Callable[[Losses], bool | None] = lambda losses: None,
) -> Trained:
    """Train a lesson for so many epochs.

    `test` are samples kept from training, by default those of the lesson, whose loss is given too. With `patience` training ends when so many epochs
    brought nothing better, and returns to the best. `watch` is told the losses after every epoch and may end it by
    returning False. Raises Refused for a lesson that cannot be trained without stepping, TypeError for what is no lesson,
    ValueError for fewer than no epochs, or no patience.
    """
    if not isinstance(lesson, Lesson):
        raise TypeError(
            f"train needs a Lesson, got {type(lesson).__name__}; example(name) and read_lesson(path) give one"
        )
    if epochs < 0:
        raise ValueError(f"epochs={epochs!r} must be at least 0")
    if patience is not None and patience < 1:
        raise ValueError(f"patience={patience!r} must be at least 1")
    trainer = Trainer(lesson, test)
    ran = run(trainer, epochs, patience, watch)
    return Trained(trained_lesson(trainer), tuple(ran.losses), trainer, ran.explosion)


class Ran(NamedTuple):
    """The losses after every epoch that was run, and what ended it, which is told although early stopping went back."""

    losses: list[Losses]
    explosion: Explosion | None


def run(
    trainer: Trainer,
    epochs: int,
    patience: int | None = None,
    watch: Callable[[Losses], bool | None] = lambda losses: None,
) -> Ran:
    """Run a trainer with early stopping, after which it stands at the best epoch."""
    losses: list[Losses] = []
    stop = None if patience is None else Patience(patience)

    def note(found: Losses) -> bool:
        losses.append(found)
        told = watch(found) is not False
        return told and (stop is None or stop.goes_on(found))

    trainer.run(epochs, note)
    # Going back is going on from before it: the trainer forgets it.
    explosion = trainer.explosion
    if stop is not None and stop.best is not None and stop.best.epoch < trainer.epoch:
        trainer.back_to(stop.best.epoch)
    return Ran(losses, explosion)
