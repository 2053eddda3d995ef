"""The matrix form of a run: every layer forward and backward by the rules of matrices, not from the scalar trace.

For a layer with X (batch rows × k), W (k × m) and b (1 × m): S = XW + b, Y = f(S), and on the way back dS = f′(S) ∘ dY,
dW = Xᵀ dS, db = 1ᵀ dS, dX = dS Wᵀ, where a row of dY, dS and dX holds derivatives of that sample's own error; the batch's
mean comes in with dW and db. Source: Goodfellow, Bengio, Courville: Deep learning (2016), algorithms 6.3 and 6.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from explainer.lesson.chance import uniform
from explainer.lesson.choice import Choice
from explainer.lesson.inputs import inputs_of
from explainer.lesson.lesson import Neuron
from explainer.maths import layers, operations, update_operations
from explainer.maths.chosen import activation_operation
from explainer.maths.softmax import softmax
from explainer.maths.updates import LEARNING_RULES
from explainer.trace.layered import Layer, layers_of
from explainer.trace.penalty import of_predictions
from explainer.trace.record import Run

Matrix = tuple[tuple[float, ...], ...]


class LayerMatrices(NamedTuple):
    """The matrices of one layer: n rows (samples), k inputs, m neurons.

    X n×k · W k×m · b 1×m (0 for a neuron without a bias) · S, A, Y n×m, where A = f(S) is Y before dropout · `mask` n×m, what
    dropout multiplies A by, None where there is none · dY, dS n×m and dX n×k: rows are derivatives of their sample's own error ·
    `slope` n×m, f′(S), None for softmax, ones where the delta rule compares the sums themselves (then dY is dS) · dW k×m, db 1×m: of the batch's error, entry by entry, before penalties; a parameter that
    stands in several entries has their sum as its gradient · `W_back` k×m: W as dX sees it, updated already where the
    lesson updates in place.
    """

    layer: Layer
    X: Matrix
    W: Matrix
    b: Matrix
    S: Matrix
    A: Matrix
    mask: Matrix | None
    Y: Matrix
    dY: Matrix  # noqa: N815 - its name in the formulas
    slope: Matrix | None
    dS: Matrix  # noqa: N815 - its name in the formulas
    dW: Matrix  # noqa: N815 - its name in the formulas
    db: Matrix
    W_back: Matrix
    dX: Matrix  # noqa: N815 - its name in the formulas


def matrices(run: Run) -> tuple[LayerMatrices, ...]:
    """Return the matrices of every layer, in forward order; ValueError where the lesson is not layered."""
    work = _Work(run)
    forward: list[_Forward] = []
    X = work.inputs()
    for layer in work.layers:
        forward.append(work.forward(layer, X))
        X = forward[-1].Y
    finished = [work.backward_from_error(forward[-1])]
    for done in reversed(forward[:-1]):
        finished.append(work.backward(done, finished[-1].dX))
    return tuple(reversed(finished))


class _Forward(NamedTuple):
    layer: Layer
    X: Matrix
    W: Matrix
    b: Matrix
    S: Matrix
    A: Matrix
    mask: Matrix | None
    Y: Matrix


class _Work:
    """The rules of matrices in the arithmetic of one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.lesson = run.lesson
        self.layers = layers_of(run.lesson)
        self._calculate = run.calculator

    def inputs(self) -> Matrix:
        """Return the rows of the batch, as the first layer receives them."""
        rows = tuple(inputs_of(self.lesson, sample) for sample in self.run.graph.samples)
        mask = self._mask([neuron.id for neuron in self.lesson.network.of_role("input")], rows)
        return self._dropped(rows, mask)

    def forward(self, layer: Layer, X: Matrix) -> _Forward:
        """Return S = XW + b and Y = f(S), thinned out by dropout where there is any."""
        start = self.run.start.parameters
        W = tuple(tuple(start[name] for name in row) for row in layer.weights)
        b = (tuple(0.0 if name is None else start[name] for name in layer.biases),)
        S = tuple(
            tuple(
                self._affine(row, column, bias)
                for column, bias in zip(transposed(W), b[0], strict=True)
            )
            for row in X
        )
        A = tuple(self._activated(layer, row) for row in S)
        mask = self._mask(layer.neurons, A)
        return _Forward(layer, X, W, b, S, A, mask, self._dropped(A, mask))

    def backward_from_error(self, last: _Forward) -> LayerMatrices:
        """Return everything of the last layer; the delta rule compares its sums with the targets, others its outputs."""
        rule = LEARNING_RULES.get(self.lesson.update.choice.name)
        if rule is None or not rule.follows_gradient:
            return self.backward(last, self._by_predictions(last.Y))
        dS = self._by_predictions(last.S)
        return self._with_gradients(last, dS, tuple((1.0,) * len(row) for row in dS), dS)

    def backward(self, done: _Forward, dY: Matrix) -> LayerMatrices:
        """Return everything of a layer from what comes back to its outputs."""
        dA = dY if done.mask is None else self._hadamard(dY, done.mask)
        if self._is_softmax(done.layer):
            dS = tuple(self._through_softmax(*rows) for rows in zip(done.S, dA, strict=True))
            return self._with_gradients(done, dY, None, dS)
        slope = tuple(self._slopes(done.layer, row) for row in done.S)
        return self._with_gradients(done, dY, slope, self._hadamard(dA, slope))

    def _with_gradients(
        self, done: _Forward, dY: Matrix, slope: Matrix | None, dS: Matrix
    ) -> LayerMatrices:
        ones = ((1.0,),) * len(done.X)
        X = self._as_local(done.X)
        dW, db = (
            self._reduced(self._product(transposed(left), dS), len(ones)) for left in (X, ones)
        )
        W_back = self._as_local(self._seen_backwards(done))
        dX = self._product(dS, transposed(W_back))
        return LayerMatrices(*done, dY, slope, dS, dW, db, W_back, dX)

    def _by_predictions(self, compared: Matrix) -> Matrix:
        """Return the derivatives of each sample's error, with its penalty, by its predictions, a row of `compared`."""
        count = len(self.layers[-1].neurons)
        choice, penalty = self.lesson.loss.choice, of_predictions(self.lesson)
        operation = operations.loss(choice.name, count, choice.parameters)
        targets = [self.lesson.data.targets[sample] for sample in self.run.graph.samples]
        found = tuple(
            tuple(self._calculate.partials(operation, (*row, *target))[:count])
            for row, target in zip(compared, targets, strict=True)
        )
        if penalty is None:
            return found
        extra = update_operations.penalty(penalty.name, count, penalty.parameters)
        return tuple(
            tuple(
                self._calculate.total(pair)
                for pair in zip(slopes, self._calculate.partials(extra, row), strict=True)
            )
            for slopes, row in zip(found, compared, strict=True)
        )

    def _affine(self, row: Sequence[float], column: Sequence[float], bias: float) -> float:
        if self.lesson.arithmetic.mode == "exact":
            return sum(x * w for x, w in zip(row, column, strict=True)) + bias
        # By hand a weighted sum is rounded once.
        arguments = [value for pair in zip(column, row, strict=True) for value in pair]
        operation = operations.weighted_sum(len(row), True)
        return self._calculate.value(operation, (*arguments, bias))

    def _product(self, left: Matrix, right: Matrix) -> Matrix:
        return tuple(
            tuple(
                self._calculate.total(
                    [self._calculate.product(y, x) for x, y in zip(row, column, strict=True)]
                )
                for column in transposed(right)
            )
            for row in left
        )

    def _hadamard(self, left: Matrix, right: Matrix) -> Matrix:
        return tuple(
            tuple(self._calculate.product(x, y) for x, y in zip(*rows, strict=True))
            for rows in zip(left, right, strict=True)
        )

    def _as_local(self, matrix: Matrix) -> Matrix:
        """Return entries as local derivatives; by hand those are rounded, though the numbers given are not."""
        return tuple(tuple(self._calculate.product(entry, 1.0) for entry in row) for row in matrix)

    def _reduced(self, gradient: Matrix, count: int) -> Matrix:
        """Return the mean over the batch, or the sum, as the lesson has it."""
        if count == 1 or self.lesson.loss.reduction == "sum":
            return gradient
        mean = operations.batch(count, "mean")
        rest = [0.0] * (count - 1)
        return tuple(
            tuple(self._calculate.value(mean, [entry, *rest]) for entry in row) for row in gradient
        )

    def _seen_backwards(self, done: _Forward) -> Matrix:
        """Return the weights that dX is made with: new ones where they have been updated in place before."""
        if self.lesson.update.order == "simultaneous":
            return done.W
        start, end = self.run.start.parameters, self.run.end.parameters
        return tuple(
            tuple(end[name] if name in done.layer.own else start[name] for name in row)
            for row in done.layer.weights
        )

    def _neurons(self, layer: Layer) -> list[Neuron]:
        return [self.lesson.network.neuron(name) for name in layer.neurons]

    def _is_softmax(self, layer: Layer) -> bool:
        return self._neurons(layer)[0].activation.name == "softmax"

    def _activated(self, layer: Layer, row: Sequence[float]) -> tuple[float, ...]:
        count = len(row)
        if self._is_softmax(layer):
            return tuple(
                self._calculate.value(softmax(index, count), row) for index in range(count)
            )
        return tuple(
            self._calculate.value(activation_operation(choice), [z, *self._learnt(choice)])
            for choice, z in zip(self._choices(layer), row, strict=True)
        )

    def _slopes(self, layer: Layer, row: Sequence[float]) -> tuple[float, ...]:
        return tuple(
            self._calculate.partials(activation_operation(choice), [z, *self._learnt(choice)])[0]
            for choice, z in zip(self._choices(layer), row, strict=True)
        )

    def _choices(self, layer: Layer) -> list[Choice]:
        return [neuron.activation for neuron in self._neurons(layer)]

    def _learnt(self, choice: Choice) -> list[float]:
        return [self.run.start.parameters[name] for _, name in choice.named]

    def _through_softmax(self, z: Sequence[float], dA: Sequence[float]) -> tuple[float, ...]:
        """Return a row of dA times the matrix of all derivatives of the softmax of `z`."""
        count = len(z)
        jacobian = tuple(
            tuple(self._calculate.partials(softmax(index, count), z)) for index in range(count)
        )
        return self._product((tuple(dA),), jacobian)[0]

    def _mask(self, names: Sequence[str], values: Matrix) -> Matrix | None:
        """Return what dropout multiplies each entry by: 0, 1, or the share that makes up for what is dropped."""
        neurons = [self.lesson.network.neuron(name) for name in names]
        if all(neuron.dropout is None for neuron in neurons):
            return None
        return tuple(
            tuple(
                self._kept(neuron, sample, value)
                for neuron, value in zip(neurons, row, strict=True)
            )
            for sample, row in zip(self.run.graph.samples, values, strict=True)
        )

    def _kept(self, neuron: Neuron, sample: int, value: float) -> float:
        if neuron.dropout is None:
            return 1.0
        rate, scaling = neuron.dropout.rate, neuron.dropout.scaling
        drawn = uniform(self.lesson.seed, "dropout", self.run.graph.pass_number, sample, neuron.id)
        training = self.lesson.mode == "train"
        operation = layers.dropout(rate, scaling, training=training)
        return self._calculate.partials(operation, (value, 0.0 if drawn < rate else 1.0))[0]

    def _dropped(self, values: Matrix, mask: Matrix | None) -> Matrix:
        return values if mask is None else self._hadamard(values, mask)


def transposed(matrix: Matrix) -> Matrix:
    """Return the matrix with rows and columns exchanged."""
    return tuple(zip(*matrix, strict=True))
