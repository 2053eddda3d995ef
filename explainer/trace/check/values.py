"""A forward pass in mpmath, by its own walk over the lesson; shares no code with the trace."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import NamedTuple

from explainer.lesson.lesson import Edge, Lesson, Neuron
from explainer.maths.chosen_definitions import activation_value
from explainer.maths.composition import Precise, loss_value
from explainer.maths.penalties import PENALTIES
from explainer.maths.penalty_definitions import penalty_term
from explainer.maths.updates import LEARNING_RULES


class Subject(NamedTuple):
    """What the error is differentiated by: a parameter, or the value of the input neuron of this id."""

    name: str
    is_input: bool


class Walk:
    """The values of one sample: `sums` z and `outputs` a of every neuron by its id, and the `error`.

    They have the precision that was in force when the walk was made; make and use it under the same one.
    """

    def __init__(self, lesson: Lesson, sample: int) -> None:
        import mpmath

        network = lesson.network
        self.lesson = lesson
        self.sample = sample
        self.parameters = {name: mpmath.mpf(network.value(name)) for name in network.parameters}
        self.incoming: dict[str, list[Edge]] = {neuron.id: [] for neuron in network.neurons}
        for edge in network.edges:
            self.incoming[edge.target].append(edge)
        feeding = {name: [edge.source for edge in edges] for name, edges in self.incoming.items()}
        by_id = {neuron.id: neuron for neuron in network.neurons}
        self.order = [by_id[name] for name in TopologicalSorter(feeding).static_order()]
        self.output_ids = [neuron.id for neuron in network.neurons if neuron.role == "output"]
        self.targets = [mpmath.mpf(target) for target in lesson.data.targets[sample]]
        input_ids = [neuron.id for neuron in network.neurons if neuron.role == "input"]
        row = zip(input_ids, lesson.data.inputs[sample], strict=True)
        self.outputs = {name: mpmath.mpf(value) for name, value in row}
        rule = LEARNING_RULES.get(lesson.update.choice.name)
        # The delta rule compares the weighted sums with the targets, before any activation.
        self.compares_sums = rule is not None and rule.follows_gradient
        penalty = lesson.penalty
        on_predictions = penalty is not None and PENALTIES[penalty.name].acts_on == "predictions"
        self.penalty = penalty if on_predictions else None
        self.sums: dict[str, Precise] = {}
        for neuron in self.order:
            if neuron.role != "input":
                self.sums[neuron.id] = self._sum(neuron, self.parameters, self.outputs)
                self.outputs[neuron.id] = _activated(neuron, self.sums[neuron.id], self.parameters)
        self.error = self._error(self.predictions)

    @property
    def predictions(self) -> list[Precise]:
        """What the error compares with the targets."""
        return self._predictions(self.outputs, self.sums)

    def error_after(self, subject: Subject, step: Precise) -> Precise:
        """Return the error with one number moved by `step`; only what depends on it is computed again."""
        parameters, outputs, sums = dict(self.parameters), dict(self.outputs), dict(self.sums)
        moved = outputs if subject.is_input else parameters
        moved[subject.name] += step
        reached = self.reached(subject)
        for neuron in self.order:
            if neuron.role != "input" and neuron.id in reached:
                sums[neuron.id] = self._sum(neuron, parameters, outputs)
                outputs[neuron.id] = _activated(neuron, sums[neuron.id], parameters)
        return self._error(self._predictions(outputs, sums))

    def reached(self, subject: Subject) -> set[str]:
        """Return the ids of the neurons whose value depends on the parameter or input."""
        found = {subject.name} if subject.is_input else set()
        for neuron in self.order:
            edges = self.incoming[neuron.id]
            names = {name for _, name in neuron.activation.named} | {edge.weight for edge in edges}
            uses = subject.name == neuron.bias or subject.name in names
            if (uses and not subject.is_input) or any(edge.source in found for edge in edges):
                found.add(neuron.id)
        return found

    def arguments(self, neuron: Neuron) -> list[Precise]:
        """Return what a neuron's activation is computed from: its sum, then the parameters it learns."""
        learnt = (self.parameters[name] for _, name in neuron.activation.named)
        return [self.sums[neuron.id], *learnt]

    def _sum(
        self, neuron: Neuron, parameters: dict[str, Precise], outputs: dict[str, Precise]
    ) -> Precise:
        import mpmath

        products = [
            parameters[edge.weight] * outputs[edge.source] for edge in self.incoming[neuron.id]
        ]
        bias = [parameters[name] for name in neuron.biases]
        return mpmath.fsum(products + bias)

    def _predictions(self, outputs: dict[str, Precise], sums: dict[str, Precise]) -> list[Precise]:
        compared = sums if self.compares_sums else outputs
        return [compared[name] for name in self.output_ids]

    def _error(self, predictions: list[Precise]) -> Precise:
        import mpmath

        choice, penalty = self.lesson.loss.choice, self.penalty
        error = loss_value(choice.name, choice.parameters, len(predictions))
        found = error(*predictions, *self.targets)
        if penalty is None:
            return found
        term = penalty_term(penalty.name, penalty.parameters)
        return found + mpmath.fsum([term(prediction) for prediction in predictions])


def _activated(neuron: Neuron, z: Precise, parameters: dict[str, Precise]) -> Precise:
    learnt = [parameters[name] for _, name in neuron.activation.named]
    return activation_value(neuron.activation)(z, *learnt)
