"""The buffers of all batches of one size, and the calls of an update by such a batch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from explainer.maths.array_operations import array_value
from explainer.maths.update_operations import learning_term
from explainer.maths.updates import LEARNING_RULES, UPDATES
from explainer.training.backward import Backward
from explainer.training.forward import Forward
from explainer.training.joints import Normalised
from explainer.training.rules import clip_calls

if TYPE_CHECKING:
    from explainer.lesson.lesson import Lesson
    from explainer.training.kernels import Array, Call
    from explainer.training.layout import Layout
    from explainer.training.objective import Objective
    from explainer.training.rules import Rule
    from explainer.training.weights import Gradient, Weights


class Learner(Protocol):
    """What the batches of all sizes share: the engine, as far as its batches know it.

    `vector` holds every parameter, flat; `running` the averages of each normalised neuron.
    """

    lesson: Lesson
    layout: Layout
    vector: Array
    running: dict[str, Array]
    weights: Weights
    gradient: Gradient
    objective: Objective
    rule: Rule


class Batch:
    """The buffers of all batches of one size."""

    def __init__(self, engine: Learner, columns: int) -> None:
        import numpy as np

        self.engine = engine
        lesson = engine.lesson
        training = lesson.mode == "train"
        rule = UPDATES.get(lesson.update.choice.name)
        careful = rule is not None and rule.normalises
        self.forward = Forward(
            engine.layout,
            engine.weights,
            columns,
            engine.running,
            training=training,
            careful=careful,
        )
        self.columns = columns
        self.wanted: Array = np.zeros((0, columns))
        fused = engine.objective.fused
        done = None if fused is None else fused.level.depth
        self.backward = Backward(self.forward, engine.gradient, done)

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
        engine, forward = self.engine, self.forward
        update = engine.lesson.update
        factor = learning_term(
            update.choice.name, only_on_error=update.only_on_error, has_input=False
        )
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
