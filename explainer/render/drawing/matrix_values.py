"""What numbers of the matrices are known at one moment of a pass, for every sample of the batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum

from explainer.lesson.inputs import inputs_of
from explainer.lesson.lesson import Lesson, Neuron
from explainer.maths.penalties import PENALTIES
from explainer.trace.moment import Moment
from explainer.trace.steps import Pass, Step


class Known:
    """The steps done so far, as values by sample and address. `is_tied` tells whether a parameter stands in several entries."""

    def __init__(
        self, lesson: Lesson, moment: Moment, one_pass: Pass | None, is_tied: Callable[[str], bool]
    ) -> None:
        self._lesson, self._pass, self._is_tied = lesson, one_pass, is_tied
        self._samples = (moment.sample,) if one_pass is None else one_pass.samples
        done = _steps_done(one_pass, moment)
        self._forward = {(step.sample, step.address) for step in done if step.phase == "forward"}
        self.derivatives = {
            (step.sample, step.address): step.value for step in done if step.kind == "delta"
        }
        self.errors = {step.sample: step.value for step in done if step.kind == "loss"}
        self._gradients = _gradients(done)

    def value(self, sample: int, neuron: Neuron, address: str) -> float | None:
        """Return a quantity of a neuron in one sample; inputs are known from the start."""
        if neuron.role == "input" and (neuron.dropout is None or self._pass is None):
            column = [each.id for each in self._lesson.network.of_role("input")].index(neuron.id)
            return inputs_of(self._lesson, sample)[column]
        if self._pass is None or (sample, address) not in self._forward:
            return None
        return self._pass.values[str(sample)][address]

    def gradient(self, parameter: str, use: tuple[str, str] | str) -> float | None:
        """Return an entry of dW or db once every sample of the batch has said its part."""
        found = self._gradients.get(use, [])
        if len(found) < len(self._samples) or self._pass is None:
            return None
        if len(found) == 1:
            return found[0]
        penalty = self._lesson.penalty
        is_alone = not self._is_tied(parameter)
        if is_alone and (penalty is None or PENALTIES[penalty.name].acts_on != "weights"):
            # As the trace adds up, which may round every sum.
            return self._pass.gradients.get(parameter)
        total = fsum(found)
        return total if self._lesson.loss.reduction == "sum" else total / len(found)


def _steps_done(one_pass: Pass | None, moment: Moment) -> tuple[Step, ...]:
    if one_pass is None or moment.step is None:
        return ()
    return one_pass.steps[: moment.step.index + 1]


def _gradients(done: Sequence[Step]) -> dict[tuple[str, str] | str, list[float]]:
    """Return what each sample said of each edge, and of the bias of each neuron."""
    found: dict[tuple[str, str] | str, list[float]] = {}
    for step in done:
        use = step.edge if step.kind == "gradient_weight" else step.neuron
        if step.kind in ("gradient_weight", "gradient_bias") and use is not None:
            found.setdefault(use, []).append(step.value)
    return found
