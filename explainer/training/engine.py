"""The vectorised engine: one lesson compiled once, then run batch by batch.

A batch is a list of calls with their buffers bound; running it looks nothing up and allocates nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import chain
from operator import call
from typing import TYPE_CHECKING

from explainer.lesson.batches import batch_samples, batches
from explainer.lesson.lesson import RUNNING, Lesson, State
from explainer.maths.update_operations import learning_rate
from explainer.training.batch import Batch
from explainer.training.history import Snapshot
from explainer.training.layout import Layout
from explainer.training.objective import Objective, check_targets
from explainer.training.refusals import must_be_trainable
from explainer.training.rules import Rule
from explainer.training.soundness import is_sound
from explainer.training.table import Table
from explainer.training.weights import Gradient, Weights

if TYPE_CHECKING:
    from explainer.training.kernels import Call


# So many batches are run without asking whether to go on.
_CHUNK = 50


class Engine:
    """A lesson that learns. `passes` counts its updates, earlier training included.

    Raises Refused for a lesson about a formula, with rounded arithmetic, or updated in place.
    """

    def __init__(self, lesson: Lesson) -> None:
        import numpy as np

        must_be_trainable(lesson)
        check_targets(lesson)
        self.lesson = lesson
        self.layout = Layout(lesson)
        network = lesson.network
        self.vector = np.array([*(network.value(name) for name in self.layout.names), 0.0])
        self.running = {
            neuron.id: np.array([_running(lesson, neuron.id, cell) for cell in RUNNING])
            for neuron in network.neurons
            if neuron.normalise is not None
        }
        self.passes = lesson.state.passes
        self.weights = Weights(self.layout, self.vector)
        self.gradient = Gradient(self.layout)
        self.objective = Objective(self.layout)
        trained = slice(0, self.layout.trained)
        self.rule = Rule(lesson, self.vector[trained], self.gradient.vector[trained])
        self._recall(lesson.state)
        self.table = Table(self.layout, lesson.data)
        self.batch_size, self.per_epoch = batches(lesson)
        self._batches: dict[int, Batch] = {}
        self._tapes: list[list[Call]] = []
        self._chunks: list[tuple[int, list[Call]]] = []
        self._ready_for: int | None = None
        self._draws = any(neuron.dropout is not None for neuron in network.neurons)

    def _recall(self, state: State) -> None:
        for name, cells in state.parameters.items():
            place = self.layout.place[name]
            for at, cell in enumerate(self.rule.cells):
                if place < self.layout.trained and cell in cells:
                    self.rule.memory[at, place] = cells[cell]

    @property
    def epoch(self) -> int:
        """The number of epochs completed."""
        return self.passes // self.per_epoch

    def run_epoch(self, cancelled: Callable[[], bool] = bool) -> bool:
        """Run the batches that are left of the present epoch, of a new one all; False where it was cancelled on the way."""
        import numpy as np

        self._begin()
        left = list(self._chunks)
        if self.passes % self.per_epoch:
            first = self.passes % self.per_epoch
            left = [(1, self._tapes[at]) for at in range(first, self.per_epoch)]
        with np.errstate(all="ignore"):
            for count, calls in left:
                if cancelled():
                    return False
                before = self.passes
                # Runs the calls one after the other, without a line of Python in between.
                deque(map(call, calls), maxlen=0)
                self.passes = before + count
        return True

    def run_batch(self) -> None:
        """Run one update."""
        import numpy as np

        self._begin()
        before = self.passes
        with np.errstate(all="ignore"):
            deque(map(call, self._tapes[before % self.per_epoch]), maxlen=0)
        self.passes = before + 1

    def _begin(self) -> None:
        if self._ready_for != self.epoch:
            self._begin_epoch()

    def _start_pass(self) -> None:
        """Tell the rule the number of the pass and draw what is dropped in it."""
        self.rule.time = self.passes + 1
        if self._draws:
            self.parts().forward.draw(self.passes, batch_samples(self.lesson, self.passes))

    def _end_pass(self) -> None:
        self.passes += 1

    def _begin_epoch(self) -> None:
        """Set the learning rate and the order of the samples; compile the batches when they run for the first time."""
        lesson = self.lesson
        self._ready_for = self.epoch
        self.rule.set_rate(lesson.update.learning_rate)
        if lesson.update.schedule.name != "constant":
            schedule = lesson.update.schedule
            operation = learning_rate(schedule.name, schedule.parameters)
            self.rule.set_rate(operation.value((lesson.update.learning_rate, float(self.epoch))))
        if lesson.update.shuffle:
            first = self.epoch * self.per_epoch
            order = [
                sample
                for number in range(first, first + self.per_epoch)
                for sample in batch_samples(lesson, number)
            ]
            self.table.order(order)
        if not self._tapes:
            self._tapes = [self._tape(at) for at in range(self.per_epoch)]
            parts = [self._tapes[at : at + _CHUNK] for at in range(0, self.per_epoch, _CHUNK)]
            self._chunks = [(len(part), list(chain(*part))) for part in parts]

    def _tape(self, at: int) -> list[Call]:
        given, wanted = self.table.batch(at, self.batch_size)
        calls = self._batch_of(at).tape(given, wanted)
        if not (self._draws or self.rule.counts):
            return calls
        return [self._start_pass, *calls, self._end_pass]

    def _batch_of(self, at: int) -> Batch:
        columns = min(self.batch_size, self.table.samples - at * self.batch_size)
        if columns not in self._batches:
            self._batches[columns] = Batch(self, columns)
        return self._batches[columns]

    def parts(self) -> Batch:
        """Return the buffers of the batch that comes next."""
        return self._batch_of(self.passes % self.per_epoch)

    def batch_before(self) -> Batch:
        """Return the buffers of the batch that was run last, with its targets in `wanted`."""
        at = (self.passes - 1) % self.per_epoch
        batch = self._batch_of(at)
        batch.wanted = self.table.batch(at, self.batch_size)[1]
        return batch

    def snapshot(self, at: int | None = None) -> Snapshot:
        """Return a copy of everything that training changes; `at` is the number of passes, where it is not the present one."""
        running = {name: averages.copy() for name, averages in self.running.items()}
        passes = self.passes if at is None else at
        return Snapshot(passes, self.vector.copy(), self.rule.memory.copy(), running)

    def restore(self, snapshot: Snapshot) -> None:
        """Go to where a snapshot was taken."""
        self.passes = snapshot.passes
        self.vector[...] = snapshot.vector
        self.rule.memory[...] = snapshot.memory
        for name, averages in snapshot.running.items():
            self.running[name][...] = averages

    def is_sound(self) -> bool:
        """Tell whether all parameters are numbers of a usable size."""
        return is_sound(self.vector)

    def parameters(self) -> dict[str, float]:
        """Return every parameter by its name, in the order of the lesson."""
        values = self.vector.tolist()
        place = self.layout.place
        return {name: values[place[name]] for name in self.lesson.network.parameters}

    def memory(self) -> dict[str, dict[str, float]]:
        """Return what the rule remembers of each parameter, and the running averages of each normalised neuron."""
        found: dict[str, dict[str, float]] = {}
        moved = self.passes > self.lesson.state.passes
        known = self.lesson.state.parameters
        for name in self.lesson.network.parameters:
            place = self.layout.place[name]
            if place >= self.layout.trained or not moved:
                cells = dict(known.get(name, {}))
            else:
                cells = {
                    cell: float(self.rule.memory[at, place])
                    for at, cell in enumerate(self.rule.cells)
                }
            if cells:
                found[name] = cells
        for name, (mean, variance) in self.running.items():
            if name in self.lesson.state.neurons or (moved and self.lesson.mode == "train"):
                averages = dict(zip(RUNNING, (float(mean), float(variance)), strict=True))
                found[name] = {**found.get(name, {}), **averages}
        return found


def _running(lesson: Lesson, name: str, cell: str) -> float:
    return lesson.state.neurons.get(name, {}).get(cell, RUNNING[cell])
