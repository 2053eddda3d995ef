"""What is recorded of one pass: the graph, all values, every summand of every derivative, the parameters before and after."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.messages import Refused, message
from explainer.trace.arithmetic import Calculator
from explainer.trace.graph import Graph
from explainer.trace.node import Node
from explainer.trace.paths import Paths
from explainer.trace.steps import Pass


class Term(NamedTuple):
    """One summand of a derivative: through which consumer (and which of its arguments) it came.

    `product` = `upstream` (derivative of the sample's error by the consumer) · `local`.
    """

    consumer: int
    argument: int
    upstream: float
    local: float
    product: float


class LearningTerm(NamedTuple):
    """One use of a parameter in one sample: by which neuron, from which source (None for a bias), what the rule says."""

    sample: int
    neuron: str
    source: str | None
    value: float


class Start(NamedTuple):
    """What a pass begins with: parameters, and by name the memory of the update rule and the running averages of neurons."""

    parameters: dict[str, float]
    state: dict[str, dict[str, float]]


@dataclass
class Run:
    """One pass with everything computed in it: the graph, its values and derivatives, and the `summary` as data.

    `adjoints[i]` is ∂(Σ sample errors)/∂(node i), `terms[i]` its summands; `update_order` is
    which parameters were updated after the backward steps of which depth. `penalty` is the one on the weights,
    `penalty_slopes` its derivatives. `clipped` are the gradients after clipping, by norm with `clip_norm` and `clip_factor`.
    `stages[parameter]` are the results of its update's stages, `learning_terms[parameter]` what a learning rule says of it.
    `by_hand` is the same pass with few digits, once somebody has asked what comes out then.
    """

    lesson: Lesson
    pass_index: int
    graph: Graph
    calculator: Calculator
    values: list[float]
    adjoints: list[float]
    terms: list[list[Term]]
    start: Start
    end: Start
    gradients: dict[str, float]
    loss: float
    update_order: list[tuple[int, list[str]]]
    paths: Paths
    learning_rate: float = 0.0
    penalty: float | None = None
    penalty_slopes: dict[str, float] = field(default_factory=dict)
    clipped: dict[str, float] = field(default_factory=dict)
    clip_norm: float | None = None
    clip_factor: float | None = None
    stages: dict[str, dict[str, float]] = field(default_factory=dict)
    learning_terms: dict[str, list[LearningTerm]] = field(default_factory=dict)
    by_hand: tuple[Run, ...] | None = None
    summary: Pass = field(init=False)

    def error_of(self, sample: int) -> float:
        """Return a sample's error with the penalty on its predictions."""
        error = self.values[self.graph.loss_of[sample]]
        penalty = self.graph.penalty_of.get(sample)
        if penalty is None:
            return error
        return self.calculator.total([error, self.values[penalty]])

    def sum_of_terms(self, position: int) -> float:
        """Add up the terms of a node's derivative, in the order of the graph, in which they are also shown."""
        self.terms[position].sort()
        total = self.calculator.total([term.product for term in self.terms[position]])
        must_be_finite(total, self.graph.nodes[position])
        return total


def must_be_finite(value: float, node: Node) -> None:
    """Raise Refused, naming the node, where a number left the doubles or there is none."""
    if math.isnan(value):
        raise Refused(message("{place} has no real value for these numbers.", place=node.called))
    if not math.isinf(value):
        return
    if node.role == "operation":
        raise Refused(
            message(
                "At {place} the result is infinite, or too large for a number.", place=node.called
            )
        )
    if node.sample is None:
        fault = message(
            "The numbers grew too large at {place}: use smaller weights or a smaller learning rate.",
            place=node.called,
        )
    else:
        fault = message(
            "The numbers grew too large at {place} for sample {sample}: use smaller weights or a smaller learning rate.",
            place=node.called,
            sample=node.sample + 1,
        )
    raise Refused(fault)


def must_have_slope(local: float, node: Node) -> None:
    """Raise Refused, naming the node, where its operation has no derivative, as √x has none at 0."""
    if not math.isfinite(local):
        raise Refused(
            message("{place} has no finite derivative for these numbers.", place=node.called)
        )
