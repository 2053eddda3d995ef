"""What training makes small: the error of every sample, penalties, and the derivative by every prediction."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from explainer.lesson.lesson import Lesson
from explainer.maths import operations, update_operations
from explainer.maths.array_operations import array_partials, array_value
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.sums import ScaledSum
from explainer.maths.updates import LEARNING_RULES
from explainer.messages import Refused, message
from explainer.training.fused import fused_for
from explainer.training.layout import Layout

if TYPE_CHECKING:
    from explainer.training.forward import Forward
    from explainer.training.kernels import Array, Call

# ∂E/∂ŷ of these is so many times ŷ − y: the factor, for K outputs.
_SQUARES: dict[str, Callable[[int], float]] = {
    "half_squared_error": lambda outputs: 1.0,
    "squared_error": lambda outputs: 2.0,
    "mean_squared_error": lambda outputs: 2.0 / outputs,
}


class Objective:
    """The loss, the reduction and the penalty of a lesson."""

    def __init__(self, layout: Layout) -> None:
        import numpy as np

        lesson = layout.lesson
        self.lesson = lesson
        outputs = layout.outputs
        self.count = len(outputs)
        first = min(outputs)
        self.is_together = outputs == tuple(range(first, first + self.count))
        self.rows = slice(first, first + self.count) if self.is_together else np.array(outputs)
        rule = LEARNING_RULES.get(lesson.update.choice.name)
        self.compares_sums = rule is not None and rule.follows_gradient
        choice = lesson.loss.choice
        self._loss = operations.loss(choice.name, self.count, choice.parameters)
        self._square = _SQUARES.get(choice.name)
        self._on_predictions = _penalty(lesson, "predictions", 1)
        self.fused = None if self._on_predictions is not None else fused_for(layout)
        self._on_weights = _penalty(lesson, "weights", 1)
        weights = {edge.weight for edge in lesson.network.edges}
        self._weights = np.array(
            [place for place, name in enumerate(layout.names) if name in weights], dtype=int
        )

    def predictions(self, forward: Forward) -> Array:
        """Return what the error compares, of shape (outputs, samples): what the outputs say, or by the delta rule z."""
        if self.compares_sums:
            level = forward.layout.levels[-1]
            raw = forward.raw[level.depth]
            rows = [row - level.first for row in forward.layout.outputs]
            return raw[rows]
        return forward.a[self.rows]

    def slope_calls(self, forward: Forward, g: Array, target: Array) -> list[Call]:
        """Return the calls that put the derivative of every sample's error into g; `target` is (outputs, samples)."""
        import numpy as np

        if self.fused is not None:
            return self.fused.slope_calls(forward, g, target)
        if self._square is not None and self._on_predictions is None and self.is_together:
            found, wanted = forward.a[self.rows], g[self.rows]
            calls: list[Call] = [partial(np.subtract, found, target, wanted)]
            factor = self._square(self.count)
            if factor != 1:
                calls.append(partial(np.multiply, wanted, np.array(factor), wanted))
            return calls
        return [lambda: self._put_slopes(forward, g, target)]

    def _put_slopes(self, forward: Forward, g: Array, target: Array) -> None:
        predictions = self.predictions(forward)
        found = array_partials(self._loss, [*predictions, *target])
        for place, row in enumerate(forward.layout.outputs):
            g[row] = found[place]
            if self._on_predictions is not None:
                g[row] += _slope(self._on_predictions, predictions[place])

    def errors(self, forward: Forward, target: Array) -> Array:
        """Return the error of every sample with the penalty on its predictions; shape (samples,)."""
        if self.fused is not None:
            return self.fused.errors(forward, target)
        predictions = self.predictions(forward)
        if self._square is not None and self._on_predictions is None:
            distance = predictions - target
            factor = 0.5 * self._square(self.count)
            return factor * (distance * distance).sum(axis=0)  # type: ignore[no-any-return]  # NumPy's stubs
        found = array_value(self._loss, [*predictions, *target])
        if self._on_predictions is not None:
            penalty = self._on_predictions
            for prediction in predictions:
                found = found + penalty.factor.value(()) * array_value(penalty.term, [prediction])
        return found

    def total(self, errors: Array, parameters: Array) -> float:
        """Return the errors put together as the lesson says, with the penalty on the weights."""
        found = float(errors.mean() if self.lesson.loss.reduction == "mean" else errors.sum())
        penalty = self._on_weights
        if penalty is None:
            return found
        terms = array_value(penalty.term, [parameters[self._weights]])
        return found + penalty.factor.value(()) * float(terms.sum())

    def penalty_calls(self, parameters: Array, gradient: Array) -> list[Call]:
        """Return the calls that add the derivative of the penalty on the weights to a gradient."""
        import numpy as np

        penalty, places = self._on_weights, self._weights
        if penalty is None:
            return []
        if self.lesson.penalty is not None and self.lesson.penalty.name == "l2":
            # ∂/∂w of rate · ½ Σ w² is rate · w; by a bias it is 0.
            rates = np.zeros_like(parameters)
            rates[places] = 2 * penalty.factor.value(())
            part = np.zeros_like(parameters)
            return [
                partial(np.multiply, parameters, rates, part),
                partial(np.add, gradient, part, gradient),
            ]

        def add() -> None:
            gradient[places] += _slope(penalty, parameters[places])

        return [add]


def _penalty(lesson: Lesson, what: str, count: int) -> ScaledSum | None:
    choice = lesson.penalty
    if choice is None or PENALTIES[choice.name].acts_on != what:
        return None
    operation = update_operations.penalty(choice.name, count, choice.parameters)
    if not isinstance(operation, ScaledSum):
        raise TypeError("a penalty is a sum of one term over and over")
    return operation


def _slope(penalty: ScaledSum, numbers: Array) -> Array:
    return penalty.factor.value(()) * array_partials(penalty.term, [numbers])[0]


def check_targets(lesson: Lesson) -> None:
    """Raise Refused where a target is one that the error is not made for, as the trace would."""
    row = LOSSES[lesson.loss.choice.name]
    low, high = row.targets
    if math.isinf(low) and math.isinf(high):
        return
    for sample, targets in enumerate(lesson.data.targets):
        for neuron, value in zip(lesson.network.of_role("output"), targets, strict=True):
            if not low <= value <= high:
                wanted = (
                    message("of at least {low}", low=f"{low:.5g}")
                    if math.isinf(high)
                    else message("between {low} and {high}", low=f"{low:.5g}", high=f"{high:.5g}")
                )
                raise Refused(
                    message(
                        "The error ({name}) needs targets {wanted}, but that of {neuron} is {value} for sample {sample}.",
                        name=row.label,
                        wanted=wanted,
                        neuron=neuron.id,
                        value=f"{value:.5g}",
                        sample=sample + 1,
                    )
                )
