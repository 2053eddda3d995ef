"""The penalty on the weights three ways: it stands beside the error of the batch, and no sample has a part in it."""

from __future__ import annotations

from explainer.lesson.lesson import Lesson
from explainer.maths.composition import Precise, evaluated, symbol
from explainer.maths.penalties import PENALTIES
from explainer.maths.penalty_definitions import (
    composed_penalty,
    is_near_penalty_kink,
    penalty_slopes,
    penalty_term,
)
from explainer.messages import Message, message
from explainer.trace.check.agreement import DIGITS, MOST_MORE_DIGITS, NEAR_A_KINK, STEP
from explainer.trace.check.size import Size
from explainer.trace.check.values import Subject


class WeightPenalty:
    """The derivatives of a lesson's penalty by its weights, from its definition; of other penalties there are none."""

    def __init__(self, lesson: Lesson) -> None:
        choice = lesson.penalty
        on_weights = choice is not None and PENALTIES[choice.name].acts_on == "weights"
        self._choice = choice if on_weights else None
        network = lesson.network
        self._weights = {edge.weight: network.value(edge.weight) for edge in network.edges}

    def counts(self, subject: Subject) -> bool:
        """Tell whether the penalty depends on a parameter."""
        return self._choice is not None and not subject.is_input and subject.name in self._weights

    def kink(self, subject: Subject) -> Message | None:
        """Return what is wrong where a weight stands at a kink of the penalty."""
        choice = self._choice
        if choice is None or not self.counts(subject):
            return None
        if not is_near_penalty_kink(choice.name, self._weights[subject.name], NEAR_A_KINK):
            return None
        return message(
            "not compared: {neuron} stands at a point where the penalty ({penalty}) has no derivative",
            neuron=subject.name,
            penalty=PENALTIES[choice.name].label,
        )

    def numeric(self, name: str) -> Precise:
        """Return the central difference."""
        import mpmath

        # Next to the step a tiny weight is lost, unless there are digits for both.
        with mpmath.workdps(DIGITS + MOST_MORE_DIGITS):
            name_of_row, chosen, value = self._given(name)
            term, step = penalty_term(name_of_row, chosen), mpmath.mpf(STEP)
            return (term(value + step) - term(value - step)) / (2 * step)

    def symbolic(self, name: str) -> Precise:
        """Return SymPy's derivative."""
        name_of_row, chosen, value = self._given(name)
        weight = symbol(f"parameter {name}")
        penalty = composed_penalty(name_of_row, chosen, [(weight, value)])
        return evaluated(penalty.diff(weight), {weight: value})

    def size(self, name: str) -> Size:
        """Return the size of the derivative."""
        name_of_row, chosen, value = self._given(name)
        slope, _ = penalty_slopes(name_of_row, chosen)(value)
        return Size(abs(slope), abs(slope))

    def _given(self, name: str) -> tuple[str, tuple[tuple[str, float], ...], Precise]:
        import mpmath

        if self._choice is None:
            raise ValueError("the lesson has no penalty on its weights")
        return self._choice.name, self._choice.parameters, mpmath.mpf(self._weights[name])
