"""How large the terms are that add up to a gradient, and how far doubles can be off in adding them.

Agreement is measured against the sum of the absolute values of those terms, over all paths, uses and samples,
because a small difference of large terms cannot be right to its own last digit.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

from explainer.lesson.lesson import Edge
from explainer.maths.composition import Precise, activation_slopes, loss_slopes
from explainer.trace.check.values import Subject, Walk


class Size(NamedTuple):
    """`terms`: the sum of absolute values. `rounding`: first-order bound of the error in doubles, in units of one rounding.

    The rule of the second is that of a running error analysis (Higham: Accuracy and Stability of Numerical
    Algorithms, 2002, section 3.3): every operation adds the size of its result, where that is no normal double any
    more the smallest one, and hands on what its operands carry.
    """

    terms: Precise
    rounding: Precise

    def times(self, other: Size) -> Size:
        """Return the size of a product."""
        product = self.terms * other.terms
        carried = self.terms * other.rounding + self.rounding * other.terms
        return Size(product, carried + _rounded(product))

    def plus(self, other: Size) -> Size:
        """Return the size of a sum."""
        terms = self.terms + other.terms
        return Size(terms, self.rounding + other.rounding + terms)


NOTHING = Size(0, 0)


class Sizes:
    """The size of every derivative of one sample's error; `flattest` is the smallest non-zero slope of an activation."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._exact = {name: Size(abs(value), 0) for name, value in walk.parameters.items()}
        self._slopes: dict[str, Size] = {}
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
            if neuron.bias is not None:
                parts.append(self._exact[neuron.bias])
            carried = sum(part.rounding + part.terms for part in parts)
            choice = neuron.activation
            slope, bend = activation_slopes(choice.name, choice.parameters)(walk.sums[neuron.id])
            self._slopes[neuron.id] = Size(abs(slope), abs(bend) * carried + _rounded(abs(slope)))
            value = abs(walk.outputs[neuron.id])
            outputs[neuron.id] = Size(value, abs(slope) * carried + _rounded(value))
        return outputs

    def _backward(self) -> None:
        walk = self._walk
        derivatives = self._of_error()
        for neuron in reversed(walk.order):
            here = derivatives.get(neuron.id, NOTHING)
            if neuron.role == "input":
                self._inputs[neuron.id] = here
                continue
            delta = here.times(self._slopes[neuron.id])
            for edge in walk.incoming[neuron.id]:
                self._along(edge, delta, derivatives)
            if neuron.bias is not None:
                _add(self._parameters, neuron.bias, delta)

    def _along(self, edge: Edge, delta: Size, derivatives: dict[str, Size]) -> None:
        _add(self._parameters, edge.weight, delta.times(self._outputs[edge.source]))
        _add(derivatives, edge.source, delta.times(self._exact[edge.weight]))

    def _of_error(self) -> dict[str, Size]:
        """Return the sizes of ∂E/∂ŷ; what the predictions carry comes in through the second derivatives."""
        walk, choice = self._walk, self._walk.lesson.loss.choice
        names = walk.output_ids
        predictions = [walk.outputs[name] for name in names]
        slopes, bends = loss_slopes(choice.name, choice.parameters, len(names))(
            *predictions, *walk.targets
        )
        carried = [self._outputs[name].rounding for name in names]
        return {
            name: Size(
                abs(slope),
                _rounded(abs(slope))
                + sum(abs(bend) * part for bend, part in zip(row, carried, strict=True)),
            )
            for name, slope, row in zip(names, slopes, bends, strict=True)
        }


def _rounded(size: Precise) -> Precise:
    """Return what one rounding of a number of this size is proportional to."""
    return max(size, sys.float_info.min)


def _add(sizes: dict[str, Size], name: str, more: Size) -> None:
    sizes[name] = sizes[name].plus(more) if name in sizes else more
