"""From a gradient to new parameters: the rules by hand where they are common, every other stage by stage from its row."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from explainer.lesson.lesson import Lesson
from explainer.maths import update_operations
from explainer.maths.array_operations import array_value
from explainer.maths.update_rows import PARAMETER
from explainer.maths.updates import LEARNING_RULES, UPDATES

if TYPE_CHECKING:
    from explainer.training.kernels import Array, Call


class Rule:
    """The rule of a lesson with its memory: a row for each cell, a column for each parameter.

    `parameters` and `gradient` are the trained ones. `rate` holds the learning rate of the epoch, `time` the number of
    the pass from 1; they are set before the calls run.
    """

    def __init__(self, lesson: Lesson, parameters: Array, gradient: Array) -> None:
        import numpy as np

        self.name = lesson.update.choice.name
        self.parameters = parameters
        self.gradient = gradient
        self.rate = np.zeros(())
        self._shares: dict[int, Array] = {}
        self.time = 0
        choice = lesson.update.choice
        row = UPDATES.get(self.name)
        self.counts = bool(row and row.counts)
        self.settings = {**(row.parameters if row else {}), **dict(choice.parameters)}
        self._stages = update_operations.stages(self.name, choice.parameters) if row else ()
        self.cells = dict(row.memory) if row else {}
        self.memory = np.array(
            [np.full(len(parameters), start) for start in self.cells.values()]
        ).reshape(len(self.cells), len(parameters))
        self._part = np.zeros_like(parameters)

    def set_rate(self, rate: float) -> None:
        """Set the learning rate of an epoch."""
        self.rate[...] = rate
        for samples, share in self._shares.items():
            share[...] = rate / samples

    def calls(self, samples: int, *, folds: bool) -> list[Call]:
        """Return the calls that update the parameters by the gradient.

        `folds` says that the gradient is still the sum over so many samples, whose mean is meant.
        """
        if self.name in LEARNING_RULES:
            return self._learning(samples, folds=folds)
        by_hand = {
            "sgd": self._sgd,
            "momentum": self._momentum,
            "adam": self._adam,
            "adamw": self._adamw,
        }.get(self.name)
        calls = self._scaled(samples) if folds and self.name != "sgd" else []
        if by_hand is None:
            return [*calls, self._by_stages]
        return [*calls, *(self._sgd(samples if folds else 1) if self.name == "sgd" else by_hand())]

    def _scaled(self, samples: int) -> list[Call]:
        import numpy as np

        if samples == 1:
            return []
        return [partial(np.divide, self.gradient, np.array(float(samples)), self.gradient)]

    def _sgd(self, samples: int = 1) -> list[Call]:
        import numpy as np

        w, g = self.parameters, self.gradient
        if samples == 1:
            return [partial(np.multiply, g, self.rate, g), partial(np.subtract, w, g, w)]
        share = self._shares.setdefault(samples, np.array(self.rate / samples))
        return [partial(np.multiply, g, share, g), partial(np.subtract, w, g, w)]

    def _learning(self, samples: int, *, folds: bool) -> list[Call]:
        """Return w ± η · change, the sign of the row."""
        import numpy as np

        step = self._sgd(samples if folds else 1)
        if LEARNING_RULES[self.name].sign > 0:
            step[-1] = partial(np.add, self.parameters, self.gradient, self.parameters)
        return step

    def _momentum(self) -> list[Call]:
        import numpy as np

        w, g, v, part = self.parameters, self.gradient, self.memory[0], self._part
        return [
            partial(np.multiply, v, np.array(self.settings["momentum"]), v),
            partial(np.add, v, g, v),
            partial(np.multiply, v, self.rate, part),
            partial(np.subtract, w, part, w),
        ]

    def _adam(self) -> list[Call]:
        import numpy as np

        w, g, (m, v), part = self.parameters, self.gradient, self.memory, self._part
        first, second = self.settings["beta1"], self.settings["beta2"]
        step, spread = np.zeros(()), np.zeros(())

        def tick() -> None:
            step[...] = self.rate / (1 - first**self.time)
            spread[...] = 1 - second**self.time

        return [
            tick,
            partial(np.multiply, m, np.array(first), m),
            partial(np.multiply, g, np.array(_rest(first)), part),
            partial(np.add, m, part, m),
            partial(np.multiply, g, g, part),
            partial(np.multiply, part, np.array(_rest(second)), part),
            partial(np.multiply, v, np.array(second), v),
            partial(np.add, v, part, v),
            partial(np.divide, v, spread, part),
            partial(np.sqrt, part, part),
            partial(np.add, part, np.array(self.settings["epsilon"]), part),
            partial(np.divide, m, part, part),
            partial(np.multiply, part, step, part),
            partial(np.subtract, w, part, w),
        ]

    def _adamw(self) -> list[Call]:
        import numpy as np

        decay = np.zeros(())
        w, part = self.parameters, self._part
        return [
            partial(np.multiply, self.rate, np.array(self.settings["weight_decay"]), decay),
            partial(np.multiply, w, decay, part),
            partial(np.subtract, w, part, w),
            *self._adam(),
        ]

    def _by_stages(self) -> None:
        """Run the stages of the row over all parameters at once."""
        import numpy as np

        arguments: list[Array] = [
            self.parameters, self.gradient, self.rate, np.array(float(self.time)), *self.memory
        ]  # fmt: skip
        found: dict[str, Array] = {}
        for stage, operation in self._stages:
            found[stage.name] = array_value(operation, arguments)
            arguments.append(found[stage.name])
        for place, cell in enumerate(self.cells):
            self.memory[place] = found[cell]
        self.parameters[...] = found[PARAMETER]


def _rest(share: float) -> float:
    """Return 1 − share; 1 − 0.9 is not 0.1 in doubles."""
    return float(1 - Fraction(repr(share)))


def clip_calls(lesson: Lesson, gradient: Array) -> list[Call]:
    """Return the calls that shorten a gradient as the lesson says."""
    import numpy as np

    clip = lesson.update.clip
    if clip is None or not len(gradient):
        return []
    threshold = clip.threshold
    if clip.by == "value":
        return [partial(np.clip, gradient, -threshold, threshold, gradient)]

    def shorten() -> None:
        largest = float(np.abs(gradient).max())
        if not 0 < largest < np.inf:
            return
        # Divided first, so that no square leaves the doubles.
        part = gradient / largest
        length = largest * float(np.sqrt(part.dot(part)))
        if length > threshold:
            np.multiply(gradient, threshold / length, gradient)

    return [shorten]
