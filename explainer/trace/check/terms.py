"""The sizes of all derivatives of one sample's error, by a walk of their own forward and back over the lesson."""

from __future__ import annotations

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Edge
from explainer.maths.chosen_definitions import activation_slopes
from explainer.maths.composition import LossSlopes, Precise, loss_slopes
from explainer.maths.penalty_definitions import penalty_slopes
from explainer.trace.check.size import NOTHING, Size, rounded
from explainer.trace.check.values import Subject, Walk


class Sizes:
    """The size of every derivative of one sample's error; `flattest` is the smallest non-zero slope of an activation."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._exact = {name: Size(abs(value), 0) for name, value in walk.parameters.items()}
        self._slopes: dict[str, Size] = {}
        self._learnt: dict[str, dict[str, Size]] = {}
        self._sums: dict[str, Size] = {}
        self._outputs = self._forward()
        slopes = [size.terms for size in self._slopes.values() if size.terms]
        self.flattest: Precise = min(slopes, default=1)
        self._parameters: dict[str, Size] = {}
        self._inputs: dict[str, Size] = {}
        self._backward()

    def of(self, subject: Subject) -> Size:
        """Return the size of ∂E/∂(subject), zero where the error does not depend on it."""
        sizes = self._inputs if subject.is_input else self._parameters
        return sizes.get(subject.name, NOTHING)

    def _forward(self) -> dict[str, Size]:
        walk = self._walk
        outputs: dict[str, Size] = {}
        for neuron in walk.order:
            if neuron.role == "input":
                outputs[neuron.id] = Size(abs(walk.outputs[neuron.id]), 0)
                continue
            edges = walk.incoming[neuron.id]
            parts = [self._exact[edge.weight].times(outputs[edge.source]) for edge in edges]
            parts += [self._exact[name] for name in neuron.biases]
            carried = sum(part.rounding + part.terms for part in parts)
            self._sums[neuron.id] = Size(abs(walk.sums[neuron.id]), carried)
            found = activation_slopes(neuron.activation)(*walk.arguments(neuron))
            by_z, *by_learnt = (
                Size(abs(slope), abs(bend) * carried + rounded(abs(slope)))
                for slope, bend in zip(found.slopes, found.bends, strict=True)
            )
            self._slopes[neuron.id] = by_z
            names = [name for _, name in neuron.activation.named]
            self._learnt[neuron.id] = dict(zip(names, by_learnt, strict=True))
            value = abs(walk.outputs[neuron.id])
            outputs[neuron.id] = Size(value, by_z.terms * carried + rounded(value))
        return outputs

    def _backward(self) -> None:
        walk = self._walk
        derivatives = self._of_error()
        for neuron in reversed(walk.order):
            here = derivatives.get(neuron.id, NOTHING)
            if neuron.role == "input":
                self._inputs[neuron.id] = here
                continue
            for name, slope in self._learnt[neuron.id].items():
                _add(self._parameters, name, here.times(slope))
            delta = here if walk.compares_sums else here.times(self._slopes[neuron.id])
            for edge in walk.incoming[neuron.id]:
                self._along(edge, delta, derivatives)
            for bias in neuron.biases:
                _add(self._parameters, bias, delta)

    def _along(self, edge: Edge, delta: Size, derivatives: dict[str, Size]) -> None:
        _add(self._parameters, edge.weight, delta.times(self._outputs[edge.source]))
        _add(derivatives, edge.source, delta.times(self._exact[edge.weight]))

    def _of_error(self) -> dict[str, Size]:
        """Return the sizes of ∂E/∂ŷ; what the predictions carry comes in through the second derivatives."""
        walk, choice = self._walk, self._walk.lesson.loss.choice
        names, predictions = walk.output_ids, walk.predictions
        by = LossSlopes(
            *loss_slopes(choice.name, choice.parameters, len(names))(*predictions, *walk.targets)
        )
        sizes = self._sums if walk.compares_sums else self._outputs
        carried = [sizes[name].rounding for name in names]
        found = {
            name: Size(
                abs(slope),
                rounded(terms)
                + sum(abs(bend) * part for bend, part in zip(row, carried, strict=True)),
            )
            for name, slope, terms, row in zip(names, by.slopes, by.terms, by.bends, strict=True)
        }
        return found if walk.penalty is None else self._with_penalty(found, walk.penalty)

    def _with_penalty(self, found: dict[str, Size], penalty: Choice) -> dict[str, Size]:
        slopes = penalty_slopes(penalty.name, penalty.parameters)
        for name, prediction in zip(found, self._walk.predictions, strict=True):
            slope, bend = slopes(prediction)
            carried = abs(bend) * self._outputs[name].rounding + rounded(abs(slope))
            found[name] = found[name].plus(Size(abs(slope), carried))
        return found


def _add(sizes: dict[str, Size], name: str, more: Size) -> None:
    sizes[name] = sizes[name].plus(more) if name in sizes else more
