"""The vectorised engine: one lesson compiled once, then run batch by batch.

A batch is a list of calls with their buffers bound; running it looks nothing up and allocates nothing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from explainer.lesson.batches import batch_samples, batches
from explainer.lesson.lesson import RUNNING, Data, Lesson, State
from explainer.maths.update_operations import learning_rate, learning_term
from explainer.maths.updates import LEARNING_RULES
from explainer.training.backward import Backward
from explainer.training.forward import Forward
from explainer.training.joints import Normalised
from explainer.training.layout import Layout
from explainer.training.objective import Objective, check_targets
from explainer.training.refusals import must_be_trainable
from explainer.training.rules import NORMALISING, Rule, clip_calls
from explainer.training.table import Table
from explainer.training.weights import Gradient, Weights

if TYPE_CHECKING:
    from explainer.training.kernels import Array, Call


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
        self._batches: dict[int, _Batch] = {}
        self._tapes: list[list[Call]] = []
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

    def run_epoch(self) -> None:
        """Run the batches that are left of the present epoch, of a new one all."""
        import numpy as np

        with np.errstate(all="ignore"):
            for _ in range(self.per_epoch - self.passes % self.per_epoch):
                self._run_batch()

    def run_batch(self) -> None:
        """Run one update."""
        import numpy as np

        with np.errstate(all="ignore"):
            self._run_batch()

    def _run_batch(self) -> None:
        at = self.passes % self.per_epoch
        if self._ready_for != self.epoch:
            self._begin_epoch()
        self.rule.time = self.passes + 1
        if self._draws:
            self._batch_of(at).forward.draw(self.passes, batch_samples(self.lesson, self.passes))
        for call in self._tapes[at]:
            call()
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

    def _tape(self, at: int) -> list[Call]:
        given, wanted = self.table.batch(at, self.batch_size)
        return self._batch_of(at).tape(given, wanted)

    def _batch_of(self, at: int) -> _Batch:
        columns = min(self.batch_size, self.table.samples - at * self.batch_size)
        if columns not in self._batches:
            self._batches[columns] = _Batch(self, columns)
        return self._batches[columns]

    def parts(self) -> _Batch:
        """Return the buffers of the batch that comes next."""
        return self._batch_of(self.passes % self.per_epoch)

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

    def applied(self, data: Data) -> Applied:
        """Return the network applied to some samples, with buffers of its own."""
        return Applied(self, data)


class _Batch:
    """The buffers of all batches of one size."""

    def __init__(self, engine: Engine, columns: int) -> None:
        self.engine = engine
        lesson = engine.lesson
        training = lesson.mode == "train"
        careful = lesson.update.choice.name in NORMALISING
        self.forward = Forward(
            engine.layout, engine.weights, columns, engine.running, training=training, careful=careful
        )
        self.columns = columns
        self.backward = Backward(self.forward, engine.gradient)

    def tape(self, given: Array, wanted: Array) -> list[Call]:
        """Return the calls of one update by these samples: inputs (1 + inputs, columns), targets (outputs, columns)."""
        engine, lesson = self.engine, self.engine.lesson
        calls = self.forward.calls(given)
        if lesson.update.choice.name in LEARNING_RULES:
            calls += self._taught(given, wanted)
        else:
            calls += self.backward.begin()
            calls += engine.objective.slope_calls(self.forward, self.backward.g, wanted)
            calls += self.backward.calls(given)
        return calls + self._update()

    def _update(self) -> list[Call]:
        import numpy as np

        engine, lesson = self.engine, self.engine.lesson
        gradient = engine.gradient.vector
        mean = lesson.loss.reduction == "mean"
        penalty = engine.objective.penalty_calls(engine.vector, gradient)
        clips = clip_calls(lesson, gradient[: engine.layout.trained])
        before: list[Call] = []
        folds = mean and not penalty and not clips
        if mean and not folds and self.columns > 1:
            before = [partial(np.divide, gradient, np.array(float(self.columns)), gradient)]
        averages: list[Call] = []
        if lesson.mode == "train":
            averages = [
                partial(joint.move_averages, self.columns)
                for joints in self.forward.joints.values()
                for joint in joints
                if isinstance(joint, Normalised)
            ]
        steps = engine.rule.calls(self.columns, folds=folds)
        return [*before, *penalty, *clips, *steps, *averages]

    def _taught(self, given: Array, wanted: Array) -> list[Call]:
        """Return the calls of a rule older than back-propagation: its factor in place of a derivative."""
        from explainer.maths.array_operations import array_value

        engine, forward = self.engine, self.forward
        update = engine.lesson.update
        factor = learning_term(update.choice.name, only_on_error=update.only_on_error, has_input=False)
        level = engine.layout.levels[0]
        rows = [row - level.first for row in engine.layout.outputs]
        d = self.backward.g[level.first : level.end]
        raw = forward.raw[level.depth]
        answers = forward.a[level.first : level.end]

        def teach() -> None:
            d[rows] = array_value(factor, [wanted, answers[rows], raw[rows]])

        matrix = engine.gradient.matrix[level.depth]
        source = forward.source(level, given)
        return [teach, partial(d.dot, source.T, matrix), *engine.gradient.collected()]


class Applied:
    """The network applied to a table of samples: what it puts out, and the error."""

    def __init__(self, engine: Engine, data: Data) -> None:
        self.engine = engine
        self.table = Table(engine.layout, data)
        self.forward = Forward(
            engine.layout, engine.weights, self.table.samples, engine.running, training=False
        )
        self.forward.draw(0, ())
        self._wanted = self.table.targets
        self._calls = self.forward.calls(self.table.inputs)

    def run(self) -> None:
        """Compute every neuron with the present parameters."""
        import numpy as np

        with np.errstate(all="ignore"):
            for call in self._calls:
                call()

    def outputs(self) -> Array:
        """Return what the outputs say, of shape (samples, outputs)."""
        self.run()
        return self.forward.a[list(self.engine.layout.outputs)].T.copy()  # type: ignore[no-any-return]  # NumPy's stubs

    def loss(self) -> float:
        """Return the error of all samples as the lesson puts them together, penalty included."""
        import numpy as np

        self.run()
        with np.errstate(all="ignore"):
            errors = self.engine.objective.errors(self.forward, self._wanted)
            return self.engine.objective.total(errors, self.engine.vector)


def _running(lesson: Lesson, name: str, cell: str) -> float:
    return lesson.state.neurons.get(name, {}).get(cell, RUNNING[cell])
