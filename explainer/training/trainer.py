"""Training a lesson: one batch, one epoch, many; losses; back to any earlier epoch; stopping where numbers run away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from explainer.lesson.continuing import continued
from explainer.lesson.lesson import Data, Lesson, Samples
from explainer.training.applied import Applied
from explainer.training.engine import Engine
from explainer.training.explosion import Explosion, find
from explainer.training.history import History, Snapshot
from explainer.training.losses import Losses as Losses

if TYPE_CHECKING:
    from explainer.training.kernels import Array

# Snapshots, and bytes of them: 300 neurons with Adam take 160 kB each.
_MOST_SNAPSHOTS = 256
_MOST_BYTES = 32 * 1024 * 1024


class Standing(NamedTuple):
    """Where training stands: passes done, parameters, memory of the rule with running averages."""

    passes: int
    parameters: dict[str, float]
    memory: dict[str, dict[str, float]]


class Trainer:
    """Trains a lesson from where it starts.

    `test` holds samples kept from training, by default the test samples of the lesson. The network is applied for the losses: nothing is dropped, and batch
    normalisation uses its running averages; `samples` and `test` are the network applied to both, `kept` the test samples, None where there are none. After an explosion the trainer stands before the update that caused it,
    `explosion` says which. Raises Refused for a lesson that cannot be trained so (`refusals.py`).
    """

    def __init__(self, lesson: Lesson, test: Data | Samples | None = None) -> None:
        self.lesson = lesson
        self.engine = Engine(lesson)
        self.explosion: Explosion | None = None
        self._cancel = Event()
        self.samples = Applied(self.engine, lesson.data)
        kept = lesson.data.test if test is None else test
        self.kept = kept if kept is not None and kept.inputs else None
        self.test = None if self.kept is None else Applied(self.engine, self.kept)
        self.history = History(_MOST_SNAPSHOTS, _MOST_BYTES)
        # The latest epoch that was reached: any between the first of the history and this one can be visited.
        self.furthest = self.epoch
        self.history.keep(self.epoch, self.engine.snapshot())

    @property
    def epoch(self) -> int:
        """The number of epochs completed, those of an earlier training included."""
        return self.engine.epoch

    @property
    def passes(self) -> int:
        """The number of updates done, those of an earlier training included."""
        return self.engine.passes

    def cancel(self) -> None:
        """Ask a `run` in another thread to end; it does so within a few dozen batches."""
        self._cancel.set()

    def step_batch(self) -> bool:
        """Run one update; False where it exploded and was taken back."""
        return self._watched(self.engine.run_batch)

    def step_epoch(self, cancelled: Callable[[], bool] | None = None) -> bool:
        """Run what is left of the epoch, of a new one all; False where it was cancelled or exploded."""
        before = self.epoch
        asked = cancelled or self._cancel.is_set
        done = self._watched(lambda: self.engine.run_epoch(asked))
        return done and self.epoch > before

    def run(
        self, epochs: int, watch: Callable[[Losses], bool | None] = lambda losses: None
    ) -> bool:
        """Run so many epochs; after each `watch` is told the losses and may end it by returning False.

        Returns whether all were run: not where `watch` or `cancel` ended it, or numbers ran away. A `cancel` from before
        counts, so that none is lost; it is spent when `run` ends.
        """
        try:
            for _ in range(epochs):
                if self._cancel.is_set() or not self.step_epoch():
                    return False
                losses = self.sound_losses(self.epoch - 1)
                if losses is None or watch(losses) is False:
                    return False
            return True
        finally:
            self._cancel.clear()

    def sound_losses(self, since: int) -> Losses | None:
        """Return the errors; None where that of training is no number: what made it so after an epoch `since` is found."""
        losses = self.losses()
        if abs(losses.training) < float("inf"):
            return losses
        self._look_back(since)
        return None

    def _watched(self, step: Callable[[], object]) -> bool:
        if self.explosion is not None:
            return False
        start, epoch = self.engine.snapshot(), self.epoch
        finished = step()
        if not self.engine.is_sound():
            self.engine.restore(start)
            self._search()
            return False
        self.furthest = max(self.furthest, self.epoch)
        if self.epoch > epoch:
            self.history.keep(
                self.epoch, self.engine.snapshot(at=self.epoch * self.engine.per_epoch)
            )
        return finished is not False

    def _look_back(self, epoch: int) -> None:
        """Find what made the error of an epoch's end infinite: an update in it, or else its error alone."""
        after = self.engine.snapshot()
        before = self._replayed(epoch)
        if before is not None:
            self.engine.restore(before)
        self._search(until=after.passes)
        if self.explosion is None:
            self.engine.restore(after)
            self.explosion = Explosion(
                after.passes,
                self.epoch,
                0,
                "error",
                "E",
                len(self.engine.layout.start),
                float("nan"),
                "E",
            )

    def _search(self, until: int | None = None) -> None:
        """Run update by update to the one in which something went wrong, and stand before it."""
        while until is None or self.engine.passes < until:
            start = self.engine.snapshot()
            self.engine.run_batch()
            found = find(self.engine)
            if found is not None:
                self.engine.restore(start)
                self.explosion = found
                return

    def back_to(self, epoch: int) -> None:
        """Return to the beginning of an earlier epoch, exactly as it was; KeyError where it lies before the history."""
        if epoch > self.epoch:
            raise KeyError(epoch)
        self.visit(epoch)
        self.history.forget_after(epoch)
        self.furthest = epoch

    def visit(self, epoch: int, cancelled: Callable[[], bool] = bool) -> bool:
        """Stand where so many epochs were done, and forget nothing of what came later: training on comes to the same.

        False, standing where it stood, where it was cancelled; KeyError where the epoch was never reached or is forgotten.
        """
        if epoch > self.furthest:
            raise KeyError(epoch)
        found = self._replayed(epoch, cancelled)
        if found is None:
            return False
        self.engine.restore(found)
        self.explosion = None
        return True

    def _replayed(self, epoch: int, cancelled: Callable[[], bool] = bool) -> Snapshot | None:
        at, snapshot = self.history.before(epoch)
        here = self.engine.snapshot()
        self.engine.restore(snapshot)
        done = all(self.engine.run_epoch(cancelled) for _ in range(epoch - at))
        found = self.engine.snapshot()
        self.engine.restore(here)
        return found if done else None

    def update_before(self) -> Standing | None:
        """Return where training stood before its last update; None where there was none or it is forgotten."""
        wanted = self.passes - 1
        epoch = wanted // self.engine.per_epoch
        if wanted < self.lesson.state.passes or epoch < self.history.first:
            return None
        here = self.engine.snapshot()
        self.engine.restore(self.history.before(epoch)[1])
        while self.engine.passes < wanted:
            self.engine.run_batch()
        found = Standing(self.passes, self.parameters(), self.state())
        self.engine.restore(here)
        return found

    def losses(self) -> Losses:
        """Return the errors with the present parameters."""
        test = None if self.test is None else self.test.loss()
        return Losses(self.epoch, self.samples.loss(), test)

    def predict(self, inputs: Sequence[Sequence[float]]) -> Array:
        """Return what the outputs say, of shape (samples, outputs), for given columns of shape (samples, columns)."""
        outputs = len(self.lesson.network.of_role("output"))
        rows = tuple(tuple(map(float, row)) for row in inputs)
        return Applied(self.engine, Samples(rows, ((0.0,) * outputs,) * len(rows))).outputs()

    def parameters(self) -> dict[str, float]:
        """Return every parameter by its name."""
        return self.engine.parameters()

    def state(self) -> dict[str, dict[str, float]]:
        """Return what the rule remembers by parameter, and the running averages by neuron."""
        return self.engine.memory()


def trained_lesson(trainer: Trainer) -> Lesson:
    """Return the lesson as it goes on from where the trainer stands: parameters, memory of the rule, passes done."""
    done = trainer.passes - trainer.lesson.state.passes
    return continued(trainer.lesson, done, trainer.parameters(), trainer.state())
