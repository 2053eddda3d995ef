"""The penalty on the weights three ways: it stands beside the error of the batch, and no sample has a part in it."""

from __future__ import annotations

from explainer.lesson.lesson import Lesson
from explainer.maths.composition import Part, Precise, derivative, evaluated, symbol
from explainer.maths.exact import Exact
from explainer.maths.penalties import PENALTIES
from explainer.maths.penalty_definitions import exact_penalty
from explainer.messages import Message, message
from explainer.trace.check.agreement import DIGITS, MOST_MORE_DIGITS, NEAR_A_KINK, difference
from explainer.trace.check.size import Size


class WeightPenalty:
    """The derivatives of a lesson's penalty by its weights, from its definition; of other penalties there are none."""

    def __init__(self, lesson: Lesson) -> None:
        choice, network = lesson.penalty, lesson.network
        self._weights: dict[str, float] = {}
        if choice is not None and PENALTIES[choice.name].acts_on == "weights":
            self._weights = {edge.weight: network.value(edge.weight) for edge in network.edges}
            self._label = PENALTIES[choice.name].label
            self._term: Exact = exact_penalty(choice.name, choice.parameters)

    def counts(self, parameter: str) -> bool:
        """Tell whether the penalty depends on a parameter."""
        return parameter in self._weights

    def kink(self, name: str) -> Message | None:
        """Return what is wrong where a weight stands at a kink of the penalty."""
        if not self._term.is_near_kink([self._value(name)], NEAR_A_KINK):
            return None
        return message(
            "not compared: {neuron} stands at a point where the penalty ({penalty}) has no derivative",
            neuron=name,
            penalty=self._label,
        )

    def numeric(self, name: str) -> Precise:
        """Return the central difference."""
        import mpmath

        # Next to the step a tiny weight is lost, unless there are digits for both.
        with mpmath.workdps(DIGITS + MOST_MORE_DIGITS):
            weight = self._value(name)
            return difference(lambda step: self._term.value([weight + step]))

    def symbolic(self, name: str) -> Precise:
        """Return SymPy's derivative."""
        weight, value = symbol("weight"), self._value(name)
        penalty = self._term.composed([Part(weight, value)], {})
        return evaluated(derivative(penalty, weight, {}), {weight: value})

    def size(self, name: str) -> Size:
        """Return the size of the derivative."""
        [slope] = self._term.slopes([self._value(name)], [0])
        return Size(abs(slope.value), abs(slope.value))

    def _value(self, name: str) -> Precise:
        import mpmath

        return mpmath.mpf(self._weights[name])
